import Glibc

/// Where the nodes of one connected part are drawn, around its middle at (0, 0).
struct PartDrawing {
    /// Rightwards, by node of the part.
    var x: [Double]
    /// Downwards, by node of the part.
    var y: [Double]
    /// Tier, by node of the part.
    var tiers: [Int]
    /// Distance of the outermost node from the middle.
    var radius: Double
}

extension PartDrawing {
    /// A part with all nodes at its middle.
    init(tiers: [Int]) {
        x = [Double](repeating: 0, count: tiers.count)
        y = x
        self.tiers = tiers
        radius = 0
    }

    /// Draws a tree on rings where those stay small enough to be read, else as bubbles where that is smaller.
    static func best(of tree: TierTree) -> PartDrawing {
        let rings = RadialDrawing.draw(tree)
        guard rings.radius > 40 else { return rings }
        let bubbles = BubbleDrawing.draw(tree)
        return bubbles.radius < rings.radius * 0.85 ? bubbles : rings
    }
}

extension TierCluster {
    /// In how many rows a number of leaves stand.
    static func rows(_ count: Int, most: Int) -> Int {
        count <= 4 ? 1 : min(most, count <= 12 ? 2 : count <= 40 ? 3 : 3 + count / 40)
    }
}

extension TierTree {
    /// How far all that hangs on the middle is turned so that what hangs on its first device alone is beside it.
    ///
    /// `middles` are the angles of the middle's children, seen from opposite of the top.
    func turn(middles: [Double]) -> Double {
        let core = clusters[0].members
        guard core.count > 1, let first = core.first else { return 0 }
        var (x, y) = (0.0, 0.0)
        for (child, angle) in zip(clusters[0].children, middles)
        where clusters[child].members.allSatisfy({ above($0) == [first] }) {
            x += cos(angle)
            y += sin(angle)
        }
        return hypot(x, y) < 1e-6 ? 0 : Double.pi - atan2(y, x)
    }
}
