public import SNMP

/// Names of numbers: the values of an INTEGER enumeration, or the bits of a BITS.
public struct Enumeration: Hashable, Sendable {
    /// The textual convention's name, or one made from the object's.
    public let name: String
    /// The label of each number.
    public let labels: [Int32: String]

    /// The number of a label; nil where there is none.
    public func number(of label: String) -> Int32? { labels.first { $0.value == label }?.key }
}

/// What kind of values an object has, as far as it matters for writing and reading them.
///
/// RFC 2578 section 7.1 and the textual conventions of RFC 2579.
public enum ObjectSyntax: Hashable, Sendable {
    /// A node without values: a table, an entry, a group, an identity.
    case node
    /// A notification (NOTIFICATION-TYPE).
    case notification
    /// INTEGER and Integer32.
    case integer
    /// An INTEGER whose numbers have names.
    case enumeration(Enumeration)
    /// Gauge32 and Unsigned32.
    case gauge32
    /// Counter32.
    case counter32
    /// Counter64.
    case counter64
    /// TimeTicks and TimeStamp.
    case timeTicks
    /// OBJECT IDENTIFIER, AutonomousType and RowPointer.
    case objectIdentifier
    /// IpAddress.
    case ipAddress
    /// OCTET STRING that is text: DisplayString, SnmpAdminString.
    case text
    /// OCTET STRING of any contents.
    case octets
    /// PhysAddress and MacAddress: shown as hexadecimal octets with colons.
    case physicalAddress
    /// DateAndTime.
    case dateAndTime
    /// BITS whose positions have names.
    case bits(Enumeration)

    /// Whether an object of this syntax has instances with values.
    public var hasValues: Bool { self != .node && self != .notification }

    /// The names of the labels whose bits are set, in the order of their positions; a bit without a name is left out.
    ///
    /// RFC 2578 section 7.1.4: bit 0 is the highest of the first octet.
    public static func labels(of octets: [UInt8], in names: Enumeration) -> [(position: Int32, label: String)] {
        names.labels.sorted { $0.key < $1.key }.compactMap { position, label in
            let octet = Int(position / 8)
            guard octet < octets.count, octets[octet] & 0x80 >> UInt8(position % 8) != 0 else { return nil }
            return (position, label)
        }
    }
}

/// A named node of the tree of object identifiers.
public struct NamedObject: Hashable, Sendable {
    /// Its descriptor, such as `ifDescr`.
    public let name: String
    /// The module that defines it, such as `IF-MIB`.
    public let module: String
    /// Where it is in the tree.
    public let oid: ObjectIdentifier
    /// What its values are.
    public let syntax: ObjectSyntax

    /// Module and name: `IF-MIB::ifDescr`.
    public var qualifiedName: String { "\(module)::\(name)" }
}
