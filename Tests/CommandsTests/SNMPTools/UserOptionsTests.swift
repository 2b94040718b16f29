import ArgumentParser
import SNMP
import Testing

@testable import Commands

@Suite struct UserOptionsTests {
    private static func credential(
        _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) throws -> Credential {
        try Console.$current.withValue(FakeConsole(environment: environment, input: input).console) {
            try CredentialOptions.parse(arguments).required()
        }
    }

    private static let maple = Passphrase("maplesyrup")

    @Test func `a user makes version 3, and its options the level`() throws {
        #expect(try Self.credential(["--user", "joe"]) == .v3(USMUser(name: "joe")))
        let environment = ["WARDFLUX_AUTH_PASS": "maplesyrup", "WARDFLUX_PRIV_PASS": "maplesyrup"]
        let user = try Self.credential(
            ["--user", "joe", "--auth", "sha256", "--priv", "aes", "--context", "vlan-7"], environment: environment)
        var expected = USMUser(name: "joe", contextName: "vlan-7")
        expected.authentication = USMUser.Authentication(.sha256, Self.maple)
        expected.privacy = USMUser.Privacy(.aes128, Self.maple)
        #expect(user == .v3(expected))
        #expect(expected.level == .authPriv)
    }

    @Test func `a pass phrase comes from an argument, a file, the environment, in this order`() throws {
        let environment = ["WARDFLUX_AUTH_PASS": "of-environment"]
        func passphrase(_ more: [String]) throws -> Passphrase? {
            let credential = try Self.credential(
                ["--user", "joe", "--auth", "SHA"] + more, environment: environment, input: "of-the-file\n")
            guard case .v3(let user) = credential else { return nil }
            return user.authentication?.passphrase
        }
        #expect(try passphrase(["--auth-pass", "of-argument"]) == Passphrase("of-argument"))
        #expect(try passphrase(["--auth-pass-file", "-"]) == Passphrase("of-the-file"))
        #expect(try passphrase([]) == Passphrase("of-environment"))
    }

    @Test(
        arguments: [
            ("MD5", .md5), ("sha", .sha1), ("SHA-1", .sha1), ("SHA224", .sha224), ("sha-256", .sha256),
            ("SHA_384", .sha384), ("SHA512", .sha512),
        ] as [(String, AuthenticationProtocol)])
    func `ways to authenticate are read in their usual spellings`(text: String, type: AuthenticationProtocol) throws {
        #expect(try AuthenticationProtocol.reading(text) == type)
    }

    @Test(
        arguments: [
            ("DES", .des), ("aes", .aes128), ("AES128", .aes128), ("AES-192", .aes192), ("aes256", .aes256),
            ("AES-192-C", .aes192Reeder), ("AES256C", .aes256Reeder),
        ] as [(String, PrivacyProtocol)])
    func `ways to encrypt are read in their usual spellings`(text: String, type: PrivacyProtocol) throws {
        #expect(try PrivacyProtocol.reading(text) == type)
    }

    @Test(
        arguments: [
            (["--version", "3"], "give --user NAME"),
            (["--version", "2c", "--user", "joe"], "--user belongs to version 3"),
            (["--auth", "SHA"], "give --user NAME too"), (["--user", "joe", "--priv", "AES"], "--priv needs --auth"),
            (["--user", "joe", "--auth-pass", "maplesyrup"], "give --auth"),
            (["--user", "joe", "--auth", "SHA", "--priv-pass", "maplesyrup"], "give --priv"),
            (["--user", "joe", "--community", "c"], "version 3 takes --user"),
            (["--user", "joe", "--auth", "SHA3"], "SHA-224"),
            (["--user", "joe", "--auth", "SHA", "--priv", "IDEA"], "AES-256-C"),
            (["--user", "joe", "--auth", "SHA", "--auth-pass", "a", "--auth-pass-file", "b"], "exclude each other"),
            (["--version", "4"], "there are 1, 2c and 3"),
        ] as [([String], String)])
    func `what does not go together is told with what to do`(arguments: [String], remedy: String) async {
        let result = await run(["get", "127.0.0.1", "sysName.0"] + arguments)
        #expect(result.status == 64)
        #expect(result.error.contains(remedy), "\(result.error)")
    }

    @Test(
        arguments: [
            (["--user", "joe", "--auth", "SHA", "--auth-pass", "hush-42"], "8 to 1024 octets"),
            (["--user", "joe", "--auth", "SHA"], "WARDFLUX_AUTH_PASS"),
            (["--user", "joe", "--auth", "SHA", "--auth-pass", "maplesyrup", "--priv", "AES"], "WARDFLUX_PRIV_PASS"),
            (["--user", String(repeating: "j", count: 33)], "1 to 32 octets"),
        ] as [([String], String)])
    func `a user that cannot be is told, never with its secret`(arguments: [String], remedy: String) async {
        let result = await run(["get", "127.0.0.1", "sysName.0"] + arguments)
        #expect(result.status == 64)
        #expect(result.error.contains(remedy) && !result.error.contains("hush-42"), "\(result.error)")
    }
}
