/// Devices that can be reached from the poller as far as is known.
///
/// They are those joined to the poller's place over devices that are not silent and cables that are not down. Where
/// the place is not known, and in parts of the network without it, the largest part that is left takes its place.
/// Whoever was heard since all that could cut it off had failed is reached, too, on whatever way.
struct LitDevices {
    private(set) var isLit: [Bool]
    /// Silent devices behind which others answer: they forward, so they explain nobody's silence.
    private(set) var forwards: [Bool]
    /// When each device was last known to work or to forward.
    private(set) var works: [Int64]

    private var group: [Int32]
    private var groups: [Group] = []

    private struct Group {
        var part: Int32
        var size = 0
        var lastHeard = CauseEvidence.never
        var barrier = CauseEvidence.never
        var isLit = false
        var isBeyond = false
    }

    init(_ evidence: CauseEvidence) {
        let count = evidence.graph.devices.count
        isLit = [Bool](repeating: false, count: count)
        forwards = isLit
        works = evidence.heard
        group = [Int32](repeating: -1, count: count)
        findGroups(evidence)
        lightLargest(evidence)
        lightBeyond(evidence)
        for node in 0..<count where group[node] >= 0 { isLit[node] = groups[Int(group[node])].isLit }
        findForwarding(evidence)
        wakeDark(evidence)
    }

    private mutating func findGroups(_ evidence: CauseEvidence) {
        let wires = evidence.graph.wires
        var queue: [Int] = []
        for start in group.indices where group[start] < 0 && !evidence.isFallen(start) {
            var found = Group(part: evidence.graph.way.part[start])
            let number = Int32(groups.count)
            group[start] = number
            queue.removeAll(keepingCapacity: true)
            queue.append(start)
            var head = 0
            while head < queue.count {
                let node = queue[head]
                head += 1
                if !evidence.isDark(node) { found.size += 1 }
                found.lastHeard = max(found.lastHeard, evidence.heard[node])
                for place in wires.places(of: node) {
                    let next = wires.neighbour(place)
                    guard group[next] < 0, !evidence.isFallen(next), evidence.isLive(wires.nearEnd(place)) else {
                        continue
                    }
                    group[next] = number
                    queue.append(next)
                }
            }
            groups.append(found)
        }
    }

    private mutating func lightLargest(_ evidence: CauseEvidence) {
        var home: [Int32: Int] = [:]
        for (number, candidate) in groups.enumerated() {
            guard let known = home[candidate.part], groups[known].size >= candidate.size else {
                home[candidate.part] = number
                continue
            }
        }
        if let place = evidence.graph.placeNode {
            // Behind a place that is silent, others are reached only if they were heard since: most of them are as
            // silent, and three polls have not told it yet.
            home[evidence.graph.way.part[place]] = group[place] >= 0 ? Int(group[place]) : nil
        }
        for number in home.values { groups[number].isLit = true }
    }

    /// Lights groups that were heard since everything around them had failed.
    private mutating func lightBeyond(_ evidence: CauseEvidence) {
        let wires = evidence.graph.wires
        for end in wires.ends.indices {
            let (node, other) = (wires.node(end), wires.node(end ^ 1))
            guard group[node] >= 0, group[node] != group[other] else { continue }
            var barrier = evidence.isFallen(other) ? evidence.sure[other] : CauseEvidence.never
            if !evidence.isLive(end) {
                barrier = max(barrier, min(evidence.deadEnd[end], evidence.deadEnd[end ^ 1]))
            }
            groups[Int(group[node])].barrier = max(groups[Int(group[node])].barrier, barrier)
        }
        for number in groups.indices where !groups[number].isLit {
            guard groups[number].lastHeard > groups[number].barrier else { continue }
            (groups[number].isLit, groups[number].isBeyond) = (true, true)
        }
    }

    /// A silent device forwards where it alone joins devices that are reached beyond it to those before it.
    private mutating func findForwarding(_ evidence: CauseEvidence) {
        guard groups.contains(where: \.isBeyond) else { return }
        let wires = evidence.graph.wires
        var joins: [Int: Set<Int>] = [:]
        for node in evidence.fallen {
            var beyond: Set<Int> = []
            var isJoined = false
            for place in wires.places(of: node) where evidence.isLive(wires.nearEnd(place)) {
                let next = Int(group[wires.neighbour(place)])
                guard next >= 0, groups[next].isLit else { continue }
                if groups[next].isBeyond { beyond.insert(next) } else { isJoined = true }
            }
            if isJoined { for number in beyond { joins[number, default: []].insert(node) } }
        }
        for (number, nodes) in joins where nodes.count == 1 {
            for node in nodes {
                (isLit[node], forwards[node]) = (true, true)
                works[node] = max(works[node], groups[number].lastHeard)
            }
        }
    }

    /// Devices nobody ever hears, side by side, work as long as any device next to them is heard.
    private mutating func wakeDark(_ evidence: CauseEvidence) {
        let wires = evidence.graph.wires
        var isDone = [Bool](repeating: false, count: works.count)
        for start in works.indices where evidence.isDark(start) && !isDone[start] {
            isDone[start] = true
            var members = [start]
            var latest = CauseEvidence.never
            var head = 0
            while head < members.count {
                for place in wires.places(of: members[head]) where evidence.isLive(wires.nearEnd(place)) {
                    let next = wires.neighbour(place)
                    latest = max(latest, works[next])
                    guard evidence.isDark(next), !isDone[next] else { continue }
                    isDone[next] = true
                    members.append(next)
                }
                head += 1
            }
            for node in members { works[node] = latest }
        }
    }
}
