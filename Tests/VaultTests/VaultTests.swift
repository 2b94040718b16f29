import Inventory
import Testing
import Vault

@Suite("The vault")
struct VaultTests {
    private static let now = Timestamp(seconds: 1_772_366_400)

    private func profile(_ community: String = "s3cret-ძალიან", name: String = "core") -> CredentialProfile {
        var profile = CredentialProfile(name: name, version: .v2c, community: Secret(community), at: Self.now)
        profile.updatedAt = Self.now.advanced(bySeconds: 60)
        return profile
    }

    private func failure(_ body: () throws(VaultError) -> Void) -> VaultError? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test("opens what it sealed", arguments: ["s3cret", "", "მაგთი 🔑\n\"x\"", String(repeating: "a", count: 10_000)])
    func opens(community: String) throws {
        let vault = Vault(key: .random())
        let profile = profile(community)
        #expect(try vault.open(vault.seal(profile)) == profile)
    }

    @Test("seals the same profile differently each time, and never in the open")
    func sealsFreshly() throws {
        let vault = Vault(key: .random())
        let (first, second) = (try vault.seal(profile("findme")), try vault.seal(profile("findme")))
        #expect(first.sealed != second.sealed)
        #expect(!String(decoding: first.sealed, as: UTF8.self).contains("findme"))
        // Nonce (12), at least the community, tag (16): the layout that SealedProfile documents.
        #expect(first.sealed.count > 12 + 6 + 16)
    }

    @Test("another key does not open, and the message says what to do")
    func refusesAnotherKey() throws {
        let sealed = try Vault(key: .random()).seal(profile())
        let error = failure { () throws(VaultError) in _ = try Vault(key: .random()).open(sealed) }
        #expect(error?.code == .doesNotOpen)
        #expect(error?.message.contains("the key does not open profile 'core': was the key file replaced?") == true)
    }

    @Test("a box changed at any octet or cut at any length does not open")
    func findsTampering() throws {
        let vault = Vault(key: .random())
        let sealed = try vault.seal(profile("public"))
        for position in sealed.sealed.indices {
            var changed = sealed
            changed.sealed[position] ^= 1
            #expect(failure { () throws(VaultError) in _ = try vault.open(changed) }?.code == .doesNotOpen)
            changed.sealed = Array(sealed.sealed.prefix(position))
            #expect(failure { () throws(VaultError) in _ = try vault.open(changed) }?.code == .doesNotOpen)
        }
    }

    @Test("a box moved to another name or version does not open")
    func isBoundToItsProfile() throws {
        let vault = Vault(key: .random())
        let sealed = try vault.seal(profile())
        var (renamed, downgraded) = (sealed, sealed)
        renamed.name = "edge"
        downgraded.version = .v1
        #expect(failure { () throws(VaultError) in _ = try vault.open(renamed) }?.code == .doesNotOpen)
        #expect(failure { () throws(VaultError) in _ = try vault.open(downgraded) }?.code == .doesNotOpen)
    }

    @Test("times are not part of the seal, so that a catalog may keep them")
    func leavesTimesOpen() throws {
        let vault = Vault(key: .random())
        var sealed = try vault.seal(profile())
        sealed.updatedAt = Self.now.advanced(bySeconds: 3600)
        #expect(try vault.open(sealed).updatedAt == sealed.updatedAt)
    }
}
