import Inventory

/// What a device says of itself in the words its neighbours use, beyond its interfaces (`LocalSystemColumns`).
enum LocalSystemReading {
    private static let chassisSubtype = NeighbourColumn("lldpLocChassisIdSubtype", "1.0.8802.1.1.2.1.3.1")
    private static let chassis = NeighbourColumn("lldpLocChassisId", "1.0.8802.1.1.2.1.3.2")
    private static let announcedName = NeighbourColumn("lldpLocSysName", "1.0.8802.1.1.2.1.3.3")
    private static let bridgeAddress = NeighbourColumn("dot1dBaseBridgeAddress", "1.3.6.1.2.1.17.1.1")
    private static let cdpName = NeighbourColumn("cdpGlobalDeviceId", "1.3.6.1.4.1.9.9.23.1.3.4")
    private static let systemName = NeighbourColumn("sysName", "1.3.6.1.2.1.1.5")

    /// What is asked for besides `LocalSystemColumns.placing`.
    static let columns = [chassisSubtype, chassis, announcedName, bridgeAddress, cdpName, systemName]
    /// The tables of its addresses and of which port is in which aggregate.
    static let tables = LocalAddresses.columns + LocalAggregates.columns

    /// Decodes an answer; every input gives a description.
    ///
    /// `interfaces` and `ports` are the device's as `LocalSystemColumns` reads them. What the vendors' tables say of the
    /// device itself counts too, where they were asked for.
    static func decode(_ answer: NeighbourAnswer, interfaces: [LocalInterface], ports: LocalPorts) -> LocalSystem {
        var system = LocalSystem()
        system.chassis = chassisIDs(answer)
        system.systemNames = systemNames(answer)
        system.addresses = LocalAddresses.decode(answer)
        system.ports = localPorts(answer, interfaces, ports)
        system.protocols = protocols(answer)
        return system
    }

    /// As above, for a caller that has put no ports on interfaces.
    static func decode(_ answer: NeighbourAnswer, interfaces: [LocalInterface]) -> LocalSystem {
        let ports = LocalPorts(
            interfaces: interfaces, ports: LocalSystemColumns.ports(answer),
            bridgePorts: LocalSystemColumns.bridgePorts(answer))
        return decode(answer, interfaces: interfaces, ports: ports)
    }

    private static func chassisIDs(_ answer: NeighbourAnswer) -> [NeighbourID] {
        let v2 = LLDPV2Tables.self
        let found: [NeighbourID?] = [
            .chassis(subtype: subtype(answer, chassisSubtype), scalar(answer, chassis)),
            .chassis(subtype: subtype(answer, v2.localChassisSubtype), scalar(answer, v2.localChassis)),
            JetStreamLLDP.local(answer).chassis,
            .hardwareAddress(scalar(answer, bridgeAddress)),
            .hardwareAddress(scalar(answer, cdpName)),
        ]
        var texts: Set<String> = []
        let different = found.compactMap { $0 }.filter { texts.insert("\($0.kind) \($0.text)").inserted }
        return different.sorted { ($0.text, $0.kind.rawValue) < ($1.text, $1.kind.rawValue) }
    }

    private static func systemNames(_ answer: NeighbourAnswer) -> [String] {
        var names = [announcedName, LLDPV2Tables.localSystemName, systemName].map { scalar(answer, $0) }
        let cdp = scalar(answer, cdpName)
        if NeighbourID.hardwareAddress(cdp) == nil { names.append(cdp) }
        return Set(names.compactMap { NeighbourText.clean($0) }).sorted()
    }

    /// The value of a scalar, at instance 0; some agents leave the 0 out.
    private static func scalar(_ answer: NeighbourAnswer, _ column: NeighbourColumn) -> MIBValue? {
        answer[column].rows.first { $0.index.isEmpty || $0.index == [0] }?.value
    }

    private static func subtype(_ answer: NeighbourAnswer, _ column: NeighbourColumn) -> Int? {
        scalar(answer, column)?.number.map { Int(clamping: $0) }
    }

    /// The ports that say more than the interfaces do, by ifIndex.
    private static func localPorts(
        _ answer: NeighbourAnswer, _ interfaces: [LocalInterface], _ ports: LocalPorts
    ) -> [LocalSystem.Port] {
        let known = Dictionary(interfaces.map { ($0.ifIndex, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [Int64: LocalSystem.Port] = [:]
        for (ifIndex, port) in words(answer, ports) {
            var described = LocalSystem.Port(ifIndex: ifIndex)
            described.portID = port.id
            described.portDescription = port.portDescription
            if saysMore(described, than: known[ifIndex]) { found[ifIndex] = described }
        }
        for (member, aggregate) in LocalAggregates.decode(answer, names: known.mapValues { $0.ifName ?? "" }) {
            found[member, default: LocalSystem.Port(ifIndex: member)].aggregateIfIndex = aggregate
        }
        return found.values.sorted { $0.ifIndex < $1.ifIndex }
    }

    /// What the device calls its ports, LLDP-MIB before the vendors' tables; of two ports on one interface the first.
    private static func words(_ answer: NeighbourAnswer, _ ports: LocalPorts) -> [(Int64, LocalPort)] {
        let listed = LocalSystemColumns.ports(answer).compactMap { port in
            ports.resolve(portNumber: port.number).map { ($0.ifIndex, port) }
        }
        let tables = [
            LLDPV2Tables.localPorts(answer), TiMetraLLDP.localPorts(answer), JetStreamLLDP.local(answer).ports,
        ]
        let indexed = tables.flatMap { table in
            table.values.filter { $0.number > 0 }.sorted { $0.number < $1.number }.map { (Int64($0.number), $0) }
        }
        var seen: Set<Int64> = []
        return (listed + indexed).filter { seen.insert($0.0).inserted }
    }

    private static func saysMore(_ port: LocalSystem.Port, than interface: LocalInterface?) -> Bool {
        if let id = port.portID, id.text != interface?.ifName { return true }
        guard let words = port.portDescription else { return false }
        return ![interface?.ifName, interface?.ifDescr, interface?.ifAlias].contains(words)
    }

    /// Where the tables of the protocols are: they are answered even where nobody is heard.
    private static let roots: [(NeighbourProtocol, String)] = [
        (.lldp, "1.0.8802.1.1.2."), (.lldp, "1.3.111.2.802.1.1.13."), (.lldp, "1.3.6.1.4.1.6527.3.1.2.59."),
        (.lldp, "1.3.6.1.4.1.11863.6.35."), (.lldp, "1.3.6.1.4.1.3320.127."), (.cdp, "1.3.6.1.4.1.9.9.23."),
        (.fdp, "1.3.6.1.4.1.1991.1.1.3.20."), (.mndp, "1.3.6.1.4.1.14988.1.1.11."),
    ]

    private static func protocols(_ answer: NeighbourAnswer) -> Set<NeighbourProtocol> {
        var found: Set<NeighbourProtocol> = []
        for (column, rows) in answer.columns where !rows.rows.isEmpty {
            for (spoken, root) in roots where column.dotted.hasPrefix(root) { found.insert(spoken) }
        }
        return found
    }
}
