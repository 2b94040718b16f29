import Inventory

/// MIKROTIK-MIB mtxrNeighborTable: what RouterOS heard by MNDP, CDP and LLDP, with the interface it was heard on.
///
/// RouterOS before 7.7 answers lldpRemTable with 0 for the local port (`0.0.N`), some versions with `N` alone, where `N`
/// is the neighbour's number in this table, which then tells the interface.
enum MikroTikNeighbours {
    private static let entry = "1.3.6.1.4.1.14988.1.1.11.1.1."
    private static let address = NeighbourColumn("mtxrNeighborIpAddress", entry + "2")
    private static let hardwareAddress = NeighbourColumn("mtxrNeighborMacAddress", entry + "3")
    private static let version = NeighbourColumn("mtxrNeighborVersion", entry + "4")
    private static let platform = NeighbourColumn("mtxrNeighborPlatform", entry + "5")
    private static let identity = NeighbourColumn("mtxrNeighborIdentity", entry + "6")
    private static let interface = NeighbourColumn("mtxrNeighborInterfaceID", entry + "8")
    private static let lldp = LLDPShapedTable(
        prefix: "lldp", remote: "1.0.8802.1.1.2.1.4.1.1", firstColumn: 4,
        address: LLDPTable.addressSubtype,
        local: "1.0.8802.1.1.2.1.3.7.1", indexLength: 3)

    /// What is asked for.
    static let columns = [address, hardwareAddress, version, platform, identity, interface]

    /// MikroTik's enterprise 14988.
    static func isWorthAsking(sysObjectID: String?) -> Bool { Enterprise.isOne(of: [14988], sysObjectID) }

    /// Decodes the table.
    ///
    /// A row that lldpRemTable has without a port is given as LLDP's, whole; one that LLDP has with its port is repeated;
    /// what only this table has is MNDP's.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, columns)
        rows.sort()
        var table = NeighbourTableReading(failure: answer.failure(of: columns))
        let heard = HeardByLLDP(answer, lldp)
        var readings = [NeighbourProtocol.lldp: NeighbourRowMerger(), .mndp: NeighbourRowMerger()]
        for (position, index) in rows.indexes.enumerated() {
            guard let number = index.last else {
                table.drop(.unusableIndex)
                continue
            }
            let row = rows.values(at: position)
            let ifIndex = row[interface]?.number.flatMap { Int32(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
            if let ifIndex, heard.withPort.contains([UInt32(ifIndex), number]) {
                table.drop(.repeated)
                continue
            }
            let reading = read(row, number, ifIndex, heard)
            guard reading.saysSomething else {
                table.drop(.placeholder)
                continue
            }
            if readings[reading.heardBy]?.add(reading) == false { table.drop(.repeated) }
        }
        table.neighbours = [.lldp, .mndp].flatMap { readings[$0]?.readings ?? [] }
        return table
    }

    private static func read(
        _ row: [NeighbourColumn: MIBValue], _ number: UInt32, _ ifIndex: Int32?, _ heard: HeardByLLDP
    ) -> NeighbourReading {
        let pair = heard.withoutPort[number]
        var reading = NeighbourReading(
            heardBy: pair == nil ? .mndp : .lldp, localPort: ifIndex.map { String($0) } ?? String(number))
        if let ifIndex { (reading.localIfIndex, reading.localPortRule) = (Int64(ifIndex), .vendorTable) }
        if let pair {
            lldp.fill(&reading, pair.row)
            reading.managementAddresses = pair.addresses
        } else {
            reading.chassis = .hardwareAddress(row[hardwareAddress])
            reading.systemName = NeighbourText.clean(row[identity])
            reading.systemDescription = NeighbourText.clean(
                row[version], octetsMax: NeighbourText.descriptionOctetsMax)
        }
        reading.platform = NeighbourText.clean(row[platform])
        if let text = NeighbourAddresses.inValue(row[address]), !reading.managementAddresses.contains(text) {
            reading.managementAddresses.append(text)
        }
        return reading
    }

    /// The rows of lldpRemTable by the neighbour's number.
    private struct HeardByLLDP {
        /// Rows without a port.
        var withoutPort: [UInt32: (row: [NeighbourColumn: MIBValue], addresses: [String])] = [:]
        /// Port and neighbour's number of the others.
        var withPort: Set<[UInt32]> = []

        init(_ answer: NeighbourAnswer, _ table: LLDPShapedTable) {
            let rows = NeighbourRowSet(answer, table.remote.all)
            let addresses = table.addresses(answer)
            for (position, index) in rows.indexes.enumerated() {
                guard let number = index.last else { continue }
                if LLDPIndexShape.isWithoutPort(index) {
                    let row = rows.values(at: position)
                    withoutPort[number] = withoutPort[number] ?? (row, addresses[[0, number]] ?? [])
                } else {
                    withPort.insert(index.suffix(2))
                }
            }
        }
    }
}
