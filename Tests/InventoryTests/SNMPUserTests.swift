import Inventory
import Testing

@Suite("Users of SNMPv3")
struct SNMPUserTests {
    @Test(
        "protocols of authentication are read in the spellings people use",
        arguments: [
            ("MD5", .md5), ("md5", .md5), ("SHA", .sha1), ("sha1", .sha1), ("SHA-1", .sha1), ("SHA-256", .sha256),
            ("sha256", .sha256), ("Sha_512", .sha512), ("SHA-2", nil), ("", nil), ("AES", nil),
        ] as [(String, SNMPAuthenticationName?)])
    func readsAuthentication(text: String, expected: SNMPAuthenticationName?) {
        #expect(SNMPAuthenticationName(reading: text) == expected)
    }

    @Test(
        "protocols of privacy are read in the spellings people use",
        arguments: [
            ("DES", .des), ("aes", .aes128), ("AES128", .aes128), ("AES-128", .aes128), ("aes192", .aes192),
            ("AES-256", .aes256), ("AES256C", .aes256Reeder), ("aes-192-c", .aes192Reeder), ("3DES", nil), ("", nil),
        ] as [(String, SNMPPrivacyName?)])
    func readsPrivacy(text: String, expected: SNMPPrivacyName?) {
        #expect(SNMPPrivacyName(reading: text) == expected)
    }

    @Test("each canonical name is read as itself")
    func readsCanonicalNames() {
        for name in SNMPAuthenticationName.allCases { #expect(SNMPAuthenticationName(reading: name.rawValue) == name) }
        for name in SNMPPrivacyName.allCases { #expect(SNMPPrivacyName(reading: name.rawValue) == name) }
    }

    @Test("the level follows from what a user has (RFC 3411 section 3.4.3)")
    func hasALevel() {
        var user = SNMPUser(name: "reader")
        #expect(user.level == .noAuthNoPriv)
        user.authentication = .init(.sha1, Secret("12345678"))
        #expect(user.level == .authNoPriv)
        user.privacy = .init(.aes128, Secret("12345678"))
        #expect(user.level == .authPriv)
    }
}
