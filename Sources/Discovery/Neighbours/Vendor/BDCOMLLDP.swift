import Inventory

/// NMS-LLDP-MIB of BDCOM, also in switches that FS sells: LLDP-MIB's tables under another root.
///
/// Indexes are LLDP-MIB's: time mark, port number, a number.
enum BDCOMLLDP {
    private static let table = LLDPShapedTable(
        prefix: "nmsLldp", remote: "1.3.6.1.4.1.3320.127.1.4.1.1", firstColumn: 4,
        address: NeighbourColumn("nmsLldpRemManAddrIfSubtype", "1.3.6.1.4.1.3320.127.1.4.2.1.3"),
        local: "1.3.6.1.4.1.3320.127.1.3.7.1", indexLength: 3)

    /// What is asked for.
    static let columns = table.columns

    /// BDCOM's enterprise 3320, and FS's 27975 and 52642.
    static func isWorthAsking(sysObjectID: String?) -> Bool {
        Enterprise.isOne(of: [3320, 27975, 52642], sysObjectID)
    }

    /// Decodes the tables; the device's own id of a port decides where it names an interface, else the port's number.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        let own = table.localPorts(answer)
        return table.decode(answer) { index in
            let number = index[1]
            let id = own[number]?.id?.text
            let named = id.flatMap { ports.resolve(portText: $0) }
            return (id ?? ports.name(ofPort: number), named ?? ports.resolve(portNumber: number))
        }
    }
}
