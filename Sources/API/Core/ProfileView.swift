import Inventory

/// A credential profile as it is shown: all of it but its secrets.
struct ProfileView: Sendable {
    let name: String
    let version: SNMPVersionName
    /// The level of version 3; nil for the others, and where the profile does not open.
    let level: SNMPSecurityLevelName?
    let user: String?
    let authProtocol: SNMPAuthenticationName?
    let privProtocol: SNMPPrivacyName?
    let contextName: String?
    /// Why it cannot be used; nil where it can.
    let fault: String?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// What is shown of a profile; `profile` is nil where it does not open.
    init(_ sealed: SealedProfile, _ profile: CredentialProfile?, fault: String? = nil) {
        name = sealed.name
        version = sealed.version
        let known = profile?.user
        level = known?.level
        user = known?.name
        authProtocol = known?.authentication?.type
        privProtocol = known?.privacy?.type
        contextName = known?.contextName
        self.fault = fault
        createdAt = sealed.createdAt
        updatedAt = sealed.updatedAt
    }

    /// Opens a profile to show it; one that does not open says why.
    init(opening sealed: SealedProfile, _ open: (SealedProfile) throws -> CredentialProfile) {
        do {
            self.init(sealed, try open(sealed))
        } catch {
            self.init(sealed, nil, fault: "\(error)")
        }
    }
}
