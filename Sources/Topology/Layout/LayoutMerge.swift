import Glibc

/// Keeps devices where they were, and puts new ones beside their neighbours.
///
/// A drawing that was mended again and again grows worse. It is given up for the fresh one where fewer than half of the
/// devices have a place in it, where its cables together are more than half again as long as in the fresh one, or where
/// it covers more than three times its area.
struct LayoutMerge {
    /// Where the nodes of the network are, by number.
    private(set) var places: [LayoutPlace]
    private var isPlaced: [Bool]
    private var space = FreeSpace()
    private let network: LayoutNetwork
    private let wires: Multigraph

    /// Decides between what was, mended, and what is fresh.
    init(_ network: LayoutNetwork, fresh: [LayoutPlace], before: [LayoutPlace?]) {
        self.network = network
        wires = Multigraph(count: fresh.count, ends: network.pairs)
        places = fresh
        isPlaced = [Bool](repeating: false, count: fresh.count)
        guard before.count(where: { $0 != nil }) * 2 >= fresh.count, !fresh.isEmpty else { return }
        keep(before)
        addNeighbours()
        addParts(fresh)
        addAlone()
        if isWorse(than: fresh) { places = fresh }
    }

    /// Keeps the places of devices that are as they were: with cables or without.
    private mutating func keep(_ before: [LayoutPlace?]) {
        for (node, place) in before.enumerated() {
            guard let place, (place.tier == nil) == (wires.degree(of: node) == 0), space.isFree(place.x, place.y)
            else { continue }
            put(node, place.x, place.y)
        }
    }

    private mutating func put(_ node: Int, _ x: Double, _ y: Double) {
        space.take(x, y)
        isPlaced[node] = true
        (places[node].x, places[node].y) = (x, y)
    }

    /// Puts devices beside a neighbour that has a place, on the side away from the middle of its part.
    private mutating func addNeighbours() {
        for part in network.parts {
            let known = part.nodes.filter { isPlaced[$0] }
            guard !known.isEmpty, known.count < part.nodes.count else { continue }
            let middle = known.filter { places[$0].tier == 0 }
            let core = centre(of: middle.isEmpty ? known : middle)
            var queue = known
            var head = 0
            while head < queue.count {
                for next in wires.neighbours(of: queue[head]) where !isPlaced[next] {
                    addBeside(next, core)
                    queue.append(next)
                }
                head += 1
            }
        }
    }

    private func centre(of nodes: [Int]) -> (x: Double, y: Double) {
        let count = Double(nodes.count)
        return (nodes.reduce(0) { $0 + places[$1].x } / count, nodes.reduce(0) { $0 + places[$1].y } / count)
    }

    private mutating func addBeside(_ node: Int, _ core: (x: Double, y: Double)) {
        let near = centre(of: wires.neighbours(of: node).filter { isPlaced[$0] })
        let (x, y) = (near.x - core.x, near.y - core.y)
        let angle = hypot(x, y) > 0.01 ? atan2(y, x) : Double.pi / 2
        let place = space.takeNearest(near.x + 2.6 * cos(angle), near.y + 2.6 * sin(angle), towards: angle)
        isPlaced[node] = true
        (places[node].x, places[node].y) = (place.x, place.y)
        places[node].round()
    }

    /// Puts parts of which nothing has a place to the right of all, drawn as if they were fresh.
    private mutating func addParts(_ fresh: [LayoutPlace]) {
        for part in network.parts where !isPlaced[part.nodes[0]] {
            let left = part.nodes.map { fresh[$0].x }.min() ?? 0
            let top = part.nodes.map { fresh[$0].y }.min() ?? 0
            let bounds = space.bounds ?? (0, 0, 0, 0)
            let (right, down) = (bounds.right + 4 - left, bounds.top - top)
            for node in part.nodes { put(node, fresh[node].x + right, fresh[node].y + down) }
        }
    }

    /// Fills the grid of devices without cables where it has room; begins one below all where there is none.
    private mutating func addAlone() {
        let known = network.alone.filter { isPlaced[$0] }
        let added = network.alone.filter { !isPlaced[$0] }
        guard !added.isEmpty else { return }
        let step = FreshLayout.gridStep
        let bounds = space.bounds ?? (0, 0, 0, 0)
        let left = known.map { places[$0].x }.min() ?? bounds.left
        let top = known.map { places[$0].y }.min() ?? bounds.bottom + 4
        let right = known.map { places[$0].x }.max() ?? left
        let square = Int((Double(network.alone.count) * 3).squareRoot().rounded(.up))
        let columns = max(Int(((right - left) / step).rounded()) + 1, known.isEmpty ? square : 1)
        var cell = 0
        for node in added {
            while true {
                let (x, y) = (left + Double(cell % columns) * step, top + Double(cell / columns) * step)
                cell += 1
                guard space.isFree(x, y, distance: 1.2) else { continue }
                put(node, x, y)
                break
            }
        }
    }

    private func isWorse(than fresh: [LayoutPlace]) -> Bool {
        length(of: places) > 1.5 * length(of: fresh) + 10 || area(of: places) > 3 * area(of: fresh) + 100
    }

    private func length(of places: [LayoutPlace]) -> Double {
        network.pairs.reduce(0) { $0 + hypot(places[$1.a].x - places[$1.b].x, places[$1.a].y - places[$1.b].y) }
    }

    private func area(of places: [LayoutPlace]) -> Double {
        guard let left = places.map(\.x).min(), let right = places.map(\.x).max(), let top = places.map(\.y).min(),
            let bottom = places.map(\.y).max()
        else { return 0 }
        return (right - left + 1) * (bottom - top + 1)
    }
}
