public import Inventory

/// Why a row of a neighbour table is no neighbour.
public enum NeighbourDrop: String, CaseIterable, Sendable, Hashable, Codable {
    /// It has neither a chassis id, a port id, a name nor an address: an empty place in the agent's table.
    case placeholder
    /// Its index has fewer parts than the MIB's.
    case unusableIndex = "unusable_index"
    /// Another row of the same protocol says the same of the same port.
    case repeated
    /// It is the device itself, as its own chassis id or announcement came back.
    case ownEcho = "own_echo"
    /// The table has more rows than can be believed.
    case tooMany = "too_many"
}

/// What one device's neighbour tables say, decoded and put on its interfaces.
public struct DeviceNeighbours: Sendable, Hashable {
    /// What the device says of itself.
    public var local: LocalSystem
    /// The neighbours, ordered by local ifIndex (unknown ones last), local port, protocol, then name.
    public var neighbours: [NeighbourReading]
    /// Rows that are no neighbours, by reason.
    public var dropped: [NeighbourDrop: Int]
    /// Protocols whose tables were not read to their end, with the reason; what is absent there may still exist.
    public var failed: [NeighbourProtocol: String]
    /// The device's interfaces as read together with the neighbours, by ifIndex.
    ///
    /// The catalog's may be numbered otherwise by now. Empty where they were not read.
    public var interfaces: [LocalInterface]
    /// Where bridges learnt addresses: MAC address (`00:1b:…`) to ifIndex; empty unless it was asked for.
    public var forwarding: [String: Int64]

    /// Nothing was heard.
    public init() {
        local = LocalSystem()
        neighbours = []
        dropped = [:]
        failed = [:]
        interfaces = []
        forwarding = [:]
    }
}

/// Interfaces of a device as the rules of local ports need them: read together with the neighbours.
public struct LocalInterface: Sendable, Hashable {
    /// ifIndex.
    public var ifIndex: Int64
    /// ifName, cleaned.
    public var ifName: String?
    /// ifDescr, cleaned.
    public var ifDescr: String?
    /// ifAlias, cleaned.
    public var ifAlias: String?
    /// ifPhysAddress, lower-case hex with colons.
    public var ifPhysAddress: String?

    /// An interface.
    public init(
        ifIndex: Int64, ifName: String? = nil, ifDescr: String? = nil, ifAlias: String? = nil,
        ifPhysAddress: String? = nil
    ) {
        self.ifIndex = ifIndex
        self.ifName = ifName
        self.ifDescr = ifDescr
        self.ifAlias = ifAlias
        self.ifPhysAddress = ifPhysAddress
    }
}
