public import Inventory
public import SNMP

extension Credential {
    /// How a device is spoken to by a profile.
    ///
    /// Throws `noCredentials` where the profile lacks what its version needs, naming the profile and the remedy.
    public init(_ profile: CredentialProfile) throws(PipelineError) {
        switch profile.version {
        case .v1: self = .v1(community: Community(profile.community.reveal()))
        case .v2c: self = .v2c(community: Community(profile.community.reveal()))
        case .v3:
            guard let user = profile.user.map(USMUser.init) else {
                throw Self.unusable(profile, "it has no user; save it again with one")
            }
            if let fault = user.fault { throw Self.unusable(profile, "\(fault); save it again") }
            self = .v3(user)
        }
    }

    private static func unusable(_ profile: CredentialProfile, _ reason: String) -> PipelineError {
        PipelineError(.noCredentials, message: "credential profile '\(profile.name)' cannot be used: \(reason)")
    }
}

extension USMUser {
    /// The user of a profile, for the wire.
    init(_ user: SNMPUser) {
        self.init(
            name: user.name,
            authentication: user.authentication.map { key in
                Authentication(AuthenticationProtocol(key.type), Passphrase(key.passphrase.reveal()))
            },
            privacy: user.privacy.map { key in
                Privacy(PrivacyProtocol(key.type), Passphrase(key.passphrase.reveal()))
            }, contextName: user.contextName)
    }
}

extension AuthenticationProtocol {
    /// The protocol of this name.
    init(_ name: SNMPAuthenticationName) {
        switch name {
        case .md5: self = .md5
        case .sha1: self = .sha1
        case .sha224: self = .sha224
        case .sha256: self = .sha256
        case .sha384: self = .sha384
        case .sha512: self = .sha512
        }
    }
}

extension PrivacyProtocol {
    /// The protocol of this name.
    init(_ name: SNMPPrivacyName) {
        switch name {
        case .des: self = .des
        case .aes128: self = .aes128
        case .aes192: self = .aes192
        case .aes256: self = .aes256
        case .aes192Reeder: self = .aes192Reeder
        case .aes256Reeder: self = .aes256Reeder
        }
    }
}
