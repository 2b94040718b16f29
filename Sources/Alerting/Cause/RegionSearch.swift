/// Finds regions of devices that lost their way together, and the failures that lie between each and what is reached.
///
/// The graph is contracted: everything reached is one vertex, each failed device one, each region one. A failed device
/// at the edge of a region counts where it can be reached without crossing the region, that is, where the cable
/// between them is in the same biconnected part as the region's own way to what is reached (Hopcroft and Tarjan, CACM
/// 16, 1973, 372-378).
struct RegionSearch {
    private(set) var regions: [DeviceJudgement.Region] = []
    /// The vertex of each device: 0 for what is reached; failed devices; then regions from `firstRegion` on.
    private(set) var vertex: [Int32]
    private(set) var firstRegion = 1

    private var roots: [Int] = []
    /// For each vertex one after another the vertices next to it.
    private var offsets: [Int32] = []
    private var adjacent: [Int32] = []
    private var found: [Int32] = []
    private var block: [Int32] = []

    init(_ judgement: borrowing DeviceJudgement) {
        vertex = [Int32](repeating: -1, count: judgement.verdicts.count)
        label(judgement)
        contract(judgement)
        search()
        gather(judgement)
    }

    private mutating func label(_ judgement: borrowing DeviceJudgement) {
        let wires = judgement.evidence.graph.wires
        for node in judgement.evidence.fallen where judgement.isRoot(node) {
            roots.append(node)
            vertex[node] = Int32(roots.count)
        }
        firstRegion = roots.count + 1
        for node in vertex.indices
        where vertex[node] < 0 && judgement.lit.isLit[node] && !judgement.evidence.isFallen(node) {
            vertex[node] = 0
        }
        var queue: [Int] = []
        for start in vertex.indices where vertex[start] < 0 {
            let number = Int32(firstRegion + regions.count)
            regions.append(.init())
            vertex[start] = number
            queue.removeAll(keepingCapacity: true)
            queue.append(start)
            var head = 0
            while head < queue.count {
                for place in wires.places(of: queue[head]) where vertex[wires.neighbour(place)] < 0 {
                    vertex[wires.neighbour(place)] = number
                    queue.append(wires.neighbour(place))
                }
                head += 1
            }
        }
    }

    private mutating func contract(_ judgement: borrowing DeviceJudgement) {
        let joins = joins(judgement)
        offsets = [Int32](repeating: 0, count: firstRegion + regions.count + 1)
        for (here, _) in joins { offsets[Int(here) + 1] += 1 }
        for number in offsets.indices.dropFirst() { offsets[number] += offsets[number - 1] }
        adjacent = [Int32](repeating: 0, count: Int(offsets.last ?? 0))
        var next = offsets
        for (here, there) in joins {
            adjacent[Int(next[Int(here)])] = there
            next[Int(here)] += 1
        }
    }

    /// The vertices that lie side by side, each pair both ways.
    private func joins(_ judgement: borrowing DeviceJudgement) -> [(Int32, Int32)] {
        let wires = judgement.evidence.graph.wires
        var joins: [(Int32, Int32)] = []
        for end in wires.ends.indices {
            let (here, there) = (vertex[wires.node(end)], vertex[wires.node(end ^ 1)])
            if here != there { joins.append((here, there)) }
        }
        // Beside the place is the poller itself, whether or not anything else of this part is reached.
        if let place = judgement.evidence.graph.placeNode.map({ vertex[$0] }), (1..<Int32(firstRegion)).contains(place)
        {
            joins += [(0, place), (place, 0)]
        }
        return joins
    }

    /// A depth-first search from what is reached; without recursion, so that a chain of any length is no danger.
    private mutating func search() {
        let count = firstRegion + regions.count
        found = [Int32](repeating: -1, count: count)
        var low = found
        var before = found
        var cursor = offsets
        var order: [Int32] = [0]
        var path: [Int32] = [0]
        (found[0], low[0]) = (0, 0)
        while let here = path.last.map(Int.init) {
            guard cursor[here] < offsets[here + 1] else {
                path.removeLast()
                if let parent = path.last.map(Int.init) { low[parent] = min(low[parent], low[here]) }
                continue
            }
            let there = Int(adjacent[Int(cursor[here])])
            cursor[here] += 1
            if found[there] < 0 {
                (found[there], low[there], before[there]) = (Int32(order.count), Int32(order.count), Int32(here))
                order.append(Int32(there))
                path.append(Int32(there))
            } else {
                low[here] = min(low[here], found[there])
            }
        }
        block = [Int32](repeating: -1, count: count)
        for number in order.dropFirst().map(Int.init) {
            let parent = Int(before[number])
            block[number] = low[number] >= found[parent] ? Int32(number) : block[parent]
        }
    }

    private mutating func gather(_ judgement: borrowing DeviceJudgement) {
        let evidence = judgement.evidence
        let wires = evidence.graph.wires
        for node in vertex.indices where Int(vertex[node]) >= firstRegion {
            let number = Int(vertex[node]) - firstRegion
            if case .waiting(let until)? = judgement.verdicts[node] {
                regions[number].pendingUntil = max(regions[number].pendingUntil ?? until, until)
            }
            for place in wires.places(of: node) {
                let other = vertex[wires.neighbour(place)]
                if other == 0 {
                    noteDeadCable(wires.nearEnd(place), region: number, evidence)
                } else if Int(other) < firstRegion, isBefore(Int(other), region: Int(vertex[node])) {
                    regions[number].roots.append(wires.neighbour(place))
                }
            }
        }
        for number in regions.indices { order(&regions[number], evidence) }
    }

    /// A cable between a region and what is reached that is down: it failed, or what is behind it did; that is waited
    /// for.
    private mutating func noteDeadCable(_ end: Int, region: Int, _ evidence: CauseEvidence) {
        if evidence.isLive(end) {
            regions[region].isOpen = true
            return
        }
        let until = min(evidence.deadEnd[end], evidence.deadEnd[end ^ 1]) + evidence.waitMilliseconds
        if evidence.isCut(end) || until <= evidence.now {
            regions[region].cutEnds.append(end)
        } else {
            regions[region].pendingUntil = max(regions[region].pendingUntil ?? until, until)
        }
    }

    /// Whether a failed device can be reached without crossing a region next to it.
    private func isBefore(_ root: Int, region: Int) -> Bool {
        guard found[region] >= 0 else { return false }
        return found[root] < found[region] || block[root] == block[region]
    }

    private func order(_ region: inout DeviceJudgement.Region, _ evidence: CauseEvidence) {
        let distance = evidence.graph.way.distance
        region.roots = Set(region.roots).sorted { (distance[$0], $0) < (distance[$1], $1) }
        region.cutEnds.sort()
    }
}
