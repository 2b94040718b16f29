import Inventory
import Testing
import Vault

@Suite("Users of SNMPv3 in the vault")
struct VaultUserTests {
    private static let now = Timestamp(seconds: 1_772_366_400)
    private static let auth = SNMPUser.Authentication(.sha256, Secret("auth-phrase-მაგთი"))

    private static let users = [
        SNMPUser(name: "reader"), SNMPUser(name: "მკითხველი", authentication: auth),
        SNMPUser(name: "r", authentication: auth, privacy: .init(.aes256Reeder, Secret("priv-phrase-1"))),
        SNMPUser(
            name: String(repeating: "u", count: 32),
            authentication: .init(.md5, Secret(String(repeating: "\"\\\n", count: 300))),
            privacy: .init(.des, Secret("12345678")), contextName: "vlan-10"),
    ]

    @Test("are opened as they were sealed, and never lie in the open", arguments: users)
    func opens(user: SNMPUser) throws {
        let vault = Vault(key: .random())
        let profile = CredentialProfile(name: "core", user: user, at: Self.now)
        let sealed = try vault.seal(profile)
        #expect(sealed.version == .v3)
        #expect(try vault.open(sealed) == profile)
        let shown = String(decoding: sealed.sealed, as: UTF8.self)
        for secret in [user.authentication?.passphrase, user.privacy?.passphrase].compactMap({ $0 }) {
            #expect(!shown.contains(secret.reveal()))
        }
    }

    @Test("all protocols survive", arguments: SNMPAuthenticationName.allCases, SNMPPrivacyName.allCases)
    func keepsProtocols(auth: SNMPAuthenticationName, priv: SNMPPrivacyName) throws {
        let vault = Vault(key: .random())
        let user = SNMPUser(
            name: "u", authentication: .init(auth, Secret("12345678")), privacy: .init(priv, Secret("87654321")))
        #expect(try vault.open(vault.seal(CredentialProfile(name: "p", user: user, at: Self.now))).user == user)
    }

    /// Boxes that the first release wrote with the key 00 01 02 … 1f.
    private static let oldBoxes: [(name: String, version: SNMPVersionName, box: String)] = [
        (
            "core", .v2c,
            "DD870025EBC03A9B5A47A5C046EB87C29AAFB69B5CBE8120D8CB464FE81CAF5CDC5DABF74F88FDDB5452DD487BD36BF2D290FD9029C8"
                + "742F18CE904107009C055615F6648D0936D2CE006A"
        ),
        (
            "old", .v1,
            "B7A517BF8FB06FF2ADE86B89E740F39CA1B8AB4FBAA7B7FEC847955D8AA569CEEE9E99FC944747A0105B22B7EAAFD0E07754E60284A1"
                + "E9E991CE519786083BD72B4B209EA449631BA53AF5"
        ),
    ]

    @Test("beside them, boxes with communities from before open as ever", arguments: 0..<2)
    func opensOldBoxes(place: Int) throws {
        let (name, version, box) = Self.oldBoxes[place]
        let octets = stride(from: 0, to: box.count, by: 2).compactMap { offset in
            UInt8(box.dropFirst(offset).prefix(2), radix: 16)
        }
        let sealed = SealedProfile(
            name: name, version: version, sealed: octets, createdAt: Self.now, updatedAt: Self.now)
        let profile = try Vault(key: try VaultKey(bytes: Array(UInt8(0)..<32))).open(sealed)
        #expect(profile.community == Secret("s3cret-ძალიან"))
        #expect(profile.user == nil && profile.version == version)
    }

    @Test("a box of a user does not pass for one of a community")
    func isBoundToItsVersion() throws {
        let vault = Vault(key: .random())
        var sealed = try vault.seal(CredentialProfile(name: "core", user: Self.users[2], at: Self.now))
        sealed.version = .v2c
        let moved = sealed
        #expect(throws: VaultError.self) { try vault.open(moved) }
    }

    @Test("nothing that holds a user shows a pass phrase")
    func hidesPassphrases() throws {
        let profile = CredentialProfile(name: "core", user: Self.users[2], at: Self.now)
        for value in [Self.users[2], [Self.users[2]], profile, try Vault(key: .random()).seal(profile)] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            let text = "\(value)" + String(reflecting: value) + dumped
            #expect(!text.contains("phrase-"), "\(type(of: value))")
        }
    }
}
