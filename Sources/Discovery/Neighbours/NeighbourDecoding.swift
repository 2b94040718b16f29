import Inventory

/// Turns what a device answered into its neighbours, each on the interface it is heard on.
///
/// LLDP-MIB and CISCO-CDP-MIB are decoded side by side; where neither has a row, the vendors' own tables. Rows are
/// joined by instance, never by position.
public enum NeighbourDecoding {
    /// Decodes an answer; every input gives a reading, rows that are no neighbours are counted in `dropped`.
    public static func decode(
        _ answer: NeighbourAnswer, options: NeighbourOptions = NeighbourOptions()
    ) -> DeviceNeighbours {
        let system = LocalSystemColumns.self
        var found = DeviceNeighbours()
        found.interfaces = system.interfaces(answer)
        let ports = LocalPorts(
            interfaces: found.interfaces, ports: system.ports(answer), bridgePorts: system.bridgePorts(answer),
            heardOn: LLDPTable.portNumbers(answer))
        found.local = LocalSystemReading.decode(answer, interfaces: found.interfaces, ports: ports)
        if options.readsForwarding { found.forwarding = Forwarding.decode(answer, ports) }
        let names = Dictionary(
            found.interfaces.compactMap { interface in interface.ifName.map { (interface.ifIndex, $0) } },
            uniquingKeysWith: { first, _ in first })
        let numbers = mikroTikNumbers(answer)
        let isInJetStream =
            LLDPTable.hasOnlyLongIndexes(answer) && !JetStreamLLDP.decode(answer, ports).neighbours.isEmpty
        let lldp = LLDPTable.decode(answer, ports) { index in
            isInJetStream || LLDPIndexShape.isWithoutPort(index) && numbers.contains(index.last ?? 0)
        }
        let cdp = CDPTable.decode(answer, names: names)
        add(lldp, .lldp, to: &found, options)
        add(cdp, .cdp, to: &found, options)
        let hasOwn = !lldp.neighbours.isEmpty || !cdp.neighbours.isEmpty
        for table in VendorTables.all where !hasOwn || table.heardBy == .mndp {
            add(table.decode(answer, ports), table.heardBy, to: &found, options)
        }
        dropEchoes(&found, ports)
        markUnplaced(answer, &found)
        found.neighbours.sort(by: precedes)
        return found
    }

    /// Every column that any of the tables needs.
    static let columns =
        [LocalSystemColumns.sysObjectID] + LLDPTable.columns + CDPTable.columns + LocalSystemColumns.placing
        + LocalSystemReading.columns + LocalSystemReading.tables + VendorTables.all.flatMap(\.columns)

    /// The numbers of the neighbours in RouterOS's own table.
    private static func mikroTikNumbers(_ answer: NeighbourAnswer) -> Set<UInt32> {
        Set(MikroTikNeighbours.columns.flatMap { answer[$0].rows.compactMap(\.index.last) })
    }

    private static func add(
        _ table: NeighbourTableReading, _ heardBy: NeighbourProtocol, to found: inout DeviceNeighbours,
        _ options: NeighbourOptions
    ) {
        found.neighbours += table.neighbours.prefix(options.neighboursMax)
        found.dropped.merge(table.dropped, uniquingKeysWith: +)
        let excess = table.neighbours.count - options.neighboursMax
        if excess > 0 {
            found.dropped[.tooMany, default: 0] += excess
            found.failed[heardBy] = "more than \(options.neighboursMax) neighbours; the first were kept"
        }
        if let failure = table.failure { found.failed[heardBy] = failure }
    }

    /// Drops what is the device's own announcement come back: its chassis (or, where the protocol has none, its
    /// addresses), on the very port that sent it, in its name.
    ///
    /// A cable between two ports of one device is no echo: there the far port is another one.
    private static func dropEchoes(_ found: inout DeviceNeighbours, _ ports: LocalPorts) {
        let chassis = Set(found.local.chassis.map(\.text))
        let names = Set(found.local.systemNames)
        let addresses = Set(found.local.addresses)
        // A name alone is no proof: two devices may have one, and their cable may have one number at both ends.
        let isOwn = { (given: [String]) in !given.isEmpty && given.allSatisfy(addresses.contains) }
        let before = found.neighbours.count
        found.neighbours.removeAll { reading in
            guard let port = reading.port?.text, reading.systemName.map(names.contains) ?? true else { return false }
            guard reading.chassis.map({ chassis.contains($0.text) }) ?? isOwn(reading.managementAddresses) else {
                return false
            }
            return port == reading.localPort || PortName.key(port) == PortName.key(reading.localPort)
        }
        let echoes = before - found.neighbours.count
        if echoes > 0 { found.dropped[.ownEcho, default: 0] += echoes }
    }

    /// Neighbours without an interface say nothing about their place if the tables that tell it were not read whole.
    private static func markUnplaced(_ answer: NeighbourAnswer, _ found: inout DeviceNeighbours) {
        guard let failure = answer.failure(of: LocalSystemColumns.placing) else { return }
        for reading in found.neighbours where reading.localPortRule != .ifIndex && found.failed[reading.heardBy] == nil
        {
            found.failed[reading.heardBy] = failure
        }
    }

    /// By local ifIndex (unknown ones last), local port, protocol, name; then by all else that tells two apart.
    private static func precedes(_ left: NeighbourReading, _ right: NeighbourReading) -> Bool {
        let (one, other) = (left.localIfIndex ?? .max, right.localIfIndex ?? .max)
        if one != other { return one < other }
        if left.localPort != right.localPort { return left.localPort < right.localPort }
        if left.heardBy != right.heardBy { return left.heardBy < right.heardBy }
        return left.sortingWords.lexicographicallyPrecedes(right.sortingWords)
    }
}

extension NeighbourReading {
    fileprivate var sortingWords: [String] {
        [displayName, chassis?.text ?? "", port?.text ?? "", portDescription ?? "", systemDescription ?? ""]
            + managementAddresses
    }
}
