import Crypto
import FoundationEssentials
public import Inventory

/// Seals credential profiles for the catalog and opens them again.
///
/// AES-256-GCM with a random nonce for each box; name and version are authenticated with it, so that a box moved
/// to another profile does not open. The content is JSON with a version number.
public struct Vault: Sendable {
    private let key: VaultKey

    /// A vault with a known key.
    public init(key: VaultKey) {
        self.key = key
    }

    /// Seals the secret part of a profile; two seals of one profile differ.
    public func seal(_ profile: CredentialProfile) throws(VaultError) -> SealedProfile {
        let content = SealedContent(profile)
        guard let text = try? JSONEncoder().encode(content),
            let box = try? AES.GCM.seal(
                text, using: key.symmetricKey,
                authenticating: Self.associatedData(name: profile.name, version: profile.version)),
            let sealed = box.combined
        else { throw VaultError(.unknownContent, "profile '\(profile.name)' could not be sealed") }
        return SealedProfile(
            name: profile.name, version: profile.version, sealed: Array(sealed), createdAt: profile.createdAt,
            updatedAt: profile.updatedAt)
    }

    /// Opens a sealed profile; throws `doesNotOpen` where the key is another one or the box was changed.
    public func open(_ profile: SealedProfile) throws(VaultError) -> CredentialProfile {
        guard let box = try? AES.GCM.SealedBox(combined: profile.sealed),
            let text = try? AES.GCM.open(
                box, using: key.symmetricKey,
                authenticating: Self.associatedData(name: profile.name, version: profile.version))
        else {
            throw VaultError(
                .doesNotOpen,
                "the key does not open profile '\(profile.name)': was the key file replaced? Put the old key back"
                    + " (secret.key, WARDFLUX_SECRET_KEY_FILE or WARDFLUX_KEY), or enter the profile again")
        }
        guard let content = try? JSONDecoder().decode(SealedContent.self, from: text),
            content.v <= SealedContent.currentVersion
        else {
            throw VaultError(
                .unknownContent, "profile '\(profile.name)' was sealed by a newer wardflux; use that version")
        }
        var opened = CredentialProfile(
            name: profile.name, version: profile.version, community: Secret(content.community ?? ""),
            at: profile.createdAt)
        opened.user = content.user?.user
        opened.updatedAt = profile.updatedAt
        return opened
    }

    /// What a box is bound to; the length keeps name and version apart whatever they contain.
    private static func associatedData(name: String, version: SNMPVersionName) -> [UInt8] {
        Array("wardflux credential profile 1\n\(version.rawValue)\n\(name.utf8.count)\n\(name)".utf8)
    }
}
