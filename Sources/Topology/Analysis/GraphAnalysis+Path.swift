public import Inventory

extension GraphAnalysis {
    /// The way between two devices with the fewest cables, of those the fastest, of those the first by name.
    ///
    /// The fastest is the one whose slowest cable is fastest; a cable known to be down counts as slower than any other.
    /// Nil where there is no way, or an end is not in the graph or is to be avoided.
    public func path(
        from start: DeviceID, to end: DeviceID, avoiding: Set<FailedElement> = []
    ) -> TopologyPath? {
        guard let start = deviceIndex[start], let end = deviceIndex[end] else { return nil }
        if avoiding.isEmpty { return path(from: start, to: end, wires, search) }
        var (nodes, edges): (Set<Int>, Set<Int>) = ([], [])
        for element in avoiding {
            switch element {
            case .device(let id): if let node = deviceIndex[id] { nodes.insert(node) }
            case .link(let id): if let edge = linkIndex[id] { edges.insert(edge) }
            }
        }
        if nodes.contains(start) || nodes.contains(end) { return nil }
        let wires = Multigraph(
            count: wires.count, ends: wires.ends, excludedNodes: nodes, excludedEdges: edges)
        return path(from: start, to: end, wires, LowLink(wires))
    }

    private func path(from start: Int, to end: Int, _ wires: Multigraph, _ search: LowLink) -> TopologyPath? {
        guard search.root[start] == search.root[end] else { return nil }
        let distance = wires.distances(from: [end])
        let width = widths(to: end, distance, wires)
        var nodes = [start]
        var edges: [Int] = []
        var node = start
        while node != end {
            guard let step = step(from: node, atLeast: width[start], distance, width, wires) else { return nil }
            node = step.node
            nodes.append(node)
            edges.append(step.edge)
        }
        let singlePoints = edges.indices.dropFirst().filter { search.block[edges[$0 - 1]] != search.block[edges[$0]] }
        return TopologyPath(
            nodes: identities(nodes), links: edges.map { graph.edges[$0].id },
            isRedundant: search.twoEdgePart[start] == search.twoEdgePart[end],
            singlePoints: identities(singlePoints.map { nodes[$0] }))
    }

    /// The speed of the slowest cable on the fastest of the shortest ways to `end`, for each device.
    private func widths(to end: Int, _ distance: [Int], _ wires: Multigraph) -> [Int64] {
        var width = [Int64](repeating: .min, count: wires.count)
        width[end] = .max
        let nearestFirst = byDistance(distance)
        for node in nearestFirst where node != end {
            for place in wires.places(of: node) where distance[wires.neighbour(place)] == distance[node] - 1 {
                width[node] = max(width[node], min(speed(wires.edge(place)), width[wires.neighbour(place)]))
            }
        }
        return width
    }

    private func byDistance(_ distance: [Int]) -> [Int] {
        var buckets = [[Int]](repeating: [], count: (distance.max() ?? 0) + 1)
        for (node, hops) in distance.enumerated() where hops >= 0 { buckets[hops].append(node) }
        return Array(buckets.joined())
    }

    /// The first device by name one cable nearer to the end on a way that is fast enough, with the fastest cable to it.
    private func step(
        from node: Int, atLeast needed: Int64, _ distance: [Int], _ width: [Int64], _ wires: Multigraph
    ) -> (node: Int, edge: Int)? {
        var best: (node: Int, edge: Int)?
        for place in wires.places(of: node) {
            let (next, edge) = (wires.neighbour(place), wires.edge(place))
            guard distance[next] == distance[node] - 1, min(speed(edge), width[next]) >= needed else { continue }
            guard let known = best, (known.node, -speed(known.edge), known.edge) <= (next, -speed(edge), edge) else {
                best = (next, edge)
                continue
            }
        }
        return best
    }

    /// Speed in bit/s; 0 where it is not known, less where the cable is down.
    private func speed(_ edge: Int) -> Int64 {
        graph.edges[edge].isUp == false ? -1 : max(0, graph.edges[edge].speed ?? 0)
    }
}
