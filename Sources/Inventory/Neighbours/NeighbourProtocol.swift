/// How a device came to know a neighbour.
public enum NeighbourProtocol: String, CaseIterable, Codable, Sendable, Hashable, Comparable {
    /// Link Layer Discovery Protocol (IEEE 802.1AB), whichever table told it.
    case lldp
    /// Cisco Discovery Protocol (CISCO-CDP-MIB).
    case cdp
    /// Foundry Discovery Protocol (FOUNDRY-SN-SWITCH-GROUP-MIB snFdpCacheTable).
    case fdp
    /// MikroTik Neighbour Discovery Protocol (MIKROTIK-MIB mtxrNeighborTable).
    case mndp

    /// Orders by trust: of two that speak of one neighbour the smaller one names it.
    public static func < (left: NeighbourProtocol, right: NeighbourProtocol) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .lldp: 0
        case .cdp: 1
        case .fdp: 2
        case .mndp: 3
        }
    }
}

/// The evidence by which a neighbour's row was put on a local interface, the most trusted first.
public enum LocalPortRule: String, CaseIterable, Codable, Sendable, Hashable {
    /// The row itself is indexed by ifIndex (CDP, FDP, TIMETRA, LLDP-V2).
    case ifIndex = "row_if_index"
    /// The device's id of its port (lldpLocPortId) is the ifName of exactly one interface.
    case portIDIsName = "port_id_is_if_name"
    /// The bridge's port of that number stands on the interface (dot1dBasePortIfIndex).
    case bridgePort = "bridge_port"
    /// The device's id of its port is the ifPhysAddress of exactly one interface.
    case portIDIsAddress = "port_id_is_if_phys_address"
    /// The device's id of its port is the ifDescr of exactly one interface.
    case portIDIsDescr = "port_id_is_if_descr"
    /// The device's description of its port (lldpLocPortDesc) is ifDescr, ifName or ifAlias of exactly one interface.
    ///
    /// Also where its id of the port is an alias (subtype 1) and the ifAlias of exactly one.
    case portDescription = "port_description"
    /// The device's id of its port, of the subtype local, is an ifIndex.
    case portIDIsIndex = "port_id_is_if_index"
    /// The number of the port is an ifIndex: the last resort, wrong on devices that number ports by their panel.
    case portNumberIsIndex = "port_number_is_if_index"
    /// Another table of the device names the interface (MikroTik's mtxrNeighborInterfaceID, TP-Link's port text).
    case vendorTable = "vendor_table"
}
