public import Inventory

/// The system group of one device (SNMPv2-MIB), cleaned.
public struct SystemFacts: Sendable, Hashable, Codable {
    /// sysDescr.0.
    public var sysDescr: String?
    /// sysObjectID.0, dotted.
    public var sysObjectID: String?
    /// sysUpTime.0 in hundredths of a second.
    public var sysUpTime: Int64?
    /// sysContact.0.
    public var sysContact: String?
    /// sysName.0.
    public var sysName: String?
    /// sysLocation.0.
    public var sysLocation: String?
    /// ifNumber.0; some devices count differently from their own table.
    public var ifNumber: Int64?
    /// ifTableLastChange.0 in hundredths of a second of sysUpTime.
    public var ifTableLastChange: Int64?

    /// All unknown yet.
    public init() {}
}

/// A deviation from IF-MIB that was met and tolerated.
public enum InterfaceQuirk: String, CaseIterable, Sendable, Hashable, Codable, Comparable {
    /// The device has no ifXTable.
    case noIfXTable
    /// A row is only in ifXTable.
    case rowOnlyInIfXTable
    /// The ifIndex column says another number than the instance; the instance holds.
    case ifIndexDiffersFromInstance
    /// An instance is not one number within 0 to 2147483647; its row cannot be an interface.
    case unusableInstance
    /// A column has two values for one instance; the first holds.
    case repeatedInstance
    /// ifIndex 0, which the MIB forbids.
    case ifIndexZero
    /// ifAdminStatus or ifOperStatus outside the enumeration; kept.
    case statusOutOfEnumeration
    /// A number was sent as text.
    case numberAsText
    /// A number column has a value that is no number; ignored.
    case notANumber
    /// ifPhysAddress was sent as text.
    case physAddressAsText
    /// NULL in place of a value; ignored.
    case nullValue
    /// ifHighSpeed was given in bit/s.
    case highSpeedInBitsPerSecond
    /// ifNumber differs from the rows of the tables.
    case ifNumberDiffers

    /// Orders by name.
    public static func < (left: InterfaceQuirk, right: InterfaceQuirk) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What was read of one device: facts, and how far they go.
public struct DeviceReading: Sendable, Hashable {
    /// The system group.
    public var system: SystemFacts
    /// The interfaces, ordered by ifIndex, each ifIndex once.
    public var interfaces: [InterfaceFacts]
    /// Columns that were not read to their end, with the reason; empty for a complete reading.
    public var failedColumns: [InterfaceColumn: String]
    /// Deviations met, with how often.
    public var quirks: [InterfaceQuirk: Int]
    /// LLDP and CDP neighbours by ifIndex; empty until neighbours are read.
    public var neighbours: [Int64: [NeighbourFacts]]

    /// A reading.
    public init(
        system: SystemFacts = SystemFacts(), interfaces: [InterfaceFacts] = [],
        failedColumns: [InterfaceColumn: String] = [:], quirks: [InterfaceQuirk: Int] = [:],
        neighbours: [Int64: [NeighbourFacts]] = [:]
    ) {
        self.system = system
        self.interfaces = interfaces
        self.failedColumns = failedColumns
        self.quirks = quirks
        self.neighbours = neighbours
    }

    /// Whether every column of IF-MIB was read to its end, so that what is absent is gone.
    ///
    /// An agent whose EtherLike-MIB cannot be read is read completely: that table says nothing of what there is.
    public var isComplete: Bool { !failedColumns.keys.contains(where: \.tellsOfRows) }

    /// What is not complete, for people: `ifAlias: timeout after 3 attempts`; columns in the order of asking.
    public var incompletenessReasons: [String] {
        InterfaceColumn.allCases.filter(\.tellsOfRows).compactMap { column in
            failedColumns[column].map { "\(column.rawValue): \($0)" }
        }
    }
}
