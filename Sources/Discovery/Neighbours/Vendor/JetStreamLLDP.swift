import Inventory

/// TPLINK-LLDPINFO-MIB: where switches of TP-Link (JetStream, Omada) have their LLDP neighbours, in text.
///
/// lldpNeighborInfoTable is indexed by ifIndex and a number; its first column is the port in the words of the panel
/// (`1/0/23`), and types, capabilities and addresses are words: `MAC address`, `Bridge Router`.
enum JetStreamLLDP {
    private static let entry = "1.3.6.1.4.1.11863.6.35.1.2.2.1."
    private static let localPort = NeighbourColumn("lldpNeighborPortId", entry + "1")
    private static let chassisType = NeighbourColumn("lldpNeighborChassisIdType", entry + "3")
    private static let chassis = NeighbourColumn("lldpNeighborChassisId", entry + "4")
    private static let portType = NeighbourColumn("lldpNeighborPortIdType", entry + "5")
    private static let port = NeighbourColumn("lldpNeighborPortIdDescr", entry + "6")
    private static let portDescription = NeighbourColumn("lldpNeighborPortDescr", entry + "8")
    private static let systemName = NeighbourColumn("lldpNeighborDeviceName", entry + "9")
    private static let systemDescription = NeighbourColumn("lldpNeighborDeviceDescr", entry + "10")
    private static let supported = NeighbourColumn("lldpNeighborCapAvailable", entry + "11")
    private static let enabled = NeighbourColumn("lldpNeighborCapEnabled", entry + "12")
    private static let address = NeighbourColumn("lldpNeighborManageIpAddr", entry + "13")
    private static let addressIndex = NeighbourColumn(
        "lldpNeighborManAddrIfSubtype", "1.3.6.1.4.1.11863.6.35.1.2.3.1.5")
    private static let ownEntry = "1.3.6.1.4.1.11863.6.35.1.2.1.1."
    private static let ownChassisType = NeighbourColumn("lldpLocalChassisIdType", ownEntry + "2")
    private static let ownChassis = NeighbourColumn("lldpLocalChassisId", ownEntry + "3")
    private static let ownPortType = NeighbourColumn("lldpLocalPortIdType", ownEntry + "4")
    private static let ownPort = NeighbourColumn("lldpLocalPortIdDescr", ownEntry + "5")
    private static let ownPortDescription = NeighbourColumn("lldpLocalPortDescr", ownEntry + "7")
    private static let ownTable = [ownChassisType, ownChassis, ownPortType, ownPort, ownPortDescription]
    private static let table = [
        localPort, chassisType, chassis, portType, port, portDescription, systemName, systemDescription, supported,
        enabled, address,
    ]
    private static let indexLength = 2

    /// What is asked for.
    static let columns = table + [addressIndex] + ownTable

    /// TP-Link's enterprise 11863.
    static func isWorthAsking(sysObjectID: String?) -> Bool { Enterprise.isOne(of: [11863], sysObjectID) }

    /// Decodes the tables.
    static func decode(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, table)
        rows.sort()
        var reading = NeighbourTableReading(failure: answer.failure(of: table + [addressIndex]))
        let addresses = addresses(answer)
        var readings = NeighbourRowMerger()
        for (position, index) in rows.indexes.enumerated() {
            guard index.count >= indexLength else {
                reading.drop(.unusableIndex)
                continue
            }
            let more = addresses[Array(index.prefix(indexLength))] ?? []
            let neighbour = read(rows.values(at: position), index[0], more, ports)
            guard neighbour.saysSomething else {
                reading.drop(.placeholder)
                continue
            }
            if !readings.add(neighbour) { reading.drop(.repeated) }
        }
        reading.neighbours = readings.readings
        return reading
    }

    /// The device's own chassis id and ports, by ifIndex.
    static func local(_ answer: NeighbourAnswer) -> (chassis: NeighbourID?, ports: [UInt32: LocalPort]) {
        var rows = NeighbourRowSet(answer, ownTable)
        rows.sort()
        var own: (chassis: NeighbourID?, ports: [UInt32: LocalPort]) = (nil, [:])
        for (position, index) in rows.indexes.enumerated() {
            guard let number = index.first, own.ports[number] == nil else { continue }
            let row = rows.values(at: position)
            own.chassis =
                own.chassis ?? .chassis(subtype: subtype(row[ownChassisType], of: chassisTypes), row[ownChassis])
            own.ports[number] = LocalPort(
                number: number, id: .port(subtype: subtype(row[ownPortType], of: portTypes), row[ownPort]),
                portDescription: NeighbourText.clean(row[ownPortDescription]))
        }
        return own
    }

    private static func read(
        _ row: [NeighbourColumn: MIBValue], _ number: UInt32, _ addresses: [String], _ ports: LocalPorts
    ) -> NeighbourReading {
        let word = NeighbourText.clean(row[localPort])
        var reading = NeighbourReading(heardBy: .lldp, localPort: word ?? String(number))
        if let place = place(number, word, ports) {
            (reading.localIfIndex, reading.localPortRule) = (place.ifIndex, place.rule)
        }
        reading.chassis = .chassis(subtype: subtype(row[chassisType], of: chassisTypes), row[chassis])
        reading.port = .port(subtype: subtype(row[portType], of: portTypes), row[port])
        reading.portDescription = NeighbourText.clean(
            row[portDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.systemName = NeighbourText.clean(row[systemName])
        reading.systemDescription = NeighbourText.clean(
            row[systemDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.capabilities = NeighbourCapability.lldp(enabled: row[enabled], supported: row[supported])
        let first = NeighbourAddresses.inValue(row[address])
        reading.managementAddresses = (first.map { [$0] } ?? []) + addresses.filter { $0 != first }
        return reading
    }

    /// The interface of a row: what its words name, else what its index says.
    ///
    /// Words first, since some firmware numbers the index by the panel; where both agree the index is the evidence.
    private static func place(_ number: UInt32, _ word: String?, _ ports: LocalPorts) -> LocalPorts.Place? {
        let numbered = ports.resolve(portNumber: number)
        if let word, let named = namedPlace(word, ports) {
            return named.ifIndex == Int64(number) ? (named.ifIndex, .ifIndex) : (named.ifIndex, .vendorTable)
        }
        guard let numbered else { return nil }
        return numbered.ifIndex == Int64(number) ? (numbered.ifIndex, .ifIndex) : numbered
    }

    private static func namedPlace(_ word: String, _ ports: LocalPorts) -> LocalPorts.Place? {
        if let place = ports.resolve(portText: word) { return place }
        for prefix in mediaPrefixes {
            if let place = ports.resolve(portText: prefix + word) { return place }
        }
        return nil
    }

    /// What stands before the panel's words in ifName.
    private static let mediaPrefixes = [
        "gigabitEthernet ", "ten-gigabitEthernet ", "two-gigabitEthernet ", "twentyFive-gigabitEthernet ",
        "fastEthernet ", "port ",
    ]

    /// LldpChassisIdSubtype by its words.
    private static let chassisTypes = [
        ("chassis component", 1), ("interface alias", 2), ("port component", 3), ("mac", 4), ("network", 5),
        ("interface name", 6), ("local", 7),
    ]
    /// LldpPortIdSubtype by its words.
    private static let portTypes = [
        ("interface alias", 1), ("port component", 2), ("mac", 3), ("network", 4), ("interface name", 5),
        ("circuit", 6), ("local", 7),
    ]

    private static func subtype(_ value: MIBValue?, of types: [(word: String, subtype: Int)]) -> Int? {
        if let number = value?.number { return Int(clamping: number) }
        guard let text = NeighbourText.clean(value)?.lowercased() else { return nil }
        return types.first { text.contains($0.word) }?.subtype
    }

    private static func addresses(_ answer: NeighbourAnswer) -> [[UInt32]: [String]] {
        var addresses = IndexedAddresses()
        for row in answer[addressIndex].rows where row.index.count > indexLength {
            addresses.add(
                NeighbourAddresses.inIndex(row.index[indexLength...]), at: Array(row.index.prefix(indexLength)))
        }
        return addresses.all
    }
}
