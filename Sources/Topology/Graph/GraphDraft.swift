import Catalog
import Inventory

/// A graph in the making.
struct GraphDraft {
    private var graph = TopologyGraph()
    private var places: [DeviceID: Int]
    private let ports: [InterfaceID: PortRecord]

    /// Begins with the devices of a book, in the order in which people read their names.
    init(book: TopologyBook) {
        let devices = book.devices.sorted { namePrecedes(($0.name, $0.id), ($1.name, $1.id)) }
        graph.nodes = devices.map { TopologyNode($0, position: book.positions[$0.id]) }
        places = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        ports = Dictionary(book.ports.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Adds cables between devices, in order; those of a device to itself are none.
    mutating func add(_ records: [LinkRecord], keepingGoneDevices: Bool) {
        if keepingGoneDevices { addGoneDevices(records) }
        var edges: [TopologyEdge] = []
        edges.reserveCapacity(records.count)
        for record in records {
            guard let edge = edge(record) else { continue }
            graph.nodes[edge.a].degree += 1
            graph.nodes[edge.b].degree += 1
            edges.append(edge)
        }
        graph.edges = edges.sorted(by: Self.precedes)
    }

    /// Counts one neighbour's row of a device.
    mutating func count(_ device: DeviceID, mapped: Bool) {
        guard let place = places[device] else { return }
        graph.nodes[place].connections += 1
        if mapped { graph.nodes[place].mappedConnections += 1 }
    }

    /// Gathers rows that match no device by whom they speak of.
    mutating func add(orphans rows: [Neighbour]) {
        let rows = rows.filter { $0.match.deviceID == nil }
        let identity = OrphanIdentity(rows.lazy.map(\.reading))
        var sightings: [String: [TopologyOrphan.Sighting]] = [:]
        for row in rows {
            guard let place = places[row.deviceID] else { continue }
            let port = row.interfaceID.flatMap { ports[$0]?.facts.ifName ?? ports[$0]?.facts.ifDescr }
            sightings[identity.key(of: row.reading, heardBy: row.deviceID), default: []].append(
                TopologyOrphan.Sighting(row, deviceName: graph.nodes[place].name, port: port ?? row.reading.localPort))
        }
        graph.orphans = sightings.map { key, seen in
            let seen = seen.sorted(by: Self.precedes)
            let named = seen.min { $0.reading.heardBy < $1.reading.heardBy }
            return TopologyOrphan(key: key, name: named?.reading.displayName ?? key, seenFrom: seen)
        }.sorted { namePrecedes(($0.name, $0.key), ($1.name, $1.key)) }
    }

    /// The graph with its sums.
    consuming func finished() -> TopologyGraph {
        graph.statistics = TopologyStatistics(of: graph)
        return graph
    }

    private mutating func addGoneDevices(_ records: [LinkRecord]) {
        var gone: [DeviceID: String] = [:]
        for end in records.flatMap({ [$0.link.a, $0.link.b] }) {
            if let id = end.deviceID, places[id] == nil { gone[id] = end.deviceName }
        }
        if gone.isEmpty { return }
        graph.nodes += gone.map { TopologyNode(goneDevice: $0.key, name: $0.value) }
        graph.nodes.sort { namePrecedes(($0.name, $0.id), ($1.name, $1.id)) }
        places = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func edge(_ record: LinkRecord) -> TopologyEdge? {
        let link = record.link
        guard let a = link.a.deviceID.flatMap({ places[$0] }), let b = link.b.deviceID.flatMap({ places[$0] }), a != b
        else { return nil }
        let near = link.a.interfaceID.flatMap { ports[$0] }
        let far = link.b.interfaceID.flatMap { ports[$0] }
        let known = [near, far].compactMap { $0 }
        let states = known.filter { !$0.isMissing }.compactMap(\.facts.operStatus)
        return TopologyEdge(
            id: record.id, link: link, a: a, b: b, interfaceType: near?.interfaceType ?? far?.interfaceType,
            speed: known.compactMap(\.facts.ifSpeed).min(),
            isUp: states.isEmpty ? nil : states.allSatisfy { $0 == InterfaceStatus.up.rawValue },
            since: record.appearedAt)
    }

    /// By the first end's name, the second's, the first's port, the second's; then by identity.
    private static func precedes(_ left: TopologyEdge, _ right: TopologyEdge) -> Bool {
        let (near, far) = (min(left.a, left.b), max(left.a, left.b))
        let (otherNear, otherFar) = (min(right.a, right.b), max(right.a, right.b))
        if near != otherNear { return near < otherNear }
        if far != otherFar { return far < otherFar }
        let (ports, otherPorts) = (left.portsInOrder, right.portsInOrder)
        if ports.0 != otherPorts.0 { return NaturalOrder.precedes(ports.0, otherPorts.0) }
        if ports.1 != otherPorts.1 { return NaturalOrder.precedes(ports.1, otherPorts.1) }
        return left.id < right.id
    }

    private static func precedes(_ left: TopologyOrphan.Sighting, _ right: TopologyOrphan.Sighting) -> Bool {
        if left.deviceName != right.deviceName { return NaturalOrder.precedes(left.deviceName, right.deviceName) }
        if left.port != right.port { return NaturalOrder.precedes(left.port, right.port) }
        return left.neighbourID < right.neighbourID
    }
}

extension TopologyEdge {
    /// The names of both ports, that of the device whose name comes first before the other.
    fileprivate var portsInOrder: (String, String) {
        let (near, far) = (link.a.port ?? "", link.b.port ?? "")
        return a < b ? (near, far) : (far, near)
    }
}

/// Whether one named thing comes before another: by name as people count, then by identity.
private func namePrecedes<Key: Comparable>(_ left: (String, Key), _ right: (String, Key)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : NaturalOrder.precedes(left.0, right.0)
}
