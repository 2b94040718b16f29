/// The value of a variable binding (RFC 3416 section 3, types of RFC 2578 section 7.1).
public enum SNMPValue: Hashable, Sendable {
    /// INTEGER or Integer32. A wider number from the wire keeps its low 32 bits, as net-snmp does.
    case integer(Int32)
    /// OCTET STRING or BITS.
    case octetString([UInt8])
    /// NULL, the value of every name in a request.
    case null
    /// OBJECT IDENTIFIER.
    case objectIdentifier(ObjectIdentifier)
    /// IpAddress: four octets, in network order.
    case ipAddress([UInt8])
    /// Counter32.
    case counter32(UInt32)
    /// Gauge32 or Unsigned32.
    case gauge32(UInt32)
    /// TimeTicks: hundredths of a second.
    case timeTicks(UInt32)
    /// Opaque: octets that are BER inside.
    case opaque([UInt8])
    /// Counter64, not in version 1.
    case counter64(UInt64)
    /// The exception noSuchObject: the agent has no such object type.
    case noSuchObject
    /// The exception noSuchInstance: the object type exists, this instance does not.
    case noSuchInstance
    /// The exception endOfMibView: nothing follows the requested name.
    case endOfMibView

    /// The identifier octet of this type.
    public var tag: UInt8 {
        switch self {
        case .integer: BERTag.integer
        case .octetString: BERTag.octetString
        case .null: BERTag.null
        case .objectIdentifier: BERTag.objectIdentifier
        case .ipAddress: BERTag.ipAddress
        case .counter32: BERTag.counter32
        case .gauge32: BERTag.gauge32
        case .timeTicks: BERTag.timeTicks
        case .opaque: BERTag.opaque
        case .counter64: BERTag.counter64
        case .noSuchObject: BERTag.noSuchObject
        case .noSuchInstance: BERTag.noSuchInstance
        case .endOfMibView: BERTag.endOfMibView
        }
    }

    /// Whether this is one of the three exceptions.
    public var isException: Bool { BERTag.isException(tag) }

    /// The number, for every numeric type whose value fits; nil for other types.
    public var int64: Int64? {
        switch self {
        case .integer(let value): Int64(value)
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): Int64(value)
        case .counter64(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number, for every numeric type whose value is not negative; nil for other types.
    public var uint64: UInt64? {
        if case .counter64(let value) = self { return value }
        return int64.flatMap { UInt64(exactly: $0) }
    }

    /// The octets of an OCTET STRING, Opaque or IpAddress; nil for other types.
    public var octets: [UInt8]? {
        switch self {
        case .octetString(let octets), .opaque(let octets), .ipAddress(let octets): octets
        default: nil
        }
    }
}

extension SNMPValue: CustomStringConvertible {
    /// The type's name and the value; octets as text where they are printable ASCII, else hexadecimal.
    public var description: String {
        switch self {
        case .integer(let value): "INTEGER \(value)"
        case .octetString(let octets): "OCTET STRING \(Self.render(octets))"
        case .null: "NULL"
        case .objectIdentifier(let name): "OBJECT IDENTIFIER \(name)"
        case .ipAddress(let octets): "IpAddress \(octets.map(String.init).joined(separator: "."))"
        case .counter32(let value): "Counter32 \(value)"
        case .gauge32(let value): "Gauge32 \(value)"
        case .timeTicks(let value): "TimeTicks \(value)"
        case .opaque(let octets): "Opaque \(Self.render(octets))"
        case .counter64(let value): "Counter64 \(value)"
        case .noSuchObject: "noSuchObject"
        case .noSuchInstance: "noSuchInstance"
        case .endOfMibView: "endOfMibView"
        }
    }

    private static func render(_ octets: [UInt8]) -> String {
        if octets.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return "\"" + String(decoding: octets, as: UTF8.self) + "\""
        }
        return octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

/// A name and its value (RFC 3416 section 2.2).
public struct VarBind: Hashable, Sendable, CustomStringConvertible {
    /// The name: object type and instance.
    public var name: ObjectIdentifier
    /// The value; NULL in a request.
    public var value: SNMPValue

    /// Makes a variable binding; without a value it is one for a request.
    public init(_ name: ObjectIdentifier, _ value: SNMPValue = .null) {
        self.name = name
        self.value = value
    }

    /// Makes a variable binding; without a value it is one for a request.
    public init(name: ObjectIdentifier, value: SNMPValue = .null) { self.init(name, value) }

    /// The name, an equals sign and the value.
    public var description: String { "\(name) = \(value)" }
}
