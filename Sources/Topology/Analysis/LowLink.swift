/// A depth-first search of a multigraph with the lowest place each subtree reaches back to.
///
/// Tarjan's method (SIAM J. Comput. 1, 1972, 146-160) without recursion, so that a chain of any length is no danger;
/// an edge is told from a parallel one by its number, so that parallel edges are no bridges.
struct LowLink: Sendable {
    /// Nodes in the order they were found: parents before children.
    private(set) var order: [Int]
    /// The node from which each was found; -1 for the first of its part.
    private(set) var parent: [Int]
    /// The edge by which each was found; -1 for the first of its part.
    private(set) var parentEdge: [Int]
    /// The first node of each node's part.
    private(set) var root: [Int]
    /// Nodes in the subtree of each, itself included.
    private(set) var size: [Int]
    /// Whether an edge's loss parts its ends.
    private(set) var isBridge: [Bool]
    /// Nodes in subtrees that lose all others when this node fails, together; for the first of a part all others.
    private(set) var separated: [Int]
    /// The largest of those subtrees.
    private(set) var largestSeparated: [Int]
    /// How many those subtrees are.
    private(set) var separatedParts: [Int]
    /// The block (part that no single node's loss parts) of each edge; -1 for edges left out.
    private(set) var block: [Int]
    /// A number shared by all nodes that no single edge's loss parts.
    private(set) var twoEdgePart: [Int]

    private var found: [Int]
    private var low: [Int]

    /// Searches a graph, from `first` where it is given, then from each node not yet found, ascending.
    init(_ graph: Multigraph, first: Int? = nil) {
        let none = [Int](repeating: -1, count: graph.count)
        (parent, parentEdge, root, found, low, twoEdgePart) = (none, none, none, none, none, none)
        let zero = [Int](repeating: 0, count: graph.count)
        (separated, largestSeparated, separatedParts) = (zero, zero, zero)
        size = [Int](repeating: 1, count: graph.count)
        isBridge = [Bool](repeating: false, count: graph.ends.count)
        block = [Int](repeating: -1, count: graph.ends.count)
        order = []
        order.reserveCapacity(graph.count)
        var search = Search(graph)
        if let first { walk(graph, from: first, &search) }
        for node in 0..<graph.count where found[node] < 0 { walk(graph, from: node, &search) }
        labelTwoEdgeParts()
    }

    /// Whether a node's loss parts others from each other.
    func isArticulation(_ node: Int) -> Bool { separatedParts[node] >= (parent[node] < 0 ? 2 : 1) }

    /// Nodes of the part that a node is in.
    func partSize(of node: Int) -> Int { size[root[node]] }

    private struct Search {
        var path: [Int] = []
        var open: [Int] = []
        var cursor: [Int]
        var blocks = 0

        init(_ graph: Multigraph) {
            cursor = (0..<graph.count).map { graph.places(of: $0).lowerBound }
        }
    }

    private mutating func walk(_ graph: Multigraph, from start: Int, _ search: inout Search) {
        enter(start, root: start)
        search.path = [start]
        while let node = search.path.last {
            let place = search.cursor[node]
            guard place < graph.places(of: node).upperBound else {
                search.path.removeLast()
                if parent[node] >= 0 { leave(node, &search) }
                continue
            }
            search.cursor[node] += 1
            let (next, edge) = (graph.neighbour(place), graph.edge(place))
            if edge == parentEdge[node] { continue }
            if found[next] < 0 {
                search.open.append(edge)
                (parent[next], parentEdge[next]) = (node, edge)
                enter(next, root: start)
                search.path.append(next)
            } else if found[next] < found[node] {
                search.open.append(edge)
                low[node] = min(low[node], found[next])
            }
        }
    }

    private mutating func enter(_ node: Int, root start: Int) {
        found[node] = order.count
        low[node] = order.count
        root[node] = start
        order.append(node)
    }

    /// Hands what a finished subtree reaches to its parent; closes its block where it reaches nothing above that.
    private mutating func leave(_ node: Int, _ search: inout Search) {
        let above = parent[node]
        size[above] += size[node]
        low[above] = min(low[above], low[node])
        guard low[node] >= found[above] else { return }
        separated[above] += size[node]
        largestSeparated[above] = max(largestSeparated[above], size[node])
        separatedParts[above] += 1
        isBridge[parentEdge[node]] = low[node] > found[above]
        while let edge = search.open.popLast() {
            block[edge] = search.blocks
            if edge == parentEdge[node] { break }
        }
        search.blocks += 1
    }

    private mutating func labelTwoEdgeParts() {
        for node in order {
            let edge = parentEdge[node]
            twoEdgePart[node] = edge < 0 || isBridge[edge] ? node : twoEdgePart[parent[node]]
        }
    }
}
