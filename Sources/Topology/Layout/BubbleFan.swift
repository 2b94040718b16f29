import Glibc

/// How bubbles and leaves lie around what they hang on: bubbles in one or several rows, so that cables to those of the
/// outer rows run between those of the inner ones; leaves in a sector of their own.
struct BubbleFan {
    /// What hangs on a cluster.
    enum Item {
        /// All that hangs on another cluster, with the radius of its circle.
        case bubble(radius: Double)
        /// So many leaves.
        case leaves(Int, rows: Int)
    }

    /// Distance to the nearest.
    var reach: Double
    /// The angle at which each item lies, from the first one's edge.
    private(set) var angles: [Double] = []
    /// The angle that leaves take; 0 for bubbles.
    private(set) var shares: [Double] = []
    /// Distance of each bubble's centre; `reach` for leaves.
    private(set) var distances: [Double] = []
    /// The angle that all take.
    private(set) var span = 0.0
    /// Distance of what is furthest out.
    private(set) var outer: Double

    /// Between two nodes side by side, in node widths.
    static let pitch = 1.6
    /// Between two rows of leaves.
    static let rowStep = 1.3
    /// Around each bubble.
    private static let margin = 0.5
    private static let mostRows = 4

    /// The fan that reaches least far of those within an angle.
    static func smallest(_ items: [Item], least: Double, open: Double) -> BubbleFan {
        let bubbles = items.count { if case .bubble = $0 { true } else { false } }
        let fans = (1...min(mostRows, max(1, bubbles / 4))).map { fitted(items, rows: $0, least: least, open: open) }
        return fans.min { $0.outer < $1.outer } ?? BubbleFan(items, rows: 1, reach: least)
    }

    private static func fitted(_ items: [Item], rows: Int, least: Double, open: Double) -> BubbleFan {
        var fan = BubbleFan(items, rows: rows, reach: least)
        if fan.span <= open { return fan }
        var (low, high) = (least, least * 2)
        while BubbleFan(items, rows: rows, reach: high).span > open, high < 1e9 { (low, high) = (high, high * 2) }
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if BubbleFan(items, rows: rows, reach: middle).span > open { low = middle } else { high = middle }
        }
        fan = BubbleFan(items, rows: rows, reach: high)
        return fan
    }

    /// Lays items out one after the other, bubbles in turn on each row.
    private init(_ items: [Item], rows: Int, reach: Double) {
        self.reach = reach
        outer = reach
        let depths = Self.depths(items, rows: rows, reach: reach)
        var edges = [Double](repeating: 0, count: rows)
        var middles = edges
        var turn = 0
        for item in items {
            switch item {
            case .leaves(let count, let leafRows):
                let share = (Double(count) - 1 + Double(leafRows)) * Self.pitch / Double(leafRows) / reach
                let left = edges.max() ?? 0
                append(left + share / 2, share: share, distance: reach)
                edges = edges.map { _ in left + share }
                middles = edges
                outer = max(outer, reach + Double(leafRows - 1) * Self.rowStep + 0.5)
            case .bubble(let radius):
                let row = turn % rows
                turn += 1
                let distance = depths[row] + radius + Self.margin
                let half = asin(min(1, (radius + Self.margin) / distance))
                var angle = edges[row] + half
                for other in 0..<rows where other != row {
                    angle = max(angle, other < row ? edges[other] : middles[other] + half)
                }
                append(angle, share: 0, distance: distance)
                edges[row] = angle + half
                middles[row] = angle
                outer = max(outer, distance + radius)
            }
        }
        span = max(edges.max() ?? 0, middles.max() ?? 0)
    }

    private mutating func append(_ angle: Double, share: Double, distance: Double) {
        angles.append(angle)
        shares.append(share)
        distances.append(distance)
    }

    /// Where each row begins: behind the largest bubble of the row before.
    private static func depths(_ items: [Item], rows: Int, reach: Double) -> [Double] {
        var largest = [Double](repeating: 0, count: rows)
        var turn = 0
        for case .bubble(let radius) in items {
            largest[turn % rows] = max(largest[turn % rows], radius)
            turn += 1
        }
        var depth = reach
        return largest.map { radius in
            defer { depth += 2 * (radius + margin) }
            return depth
        }
    }

    /// Fills an angle, at most `most` times as wide as it needs to be, and centres all on 0.
    mutating func spread(open: Double, most: Double) {
        guard span > 0 else { return }
        let scale = min(open / span, most)
        angles = angles.map { ($0 - span / 2) * scale }
        shares = shares.map { $0 * scale }
        span *= scale
    }
}
