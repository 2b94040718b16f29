/// The identifier octets SNMP uses (RFC 3416 section 3, RFC 2578 section 7.1; BER by X.690).
public enum BERTag {
    /// INTEGER, also Integer32 and enumerations.
    public static let integer: UInt8 = 0x02
    /// OCTET STRING, also BITS.
    public static let octetString: UInt8 = 0x04
    /// NULL, the value of every name in a request.
    public static let null: UInt8 = 0x05
    /// OBJECT IDENTIFIER.
    public static let objectIdentifier: UInt8 = 0x06
    /// SEQUENCE and SEQUENCE OF.
    public static let sequence: UInt8 = 0x30
    /// IpAddress, four octets.
    public static let ipAddress: UInt8 = 0x40
    /// Counter32.
    public static let counter32: UInt8 = 0x41
    /// Gauge32 and Unsigned32.
    public static let gauge32: UInt8 = 0x42
    /// TimeTicks, hundredths of a second.
    public static let timeTicks: UInt8 = 0x43
    /// Opaque.
    public static let opaque: UInt8 = 0x44
    /// Counter64, not in version 1.
    public static let counter64: UInt8 = 0x46
    /// noSuchObject, an exception in place of a value.
    public static let noSuchObject: UInt8 = 0x80
    /// noSuchInstance, an exception in place of a value.
    public static let noSuchInstance: UInt8 = 0x81
    /// endOfMibView, an exception in place of a value.
    public static let endOfMibView: UInt8 = 0x82

    /// Whether the tag is one of the three exceptions of RFC 3416 section 3.
    @inlinable
    public static func isException(_ tag: UInt8) -> Bool { tag >= noSuchObject && tag <= endOfMibView }
}
