public import Inventory

/// What follows from a graph: where it breaks, who is cut off, and how one reaches another.
///
/// Made in time linear in devices and cables; each question takes linear time at most.
public struct GraphAnalysis: Sendable {
    let graph: TopologyGraph
    let wires: Multigraph
    let search: LowLink
    let deviceIndex: [DeviceID: Int]
    let linkIndex: [LinkRecordID: Int]

    /// Analyses a graph.
    public init(_ graph: TopologyGraph) {
        self.graph = graph
        wires = Multigraph(count: graph.nodes.count, ends: graph.edges.map { ($0.a, $0.b) })
        search = LowLink(wires)
        deviceIndex = Dictionary(
            graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        linkIndex = Dictionary(graph.edges.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Devices whose failure parts others from each other, ordered by name.
    public var articulationPoints: [DeviceID] {
        graph.nodes.indices.filter(search.isArticulation).map { graph.nodes[$0].id }
    }

    /// Cables whose failure parts devices from each other, in the order of the graph; parallel cables are none.
    public var bridges: [LinkRecordID] {
        graph.edges.indices.filter { search.isBridge[$0] }.map { graph.edges[$0].id }
    }

    /// Connected parts with at least two devices, the largest first, each ordered by name.
    public var components: [[DeviceID]] {
        largestFirst(wires.parts(of: Array(graph.nodes.indices))).filter { $0.count > 1 }.map(identities)
    }

    /// How many devices have how many cables: the number of cables, then the number of devices, by rising cables.
    public var degrees: [(cables: Int, devices: Int)] {
        var counts: [Int: Int] = [:]
        for node in graph.nodes.indices { counts[wires.degree(of: node), default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Devices and cables whose failure cuts others off, those that cut off most first.
    ///
    /// Of equals devices come before cables, each in the order of the graph. Counted as `impact` counts: from `root` in
    /// its part of the network; in other parts, and everywhere if `root` is nil or not in the graph, from the largest
    /// part that remains. `root` itself is among them, as its failure cuts everything off.
    public func singlePointsOfFailure(from root: DeviceID?) -> [SinglePointOfFailure] {
        let rootNode = root.flatMap { deviceIndex[$0] }
        let search = rootNode.map { LowLink(wires, first: $0) } ?? search
        var points: [SinglePointOfFailure] = []
        for (node, device) in graph.nodes.enumerated() {
            let count = cutOffCount(node: node, root: rootNode, search)
            if count > 0 { points.append(SinglePointOfFailure(element: .device(device.id), cutOffCount: count)) }
        }
        for (edge, link) in graph.edges.enumerated() where search.isBridge[edge] {
            let count = cutOffCount(bridge: edge, root: rootNode, search)
            points.append(SinglePointOfFailure(element: .link(link.id), cutOffCount: count))
        }
        return points.enumerated().sorted { left, right in
            (right.element.cutOffCount, left.offset) < (left.element.cutOffCount, right.offset)
        }.map(\.element)
    }

    private func cutOffCount(node: Int, root: Int?, _ search: LowLink) -> Int {
        let others = search.partSize(of: node) - 1
        if node == root { return others }
        if search.root[node] == root { return search.separated[node] }
        return others - max(search.largestSeparated[node], others - search.separated[node])
    }

    private func cutOffCount(bridge edge: Int, root: Int?, _ search: LowLink) -> Int {
        let (a, b) = wires.ends[edge]
        let lower = search.parentEdge[a] == edge ? a : b
        let below = search.size[lower]
        return search.root[lower] == root ? below : min(below, search.partSize(of: lower) - below)
    }

    func identities(_ nodes: [Int]) -> [DeviceID] { nodes.map { graph.nodes[$0].id } }

    func largestFirst(_ parts: [[Int]]) -> [[Int]] {
        parts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    }
}
