/// Why octets are not an SNMP message this library accepts, and where.
///
/// A small value without heap storage, so that a flood of garbage costs no allocation.
public struct SNMPDecodeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What rule the octets break.
    public enum Code: UInt8, Hashable, Sendable {
        /// The octets end before the element does.
        case truncated
        /// A length of indefinite form, which RFC 3417 section 8 prohibits.
        case indefiniteLength
        /// A length larger than any datagram.
        case lengthTooLarge
        /// A tag of more than one octet, or one that has no meaning in this place.
        case unexpectedTag
        /// An integer with more than nine content octets, or nine with a significant first octet.
        case integerTooLarge
        /// A sub-identifier above 4294967295.
        case subIdentifierTooLarge
        /// More than 128 sub-identifiers (RFC 2578 section 3.5).
        case tooManySubIdentifiers
        /// A sub-identifier that ends inside, or begins with a padding octet (X.690 section 8.19.2).
        case malformedObjectIdentifier
        /// A content length this type cannot have, for example an IpAddress of three octets.
        case wrongContentLength
        /// A message version other than 0, 1 or 3.
        case unsupportedVersion
    }

    /// What rule the octets break.
    public let code: Code
    /// Where in the datagram, in octets from its beginning.
    public let offset: Int
    /// The offending octet or number, 0 if there is none.
    public let found: UInt32

    init(_ code: Code, at offset: Int, found: UInt32 = 0) {
        self.code = code
        self.offset = offset
        self.found = found
    }

    /// A sentence with the place and the offending value.
    public var description: String {
        switch code {
        case .truncated: "the message ends inside an element that begins at octet \(offset)"
        case .indefiniteLength: "the indefinite length at octet \(offset) is prohibited in SNMP"
        case .lengthTooLarge: "the length at octet \(offset) is larger than any datagram"
        case .unexpectedTag: "the tag 0x\(String(found, radix: 16)) at octet \(offset) has no place there"
        case .integerTooLarge: "the integer at octet \(offset) does not fit 64 bits"
        case .subIdentifierTooLarge: "the sub-identifier at octet \(offset) does not fit 32 bits"
        case .tooManySubIdentifiers: "the object identifier at octet \(offset) has more than 128 sub-identifiers"
        case .malformedObjectIdentifier: "the object identifier at octet \(offset) is malformed"
        case .wrongContentLength: "the element at octet \(offset) has \(found) content octets, which its type forbids"
        case .unsupportedVersion: "the message version \(found) at octet \(offset) is unknown"
        }
    }
}

/// Deviations from the standards that were tolerated while decoding.
public struct DecodeAnomalies: OptionSet, Hashable, Sendable {
    /// The bits, one for each kind of deviation.
    public let rawValue: UInt8
    /// Makes a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Octets followed the message.
    public static let trailingOctets = DecodeAnomalies(rawValue: 1)
    /// An integer had no content octets and was read as 0.
    public static let emptyInteger = DecodeAnomalies(rawValue: 2)
    /// An integer was wider than its type; its low bits were kept, as net-snmp does.
    public static let wideInteger = DecodeAnomalies(rawValue: 4)
    /// An unsigned type was encoded as a negative number; its bit pattern was kept.
    public static let negativeUnsigned = DecodeAnomalies(rawValue: 8)
    /// A NULL or an exception carried content octets, which were ignored.
    public static let unexpectedContent = DecodeAnomalies(rawValue: 16)
    /// An object identifier had no content octets and was read as 0.0.
    public static let emptyObjectIdentifier = DecodeAnomalies(rawValue: 32)
}
