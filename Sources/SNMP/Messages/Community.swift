/// A version of the protocol; the raw value is the number in the message.
public enum SNMPVersion: Int32, Hashable, Sendable, CustomStringConvertible {
    /// RFC 1157.
    case v1 = 0
    /// RFC 1901 and 3416.
    case v2c = 1
    /// RFC 3412 and 3414.
    case v3 = 3

    /// `1`, `2c` or `3`, as command-line tools write it.
    public var description: String {
        switch self {
        case .v1: "1"
        case .v2c: "2c"
        case .v3: "3"
        }
    }
}

/// A community name: a shared secret, so no description, dump or interpolation shows it.
public struct Community: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The octets that go on the wire.
    public let octets: [UInt8]

    /// Makes a community from octets.
    public init(octets: [UInt8]) { self.octets = octets }
    /// Makes a community from text, as UTF-8.
    public init(_ text: String) { self.octets = Array(text.utf8) }

    /// A placeholder.
    public var description: String { "<community>" }
    /// A placeholder.
    public var debugDescription: String { description }
    /// Without children, so that a dump shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// How a target is spoken to.
///
/// SNMPv3 users will be further cases.
public enum Credential: Hashable, Sendable, CustomStringConvertible {
    /// Version 1 with a community.
    case v1(community: Community)
    /// Version 2c with a community.
    case v2c(community: Community)

    /// The protocol version.
    public var version: SNMPVersion {
        switch self {
        case .v1: .v1
        case .v2c: .v2c
        }
    }

    /// The version, without the secret.
    public var description: String { "SNMPv\(version) <community>" }

    var community: Community {
        switch self {
        case .v1(let community), .v2c(let community): community
        }
    }
}
