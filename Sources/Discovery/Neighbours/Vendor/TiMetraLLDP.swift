import Inventory

/// TIMETRA-LLDP-MIB: where routers of Nokia (TiMOS, SR OS) have their LLDP neighbours, and nowhere else.
///
/// tmnxLldpRemTable is indexed by time mark, ifIndex, the number of a destination address, and a number.
enum TiMetraLLDP {
    private static let table = LLDPShapedTable(
        prefix: "tmnxLldp", remote: "1.3.6.1.4.1.6527.3.1.2.59.4.1.1", firstColumn: 4,
        address: NeighbourColumn("tmnxLldpRemManAddrIfSubtype", "1.3.6.1.4.1.6527.3.1.2.59.4.2.1.3"),
        local: "1.3.6.1.4.1.6527.3.1.2.59.3.1.1", indexLength: 4)

    /// What is asked for.
    static let columns = table.columns

    /// Nokia's enterprise 6527, formerly TiMetra's.
    static func isWorthAsking(sysObjectID: String?) -> Bool { Enterprise.isOne(of: [6527], sysObjectID) }

    /// Decodes the tables; rows are on the interface of their index.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        table.decodeByIfIndex(answer)
    }

    /// The device's own ports, by ifIndex.
    static func localPorts(_ answer: NeighbourAnswer) -> [UInt32: LocalPort] { table.localPorts(answer) }
}
