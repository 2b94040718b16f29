import Glibc

/// Draws a tree of clusters on rings around its middle: a ring for each tier, for each cluster a sector as wide as all
/// that hangs on it.
struct RadialDrawing {
    private let tree: TierTree
    private let mostRows: Int
    private var radii: [Double] = []
    private var demand: [Double]
    private var drawing: PartDrawing

    /// Between two nodes side by side, in node widths.
    private static let pitch = 1.6
    /// Between two rows of one tier.
    private static let rowStep = 1.3
    /// Between the last row of a tier and the first of the next.
    private static let tierStep = 2.6
    /// Between two clusters.
    private static let margin = 0.5

    /// Draws a tree.
    static func draw(_ tree: TierTree) -> PartDrawing {
        var drawing = RadialDrawing(tree)
        drawing.chooseRadii()
        drawing.place()
        return drawing.drawing
    }

    private init(_ tree: TierTree) {
        self.tree = tree
        let count = tree.tiers.count
        mostRows = count < 1_500 ? 3 : count < 12_000 ? 5 : 8
        demand = [Double](repeating: 0, count: tree.clusters.count)
        drawing = PartDrawing(tiers: tree.tiers)
    }

    // MARK: Radii

    /// The smallest rings on which every cluster has the room it needs, further apart where more nodes lie beyond.
    private mutating func chooseRadii() {
        let steps = leastSteps()
        let weights = weights(tiers: steps.count)
        func radii(_ scale: Double) -> [Double] {
            var radii = [steps[0]]
            for tier in steps.indices.dropFirst() {
                radii.append(radii[tier - 1] + max(steps[tier], scale * weights[tier]))
            }
            return radii
        }
        var (low, high) = (0.0, 1.0)
        while !fits(radii(high)), high < 1e9 { (low, high) = (high, high * 2) }
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if fits(radii(middle)) { high = middle } else { low = middle }
        }
        self.radii = radii(high)
        measure(self.radii)
    }

    /// Radius of the middle, then the least distance of each tier from the one before.
    private func leastSteps() -> [Double] {
        let tiers = (tree.clusters.last?.tier ?? 0) + 1
        var rows = [Int](repeating: 1, count: tiers)
        for cluster in tree.clusters where cluster.isBlock {
            rows[cluster.tier] = max(rows[cluster.tier], TierCluster.rows(cluster.members.count, most: mostRows))
        }
        let core = tree.clusters[0].members.count
        var steps = [core == 1 ? 0 : Self.pitch / 2 / sin(Double.pi / Double(core))]
        for tier in 1..<max(1, tiers) { steps.append(Self.tierStep + Double(rows[tier - 1] - 1) * Self.rowStep) }
        return steps
    }

    /// The share of the nodes outside the middle that lie on a tier or beyond it.
    private func weights(tiers: Int) -> [Double] {
        var counts = [Double](repeating: 0, count: tiers)
        for tier in tree.tiers { counts[tier] += 1 }
        let outside = max(1, Double(tree.tiers.count) - counts[0])
        for tier in stride(from: tiers - 2, through: 0, by: -1) { counts[tier] += counts[tier + 1] }
        return counts.map { $0 / outside }
    }

    private mutating func fits(_ radii: [Double]) -> Bool {
        measure(radii)
        return tree.clusters[0].children.reduce(0) { $0 + demand[$1] } <= 2 * Double.pi
    }

    /// The angle each cluster needs: its own members' or its children's, whichever is wider.
    private mutating func measure(_ radii: [Double]) {
        for number in tree.clusters.indices.reversed() where number > 0 {
            let cluster = tree.clusters[number]
            let count = Double(cluster.members.count)
            let rows = cluster.isBlock ? Double(TierCluster.rows(cluster.members.count, most: mostRows)) : 1
            let own = ((count - 1 + rows) * Self.pitch / rows + Self.margin) / radii[cluster.tier]
            let below = cluster.children.reduce(0) { $0 + demand[$1] }
            demand[number] = max(own, below)
        }
    }

    // MARK: Places

    private mutating func place() {
        placeCore()
        var sectors = [(middle: Double, width: Double)](repeating: (0, 0), count: tree.clusters.count)
        sectors[0] = (Double.pi / 2, 2 * Double.pi)
        for number in tree.clusters.indices {
            let (middle, width) = sectors[number]
            let children = tree.clusters[number].children
            let needed = children.reduce(0) { $0 + demand[$1] }
            let span = span(width: width, needed: needed, tier: tree.clusters[number].tier)
            var angle = -span / 2
            var middles: [Double] = []
            for child in children {
                let share = demand[child] / needed * span
                middles.append(angle + share / 2)
                sectors[child].width = share
                angle += share
            }
            let turn = number == 0 ? tree.turn(middles: middles) : 0
            for (child, angle) in zip(children, middles) { sectors[child].middle = middle + angle + turn }
            if number > 0 { placeMembers(number, middle, width, below: children.isEmpty ? 0 : span) }
        }
    }

    private mutating func placeCore() {
        let core = tree.clusters[0].members
        for (place, node) in core.enumerated() {
            let angle = Self.start + 2 * Double.pi * Double(place) / Double(core.count)
            set(node, radii[0], angle)
        }
    }

    /// Where the first device of the middle stands: at the top.
    private static let start = -Double.pi / 2

    /// The angle that a cluster's children fill: no more than keeps their cables out of the ring they come from.
    private func span(width: Double, needed: Double, tier: Int) -> Double {
        guard tier > 0, tier + 1 < radii.count else { return width }
        let open = 1.8 * acos(min(1, radii[tier] / radii[tier + 1]))
        return min(width, max(needed, open))
    }

    private mutating func placeMembers(_ number: Int, _ middle: Double, _ width: Double, below: Double) {
        let cluster = tree.clusters[number]
        let radius = radii[cluster.tier]
        let count = Double(cluster.members.count)
        if cluster.isBlock {
            placeBlock(cluster, middle, width, radius)
            return
        }
        let step = max(Self.pitch / radius, min(below * 0.8, width) / count)
        for (place, node) in cluster.members.enumerated() {
            set(node, radius, middle + (Double(place) - (count - 1) / 2) * step)
        }
    }

    /// Leaves in as few rows as the sector allows, each at an angle of its own, so that no cable runs under another.
    private mutating func placeBlock(_ cluster: TierCluster, _ middle: Double, _ width: Double, _ radius: Double) {
        let count = Double(cluster.members.count)
        let parentRadius = radii[cluster.tier - 1]
        let isFull = width > 6.28
        let open = isFull ? width : min(width, max(1.8 * acos(parentRadius / radius), demand(of: cluster, radius)))
        var rows = 1.0
        while rows < Double(mostRows), open * radius / (count - 1 + rows) * rows < Self.pitch { rows += 1 }
        let step =
            isFull
            ? open / (rows > 1 ? count - 1 + rows : count) : min(open / (count - 1 + rows), 3 * Self.pitch / radius)
        for (place, node) in cluster.members.enumerated() {
            let row = Double(place % Int(rows))
            set(node, radius + row * Self.rowStep, middle + (Double(place) - (count - 1) / 2) * step)
        }
    }

    private func demand(of cluster: TierCluster, _ radius: Double) -> Double {
        let rows = Double(TierCluster.rows(cluster.members.count, most: mostRows))
        return (Double(cluster.members.count) - 1 + rows) * Self.pitch / rows / radius
    }

    private mutating func set(_ node: Int, _ radius: Double, _ angle: Double) {
        drawing.x[node] = radius * cos(angle)
        drawing.y[node] = radius * sin(angle)
        drawing.radius = max(drawing.radius, radius)
    }
}
