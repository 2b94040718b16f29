import Inventory

/// A table in the shape of lldpRemTable that stands elsewhere, with the tables that belong to it.
///
/// Its rows are LLDP's: the same ids with the same subtypes, the same capabilities, the addresses in an index of their own.
struct LLDPShapedTable {
    /// The columns of a row, in the order of the MIB.
    struct Remote {
        let chassisSubtype: NeighbourColumn
        let chassis: NeighbourColumn
        let portSubtype: NeighbourColumn
        let port: NeighbourColumn
        let portDescription: NeighbourColumn
        let systemName: NeighbourColumn
        let systemDescription: NeighbourColumn
        let supported: NeighbourColumn
        let enabled: NeighbourColumn

        var all: [NeighbourColumn] {
            [
                chassisSubtype, chassis, portSubtype, port, portDescription, systemName, systemDescription, supported,
                enabled,
            ]
        }
    }

    /// The neighbours.
    let remote: Remote
    /// A column of the neighbours' management addresses; its index has the address behind the neighbour's index.
    let address: NeighbourColumn
    /// The device's own ports: subtype of the id, id, description.
    let local: [NeighbourColumn]
    /// How many parts the index of a neighbour has.
    let indexLength: Int

    /// A table whose columns' names begin with `prefix`, at `remote` from `firstColumn` on, with its neighbours.
    init(
        prefix: String, remote entry: String, firstColumn: Int, address: NeighbourColumn, local: String,
        indexLength: Int
    ) {
        func column(_ name: String, _ offset: Int) -> NeighbourColumn {
            NeighbourColumn("\(prefix)Rem\(name)", "\(entry).\(firstColumn + offset)")
        }
        remote = Remote(
            chassisSubtype: column("ChassisIdSubtype", 0), chassis: column("ChassisId", 1),
            portSubtype: column("PortIdSubtype", 2), port: column("PortId", 3), portDescription: column("PortDesc", 4),
            systemName: column("SysName", 5), systemDescription: column("SysDesc", 6),
            supported: column("SysCapSupported", 7), enabled: column("SysCapEnabled", 8))
        self.address = address
        self.local = ["PortIdSubtype", "PortId", "PortDesc"].enumerated().map { offset, name in
            NeighbourColumn("\(prefix)Loc\(name)", "\(local).\(offset + 2)")
        }
        self.indexLength = indexLength
    }

    /// All that is asked for.
    var columns: [NeighbourColumn] { remote.all + [address] + local }

    /// Decodes the table; `place` puts the row of an index on an interface, and gives the device's word for the port.
    func decode(
        _ answer: NeighbourAnswer, place: ([UInt32]) -> (word: String, place: LocalPorts.Place?)
    ) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, remote.all)
        rows.sort()
        var table = NeighbourTableReading(failure: answer.failure(of: columns))
        let addresses = addresses(answer)
        var readings = NeighbourRowMerger()
        for (position, index) in rows.indexes.enumerated() {
            guard index.count >= indexLength else {
                table.drop(.unusableIndex)
                continue
            }
            let (word, place) = place(index)
            var reading = NeighbourReading(heardBy: .lldp, localPort: word)
            (reading.localIfIndex, reading.localPortRule) = (place?.ifIndex, place?.rule)
            fill(&reading, rows.values(at: position))
            reading.managementAddresses = addresses[Array(index[1..<indexLength])] ?? []
            guard reading.saysSomething else {
                table.drop(.placeholder)
                continue
            }
            if !readings.add(reading, timeMark: index[0]) { table.drop(.repeated) }
        }
        table.neighbours = readings.readings
        return table
    }

    /// What a row says of the neighbour.
    func fill(_ reading: inout NeighbourReading, _ row: [NeighbourColumn: MIBValue]) {
        reading.chassis = .chassis(
            subtype: row[remote.chassisSubtype]?.number.map { Int(clamping: $0) }, row[remote.chassis])
        reading.port = .port(subtype: row[remote.portSubtype]?.number.map { Int(clamping: $0) }, row[remote.port])
        reading.portDescription = NeighbourText.clean(
            row[remote.portDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.systemName = NeighbourText.clean(row[remote.systemName])
        reading.systemDescription = NeighbourText.clean(
            row[remote.systemDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.capabilities = NeighbourCapability.lldp(
            enabled: row[remote.enabled], supported: row[remote.supported])
    }

    /// The management addresses by the neighbour's index without its time mark, which each table may keep for itself.
    func addresses(_ answer: NeighbourAnswer) -> [[UInt32]: [String]] {
        var addresses = IndexedAddresses()
        for row in answer[address].rows where row.index.count > indexLength {
            addresses.add(
                NeighbourAddresses.inIndex(row.index[indexLength...]), at: Array(row.index[1..<indexLength]))
        }
        return addresses.all
    }

    /// The device's own ports by the first part of their index: the port's number, or its ifIndex.
    func localPorts(_ answer: NeighbourAnswer) -> [UInt32: LocalPort] {
        var rows = NeighbourRowSet(answer, local)
        rows.sort()
        var ports: [UInt32: LocalPort] = [:]
        for (position, index) in rows.indexes.enumerated() {
            guard let number = index.first, ports[number] == nil else { continue }
            let row = rows.values(at: position)
            ports[number] = LocalPort(
                number: number, id: .port(subtype: row[local[0]]?.number.map { Int(clamping: $0) }, row[local[1]]),
                portDescription: NeighbourText.clean(row[local[2]]))
        }
        return ports
    }
}

extension LLDPShapedTable {
    /// Decodes a table whose rows are indexed by time mark, ifIndex, destination address and a number.
    func decodeByIfIndex(_ answer: NeighbourAnswer) -> NeighbourTableReading {
        let own = localPorts(answer)
        return decode(answer) { index in
            let place = Int32(exactly: index[1]).flatMap { $0 > 0 ? (Int64($0), LocalPortRule.ifIndex) : nil }
            return (own[index[1]]?.id?.text ?? String(index[1]), place)
        }
    }
}

/// Management addresses of neighbours, by the neighbour's index: a few each, in the order of the table.
struct IndexedAddresses {
    /// The addresses.
    private(set) var all: [[UInt32]: [String]] = [:]

    /// Adds an address that could be read.
    mutating func add(_ address: String?, at index: [UInt32]) {
        guard let address else { return }
        var known = all[index] ?? []
        guard known.count < NeighbourAddresses.countMax, !known.contains(address) else { return }
        known.append(address)
        all[index] = known
    }
}
