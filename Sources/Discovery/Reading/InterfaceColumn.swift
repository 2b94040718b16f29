/// The columns that discovery reads of interfaces, in the order in which it asks for them: IF-MIB (RFC 2863), and one
/// of EtherLike-MIB (RFC 3635).
public enum InterfaceColumn: String, CaseIterable, Sendable, Hashable {
    /// ifTable column 1.
    case ifIndex
    /// ifTable column 2.
    case ifDescr
    /// ifTable column 3.
    case ifType
    /// ifTable column 4.
    case ifMtu
    /// ifTable column 5.
    case ifSpeed
    /// ifTable column 6.
    case ifPhysAddress
    /// ifTable column 7.
    case ifAdminStatus
    /// ifTable column 8.
    case ifOperStatus
    /// ifTable column 9.
    case ifLastChange
    /// ifXTable column 1.
    case ifName
    /// ifXTable column 15, in units of 10^6 bit/s.
    case ifHighSpeed
    /// ifXTable column 17.
    case ifConnectorPresent
    /// ifXTable column 18.
    case ifAlias
    /// ifXTable column 19.
    case ifCounterDiscontinuityTime
    /// dot3StatsTable column 19: only of Ethernet interfaces, and only where the agent has that table.
    case dot3StatsDuplexStatus

    /// The column's object identifier, dotted; a row's instance is its ifIndex.
    public var dotted: String {
        switch self {
        case .ifIndex: return Self.ifEntry + "1"
        case .ifDescr: return Self.ifEntry + "2"
        case .ifType: return Self.ifEntry + "3"
        case .ifMtu: return Self.ifEntry + "4"
        case .ifSpeed: return Self.ifEntry + "5"
        case .ifPhysAddress: return Self.ifEntry + "6"
        case .ifAdminStatus: return Self.ifEntry + "7"
        case .ifOperStatus: return Self.ifEntry + "8"
        case .ifLastChange: return Self.ifEntry + "9"
        case .ifName: return Self.ifXEntry + "1"
        case .ifHighSpeed: return Self.ifXEntry + "15"
        case .ifConnectorPresent: return Self.ifXEntry + "17"
        case .ifAlias: return Self.ifXEntry + "18"
        case .ifCounterDiscontinuityTime: return Self.ifXEntry + "19"
        case .dot3StatsDuplexStatus: return Self.dot3StatsEntry + "19"
        }
    }

    /// Whether the column belongs to ifXTable.
    var isInIfXTable: Bool {
        dotted.hasPrefix(Self.ifXEntry)
    }

    /// Whether the column is of IF-MIB, which says what interfaces there are; others only add to what is known of them.
    var tellsOfRows: Bool {
        self != .dot3StatsDuplexStatus
    }

    private static let ifEntry = "1.3.6.1.2.1.2.2.1."
    private static let ifXEntry = "1.3.6.1.2.1.31.1.1.1."
    private static let dot3StatsEntry = "1.3.6.1.2.1.10.7.2.1."
}

/// The scalars that discovery reads beside the tables, in the order in which it asks for them.
public enum SystemScalar: String, CaseIterable, Sendable, Hashable {
    /// SNMPv2-MIB sysDescr.0.
    case sysDescr = "1.3.6.1.2.1.1.1.0"
    /// SNMPv2-MIB sysObjectID.0.
    case sysObjectID = "1.3.6.1.2.1.1.2.0"
    /// SNMPv2-MIB sysUpTime.0.
    case sysUpTime = "1.3.6.1.2.1.1.3.0"
    /// SNMPv2-MIB sysContact.0.
    case sysContact = "1.3.6.1.2.1.1.4.0"
    /// SNMPv2-MIB sysName.0.
    case sysName = "1.3.6.1.2.1.1.5.0"
    /// SNMPv2-MIB sysLocation.0.
    case sysLocation = "1.3.6.1.2.1.1.6.0"
    /// IF-MIB ifNumber.0.
    case ifNumber = "1.3.6.1.2.1.2.1.0"
    /// IF-MIB ifTableLastChange.0.
    case ifTableLastChange = "1.3.6.1.2.1.31.1.5.0"

    /// The instance's object identifier, dotted.
    public var dotted: String { rawValue }
}
