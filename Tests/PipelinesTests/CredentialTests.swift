import Inventory
import Pipelines
import SNMP
import Testing

@Suite struct CredentialTests {
    private static let now = Timestamp(seconds: 0)

    @Test("Each name of a protocol is the wire's protocol of the same name", arguments: SNMPAuthenticationName.allCases)
    func authentication(name: SNMPAuthenticationName) throws {
        let user = SNMPUser(name: "u", authentication: .init(name, Secret("12345678")))
        guard case .v3(let wire) = try Credential(CredentialProfile(name: "p", user: user, at: Self.now)) else {
            Issue.record("a profile of version 3 is asked in version 3")
            return
        }
        #expect(wire.authentication?.type.rawValue == name.rawValue)
        #expect(SNMPAuthenticationName.allCases.count == AuthenticationProtocol.allCases.count)
    }

    @Test("Each name of a cipher is the wire's cipher of the same name", arguments: SNMPPrivacyName.allCases)
    func privacy(name: SNMPPrivacyName) throws {
        let user = SNMPUser(
            name: "u", authentication: .init(.sha1, Secret("12345678")), privacy: .init(name, Secret("abcdefgh")),
            contextName: "vlan-10")
        let expected = USMUser(
            name: "u", authentication: .init(.sha1, Passphrase("12345678")),
            privacy: .init(try #require(PrivacyProtocol(rawValue: name.rawValue)), Passphrase("abcdefgh")),
            contextName: "vlan-10")
        #expect(try Credential(CredentialProfile(name: "p", user: user, at: Self.now)) == .v3(expected))
        #expect(SNMPPrivacyName.allCases.count == PrivacyProtocol.allCases.count)
    }

    @Test("A profile that lacks what version 3 needs is refused by name, and nothing secret is said")
    func refuses() {
        let empty = CredentialProfile(name: "lab", version: .v3, community: Secret(""), at: Self.now)
        let short = CredentialProfile(
            name: "lab", user: SNMPUser(name: "u", authentication: .init(.sha1, Secret("hush"))), at: Self.now)
        let open = CredentialProfile(
            name: "lab", user: SNMPUser(name: "u", privacy: .init(.aes128, Secret("hush-hush"))), at: Self.now)
        for profile in [empty, short, open] {
            let error = #expect(throws: PipelineError.self) { try Credential(profile) }
            #expect(error?.code == .noCredentials)
            #expect(error?.message.contains("'lab'") == true && error?.message.contains("hush") == false)
        }
    }
}
