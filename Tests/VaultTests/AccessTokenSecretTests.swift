import Inventory
import Testing
import Vault

@Suite("Access tokens of the API")
struct AccessTokenSecretTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    @Test("are 256 random bits in a form that is safe in headers and shells")
    func areRandom() {
        let texts = (0..<100).map { _ in AccessTokenSecret.make().text.reveal() }
        #expect(Set(texts).count == 100)
        for text in texts {
            #expect(text.hasPrefix("wf_"))
            #expect(text.utf8.count == 46)
            #expect(
                text.utf8.allSatisfy { octet in
                    switch octet {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return true
                    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): return true
                    default: return false
                    }
                })
        }
    }

    @Test(
        "are stored as SHA-256 (FIPS 180-4 examples)",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func areHashed(text: String, hash: String) {
        #expect(AccessTokenSecret.hash(text) == hash)
    }

    @Test("are found by what a caller presents, unless revoked")
    func areFound() {
        let (good, revoked) = (AccessTokenSecret.make(), AccessTokenSecret.make())
        let tokens = [
            AccessToken(name: "old", hash: revoked.hash, createdAt: Self.now, revokedAt: Self.now),
            AccessToken(name: "ci", hash: good.hash, createdAt: Self.now),
        ]
        #expect(AccessTokenSecret.find(good.text.reveal(), among: tokens)?.name == "ci")
        #expect(AccessTokenSecret.find(revoked.text.reveal(), among: tokens) == nil)
        #expect(AccessTokenSecret.find("", among: tokens) == nil)
        // The stored hash itself opens nothing.
        #expect(AccessTokenSecret.find(good.hash, among: tokens) == nil)
    }

    @Test(
        "compare as texts do",
        arguments: [("", "", true), ("a", "a", true), ("a", "b", false), ("a", "aa", false), ("xa", "xb", false)])
    func compare(left: String, right: String, equal: Bool) {
        #expect(AccessTokenSecret.areEqual(left, right) == equal)
    }
}
