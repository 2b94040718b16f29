/// Finds the middle of a network: the devices from which all others are few cables away.
struct CoreChoice {
    private let part: LayoutPart
    /// Cables to a sample of all nodes, together.
    private let farness: [Int]
    private let samples: Int

    /// Of larger parts a sample of this many nodes stands for all.
    private static let sampleSize = 256
    /// Up to so many nodes all are asked.
    private static let exactLimit = 2_000
    /// A device that is further from all others by one cable in this many is no peer.
    private static let tolerance = 10
    /// A middle of more devices than these is none, unless it is a ring.
    private static let largestCore = 24

    /// Looks at a connected part.
    init(_ part: LayoutPart) {
        self.part = part
        let count = part.nodes.count
        samples = count <= Self.exactLimit ? count : Self.sampleSize
        var farness = [Int](repeating: 0, count: count)
        for sample in 0..<samples {
            for (node, hops) in part.wires.distances(from: [sample * count / samples]).enumerated() {
                farness[node] += hops
            }
        }
        self.farness = farness
    }

    /// The middle, in an order in which neighbours follow each other where that can be.
    func core() -> [Int] {
        let all = Array(0..<part.nodes.count)
        let able = all.filter { part.isInfrastructure[$0] }
        guard let best = (able.isEmpty ? all : able).min(by: isMoreCentral) else { return [] }
        if let ring = backbone(), ring.contains(best) { return walk(ring) }
        let core = grown(from: best)
        guard core.count <= Self.largestCore || isRing(core) else { return [best] }
        return walk(core)
    }

    private func isMoreCentral(_ left: Int, _ right: Int) -> Bool {
        let (near, far) = (part.wires.degree(of: left), part.wires.degree(of: right))
        return (farness[left], -near, left) < (farness[right], -far, right)
    }

    /// The one ring of a network that has no other, where it is a third of the network or more.
    private func backbone() -> Set<Int>? {
        var degree = (0..<part.nodes.count).map(part.wires.degree)
        var ends = degree.indices.filter { degree[$0] == 1 }
        var left = Set(degree.indices)
        while let node = ends.popLast() {
            left.remove(node)
            for next in part.wires.neighbours(of: node) where left.contains(next) {
                degree[next] -= 1
                if degree[next] == 1 { ends.append(next) }
            }
        }
        guard left.count * 3 >= part.nodes.count else { return nil }
        return left.allSatisfy { degree[$0] == 2 && part.isInfrastructure[$0] } ? left : nil
    }

    /// The peers of the most central device: about as near to all, about as many neighbours, and joined to it by cables
    /// of which one may fail, or by the same neighbours.
    private func grown(from best: Int) -> Set<Int> {
        let degree = part.wires.degree(of: best)
        func isPeer(_ node: Int) -> Bool {
            part.isInfrastructure[node] && (farness[node] - farness[best]) * Self.tolerance <= samples
                && part.wires.degree(of: node) >= max(2, degree / 2)
        }
        var core: Set<Int> = [best]
        var open = [best]
        for twin in twins(of: best) where isPeer(twin) {
            core.insert(twin)
            open.append(twin)
        }
        while let node = open.popLast() {
            for place in part.wires.places(of: node) {
                let next = part.wires.neighbour(place)
                guard !part.isBridge[part.wires.edge(place)], !core.contains(next), isPeer(next) else { continue }
                core.insert(next)
                open.append(next)
            }
        }
        return core
    }

    /// Nodes that share at least half of a node's neighbours.
    private func twins(of node: Int) -> [Int] {
        var shared: [Int: Int] = [:]
        for next in part.wires.neighbours(of: node) {
            for other in part.wires.neighbours(of: next) where other != node { shared[other, default: 0] += 1 }
        }
        let degree = part.wires.degree(of: node)
        return shared.filter { $0.value >= 2 && $0.value * 2 >= degree }.keys.sorted()
    }

    private func isRing(_ core: Set<Int>) -> Bool {
        core.allSatisfy { node in part.wires.neighbours(of: node).count { core.contains($0) } == 2 }
    }

    /// Goes from neighbour to neighbour, to those with the fewest ways on first.
    private func walk(_ core: Set<Int>) -> [Int] {
        var left = core
        var walk: [Int] = []
        func ways(_ node: Int) -> Int { part.wires.neighbours(of: node).count { left.contains($0) } }
        while !left.isEmpty {
            let near = walk.last.map { part.wires.neighbours(of: $0).filter(left.contains) } ?? []
            let candidates = near.isEmpty ? left.sorted() : near
            guard let next = candidates.min(by: { (ways($0), $0) < (ways($1), $1) }) else { break }
            walk.append(next)
            left.remove(next)
        }
        return walk
    }
}
