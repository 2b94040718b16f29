import Inventory

/// Facts by number of device and cable, and what follows from them at once.
///
/// Times are milliseconds since 1970.
struct CauseEvidence {
    static let never = Int64.min
    static let notYet = Int64.max

    let graph: ReachabilityGraph
    let now: Int64
    let waitMilliseconds: Int64
    /// From when on what is heard is known; `never` for always.
    let knownSince: Int64

    /// When each device was last heard, asked, and did not answer; `never` where it was not.
    private(set) var heard: [Int64]
    private(set) var asked: [Int64]
    private(set) var failed: [Int64]
    /// From when on each device counts as silent; `notYet` where it does not.
    private(set) var fell: [Int64]
    /// When that was certain: not before the time from which it counts.
    private(set) var sure: [Int64]
    /// When the port at each end of a cable was found down; `notYet` where it was not.
    private(set) var deadEnd: [Int64]
    /// What was said last of each device; nil where nothing was, or it is not silent.
    private(set) var last: [CauseState.Standing?]
    /// Silent devices, those that nobody ever heard aside.
    private(set) var fallen: [Int] = []
    /// Silent devices that nobody ever heard: they may have no agent at all, so they prove nothing of others.
    private(set) var mute: [Int] = []
    /// Devices taken as silent before their rule says so, as something else says it too.
    private(set) var presumed: [Int] = []
    /// Silent devices that are not in the graph.
    private(set) var strangers: [(id: DeviceID, facts: DeviceFacts)] = []
    /// The last time anything at all was heard, and how many devices not in the graph fail to answer since.
    private(set) var lastHeard = CauseEvidence.never
    private(set) var failingStrangers = 0
    private(set) var doubtfulStrangers = 0

    init(
        _ facts: NetworkFacts, graph: ReachabilityGraph, state: CauseState, now: Timestamp, waitMilliseconds: Int64
    ) {
        self.graph = graph
        self.now = now.milliseconds
        self.waitMilliseconds = waitMilliseconds
        knownSince = facts.knownSince?.milliseconds ?? Self.never
        heard = [Int64](repeating: Self.never, count: graph.devices.count)
        (asked, failed) = (heard, heard)
        last = [CauseState.Standing?](repeating: nil, count: graph.devices.count)
        fell = [Int64](repeating: Self.notYet, count: graph.devices.count)
        sure = fell
        deadEnd = [Int64](repeating: Self.notYet, count: graph.wires.ends.count)
        for (id, device) in facts.devices {
            lastHeard = max(lastHeard, device.lastHeardAt?.milliseconds ?? Self.never)
            if let node = graph.nodes[id] {
                note(device, node, state)
            } else if device.isSilent {
                strangers.append((id, device))
            }
        }
        for (port, dead) in facts.deadPorts {
            for end in graph.cableEnds(at: port) where graph.end(end).deviceID == dead.deviceID {
                deadEnd[end] = min(deadEnd[end], dead.since.milliseconds)
            }
        }
        strangers.sort { $0.id < $1.id }
        fallen.sort()
        mute.sort()
        countStrangers(facts)
    }

    private mutating func note(_ device: DeviceFacts, _ node: Int, _ state: CauseState) {
        heard[node] = device.lastHeardAt?.milliseconds ?? Self.never
        failed[node] = device.lastFailedAt?.milliseconds ?? Self.never
        asked[node] = max(failed[node], device.lastAskedAt?.milliseconds ?? Self.never)
        guard device.isSilent, let silentAt = device.silentAt?.milliseconds else { return }
        last[node] = state.devices[graph.devices[node].id]
        guard device.lastHeardAt != nil else { return mute.append(node) }
        let before = last[node]?.fellAt?.milliseconds ?? silentAt
        fell[node] = before > heard[node] ? min(before, silentAt) : silentAt
        sure[node] = silentAt
        fallen.append(node)
    }

    private mutating func countStrangers(_ facts: NetworkFacts) {
        guard facts.devices.count > graph.devices.count || !strangers.isEmpty else { return }
        for (id, device) in facts.devices where graph.nodes[id] == nil {
            guard let heardAt = device.lastHeardAt?.milliseconds else { continue }
            let failedAt = device.lastFailedAt?.milliseconds ?? Self.never
            if let silentAt = device.silentAt?.milliseconds, device.isSilent {
                if silentAt > lastHeard { failingStrangers += 1 }
            } else if failedAt > heardAt, failedAt > lastHeard {
                failingStrangers += 1
            } else {
                doubtfulStrangers += 1
            }
        }
    }

    /// Whether a device counts as silent.
    func isFallen(_ node: Int) -> Bool { fell[node] != Self.notYet }

    /// Whether nobody ever heard a device.
    func isDark(_ node: Int) -> Bool { heard[node] == Self.never }

    /// Whether no port of a cable is known to be down.
    func isLive(_ end: Int) -> Bool { deadEnd[end] == Self.notYet && deadEnd[end ^ 1] == Self.notYet }

    /// Whether a cable is down while both its devices were heard since: it is the cable that failed, or a port.
    func isCut(_ end: Int) -> Bool {
        let (here, there) = (deadEnd[end], deadEnd[end ^ 1])
        switch (here != Self.notYet, there != Self.notYet) {
        case (false, false): return false
        case (true, true): return true
        case (true, false): return heard[graph.wires.node(end ^ 1)] > here
        case (false, true): return heard[graph.wires.node(end)] > there
        }
    }

    /// Takes a device as silent from a time on.
    mutating func presume(_ node: Int, since time: Int64, _ state: CauseState) {
        last[node] = state.devices[graph.devices[node].id]
        fell[node] = time
        sure[node] = max(time, failed[node])
        presumed.append(node)
        fallen.append(node)
    }
}

extension DeviceFacts {
    /// Whether it was found silent and did not answer since.
    var isSilent: Bool {
        guard let silentAt else { return false }
        return lastHeardAt.map { $0 < silentAt } ?? true
    }
}
