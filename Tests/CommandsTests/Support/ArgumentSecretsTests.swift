import Testing

@testable import Commands

@Suite struct ArgumentSecretsTests {
    private static func covered(_ arguments: [String]) -> [String] {
        var block: [UInt8] = []
        for argument in arguments { block += Array(argument.utf8) + [0] }
        return ArgumentSecrets.secretRanges(in: block).map { String(decoding: block[$0], as: UTF8.self) }
    }

    @Test(
        arguments: [
            (["wardflux", "probe", "10.0.0.1", "--community", "s3cret"], ["s3cret"]),
            (["wardflux", "probe", "--community=s3cret", "10.0.0.1"], ["s3cret"]),
            (["wardflux", "probe", "--community", "a", "--community=b"], ["a", "b"]),
            (["wardflux", "probe", "--community"], []),
            (["wardflux", "probe", "--community-file", "path"], []),
            (["wardflux", "probe", "--", "--community", "x"], []),
            (["wardflux", "probe", "--community="], [""]),
            (["wardflux", "probe", "--community", "--json"], ["--json"]),
            (["wardflux", "devices", "list"], []),
            (["wardflux", "get", "--auth-pass", "maple", "--priv-pass=syrup", "a"], ["maple", "syrup"]),
            (["wardflux", "serve", "--set", "victoria.url=http://me:s3cret@h:8428/x@y"], ["me:s3cret"]),
            (["wardflux", "serve", "--set=victoria.url=https://a@b:c@h"], ["a@b:c"]),
            (["wardflux", "health", "--server", "http://127.0.0.1:5001/a@b"], []),
            (["wardflux", "get", "--auth-pass-file", "path", "--priv-pass-file=path"], []),
        ] as [([String], [String])])
    func `secrets among arguments are found and nothing else`(arguments: [String], secrets: [String]) {
        #expect(Self.covered(arguments) == secrets)
    }

    @Test func `a block without arguments holds no secrets`() {
        #expect(ArgumentSecrets.secretRanges(in: []).isEmpty)
    }
}
