import Inventory

/// Which dead ports are failures of their own, and which follow from a device or another port.
struct PortJudgement {
    /// Why a port is what it is.
    enum Ground: Hashable, Sendable {
        /// What is at its far end is not known.
        case farEndUnknown
        /// The device at the far end answers.
        case farEndWorks(node: Int)
        /// Whether the device at the far end works could not be told in time, or nobody ever hears it.
        case farEndUntold(node: Int)
        /// Another port of the same cable or bundle is told.
        case sameCable(port: Int)
        /// A silent device explains it, at its far end or its own.
        case follows(node: Int)
        case waiting
    }

    /// What follows for a port before what was said last is heeded.
    enum Verdict: Equatable {
        case root
        /// Its own device or that at the far end explains it.
        case follows([Int])
        case samePort(Int)
        case waiting(until: Int64)
    }

    /// The dead ports, by device and identity.
    let ports: [Port]
    private(set) var verdicts: [Verdict] = []
    private(set) var grounds: [Ground] = []
    private var numbers: [InterfaceID: Int] = [:]

    /// A dead port.
    struct Port {
        var id: InterfaceID
        var device: DeviceID
        /// The number of its device; nil where it is not in the graph.
        var owner: Int?
        var since: Int64
        /// When its status was last read; `CauseEvidence.never` where that is not known.
        var readAt: Int64
        /// Milliseconds between two polls that read it; 0 where that is not known.
        var pollMilliseconds: Int64
        var ends: [Int]
    }

    static func ports(_ facts: NetworkFacts, _ graph: ReachabilityGraph) -> [Port] {
        facts.deadPorts.map { id, dead in
            let ends = graph.cableEnds(at: id).filter { graph.end($0).deviceID == dead.deviceID }
            return Port(
                id: id, device: dead.deviceID, owner: graph.nodes[dead.deviceID], since: dead.since.milliseconds,
                readAt: dead.readAt?.milliseconds ?? CauseEvidence.never,
                pollMilliseconds: Int64((dead.pollSeconds ?? 0) * 1000), ends: ends)
        }.sorted { ($0.owner ?? .max, $0.id) < ($1.owner ?? .max, $1.id) }
    }

    init(_ ports: [Port], _ judgement: borrowing DeviceJudgement, _ state: CauseState, silentStrangers: Set<DeviceID>) {
        self.ports = ports
        for (number, port) in ports.enumerated() { numbers[port.id] = number }
        for port in ports {
            let isOrphan = port.owner == nil && silentStrangers.contains(port.device)
            let (verdict, ground) = isOrphan ? (.follows([]), .follows(node: -1)) : Self.judge(port, judgement)
            verdicts.append(verdict)
            grounds.append(ground)
        }
        joinPorts(judgement.evidence.graph, state)
    }

    /// The dead port that stands for an end of a cable; nil where none does.
    func port(at end: Int, _ graph: ReachabilityGraph) -> Int? {
        guard let id = graph.end(end).interfaceID else { return nil }
        let number = numbers[id] ?? graph.bundleOf[id].flatMap { numbers[$0] }
        guard let number else { return nil }
        if case .samePort(let head) = verdicts[number] { return head }
        return verdicts[number] == .root ? number : nil
    }

    private static func judge(_ port: Port, _ judgement: borrowing DeviceJudgement) -> (Verdict, Ground) {
        let evidence = judgement.evidence
        guard let owner = port.owner else { return (.root, .farEndUnknown) }
        let isOwnerSilent = evidence.isFallen(owner)
        if isOwnerSilent, judgement.isRoot(owner) { return (.follows([owner]), .follows(node: owner)) }
        let fars = port.ends.map { evidence.graph.wires.node($0 ^ 1) }
        for (end, far) in zip(port.ends, fars) where evidence.isCut(end) && !judgement.isFallenRoot(far) {
            return (.root, .farEndWorks(node: far))
        }
        if isOwnerSilent { return (.follows([owner]), .follows(node: owner)) }
        guard let first = fars.first else { return (.root, .farEndUnknown) }
        if let dark = fars.first(where: evidence.isDark) { return (.root, .farEndUntold(node: dark)) }
        guard let unheard = fars.first(where: { !evidence.isFallen($0) }) else {
            return (.follows(Array(Set(fars)).sorted()), .follows(node: first))
        }
        let until = port.since + evidence.waitMilliseconds
        return until > evidence.now ? (.waiting(until: until), .waiting) : (.root, .farEndUntold(node: unheard))
    }

    /// Of the ports of one cable or bundle that failed themselves only one is told: of a bundle's the bundle's own,
    /// else what was told before, else the nearest to the poller, else that of the device with more cables.
    private mutating func joinPorts(_ graph: ReachabilityGraph, _ state: CauseState) {
        var isDone = Set<Int>()
        for start in ports.indices where verdicts[start] == .root && isDone.insert(start).inserted {
            var members = [start]
            var position = 0
            while position < members.count {
                for next in partners(of: members[position], graph) where verdicts[next] == .root {
                    if isDone.insert(next).inserted { members.append(next) }
                }
                position += 1
            }
            guard members.count > 1, let head = members.min(by: { rank($0, graph, state) < rank($1, graph, state) })
            else { continue }
            for member in members where member != head {
                (verdicts[member], grounds[member]) = (.samePort(head), .sameCable(port: head))
            }
        }
    }

    private func partners(of number: Int, _ graph: ReachabilityGraph) -> [Int] {
        let port = ports[number]
        var related = port.ends.compactMap { graph.end($0 ^ 1).interfaceID }
        related += related.compactMap { graph.bundleOf[$0] }
        related += graph.membersOf[port.id] ?? []
        if let bundle = graph.bundleOf[port.id] { related.append(bundle) }
        return related.compactMap { numbers[$0] }
    }

    private func rank(_ number: Int, _ graph: ReachabilityGraph, _ state: CauseState) -> (Int, Int, Int32, Int, Int) {
        let port = ports[number]
        let distance = port.owner.map { graph.way.distance[$0] } ?? .max
        let cables = port.owner.map { graph.wires.degree(of: $0) } ?? 0
        return (
            graph.membersOf[port.id] == nil ? 1 : 0, state.ports[port.id]?.kind == .root ? 0 : 1, distance, -cables,
            number
        )
    }
}

extension DeviceJudgement {
    /// Whether a device is silent, and a failure of its own.
    func isFallenRoot(_ node: Int) -> Bool { evidence.isFallen(node) && isRoot(node) }
}
