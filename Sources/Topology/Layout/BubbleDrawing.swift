import Glibc

/// Draws a tree of clusters as bubbles: around each cluster those that hang on it, each within a circle of its own, and
/// on the far side of the middle.
///
/// Smaller than rings where the network is large, as it fills an area rather than a circumference. A cable from a
/// cluster to one that hangs on it crosses no bubble.
struct BubbleDrawing {
    /// A cluster with all that hangs on it, seen from the cluster, outwards being to the right.
    private struct Bubble {
        var fan = BubbleFan.smallest([], least: 0, open: 0)
        /// Distance of the circle's centre from the cluster.
        var offset = 0.0
        /// Radius of the circle around all, half a node's width included.
        var radius = 0.5
    }

    /// Where a cluster stands, and which way is outwards.
    private struct Home {
        var x = 0.0
        var y = 0.0
        var angle = 0.0
    }

    private let tree: TierTree
    private let mostRows: Int
    private var bubbles: [Bubble]
    private var drawing: PartDrawing

    /// The least distance from a cluster to what hangs on it.
    private static let step = 2.6
    /// The angle in which things hang on a cluster other than the middle.
    private static let open = 240 * Double.pi / 180

    /// Draws a tree.
    static func draw(_ tree: TierTree) -> PartDrawing {
        var drawing = BubbleDrawing(tree)
        for number in tree.clusters.indices.reversed() { drawing.measure(number) }
        drawing.place()
        return drawing.drawing
    }

    private init(_ tree: TierTree) {
        self.tree = tree
        mostRows = tree.tiers.count < 5_000 ? 4 : 6
        bubbles = [Bubble](repeating: Bubble(), count: tree.clusters.count)
        drawing = PartDrawing(tiers: tree.tiers)
    }

    // MARK: Sizes

    private mutating func measure(_ number: Int) {
        let cluster = tree.clusters[number]
        if cluster.isBlock { return }
        let own = Self.ring(cluster.members.count)
        let open = number == 0 ? 2 * Double.pi : Self.open
        var fan = BubbleFan.smallest(cluster.children.map(item), least: own + Self.step, open: open)
        fan.spread(open: open, most: number == 0 ? .infinity : 1.7)
        bubbles[number].fan = fan
        enclose(number, own + 0.5)
    }

    private func item(_ child: Int) -> BubbleFan.Item {
        let cluster = tree.clusters[child]
        guard cluster.isBlock else { return .bubble(radius: bubbles[child].radius) }
        let count = cluster.members.count
        return .leaves(count, rows: TierCluster.rows(count, most: mostRows))
    }

    /// The smallest circle around all that has its centre on the line outwards.
    private mutating func enclose(_ number: Int, _ own: Double) {
        var circles = [(x: 0.0, y: 0.0, radius: own)]
        let fan = bubbles[number].fan
        for (place, child) in tree.clusters[number].children.enumerated() {
            let angle = fan.angles[place]
            switch item(child) {
            case .leaves(_, let rows):
                let far = fan.reach + Double(rows - 1) * BubbleFan.rowStep
                let edge = fan.shares[place] / 2
                circles += [angle - edge, angle, angle + edge].map { (far * cos($0), far * sin($0), 0.5) }
            case .bubble(let radius):
                circles.append((fan.distances[place] * cos(angle), fan.distances[place] * sin(angle), radius))
            }
        }
        func radius(_ centre: Double) -> Double {
            circles.reduce(0) { max($0, hypot($1.x - centre, $1.y) + $1.radius) }
        }
        var (low, high) = (0.0, circles.reduce(0) { max($0, $1.x + $1.radius) })
        for _ in 0..<30 where number > 0 {
            let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
            if radius(left) <= radius(right) { high = right } else { low = left }
        }
        bubbles[number].offset = low
        bubbles[number].radius = radius(low)
    }

    /// Radius of the ring on which the members of a cluster stand.
    private static func ring(_ count: Int) -> Double {
        count == 1 ? 0 : BubbleFan.pitch / 2 / sin(Double.pi / Double(count))
    }

    // MARK: Places

    private mutating func place() {
        var homes = [Home](repeating: Home(), count: tree.clusters.count)
        homes[0].angle = Double.pi / 2 + tree.turn(middles: bubbles[0].fan.angles)
        for (number, cluster) in tree.clusters.enumerated() where !cluster.isBlock {
            let (home, fan) = (homes[number], bubbles[number].fan)
            placeMembers(cluster, home, isCore: number == 0)
            for (place, child) in cluster.children.enumerated() {
                let angle = home.angle + fan.angles[place]
                if tree.clusters[child].isBlock {
                    placeBlock(tree.clusters[child], home, angle, fan.shares[place], fan.reach)
                } else {
                    let distance = fan.distances[place] - bubbles[child].offset
                    homes[child] = Home(
                        x: home.x + distance * cos(angle), y: home.y + distance * sin(angle), angle: angle)
                }
            }
        }
        drawing.radius = bubbles[0].radius
    }

    private mutating func placeMembers(_ cluster: TierCluster, _ home: Home, isCore: Bool) {
        let radius = Self.ring(cluster.members.count)
        let start = isCore ? -Double.pi / 2 : home.angle - Double.pi / 2
        for (place, node) in cluster.members.enumerated() {
            set(node, home, radius, start + 2 * Double.pi * Double(place) / Double(cluster.members.count))
        }
    }

    /// Leaves in rows around what they hang on, each at an angle of its own.
    private mutating func placeBlock(
        _ cluster: TierCluster, _ home: Home, _ middle: Double, _ share: Double, _ reach: Double
    ) {
        let count = Double(cluster.members.count)
        let most = TierCluster.rows(cluster.members.count, most: mostRows)
        let needed = BubbleFan.pitch - 1e-6
        let rows = (1...most).first { share * reach / (count - 1 + Double($0)) * Double($0) >= needed } ?? most
        let step = share / (count - 1 + Double(rows))
        for (place, node) in cluster.members.enumerated() {
            let angle = middle + (Double(place) - (count - 1) / 2) * step
            set(node, home, reach + Double(place % rows) * BubbleFan.rowStep, angle)
        }
    }

    private mutating func set(_ node: Int, _ home: Home, _ distance: Double, _ angle: Double) {
        drawing.x[node] = home.x + distance * cos(angle)
        drawing.y[node] = home.y + distance * sin(angle)
    }
}
