import Inventory
import Testing
import Vault

/// Nothing that holds a secret shows it, however it is printed.
@Suite("Secrets in descriptions")
struct SecrecyTests {
    private static let mark = "c0mmun1ty-mark"

    private func shown(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value)" + String(describing: value) + String(reflecting: value) + dumped
    }

    @Test("a secret, and what holds it, never shows its text")
    func hidesSecrets() throws {
        let secret = Secret(Self.mark)
        let now = Timestamp(seconds: 0)
        let profile = CredentialProfile(name: "core", version: .v2c, community: secret, at: now)
        let sealed = try Vault(key: .random()).seal(profile)
        for value in [secret, [secret], ["a": secret], Optional(secret) as Any, profile, [profile], sealed] as [Any] {
            #expect(!shown(value).contains(Self.mark), "\(type(of: value))")
        }
        #expect(shown(secret).contains("<secret>"))
        #expect(secret.reveal() == Self.mark)
    }

    @Test("a key, and what holds it, never shows its octets")
    func hidesKeys() throws {
        let bytes = Array(UInt8(200)..<232)
        let key = try VaultKey(bytes: bytes)
        for value in [key, [key], Vault(key: key)] as [Any] {
            let text = shown(value)
            #expect(!text.contains("200") && !text.contains("yMnKy"), "\(type(of: value)): \(text)")
        }
    }

    @Test("a token never shows its text")
    func hidesTokens() {
        let token = AccessTokenSecret.make()
        for value in [token, [token]] as [Any] {
            #expect(!shown(value).contains(token.text.reveal()))
        }
    }

    @Test(
        "errors of the vault never repeat a key",
        arguments: ["bm90IDMyIGJ5dGVz", "not base64 at all!", "0123456789abcdef"])
    func errorsHideKeys(text: String) {
        do {
            _ = try VaultKey(text: text, source: "WARDFLUX_KEY")
            Issue.record("'\(text)' must not be a key")
        } catch {
            #expect(!error.description.contains(text))
            #expect(error.description.contains("WARDFLUX_KEY"))
        }
    }
}
