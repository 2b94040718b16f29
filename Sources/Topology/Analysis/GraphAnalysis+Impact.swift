public import Inventory

extension GraphAnalysis {
    /// What is cut off if an element fails, seen from `root`.
    ///
    /// Where `root` is nil, not in the graph or in another part of the network than the element, it is seen from the
    /// largest part that remains of the element's part (of equals the one with the first name). An element that is not
    /// in the graph cuts off nothing.
    public func impact(of element: FailedElement, from root: DeviceID?) -> Impact {
        let rootNode = root.flatMap { deviceIndex[$0] }
        switch element {
        case .device(let id):
            guard let node = deviceIndex[id] else { return nothing(from: root, rootNode) }
            let remaining = Multigraph(count: wires.count, ends: wires.ends, excludedNodes: [node])
            let edges = Set(wires.places(of: node).map(wires.edge)).sorted()
            return impact(failed: node, at: node, edges: edges, remaining, root: rootNode)
        case .link(let id):
            guard let edge = linkIndex[id] else { return nothing(from: root, rootNode) }
            let remaining = Multigraph(count: wires.count, ends: wires.ends, excludedEdges: [edge])
            return impact(failed: nil, at: wires.ends[edge].a, edges: [edge], remaining, root: rootNode)
        }
    }

    private func nothing(from root: DeviceID?, _ rootNode: Int?) -> Impact {
        guard let root, rootNode != nil else { return Impact(viewpoint: .largestPart) }
        return Impact(viewpoint: .device(root))
    }

    private func impact(failed: Int?, at place: Int, edges: [Int], _ remaining: Multigraph, root: Int?) -> Impact {
        let members = graph.nodes.indices.filter { search.root[$0] == search.root[place] && $0 != failed }
        let parts = largestFirst(remaining.parts(of: members))
        let isSeenByRoot = root.map { search.root[$0] == search.root[place] } ?? false
        var impact = Impact(viewpoint: .largestPart)
        if let root, isSeenByRoot { impact.viewpoint = .device(graph.nodes[root].id) }
        impact.failedLinks = edges.map { graph.edges[$0].id }
        impact.viewpointFails = isSeenByRoot && root == failed
        var home: Int?
        if !impact.viewpointFails {
            home = isSeenByRoot ? parts.firstIndex { part in part.contains { $0 == root } } : parts.indices.first
        }
        let lost = parts.indices.filter { $0 != home }.map { parts[$0] }
        impact.parts = lost.map(identities)
        impact.cutOff = identities(lost.joined().sorted())
        if let home, let eye = isSeenByRoot ? root : busiest(of: parts[home]) {
            impact.lostRedundancy = lostRedundancy(in: parts[home], to: eye, remaining)
        }
        return impact
    }

    /// The device with the most cables, of equals the first.
    private func busiest(of part: [Int]) -> Int? {
        part.max { (wires.degree(of: $0), $1) < (wires.degree(of: $1), $0) }
    }

    private func lostRedundancy(in part: [Int], to eye: Int, _ remaining: Multigraph) -> [DeviceID] {
        let after = LowLink(remaining)
        return identities(
            part.filter { node in
                search.twoEdgePart[node] == search.twoEdgePart[eye] && after.twoEdgePart[node] != after.twoEdgePart[eye]
            })
    }
}
