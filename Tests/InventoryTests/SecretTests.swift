import Inventory
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test("show nothing of their text, however they are printed, and give it when asked")
    func hidden() {
        let secret = Secret("pr1vate")
        var dumped = ""
        dump(secret, to: &dumped)
        let shown = ["\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", dumped]
        for text in shown { #expect(!text.contains("pr1vate") && text.contains("<secret>"), "\(text)") }
        #expect(secret.reveal() == "pr1vate")
    }

    @Test("a credential profile does not show its community")
    func hiddenInProfiles() {
        let now = Timestamp(seconds: 0)
        let profile = CredentialProfile(name: "core", version: .v1, community: Secret("pr1vate"), at: now)
        var dumped = ""
        dump(profile, to: &dumped)
        for text in ["\(profile)", String(reflecting: profile), dumped] { #expect(!text.contains("pr1vate")) }
    }

    @Test("compare by their text and tell whether there is any")
    func compared() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Secret("").isEmpty)
        #expect(!Secret(" ").isEmpty)
    }
}
