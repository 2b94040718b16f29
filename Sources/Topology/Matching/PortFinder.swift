import Catalog
import Discovery
import Inventory

/// Finds interfaces of the catalog: those that neighbours name, and those that devices number.
struct PortFinder {
    private let ports: [PortRecord]
    private let ranges: (Int) -> Range<Int>
    private let descriptions: [DeviceID: LocalSystem]
    private let devices: [Device]
    private let arrivals: [DeviceID: DeviceNeighbours]
    private var tables: [PortTable?]
    private var live: [Int: [Int64: LocalInterface]] = [:]
    /// What each device calls its ports in LLDP, to ifIndex; nil for ids that several bear.
    private var portIDs: [Int: [NeighbourID: Int64?]] = [:]

    /// A finder in an inventory; of devices that have just been read `arrivals` has the interfaces as they are now.
    init(_ index: InventoryIndex, descriptions: [DeviceID: LocalSystem], arrivals: [DeviceID: DeviceNeighbours]) {
        ports = index.ports
        devices = index.devices
        ranges = { index.portNumbers(of: $0) }
        tables = [PortTable?](repeating: nil, count: index.devices.count)
        self.descriptions = descriptions
        self.arrivals = arrivals
    }

    private mutating func withTable<Answer>(_ device: Int, _ ask: (inout PortTable, [PortRecord]) -> Answer) -> Answer {
        var table = tables[device] ?? PortTable(ranges(device), of: ports)
        tables[device] = nil
        let answer = ask(&table, ports)
        tables[device] = table
        return answer
    }

    /// The interface of the catalog that a device numbers so today.
    ///
    /// The catalog may be older than the numbers: where the device's interfaces were read with its neighbours, the name
    /// must be the same, or else lead to one interface by itself. A name that the catalog lacks gives none.
    mutating func port(numbered ifIndex: Int64, of device: Int) -> Int? {
        guard let arrival = arrivals[devices[device].id], !arrival.interfaces.isEmpty else {
            return withTable(device) { table, _ in table.numbered(ifIndex) }
        }
        let interfaces =
            live[device]
            ?? Dictionary(
                arrival.interfaces.map { ($0.ifIndex, $0) }, uniquingKeysWith: { first, _ in first })
        live[device] = interfaces
        let now = interfaces[ifIndex]
        return withTable(device) { table, ports in Self.port(ifIndex, now, &table, ports) }
    }

    private static func port(
        _ ifIndex: Int64, _ now: LocalInterface?, _ table: inout PortTable, _ ports: [PortRecord]
    ) -> Int? {
        let sameIndex = table.numbered(ifIndex)
        guard let now, now.ifName != nil || now.ifDescr != nil else { return sameIndex }
        if let sameIndex, isSame(ports[sameIndex].facts, now) { return sameIndex }
        if let port = table.exactly(ifName: now.ifName, ifDescr: now.ifDescr) { return port }
        // Nothing to compare with: the catalog knows no name of it.
        guard let sameIndex else { return nil }
        let facts = ports[sameIndex].facts
        return facts.ifName == nil && facts.ifDescr == nil ? sameIndex : nil
    }

    private static func isSame(_ facts: InterfaceFacts, _ now: LocalInterface) -> Bool {
        if let before = facts.ifName, let name = now.ifName { return before == name }
        if let before = facts.ifDescr, let descr = now.ifDescr { return before == descr }
        return false
    }
}

extension PortFinder {
    /// The interface of a device that a neighbour's row names, with the rule that says so.
    ///
    /// Names go before numbers: a number may be that of a panel.
    mutating func port(namedIn reading: NeighbourReading, of device: Int) -> (port: Int, rules: [MatchRule])? {
        if let id = reading.port, let port = announcedPort(id, of: device) { return (port, [.portID]) }
        let words = [reading.port.flatMap { $0.kind == .text ? $0.text : nil }, reading.portDescription]
        if let word = words[0], let found = called(word, device) { return found }
        if let id = reading.port, id.kind == .mac, let port = withTable(device, { $0.addressed(id.text, $1) }) {
            return (port, [.interfaceAddress])
        }
        if let word = words[1], let found = called(word, device) { return found }
        if let id = reading.port, Self.mayBeIndex(id), let ifIndex = Int64(id.text),
            let port = port(numbered: ifIndex, of: device)
        {
            return (port, [.portIndex])
        }
        return nil
    }

    /// Longer texts are no names of ports.
    private static let textMax = 512

    private mutating func called(_ text: String, _ device: Int) -> (port: Int, rules: [MatchRule])? {
        guard text.utf8.count <= Self.textMax else { return nil }
        return withTable(device) { $0.called(text, $1) }.map { ($0.port, [$0.rule]) }
    }

    /// Ids of subtype local (7), and of protocols without subtypes, may be the far device's own number of the port.
    private static func mayBeIndex(_ id: NeighbourID) -> Bool {
        id.kind == .text && (id.subtype ?? 7) == 7 && id.text.utf8.count <= 10
    }

    /// The port that the device itself announces under this id.
    private mutating func announcedPort(_ id: NeighbourID, of device: Int) -> Int? {
        let known = portIDs[device] ?? Self.announced(descriptions[devices[device].id])
        portIDs[device] = known
        guard case .some(.some(let ifIndex)) = known[NeighbourID(kind: id.kind, text: id.text)] else { return nil }
        return port(numbered: ifIndex, of: device)
    }

    private static func announced(_ description: LocalSystem?) -> [NeighbourID: Int64?] {
        var ids: [NeighbourID: Int64?] = [:]
        for port in description?.ports ?? [] {
            guard let id = port.portID else { continue }
            let key = NeighbourID(kind: id.kind, text: id.text)
            if let known = ids[key], known != port.ifIndex {
                ids[key] = .some(nil)
            } else {
                ids[key] = port.ifIndex
            }
        }
        return ids
    }
}
