/// Which silent devices failed themselves, which are cut off by what, and which must be waited for.
struct DeviceJudgement {
    /// What is said of a silent device.
    enum Verdict: Equatable {
        case root(Ground)
        /// Cut off by the failures of a region.
        case explained(region: Int)
        /// Nothing at all was heard since.
        case network
        case waiting(until: Int64)
    }

    /// Why a silent device is a failure of its own.
    enum Ground: Hashable, Sendable {
        /// A device next to it works: the near end of the cable to it.
        case neighbourWorks(end: Int)
        /// A device next to it sees its port to it down.
        case portDown(end: Int)
        /// The device at the poller's place, while others answer.
        case placeAlone
        /// Whether what lies before it works could not be told in time.
        case untold
        /// No failure is known that cuts it off.
        case unexplained
        /// Nobody ever heard it.
        case neverHeard
    }

    private(set) var evidence: CauseEvidence
    private(set) var lit: LitDevices
    /// By device; nil for those that are not silent.
    private(set) var verdicts: [Verdict?]
    /// For each region what cuts it off: devices, and near ends of cables that are cut.
    private(set) var regions: [Region] = []
    private(set) var network: NetworkVerdict

    /// Devices that lost their way together.
    struct Region: Equatable {
        var roots: [Int] = []
        var cutEnds: [Int] = []
        /// Until when it is waited for a device before it to be heard; nil where nothing is waited for.
        var pendingUntil: Int64?
        /// Whether a cable that works joins it to what is reached, as far as is known.
        var isOpen = false
        var isEmpty: Bool { roots.isEmpty && cutEnds.isEmpty }
    }

    /// How often devices may be taken as silent one behind another in one evaluation.
    private static let rounds = 64

    init(_ evidence: consuming CauseEvidence, state: CauseState, ports: [DeadPortPlace]) {
        self.evidence = evidence
        verdicts = []
        network = NetworkVerdict()
        self.evidence.presumeFarEnds(of: ports, state)
        lit = LitDevices(self.evidence)
        findProofs()
        for _ in 0..<Self.rounds where presumeBefore(state) {
            lit = LitDevices(self.evidence)
            findProofs()
        }
        let verdicts = verdicts
        network = NetworkVerdict(self.evidence) { verdicts[$0] != nil }
        judgePending()
        judgeRegions()
    }

    private mutating func findProofs() {
        verdicts = [Verdict?](repeating: nil, count: evidence.heard.count)
        for node in evidence.mute { verdicts[node] = .root(.neverHeard) }
        for node in evidence.fallen { verdicts[node] = proof(of: node).map(Verdict.root) }
    }

    /// What proves that a silent device failed itself; nil where nothing does.
    private func proof(of node: Int) -> Ground? {
        let wires = evidence.graph.wires
        let fell = evidence.fell[node]
        if node == evidence.graph.placeNode, evidence.lastHeard > fell { return .placeAlone }
        var working: Ground?
        for place in wires.places(of: node) {
            let end = wires.nearEnd(place)
            if evidence.isCut(end) { continue }
            let seenDown = evidence.deadEnd[end ^ 1]
            if seenDown != CauseEvidence.notYet, seenDown > evidence.heard[node] { return .portDown(end: end) }
            if working == nil, lit.works[wires.neighbour(place)] > fell { working = .neighbourWorks(end: end) }
        }
        return working
    }

    /// Takes devices as silent that lie before a silent one and did not answer when they were asked since.
    private mutating func presumeBefore(_ state: CauseState) -> Bool {
        if let place = evidence.graph.placeNode, evidence.isFallen(place), verdicts[place] == nil { return false }
        var isAny = false
        for node in evidence.fallen where verdicts[node] == nil {
            for before in unheard(before: node) where !evidence.isFallen(before) && !evidence.isDark(before) {
                guard evidence.failed[before] > evidence.fell[node] else { continue }
                evidence.presume(before, since: evidence.fell[node], state)
                isAny = true
            }
        }
        return isAny
    }

    /// Devices next to a silent one, over cables not known to be down, that are reached but were not heard since.
    func unheard(before node: Int) -> [Int] {
        let wires = evidence.graph.wires
        return wires.places(of: node).compactMap { place in
            let next = wires.neighbour(place)
            return lit.isLit[next] && evidence.isLive(wires.nearEnd(place)) ? next : nil
        }
    }

    /// Silent devices beside one that is reached, which was not heard since: waited for, within bounds.
    private mutating func judgePending() {
        for node in evidence.fallen where verdicts[node] == nil && !isOfNetwork(node) {
            // Nothing lies before the place but the poller itself.
            guard touchesLit(node) || node == evidence.graph.placeNode else { continue }
            let until = evidence.fell[node] + evidence.waitMilliseconds
            let wasRoot = evidence.last[node]?.kind == .root
            verdicts[node] = until <= evidence.now || wasRoot ? .root(.untold) : .waiting(until: until)
        }
    }

    /// Whether the failure of the network as a whole explains a device, if nothing else does.
    private func isOfNetwork(_ node: Int) -> Bool { network.holds && evidence.fell[node] > evidence.lastHeard }

    private func touchesLit(_ node: Int) -> Bool {
        let wires = evidence.graph.wires
        return wires.places(of: node).contains { place in
            lit.isLit[wires.neighbour(place)] && evidence.isLive(wires.nearEnd(place))
        }
    }

    private mutating func judgeRegions() {
        guard evidence.fallen.contains(where: { !isRoot($0) }) else { return }
        let search = RegionSearch(self)
        regions = search.regions
        for node in evidence.fallen where !isRoot(node) {
            let wasExplained = evidence.last[node].map { $0.kind == .explained || $0.releasedAt != nil } ?? false
            let region = Int(search.vertex[node]) - search.firstRegion
            verdicts[node] = verdict(of: node, region: region, wasExplained: wasExplained)
        }
    }

    /// Of a device that is no failure of its own as far as is known.
    ///
    /// Others may keep its verdict waiting, each within its own bounds; not for ever, where nobody was told of it yet.
    private func verdict(of node: Int, region: Int, wasExplained: Bool) -> Verdict {
        if isOfNetwork(node) || (network.holds && regions[region].isOpen) { return .network }
        let isPatient = wasExplained || evidence.fell[node] + 2 * evidence.waitMilliseconds > evidence.now
        if let until = regions[region].pendingUntil, isPatient { return .waiting(until: until) }
        if !regions[region].isEmpty { return .explained(region: region) }
        if network.holds { return .network }
        return network.openUntil.map(Verdict.waiting) ?? .root(.unexplained)
    }

    /// Whether a silent device is a failure of its own.
    func isRoot(_ node: Int) -> Bool {
        if case .root = verdicts[node] { true } else { false }
    }
}

/// A port known to be down, by numbers.
struct DeadPortPlace {
    var owner: Int
    var since: Int64
    /// The cables' ends at it.
    var ends: [Int]
}
