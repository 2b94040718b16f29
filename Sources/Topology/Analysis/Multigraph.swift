/// Nodes and edges by number, with what lies next to what: the form in which graphs are searched.
///
/// Parallel edges are kept apart; edges from a node to itself take part in nothing and are left out.
struct Multigraph: Sendable {
    /// Nodes are 0 ..< count.
    let count: Int
    /// Both ends of each edge, those left out included.
    let ends: [(a: Int, b: Int)]
    /// Where each node's part of `neighbours` begins; one more than nodes.
    private let offsets: [Int]
    private let neighbours: [Int]
    private let edges: [Int]

    /// A graph; excluded edges, and all edges at excluded nodes, are left out.
    init(
        count: Int, ends: [(a: Int, b: Int)], excludedNodes: Set<Int> = [], excludedEdges: Set<Int> = []
    ) {
        self.count = count
        self.ends = ends
        let kept = ends.indices.filter { edge in
            let (a, b) = ends[edge]
            return a != b && !excludedEdges.contains(edge) && !excludedNodes.contains(a) && !excludedNodes.contains(b)
        }
        var offsets = [Int](repeating: 0, count: count + 1)
        for edge in kept {
            offsets[ends[edge].a + 1] += 1
            offsets[ends[edge].b + 1] += 1
        }
        for node in 0..<count { offsets[node + 1] += offsets[node] }
        var next = offsets
        var neighbours = [Int](repeating: 0, count: kept.count * 2)
        var edges = neighbours
        for edge in kept {
            let (a, b) = ends[edge]
            (neighbours[next[a]], edges[next[a]]) = (b, edge)
            next[a] += 1
            (neighbours[next[b]], edges[next[b]]) = (a, edge)
            next[b] += 1
        }
        (self.offsets, self.neighbours, self.edges) = (offsets, neighbours, edges)
    }

    /// Places of a node's half-edges, for `neighbour(_:)` and `edge(_:)`; in the order of the edges.
    func places(of node: Int) -> Range<Int> { offsets[node]..<offsets[node + 1] }

    /// The node at the far end of a half-edge.
    func neighbour(_ place: Int) -> Int { neighbours[place] }

    /// The edge a half-edge belongs to.
    func edge(_ place: Int) -> Int { edges[place] }

    /// The nodes next to a node, once for each edge.
    func neighbours(of node: Int) -> ArraySlice<Int> { neighbours[places(of: node)] }

    /// How many edges each node has.
    func degree(of node: Int) -> Int { offsets[node + 1] - offsets[node] }

    /// Fewest edges from the nearest of `sources` to each node; -1 where there is no way.
    func distances(from sources: [Int]) -> [Int] {
        var distance = [Int](repeating: -1, count: count)
        var queue = sources
        queue.reserveCapacity(count)
        for source in sources { distance[source] = 0 }
        var head = 0
        while head < queue.count {
            let node = queue[head]
            head += 1
            for next in neighbours(of: node) where distance[next] < 0 {
                distance[next] = distance[node] + 1
                queue.append(next)
            }
        }
        return distance
    }

    /// Connected parts among some nodes, each ascending, ordered by their first nodes.
    func parts(of nodes: [Int]) -> [[Int]] {
        var isOpen = [Bool](repeating: false, count: count)
        for node in nodes { isOpen[node] = true }
        var parts: [[Int]] = []
        for start in nodes.sorted() where isOpen[start] {
            isOpen[start] = false
            var part = [start]
            var head = 0
            while head < part.count {
                for next in neighbours(of: part[head]) where isOpen[next] {
                    isOpen[next] = false
                    part.append(next)
                }
                head += 1
            }
            parts.append(part.sorted())
        }
        return parts
    }
}
