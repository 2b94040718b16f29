import Glibc

/// Orders clusters that stand side by side so that cables between them are short and cross little.
struct SiblingOrder {
    private var tree: TierTree
    /// Both ends of cables that are not from a cluster to the one above it.
    private let crossing: [(a: Int, b: Int)]

    /// Relations further up than this many tiers are not looked for.
    private static let deepestSearch = 64

    /// Orders the clusters of a tree.
    static func ordered(_ tree: TierTree) -> TierTree {
        var order = SiblingOrder(tree)
        order.orderByKinship()
        return order.tree
    }

    private init(_ tree: TierTree) {
        self.tree = tree
        crossing = tree.wires.ends.compactMap { ends in
            let (a, b) = (tree.cluster[ends.a], tree.cluster[ends.b])
            let isOwn = a == b || tree.clusters[a].parent == b || tree.clusters[b].parent == a
            return isOwn ? nil : (a, b)
        }
    }

    /// Orders the children of each cluster: by the members they hang on, then those with cables to each other together.
    private mutating func orderByKinship() {
        let kinship = kinship()
        for number in tree.clusters.indices where tree.clusters[number].children.count > 1 {
            let children = tree.clusters[number].children
            let chains = chains(children, kinship[number] ?? [:])
            let members = tree.clusters[number].members.enumerated().map { ($1, $0) }
            let places = Dictionary(uniqueKeysWithValues: members)
            let keys = Dictionary(uniqueKeysWithValues: children.map { ($0, side(of: $0, under: number, places)) })
            let (placed, free) = chains.reduce(into: ([(Double, [Int])](), [[Int]]())) { result, chain in
                let known = chain.compactMap { keys[$0] ?? nil }
                if known.isEmpty { result.1.append(chain) } else { result.0.append((mean(known), chain)) }
            }
            let shares = free.enumerated().map { ($0 < (free.count + 1) / 2 ? 0.25 : 0.75, $1) }
            let all = (placed + shares).enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
            tree.clusters[number].children = all.flatMap(\.element.1)
        }
    }

    private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

    /// Where among a cluster's members a child hangs, 0 to 1; nil where it hangs on all sides of a ring alike.
    private func side(of child: Int, under parent: Int, _ places: [Int: Int]) -> Double? {
        let hung = tree.clusters[child].members.flatMap { tree.above($0) }.compactMap { places[$0] }
        if parent != 0 || places.count < 2 {
            return hung.isEmpty ? 0.5 : mean(hung.map { (Double($0) + 0.5) / Double(places.count) })
        }
        var (x, y) = (0.0, 0.0)
        for place in hung {
            let angle = 2 * Double.pi * Double(place) / Double(places.count)
            x += cos(angle)
            y += sin(angle)
        }
        guard hypot(x, y) > 0.05 * Double(max(1, hung.count)) else { return nil }
        let turn = atan2(y, x) / (2 * Double.pi)
        return turn < -1e-9 ? turn + 1 : max(0, turn)
    }

    /// How many cables join the subtrees of each two children of a cluster.
    private func kinship() -> [Int: [Pair: Int]] {
        var kinship: [Int: [Pair: Int]] = [:]
        for cable in crossing {
            var (a, b) = cable
            for _ in 0..<Self.deepestSearch {
                let (above, other) = (tree.clusters[a].parent, tree.clusters[b].parent)
                if a == b || a < 0 || b < 0 { break }
                if above == other {
                    kinship[above, default: [:]][Pair(a, b), default: 0] += 1
                    break
                }
                if tree.clusters[a].tier >= tree.clusters[b].tier { a = above } else { b = other }
            }
        }
        return kinship
    }

    /// Joins children to chains, those with most cables between them first; each chain by its first child.
    private func chains(_ children: [Int], _ kinship: [Pair: Int]) -> [[Int]] {
        var next: [Int: [Int]] = [:]
        var end = Dictionary(uniqueKeysWithValues: children.map { ($0, $0) })
        let pairs = kinship.sorted { (-$0.value, $0.key.a, $0.key.b) < (-$1.value, $1.key.a, $1.key.b) }
        for (pair, _) in pairs {
            guard next[pair.a, default: []].count < 2, next[pair.b, default: []].count < 2,
                let farA = end[pair.a], let farB = end[pair.b], farA != pair.b
            else { continue }
            next[pair.a, default: []].append(pair.b)
            next[pair.b, default: []].append(pair.a)
            (end[farA], end[farB]) = (farB, farA)
        }
        var seen: Set<Int> = []
        var chains: [[Int]] = []
        for child in children where !seen.contains(child) && next[child, default: []].count < 2 {
            var chain: [Int] = []
            var current: Int? = child
            while let node = current {
                seen.insert(node)
                chain.append(node)
                current = next[node, default: []].first { !seen.contains($0) }
            }
            chains.append(chain)
        }
        return chains
    }
}
