import Glibc

/// Which places are taken, so that no two nodes are closer than one node's width.
struct FreeSpace {
    private struct Cell: Hashable {
        var column: Int
        var row: Int
    }

    private var taken: [Cell: [(x: Double, y: Double)]] = [:]
    /// The ring on which the last wish of a cell was granted; those within are full.
    private var rings: [Cell: Int] = [:]
    /// The corners of all that is taken; nil where nothing is.
    private(set) var bounds: (left: Double, top: Double, right: Double, bottom: Double)?

    /// Whether no node is nearer than `distance`, at most 2.
    func isFree(_ x: Double, _ y: Double, distance: Double = 1) -> Bool {
        let (column, row) = (Int((x / 2).rounded(.down)), Int((y / 2).rounded(.down)))
        for near in (column - 1)...(column + 1) {
            for level in (row - 1)...(row + 1) {
                guard let nodes = taken[Cell(column: near, row: level)] else { continue }
                if nodes.contains(where: { hypot($0.x - x, $0.y - y) < distance - 1e-9 }) { return false }
            }
        }
        return true
    }

    /// Takes a place.
    mutating func take(_ x: Double, _ y: Double) {
        let cell = Cell(column: Int((x / 2).rounded(.down)), row: Int((y / 2).rounded(.down)))
        taken[cell, default: []].append((x, y))
        guard let old = bounds else {
            bounds = (x, y, x, y)
            return
        }
        bounds = (min(old.left, x), min(old.top, y), max(old.right, x), max(old.bottom, y))
    }

    /// The free place nearest to a wish, on rings around it, and takes it.
    mutating func takeNearest(_ x: Double, _ y: Double, towards angle: Double) -> (x: Double, y: Double) {
        let cell = Cell(column: Int((x / 2).rounded(.down)), row: Int((y / 2).rounded(.down)))
        var ring = rings[cell] ?? 0
        while true {
            let radius = Double(ring) * 1.25
            let stops = max(1, ring * 6)
            for stop in 0..<stops {
                let side = Double((stop + 1) / 2) * (stop % 2 == 0 ? 1 : -1)
                let turn = angle + side * 2 * Double.pi / Double(stops)
                let (tryX, tryY) = (x + radius * cos(turn), y + radius * sin(turn))
                guard isFree(tryX, tryY, distance: 1.2) else { continue }
                take(tryX, tryY)
                rings[cell] = ring
                return (tryX, tryY)
            }
            ring += 1
        }
    }
}
