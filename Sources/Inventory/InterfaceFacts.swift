/// What a device says of one interface: IF-MIB and EtherLike-MIB, cleaned, before anything is made of it.
///
/// A nil field is one the device does not have or did not answer; text is UTF-8 without NULs and outer white space.
public struct InterfaceFacts: Sendable, Hashable, Codable {
    /// ifIndex, 0 to 2^31-1 (0 occurs although the MIB forbids it).
    public var ifIndex: Int64
    /// ifName.
    public var ifName: String?
    /// ifDescr.
    public var ifDescr: String?
    /// ifAlias: the operator's text on the device.
    public var ifAlias: String?
    /// ifType, IANA number (6 Ethernet, 24 loopback, 161 LAG).
    public var ifType: Int?
    /// ifMtu in octets.
    public var ifMtu: Int64?
    /// Speed in bit/s: ifHighSpeed x 10^6 where above 0, else ifSpeed unless 0 or 4294967295.
    public var ifSpeed: Int64?
    /// dot3StatsDuplexStatus; in the inventory as it was last told while the interface was up.
    public var duplex: Duplex?
    /// ifPhysAddress as lower-case hex octets with colons; empty where the device says it has none.
    public var ifPhysAddress: String?
    /// ifAdminStatus, IF-MIB integer; values outside the enumeration occur and are kept.
    public var adminStatus: Int?
    /// ifOperStatus, IF-MIB integer; values outside the enumeration occur and are kept.
    public var operStatus: Int?
    /// ifLastChange in hundredths of a second of sysUpTime.
    public var ifLastChange: Int64?
    /// ifConnectorPresent.
    public var connectorPresent: Bool?
    /// ifCounterDiscontinuityTime in hundredths of a second of sysUpTime.
    public var counterDiscontinuityTime: Int64?

    /// Facts of the interface with this ifIndex, all unknown yet.
    public init(ifIndex: Int64) {
        self.ifIndex = ifIndex
    }
}

/// Whether an Ethernet interface sends and receives at once: dot3StatsDuplexStatus (EtherLike-MIB, RFC 3635).
public enum Duplex: String, CaseIterable, Sendable, Hashable, Codable {
    /// One at a time: halfDuplex(2).
    case half
    /// Both at once: fullDuplex(3).
    case full

    /// The value of dot3StatsDuplexStatus; nil for unknown(1) and for what is outside the enumeration.
    public init?(dot3StatsDuplexStatus value: Int64) {
        switch value {
        case 2: self = .half
        case 3: self = .full
        default: return nil
        }
    }
}

/// The values of IF-MIB ifAdminStatus and ifOperStatus (RFC 2863).
public enum InterfaceStatus: Int, CaseIterable, Sendable {
    /// Ready to pass packets.
    case up = 1
    /// Not passing packets.
    case down = 2
    /// In some test mode.
    case testing = 3
    /// Status cannot be determined.
    case unknown = 4
    /// Waiting for an event, such as an incoming call.
    case dormant = 5
    /// Some component is missing.
    case notPresent = 6
    /// Down because a lower layer is.
    case lowerLayerDown = 7

    /// The MIB's name of a status number, such as `lowerLayerDown`; the number itself where it is outside the MIB.
    public static func name(of status: Int) -> String {
        InterfaceStatus(rawValue: status).map { "\($0)" } ?? String(status)
    }
}
