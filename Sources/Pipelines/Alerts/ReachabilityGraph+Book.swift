import Alerting
import Catalog
import Inventory
import Topology

extension ReachabilityGraph {
    /// How devices are wired as topology knows it, seen from a device; those that are switched off are left out.
    init(_ book: TopologyBook, place: DeviceID?) {
        let enabled = Set(book.devices.lazy.filter(\.enabled).map(\.id))
        let graph = GraphBuilder.graph(book: book)
        let cables = graph.edges.compactMap { edge -> Cable? in
            guard let a = End(edge.link.a), let b = End(edge.link.b) else { return nil }
            return Cable(a, b, confidence: edge.link.confidence)
        }
        self.init(
            devices: graph.nodes.filter { enabled.contains($0.id) }.map { Device(id: $0.id, name: $0.name) },
            cables: cables, bundles: Self.bundles(book), place: place)
    }

    /// Aggregates with their members, as devices tell of them.
    private static func bundles(_ book: TopologyBook) -> [Bundle] {
        var ports: [DeviceID: [Int64: InterfaceID]] = [:]
        for port in book.ports where !port.isMissing {
            ports[port.deviceID, default: [:]][port.facts.ifIndex] = port.id
        }
        return book.descriptions.sorted { $0.key < $1.key }.flatMap { device, local -> [Bundle] in
            var members: [InterfaceID: [InterfaceID]] = [:]
            for port in local.ports {
                guard let whole = port.aggregateIfIndex, let known = ports[device], let bundle = known[whole],
                    let member = known[port.ifIndex]
                else { continue }
                members[bundle, default: []].append(member)
            }
            return members.sorted { $0.key < $1.key }.map { Bundle($0.key, members: $0.value.sorted()) }
        }
    }
}

extension ReachabilityGraph.End {
    init?(_ end: LinkEnd) {
        guard let device = end.deviceID else { return nil }
        self.init(device, end.interfaceID, port: end.port)
    }
}
