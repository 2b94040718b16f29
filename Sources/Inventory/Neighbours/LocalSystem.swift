/// What a device says of itself in the words its neighbours use: how it can be recognised in their tables.
public struct LocalSystem: Sendable, Hashable, Codable {
    /// A port in the words of LLDP, where they differ from the interface's own.
    public struct Port: Sendable, Hashable, Codable {
        /// The interface.
        public var ifIndex: Int64
        /// lldpLocPortId; nil where the device gives none.
        public var portID: NeighbourID?
        /// lldpLocPortDesc.
        public var portDescription: String?
        /// ifIndex of the aggregate it belongs to (dot3adAggPortAttachedAggID, else ifStackTable); nil for none.
        public var aggregateIfIndex: Int64?

        /// A port of which only the interface is known.
        public init(ifIndex: Int64) {
            self.ifIndex = ifIndex
        }
    }

    /// Chassis ids: lldpLocChassisId, dot1dBaseBridgeAddress; sorted, without repetitions.
    public var chassis: [NeighbourID]
    /// Names it announces: lldpLocSysName, cdpGlobalDeviceId, sysName; sorted, without repetitions.
    public var systemNames: [String]
    /// Its own IP addresses (ipAddressTable, ipAdEntAddr) but loopback's and link-local ones; sorted.
    public var addresses: [String]
    /// Ports whose words differ from ifName, or that belong to an aggregate; by ifIndex.
    public var ports: [Port]
    /// Protocols whose tables it answers, even where they are empty.
    public var protocols: Set<NeighbourProtocol>

    /// Nothing is known.
    public init() {
        chassis = []
        systemNames = []
        addresses = []
        ports = []
        protocols = []
    }
}
