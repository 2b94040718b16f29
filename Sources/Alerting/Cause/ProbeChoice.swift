import Inventory

/// Which devices are asked at once, because a verdict waits for them.
struct ProbeChoice {
    /// The nearest to the poller first.
    private(set) var devices: [DeviceID] = []
    /// When one of them is asked once more at the latest; nil where none is.
    private(set) var nextAt: Int64?

    private var isSeen: Set<Int> = []
    private var chosen: [Int] = []

    /// How many are asked where nothing at all is heard any more.
    static let sampleSize = 8

    init(
        _ judgement: borrowing DeviceJudgement, _ ports: PortJudgement, held: [(node: Int, releasedAt: Int64)]
    ) {
        for node in judgement.evidence.fallen {
            guard case .waiting? = judgement.verdicts[node] else { continue }
            let fell = judgement.evidence.fell[node]
            // Asked once more itself, so that it is told at once if those before it answer.
            if judgement.evidence.asked[node] <= fell, isSeen.insert(node).inserted { chosen.append(node) }
            for next in judgement.unheard(before: node) { climb(from: next, unheardSince: fell, judgement) }
        }
        for (number, port) in ports.ports.enumerated() where ports.grounds[number] == .waiting {
            let times = FarEnds.asked(after: port.since, judgement.evidence)
            nextAt = [nextAt, times.next].compactMap(\.self).min()
            for end in port.ends {
                let far = judgement.evidence.graph.wires.node(end ^ 1)
                add(far, unheardSince: port.since, askedBefore: times.last, judgement.evidence)
            }
        }
        if judgement.network.openUntil != nil { sample(judgement) }
        for (node, releasedAt) in held { addHeld(node, releasedAt, judgement.evidence) }
        let way = judgement.evidence.graph.way
        chosen.sort { (way.distance[$0], $0) < (way.distance[$1], $1) }
        devices = chosen.prefix(CauseFinder.probesMax).map { judgement.evidence.graph.devices[$0].id }
    }

    /// A device and those before it on its way.
    private mutating func climb(from start: Int, unheardSince time: Int64, _ judgement: borrowing DeviceJudgement) {
        var node = start
        while node >= 0, !isSeen.contains(node) {
            add(node, unheardSince: time, judgement.evidence)
            node = Int(judgement.evidence.graph.way.before[node])
        }
    }

    private mutating func add(
        _ node: Int, unheardSince time: Int64, askedBefore last: Int64? = nil, _ evidence: CauseEvidence
    ) {
        guard isSeen.insert(node).inserted, !evidence.isFallen(node), !evidence.isDark(node) else { return }
        guard evidence.heard[node] <= time, evidence.asked[node] <= last ?? time else { return }
        chosen.append(node)
    }

    /// A device that may work again, or whose port may: asked when what had explained it is gone, and again before it
    /// is told.
    private mutating func addHeld(_ node: Int, _ releasedAt: Int64, _ evidence: CauseEvidence) {
        let again = releasedAt + evidence.waitMilliseconds
        let since = evidence.now >= again ? again : releasedAt
        if evidence.asked[node] < since, isSeen.insert(node).inserted { chosen.append(node) }
    }

    private mutating func sample(_ judgement: borrowing DeviceJudgement) {
        let evidence = judgement.evidence
        let distance = evidence.graph.way.distance
        let open = evidence.heard.indices.filter { node in
            !evidence.isFallen(node) && !evidence.isDark(node) && evidence.asked[node] <= judgement.network.since
        }.sorted { (distance[$0], $0) < (distance[$1], $1) }
        for node in open.prefix(Self.sampleSize) {
            add(node, unheardSince: judgement.network.since, evidence)
        }
    }
}
