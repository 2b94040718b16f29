import Inventory

/// LLDP-MIB (IEEE 802.1AB-2005, 1.0.8802.1.1.2): the remote systems and their management addresses.
enum LLDPTable {
    static let chassisSubtype = NeighbourColumn("lldpRemChassisIdSubtype", remote + "4")
    static let chassisID = NeighbourColumn("lldpRemChassisId", remote + "5")
    static let portSubtype = NeighbourColumn("lldpRemPortIdSubtype", remote + "6")
    static let portID = NeighbourColumn("lldpRemPortId", remote + "7")
    static let portDescription = NeighbourColumn("lldpRemPortDesc", remote + "8")
    static let systemName = NeighbourColumn("lldpRemSysName", remote + "9")
    static let systemDescription = NeighbourColumn("lldpRemSysDesc", remote + "10")
    static let supported = NeighbourColumn("lldpRemSysCapSupported", remote + "11")
    static let enabled = NeighbourColumn("lldpRemSysCapEnabled", remote + "12")
    /// The address is in the index; two columns, as some agents have only one of them.
    static let addressSubtype = NeighbourColumn("lldpRemManAddrIfSubtype", objects + "4.2.1.3")
    static let addressInterface = NeighbourColumn("lldpRemManAddrIfId", objects + "4.2.1.4")

    /// Columns whose index is a remote system.
    static let systemColumns = [
        chassisSubtype, chassisID, portSubtype, portID, portDescription, systemName, systemDescription, supported,
        enabled,
    ]
    /// All columns of remote systems, for the request.
    static let columns = systemColumns + [addressSubtype, addressInterface]

    private static let objects = "1.0.8802.1.1.2.1."
    private static let remote = objects + "4.1.1."

    /// The port numbers that remote systems are heard on, out of whole indexes.
    static func portNumbers(_ answer: NeighbourAnswer) -> Set<UInt32> {
        Set(systemColumns.flatMap { column in answer[column].rows.map(\.index) }.filter { $0.count >= 3 }.map { $0[1] })
    }

    /// Whether there are remote systems, and the index of every one has more parts than the MIB's three.
    static func hasOnlyLongIndexes(_ answer: NeighbourAnswer) -> Bool {
        let rows = systemColumns.lazy.flatMap { answer[$0].rows }
        return !rows.isEmpty && rows.allSatisfy { $0.index.count > 3 }
    }

    /// Decodes the remote systems but those another table gives whole; rows are joined by their whole index.
    static func decode(
        _ answer: NeighbourAnswer, _ ports: LocalPorts, except isElsewhere: ([UInt32]) -> Bool = { _ in false }
    ) -> NeighbourTableReading {
        var rows = NeighbourRowSet(answer, systemColumns)
        rows.sort()
        let shape = LLDPIndexShape(rows.indexes, isKnownPort: ports.isKnown, isInterface: ports.isInterface)
        var table = NeighbourTableReading(failure: answer.failure(of: columns))
        let addresses = managementAddresses(answer, rows.indexes)
        var readings = NeighbourRowMerger()
        for index in rows.indexes where !isElsewhere(index) {
            guard let port = shape.port(of: index) else {
                table.drop(.unusableIndex)
                continue
            }
            let reading = read(rows[index], port, ports, addresses[index] ?? [])
            guard reading.saysSomething else {
                table.drop(.placeholder)
                continue
            }
            if !readings.add(reading, timeMark: shape.timeMark(of: index)) { table.drop(.repeated) }
        }
        table.neighbours = readings.readings
        return table
    }

    private static func read(
        _ row: [NeighbourColumn: MIBValue], _ port: UInt32, _ ports: LocalPorts, _ addresses: [String]
    ) -> NeighbourReading {
        var reading = NeighbourReading(heardBy: .lldp, localPort: ports.name(ofPort: port))
        if let place = ports.resolve(portNumber: port) {
            reading.localIfIndex = place.ifIndex
            reading.localPortRule = place.rule
        }
        reading.chassis = .chassis(subtype: row[chassisSubtype]?.number.map { Int(clamping: $0) }, row[chassisID])
        reading.port = .port(subtype: row[portSubtype]?.number.map { Int(clamping: $0) }, row[portID])
        reading.portDescription = NeighbourText.clean(
            row[portDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.systemName = NeighbourText.clean(row[systemName])
        reading.systemDescription = NeighbourText.clean(
            row[systemDescription], octetsMax: NeighbourText.descriptionOctetsMax)
        reading.capabilities = NeighbourCapability.lldp(enabled: row[enabled], supported: row[supported])
        reading.managementAddresses = addresses
        return reading
    }

    /// The longest index of a remote system that addresses are looked up for; the MIB's has three parts.
    private static let indexLengthMax = 8

    /// Management addresses by the index of their remote system.
    ///
    /// Where the two tables give different time marks, as agents do that keep each table's own, a system is found by
    /// what follows the mark, if that is one system only.
    private static func managementAddresses(_ answer: NeighbourAnswer, _ systems: [[UInt32]]) -> [[UInt32]: [String]] {
        let known = Set(systems)
        let lengths = Set(systems.map(\.count)).filter { $0 <= indexLengthMax }.sorted(by: >)
        var unmarked: [[UInt32]: [UInt32]?] = [:]
        for system in systems {
            let rest = Array(system.dropFirst())
            unmarked[rest] = unmarked[rest] == nil ? .some(system) : .some(nil)
        }
        var found: [[UInt32]: [String]] = [:]
        var seen: Set<[UInt32]> = []
        for row in answer[addressSubtype].rows + answer[addressInterface].rows where seen.insert(row.index).inserted {
            for length in lengths where row.index.count > length {
                let index = Array(row.index[..<length])
                let system = known.contains(index) ? index : (unmarked[Array(index.dropFirst())] ?? nil)
                guard let system, let address = NeighbourAddresses.inIndex(row.index[length...]) else { continue }
                var addresses = found[system] ?? []
                if addresses.count < NeighbourAddresses.countMax, !addresses.contains(address) {
                    addresses.append(address)
                    found[system] = addresses
                }
                break
            }
        }
        return found
    }
}
