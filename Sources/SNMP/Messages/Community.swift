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
public enum Credential: Hashable, Sendable, CustomStringConvertible {
    /// Version 1 with a community.
    case v1(community: Community)
    /// Version 2c with a community.
    case v2c(community: Community)
    /// Version 3 with a user of the user-based security model.
    case v3(USMUser)

    /// The protocol version.
    public var version: SNMPVersion {
        switch self {
        case .v1: .v1
        case .v2c: .v2c
        case .v3: .v3
        }
    }

    /// The version and, for version 3, user and level, without secrets.
    public var description: String {
        switch self {
        case .v1, .v2c: "SNMPv\(version) <community>"
        case .v3(let user): "SNMPv3 \(user)"
        }
    }

    /// The community; nil for version 3.
    var community: Community? {
        switch self {
        case .v1(let community), .v2c(let community): community
        case .v3: nil
        }
    }

    /// What a response takes beside its variable bindings, in octets, at most or nearly.
    var headerOctets: Int {
        switch self {
        case .v1(let community), .v2c(let community): 42 + community.octets.count
        // Message header, security parameters with an engine ID and the longest code, scoped PDU, padding.
        case .v3(let user): 200 + user.name.utf8.count + user.contextName.utf8.count
        }
    }

    /// What is wrong with the values, as a clause with the remedy; nil if nothing.
    var fault: String? {
        switch self {
        case .v1(let community), .v2c(let community):
            community.octets.count > 512 ? "the community must have at most 512 octets" : nil
        case .v3(let user): user.fault
        }
    }
}
