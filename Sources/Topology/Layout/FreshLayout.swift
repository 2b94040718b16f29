import Glibc

/// A drawing of a whole network that knows of earlier ones only how they were turned.
struct FreshLayout {
    /// Where the nodes of the network are, by number.
    private(set) var places: [LayoutPlace]

    /// Between the drawings of two parts.
    private static let gap = 4.0
    /// Between two devices of the grid.
    static let gridStep = 1.8

    /// Draws a network.
    init(_ network: LayoutNetwork, before: [LayoutPlace?]) {
        places = [LayoutPlace](repeating: LayoutPlace(x: 0, y: 0, tier: nil), count: network.order.count)
        var drawings = network.parts.map { part in
            PartDrawing.best(of: SiblingOrder.ordered(TierTree(part, core: CoreChoice(part).core())))
        }
        for (number, part) in network.parts.enumerated() {
            drawings[number].turn(like: part.nodes.map { before[$0] })
        }
        let bottom = pack(network.parts, drawings)
        placeAlone(network.alone, top: bottom)
        shift(to: before, anchor: network.parts.first?.nodes ?? network.alone)
        for node in places.indices { places[node].round() }
        separate()
    }

    /// Makes sure of what the drawings promise: moves a node that is too near to one before it.
    private mutating func separate() {
        var space = FreeSpace()
        for node in places.indices {
            if space.isFree(places[node].x, places[node].y) {
                space.take(places[node].x, places[node].y)
            } else {
                (places[node].x, places[node].y) = space.takeNearest(places[node].x, places[node].y, towards: 0)
            }
        }
    }

    /// Puts the parts into rows, the largest first; returns where the last row ends.
    private mutating func pack(_ parts: [LayoutPart], _ drawings: [PartDrawing]) -> Double {
        let sizes = drawings.map { ($0.radius + 0.5) * 2 + Self.gap }
        let area = sizes.reduce(0) { $0 + $1 * $1 }
        let width = max(sizes.max() ?? 0, area.squareRoot() * 1.3)
        var (left, top, height) = (-width / 2, -(sizes.first ?? 0) / 2, 0.0)
        for (number, part) in parts.enumerated() {
            let size = sizes[number]
            if left + size > width / 2 + 1e-9 { (left, top, height) = (-width / 2, top + height, 0) }
            if number == 0, size * 2 > width { left = -size / 2 }
            for (place, node) in part.nodes.enumerated() {
                places[node] = LayoutPlace(
                    x: left + size / 2 + drawings[number].x[place], y: top + size / 2 + drawings[number].y[place],
                    tier: drawings[number].tiers[place])
            }
            left += size
            height = max(height, size)
        }
        return parts.isEmpty ? 0 : top + height
    }

    private mutating func placeAlone(_ alone: [Int], top: Double) {
        let columns = max(1, Int((Double(alone.count) * 3).squareRoot().rounded(.up)))
        let left = -Double(columns - 1) / 2 * Self.gridStep
        for (number, node) in alone.enumerated() {
            places[node].x = left + Double(number % columns) * Self.gridStep
            places[node].y = top + Double(number / columns) * Self.gridStep
        }
    }

    /// Moves all so that the largest part lies where it was.
    private mutating func shift(to before: [LayoutPlace?], anchor: [Int]) {
        let known = anchor.filter { before[$0] != nil }
        guard !known.isEmpty else { return }
        let count = Double(known.count)
        let right = known.reduce(0) { $0 + (before[$1]?.x ?? 0) - places[$1].x } / count
        let down = known.reduce(0) { $0 + (before[$1]?.y ?? 0) - places[$1].y } / count
        for node in places.indices {
            places[node].x += right
            places[node].y += down
        }
    }
}

extension LayoutPlace {
    /// Rounds to thousandths, which nobody sees.
    mutating func round() {
        x = (x * 1000).rounded() / 1000
        y = (y * 1000).rounded() / 1000
    }
}

extension PartDrawing {
    /// Turns, and where that fits better mirrors, the drawing to lie most nearly as its nodes lay before.
    ///
    /// The turn that makes the sum of squared distances smallest has a closed form (orthogonal Procrustes problem in
    /// the plane): the argument of the sum of conj(p) * q over all nodes.
    mutating func turn(like before: [LayoutPlace?]) {
        let known = before.indices.filter { before[$0] != nil }
        guard known.count > 1 else { return }
        let count = Double(known.count)
        func mean(_ value: (Int) -> Double) -> Double { known.reduce(0) { $0 + value($1) } / count }
        let (oldX, oldY) = (mean { before[$0]?.x ?? 0 }, mean { before[$0]?.y ?? 0 })
        let (newX, newY) = (mean { x[$0] }, mean { y[$0] })
        var straight = (re: 0.0, im: 0.0)
        var mirrored = (re: 0.0, im: 0.0)
        for node in known {
            guard let old = before[node] else { continue }
            let (qx, qy, px, py) = (old.x - oldX, old.y - oldY, x[node] - newX, y[node] - newY)
            straight = (straight.re + px * qx + py * qy, straight.im + px * qy - py * qx)
            mirrored = (mirrored.re - px * qx + py * qy, mirrored.im - px * qy - py * qx)
        }
        let isMirrored = hypot(mirrored.re, mirrored.im) > hypot(straight.re, straight.im) * 1.001
        let best = isMirrored ? mirrored : straight
        let length = hypot(best.re, best.im)
        guard length > 1e-9 else { return }
        let (cosine, sine) = (best.re / length, best.im / length)
        for node in x.indices {
            let (px, py) = (isMirrored ? -x[node] : x[node], y[node])
            (x[node], y[node]) = (px * cosine - py * sine, px * sine + py * cosine)
        }
    }
}
