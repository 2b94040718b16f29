/// Devices that are drawn side by side on one tier, and below what they are drawn.
struct TierCluster {
    /// How far it is from the middle.
    var tier: Int
    /// The devices, side by side.
    var members: [Int]
    /// Whether nothing is drawn below them, so that they may stand in several rows.
    var isBlock: Bool
    /// The cluster nearer to the middle; -1 for the middle itself.
    var parent: Int
    /// The clusters below it, side by side.
    var children: [Int]
}

/// A connected part as a tree of clusters: tiers by distance from the middle, switches that serve the same devices side
/// by side, and all that end at one device together.
struct TierTree {
    /// The clusters, by tier; the middle is the first.
    var clusters: [TierCluster]
    /// The cluster of each node.
    var cluster: [Int]
    /// Cables from each node to the middle.
    let tiers: [Int]
    let wires: Multigraph

    /// The tree around a middle.
    init(_ part: LayoutPart, core: [Int]) {
        wires = part.wires
        tiers = part.wires.distances(from: core)
        clusters = [TierCluster(tier: 0, members: core, isBlock: false, parent: -1, children: [])]
        cluster = [Int](repeating: -1, count: part.nodes.count)
        for node in core { cluster[node] = 0 }
        let groups = TierGroups(wires: wires, tiers: tiers)
        var byTier = [[Int]](repeating: [], count: (tiers.max() ?? 0) + 1)
        for (node, tier) in tiers.enumerated() { byTier[tier].append(node) }
        for nodes in byTier.dropFirst() { add(tier: nodes, groups) }
    }

    /// Neighbours of a node that are one cable nearer to the middle.
    func above(_ node: Int) -> [Int] { wires.neighbours(of: node).filter { tiers[$0] < tiers[node] } }

    private struct BlockKey: Hashable {
        var parent: Int
        var above: [Int]
    }

    private mutating func add(tier nodes: [Int], _ groups: TierGroups) {
        var blocks: [BlockKey: Int] = [:]
        var known: [Int: Int] = [:]
        for node in nodes {
            let (above, group) = (above(node), groups.first(of: node))
            if let number = known[group] {
                clusters[number].members.append(node)
                cluster[node] = number
                continue
            }
            let parent = mostCommon(above.map { cluster[$0] })
            let isBlock = groups.isLeaf[node]
            let key = BlockKey(parent: parent, above: above.filter { cluster[$0] == parent })
            if isBlock, let number = blocks[key] {
                clusters[number].members.append(node)
                cluster[node] = number
                continue
            }
            cluster[node] = clusters.count
            if isBlock { blocks[key] = clusters.count } else { known[group] = clusters.count }
            clusters[parent].children.append(clusters.count)
            clusters.append(
                TierCluster(tier: tiers[node], members: [node], isBlock: isBlock, parent: parent, children: []))
        }
    }

    private func mostCommon(_ numbers: [Int]) -> Int {
        var best = (count: 0, number: 0)
        let sorted = numbers.sorted()
        var run = 0
        for (place, number) in sorted.enumerated() {
            run = place > 0 && sorted[place - 1] == number ? run + 1 : 1
            if run > best.count { best = (run, number) }
        }
        return best.number
    }
}

/// Devices of one tier that serve the same devices of the next: the two distribution switches of a floor.
struct TierGroups {
    /// Whether nothing is further from the middle than a node and next to it.
    let isLeaf: [Bool]
    private var leader: [Int]

    /// A device that more than these serve says nothing of their kinship.
    private static let mostServers = 6

    /// Groups the devices of all tiers.
    init(wires: Multigraph, tiers: [Int]) {
        let count = tiers.count
        var children = [Int](repeating: 0, count: count)
        var shared: [Pair: Int] = [:]
        for node in 0..<count {
            let above = wires.neighbours(of: node).filter { tiers[$0] < tiers[node] }
            for parent in above { children[parent] += 1 }
            guard above.count > 1, above.count <= Self.mostServers else { continue }
            for (place, one) in above.enumerated() {
                for other in above[(place + 1)...] { shared[Pair(one, other), default: 0] += 1 }
            }
        }
        isLeaf = children.map { $0 == 0 }
        leader = Array(0..<count)
        for (pair, number) in shared.sorted(by: { ($0.key.a, $0.key.b) < ($1.key.a, $1.key.b) }) {
            guard tiers[pair.a] == tiers[pair.b], number >= 2,
                number * 2 > max(children[pair.a], children[pair.b])
            else { continue }
            let (one, other) = (find(pair.a), find(pair.b))
            leader[max(one, other)] = min(one, other)
        }
        for node in 0..<count { leader[node] = find(node) }
    }

    /// The first device of a device's group: itself where it stands alone.
    func first(of node: Int) -> Int { leader[node] }

    private mutating func find(_ node: Int) -> Int {
        var node = node
        while leader[node] != node {
            leader[node] = leader[leader[node]]
            node = leader[node]
        }
        return node
    }
}
