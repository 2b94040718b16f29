public import Inventory

/// Parts of a graph, as people ask for them.
///
/// A part keeps the order, the positions, the degrees and the cables among its devices; its sums are its own. Orphans
/// are those that its devices see.
public struct GraphFocus: Sendable {
    private let graph: TopologyGraph

    /// Looks at parts of `graph`.
    public init(_ graph: TopologyGraph) {
        self.graph = graph
    }

    /// A device and all that are at most `depth` cables away from it; nothing where it is not in the graph.
    ///
    /// A negative depth counts as 0: the device alone.
    public func around(_ device: DeviceID, depth: Int) -> TopologyGraph {
        guard let start = graph.nodes.firstIndex(where: { $0.id == device }) else {
            return part { _ in false }
        }
        let wires = Multigraph(count: graph.nodes.count, ends: graph.edges.map { ($0.a, $0.b) })
        let distances = wires.distances(from: [start])
        return part { distances[$0] >= 0 && distances[$0] <= max(0, depth) }
    }

    /// The devices of some types that have one of some tags, and the cables among them.
    ///
    /// An empty set asks for nothing: all types, or all tags.
    public func filtered(types: Set<DeviceType> = [], tags: Set<String> = []) -> TopologyGraph {
        part { place in
            let node = graph.nodes[place]
            return (types.isEmpty || types.contains(node.deviceType))
                && (tags.isEmpty || !tags.isDisjoint(with: node.tags))
        }
    }

    private func part(_ isKept: (Int) -> Bool) -> TopologyGraph {
        var part = graph
        let kept = graph.nodes.indices.filter(isKept)
        let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        part.nodes = kept.map { graph.nodes[$0] }
        let devices = Set(part.nodes.map(\.id))
        part.edges = graph.edges.compactMap { edge in
            guard let a = places[edge.a], let b = places[edge.b] else { return nil }
            var edge = edge
            (edge.a, edge.b) = (a, b)
            return edge
        }
        part.orphans = graph.orphans.compactMap { orphan in
            var orphan = orphan
            orphan.seenFrom.removeAll { !devices.contains($0.deviceID) }
            return orphan.seenFrom.isEmpty ? nil : orphan
        }
        part.contradictions.removeAll { devices.isDisjoint(with: $0.deviceIDs) }
        part.hints.removeAll { !devices.contains($0.deviceID) }
        part.statistics = TopologyStatistics(of: part)
        return part
    }
}
