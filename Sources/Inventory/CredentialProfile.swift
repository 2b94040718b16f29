/// The SNMP version a profile speaks.
public enum SNMPVersionName: String, CaseIterable, Codable, Sendable, Hashable {
    /// SNMPv1 (RFC 1157).
    case v1 = "1"
    /// Community-based SNMPv2 (RFC 1901).
    case v2c = "2c"
    /// SNMPv3 with the user-based security model (RFC 3414).
    case v3 = "3"

    /// Reads `1`, `2c`, `2`, `3`, with or without a leading `v`, in either case; nil for anything else.
    public init?(reading text: String) {
        switch text.lowercased() {
        case "1", "v1": self = .v1
        case "2", "2c", "v2", "v2c": self = .v2c
        case "3", "v3": self = .v3
        default: return nil
        }
    }
}

/// How a device is asked: a named set of SNMP credentials, encrypted wherever it is kept.
public struct CredentialProfile: Sendable, Hashable {
    /// Name by which devices refer to it; unique.
    public var name: String
    /// The version it speaks.
    public var version: SNMPVersionName
    /// The community of v1 and v2c; empty for v3.
    public var community: Secret
    /// The user of v3; nil for v1 and v2c.
    public var user: SNMPUser?
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// A profile for SNMPv1 or v2c.
    public init(name: String, version: SNMPVersionName, community: Secret, at now: Timestamp) {
        self.name = name
        self.version = version
        self.community = community
        createdAt = now
        updatedAt = now
    }

    /// A profile for SNMPv3.
    public init(name: String, user: SNMPUser, at now: Timestamp) {
        self.init(name: name, version: .v3, community: Secret(""), at: now)
        self.user = user
    }
}

/// A profile as it is stored: what is not secret in the open, the rest sealed by the vault.
public struct SealedProfile: Sendable, Hashable {
    /// Name by which devices refer to it; unique.
    public var name: String
    /// The version it speaks.
    public var version: SNMPVersionName
    /// AES-GCM box (nonce, ciphertext, tag) around the secret part, bound to the name.
    public var sealed: [UInt8]
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp

    /// A sealed profile as read from or written to a catalog.
    public init(
        name: String, version: SNMPVersionName, sealed: [UInt8], createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.name = name
        self.version = version
        self.sealed = sealed
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
