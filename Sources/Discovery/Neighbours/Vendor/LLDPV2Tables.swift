import Inventory

/// LLDP-V2-MIB (IEEE 802.1AB-2009): what some devices have in place of LLDP-MIB, Palo Alto's firewalls among them.
///
/// lldpV2RemTable is indexed by time mark, ifIndex, the number of a destination address, and a number; its columns stand
/// one further than LLDP-MIB's. A neighbour heard at several destination addresses is one.
enum LLDPV2Tables {
    private static let table = LLDPShapedTable(
        prefix: "lldpV2", remote: "1.3.111.2.802.1.1.13.1.4.1.1", firstColumn: 5,
        address: NeighbourColumn("lldpV2RemManAddrIfSubtype", "1.3.111.2.802.1.1.13.1.4.2.1.3"),
        local: "1.3.111.2.802.1.1.13.1.3.7.1", indexLength: 4)

    static let localChassisSubtype = NeighbourColumn("lldpV2LocChassisIdSubtype", "1.3.111.2.802.1.1.13.1.3.1")
    static let localChassis = NeighbourColumn("lldpV2LocChassisId", "1.3.111.2.802.1.1.13.1.3.2")
    static let localSystemName = NeighbourColumn("lldpV2LocSysName", "1.3.111.2.802.1.1.13.1.3.3")

    /// What is asked for.
    static let columns = table.columns + [localChassisSubtype, localChassis, localSystemName]

    /// Any maker's device may have it.
    static func isWorthAsking(sysObjectID: String?) -> Bool { true }

    /// Decodes the tables; rows are on the interface of their index.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        table.decodeByIfIndex(answer)
    }

    /// The device's own ports, by ifIndex.
    static func localPorts(_ answer: NeighbourAnswer) -> [UInt32: LocalPort] { table.localPorts(answer) }
}
