import Inventory

/// One connected part of a network, numbered by itself in the order of the nodes' keys.
struct LayoutPart {
    /// The number of each node in the whole network, ascending.
    var nodes: [Int]
    /// Devices that can be the middle of a network.
    var isInfrastructure: [Bool]
    /// Who is next to whom: one edge for all cables between two nodes.
    var wires: Multigraph
    /// Whether an edge of `wires` stands for one cable whose loss parts the network.
    var isBridge: [Bool]
}

/// The devices and cables of a layout in the order of their keys, so that the order they are given in means nothing.
struct LayoutNetwork {
    /// The place in the input of each node.
    let order: [Int]
    /// Connected parts with at least two nodes, the largest first.
    let parts: [LayoutPart]
    /// Nodes without a cable.
    let alone: [Int]
    /// Pairs of nodes that are next to each other.
    let pairs: [(a: Int, b: Int)]

    /// Orders a network; edges from a node to itself, or to none, are left out.
    init(nodes: [LayoutNode], edges: [(Int, Int)]) {
        let order = nodes.indices.sorted { (nodes[$0].key, $0) < (nodes[$1].key, $1) }
        var rank = [Int](repeating: 0, count: nodes.count)
        for (number, place) in order.enumerated() { rank[place] = number }
        let cables = edges.compactMap { edge -> (a: Int, b: Int)? in
            guard nodes.indices.contains(edge.0), nodes.indices.contains(edge.1), edge.0 != edge.1 else { return nil }
            let (a, b) = (rank[edge.0], rank[edge.1])
            return (min(a, b), max(a, b))
        }.sorted { $0 < $1 }
        var pairs: [(a: Int, b: Int)] = []
        for cable in cables where pairs.last.map({ $0 != cable }) ?? true { pairs.append(cable) }
        let bridges = Self.bridges(count: nodes.count, cables)
        self.order = order
        self.pairs = pairs
        let wires = Multigraph(count: nodes.count, ends: pairs)
        let parts = wires.parts(of: Array(nodes.indices))
        alone = parts.filter { $0.count == 1 }.map { $0[0] }
        let types = order.map { nodes[$0].deviceType.isInfrastructure }
        var local = [Int](repeating: 0, count: nodes.count)
        self.parts = parts.filter { $0.count > 1 }.map { part in
            for (number, node) in part.enumerated() { local[node] = number }
            var ends: [(a: Int, b: Int)] = []
            var isBridge: [Bool] = []
            for node in part {
                for next in wires.neighbours(of: node) where node < next {
                    ends.append((local[node], local[next]))
                    isBridge.append(bridges.contains(Pair(node, next)))
                }
            }
            return LayoutPart(
                nodes: part, isInfrastructure: part.map { types[$0] },
                wires: Multigraph(count: part.count, ends: ends), isBridge: isBridge)
        }.enumerated().sorted { ($1.element.nodes.count, $0.offset) < ($0.element.nodes.count, $1.offset) }
            .map(\.element)
    }

    private static func bridges(count: Int, _ cables: [(a: Int, b: Int)]) -> Set<Pair> {
        let search = LowLink(Multigraph(count: count, ends: cables))
        return Set(cables.indices.filter { search.isBridge[$0] }.map { Pair(cables[$0].a, cables[$0].b) })
    }
}

/// Two nodes, the smaller first.
struct Pair: Hashable {
    let a: Int
    let b: Int

    init(_ one: Int, _ other: Int) {
        a = min(one, other)
        b = max(one, other)
    }
}

extension DeviceType {
    /// Whether it can be the middle of a network; what is not known yet can.
    fileprivate var isInfrastructure: Bool {
        switch self {
        case .switch, .router, .firewall, .other: true
        case .accessPoint, .server, .phone, .camera: false
        }
    }
}
