import Inventory

/// What is inside a box, as JSON; fields of later versions are added, never renamed.
///
/// A box has the lowest version that says all of it, so that those of communities open in every release.
struct SealedContent: Codable {
    /// The newest version: 1 has a community, 2 may have a user instead.
    static let currentVersion = 2
    /// Version of this content.
    var v: Int
    /// The community of v1 and v2c.
    var community: String?
    /// The user of v3.
    var user: SealedUser?

    /// The secret part of a profile.
    init(_ profile: CredentialProfile) {
        user = profile.user.map(SealedUser.init)
        v = user == nil ? 1 : 2
        community = user == nil ? profile.community.reveal() : nil
    }
}

/// A user of SNMPv3 inside a box.
struct SealedUser: Codable {
    /// A protocol of authentication or privacy with its pass phrase.
    struct Key<Name: Codable>: Codable {
        /// The protocol.
        var type: Name
        /// The pass phrase.
        var passphrase: String
    }

    /// Name of the user.
    var name: String
    /// Authentication; absent for noAuthNoPriv.
    var auth: Key<SNMPAuthenticationName>?
    /// Privacy; absent below authPriv.
    var priv: Key<SNMPPrivacyName>?
    /// Name of the context; absent for the default one.
    var context: String?

    /// A user as it is sealed.
    init(_ user: SNMPUser) {
        name = user.name
        auth = user.authentication.map { Key(type: $0.type, passphrase: $0.passphrase.reveal()) }
        priv = user.privacy.map { Key(type: $0.type, passphrase: $0.passphrase.reveal()) }
        context = user.contextName.isEmpty ? nil : user.contextName
    }

    /// The user as it was sealed.
    var user: SNMPUser {
        SNMPUser(
            name: name,
            authentication: auth.map { SNMPUser.Authentication($0.type, Secret($0.passphrase)) },
            privacy: priv.map { SNMPUser.Privacy($0.type, Secret($0.passphrase)) }, contextName: context ?? "")
    }
}
