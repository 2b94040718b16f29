import Inventory

/// Makes a report of what was judged, heeding what was said last.
struct CauseWriting {
    let judgement: DeviceJudgement
    let ports: PortJudgement
    let before: CauseState
    private var evidence: CauseEvidence { judgement.evidence }
    private var graph: ReachabilityGraph { judgement.evidence.graph }

    private var findings: [CauseReport.Finding] = []
    private var state = CauseState()
    private var moves: [CauseReport.Move] = []
    /// The causes of each region, and until when it is waited for one of them to be told.
    private var causes: [[AlertEntity]] = []
    private var waits: [Int64?] = []
    private var places: FindingPlaces
    /// Devices that are not told yet, or whose ports are not, as what had explained them is gone only now.
    private var held: [(node: Int, releasedAt: Int64)] = []

    init(_ judgement: DeviceJudgement, _ ports: PortJudgement, _ before: CauseState) {
        self.judgement = judgement
        self.ports = ports
        self.before = before
        places = FindingPlaces(nodes: judgement.verdicts.count)
        for region in judgement.regions {
            var numbers: Set<Int> = []
            for end in region.cutEnds {
                if let number = ports.port(at: end, graph) ?? ports.port(at: end ^ 1, graph) { numbers.insert(number) }
            }
            let devices = region.roots.map { AlertEntity.device(graph.devices[$0].id) }
            causes.append(devices + numbers.sorted().map(entity))
            waits.append((region.roots.compactMap(heldUntil) + numbers.compactMap(heldPort)).max())
        }
    }

    private func entity(_ port: Int) -> AlertEntity { .interface(ports.ports[port].id, of: ports.ports[port].device) }

    /// Findings of silent devices in the graph.
    mutating func writeDevices() {
        let silent = (evidence.fallen + evidence.mute).sorted()
        findings.reserveCapacity(silent.count + ports.ports.count)
        state.devices.reserveCapacity(silent.count)
        for node in silent {
            let id = graph.devices[node].id
            let last = evidence.last[node]
            if heldUntil(node) != nil { held.append((node, released(last))) }
            guard let (verdict, ground) = deviceVerdict(node) else { continue }
            places.nodes[node] = Int32(findings.count)
            findings.append(.init(entity: .device(id), verdict: verdict, ground: ground))
            let fell = evidence.isFallen(node) ? Timestamp(milliseconds: evidence.fell[node]) : nil
            state.devices[id] = standing(verdict, after: last, fellAt: fell, isProven: judgement.isRoot(node))
            noteMove(.device(id), verdict, last)
        }
    }

    private func deviceVerdict(_ node: Int) -> (CauseVerdict, CauseReport.Ground)? {
        switch judgement.verdicts[node] {
        case .root(let own)?:
            guard let until = heldUntil(node) else { return (.root, .device(own)) }
            return (.waiting(until: Timestamp(milliseconds: until)), .waiting)
        case .explained(let region)?:
            if let until = waits[region] { return (.waiting(until: Timestamp(milliseconds: until)), .waiting) }
            if causes[region].isEmpty { return (.root, .device(.unexplained)) }
            return (.explained(by: causes[region]), .explained)
        case .network?: return (.explained(by: [CauseReport.network]), .explained)
        case .waiting(let until)?:
            // What was told stays told until something else explains it.
            if evidence.last[node]?.kind == .root { return (.root, .device(.untold)) }
            return (.waiting(until: Timestamp(milliseconds: until)), .waiting)
        case nil: return nil
        }
    }

    /// Until when a device is not told although it is a failure of its own.
    ///
    /// What had explained it may be gone only now, or what proves it may have come back only now, as it may have
    /// itself: it is asked once more, in the first case some time after.
    private func heldUntil(_ node: Int) -> Int64? {
        guard case .root(let ground)? = judgement.verdicts[node] else { return nil }
        let last = evidence.last[node]
        if last?.kind == .root { return nil }
        if let last, last.kind == .explained || last.releasedAt != nil {
            return heldUntil(released(last), failedAt: evidence.failed[node])
        }
        switch ground {
        case .portDown, .untold, .neverHeard: return nil
        case .neighbourWorks(let end) where evidence.failed[node] >= judgement.lit.works[graph.wires.node(end ^ 1)]:
            return nil
        case .neighbourWorks, .placeAlone, .unexplained:
            return unconfirmedUntil(last, failedAt: evidence.failed[node])
        }
    }

    private func heldUntil(_ released: Int64, failedAt: Int64) -> Int64? {
        let until = released + 2 * evidence.waitMilliseconds
        return failedAt >= released + evidence.waitMilliseconds || evidence.now >= until ? nil : until
    }

    private func unconfirmedUntil(_ last: CauseState.Standing?, failedAt: Int64) -> Int64? {
        let proven = last?.provenAt?.milliseconds ?? evidence.now
        let until = proven + evidence.waitMilliseconds
        return failedAt >= proven || evidence.now >= until ? nil : until
    }

    private func released(_ last: CauseState.Standing?) -> Int64 {
        last?.releasedAt?.milliseconds ?? last?.provenAt?.milliseconds ?? evidence.now
    }

    private func standing(
        _ verdict: CauseVerdict, after last: CauseState.Standing?, fellAt: Timestamp? = nil, isProven: Bool = false
    ) -> CauseState.Standing {
        let now = Timestamp(milliseconds: evidence.now)
        switch verdict {
        case .root: return .init(kind: .root, fellAt: fellAt)
        case .explained: return .init(kind: .explained, fellAt: fellAt)
        case .waiting:
            let released = last?.releasedAt ?? (last?.kind == .explained ? now : nil)
            let proven = isProven ? last?.provenAt ?? now : nil
            return .init(kind: .waiting, fellAt: fellAt, releasedAt: released, provenAt: proven)
        }
    }

    private mutating func noteMove(_ entity: AlertEntity, _ verdict: CauseVerdict, _ last: CauseState.Standing?) {
        guard last?.kind == .root, case .explained(let causes) = verdict else { return }
        moves.append(.init(entity: entity, causes: causes))
    }

    /// Findings of silent devices that are not in the graph: nothing but the whole network explains them.
    mutating func writeStrangers() {
        for (id, facts) in evidence.strangers {
            let silentAt = facts.silentAt?.milliseconds ?? evidence.now
            let isAlone = facts.lastHeardAt != nil && silentAt > evidence.lastHeard
            let wasRoot = before.devices[id]?.kind == .root
            let verdict: CauseVerdict
            var isProven = false
            if isAlone, judgement.network.holds {
                verdict = .explained(by: [CauseReport.network])
            } else if isAlone, let until = judgement.network.openUntil, !wasRoot {
                verdict = .waiting(until: Timestamp(milliseconds: until))
            } else if let until = heldStranger(id, facts) {
                verdict = .waiting(until: Timestamp(milliseconds: until))
                isProven = true
            } else {
                verdict = .root
            }
            let ground: CauseReport.Ground =
                verdict == .root ? .stranger(wasHeard: facts.lastHeardAt != nil) : .waiting
            places.others[.device(id)] = findings.count
            findings.append(.init(entity: .device(id), verdict: verdict, ground: ground))
            state.devices[id] = standing(verdict, after: before.devices[id], isProven: isProven)
            noteMove(.device(id), verdict, before.devices[id])
        }
    }

    private func heldStranger(_ id: DeviceID, _ facts: DeviceFacts) -> Int64? {
        let last = before.devices[id]
        guard facts.lastHeardAt != nil, last?.kind != .root else { return nil }
        let failed = facts.lastFailedAt?.milliseconds ?? CauseEvidence.never
        if let last, last.kind == .explained || last.releasedAt != nil {
            return heldUntil(released(last), failedAt: failed)
        }
        return unconfirmedUntil(last, failedAt: failed)
    }

    /// Findings of dead ports.
    mutating func writePorts() {
        for (number, port) in ports.ports.enumerated() {
            let last = before.ports[port.id]
            if heldPort(number) != nil, let owner = port.owner { held.append((owner, released(last))) }
            let verdict = portVerdict(number, last)
            var ground = CauseReport.Ground.port(ports.grounds[number])
            if case .waiting = verdict { ground = .waiting }
            places.others[entity(number)] = findings.count
            findings.append(.init(entity: entity(number), verdict: verdict, ground: ground))
            state.ports[port.id] = standing(verdict, after: last)
            noteMove(entity(number), verdict, last)
        }
    }

    private func portVerdict(_ number: Int, _ last: CauseState.Standing?) -> CauseVerdict {
        switch ports.verdicts[number] {
        case .root:
            return heldPort(number).map { .waiting(until: Timestamp(milliseconds: $0)) } ?? .root
        case .samePort(let head):
            if let until = heldPort(head) { return .waiting(until: Timestamp(milliseconds: until)) }
            return .explained(by: [entity(head)])
        case .waiting(let until):
            return last?.kind == .root ? .root : .waiting(until: Timestamp(milliseconds: until))
        case .follows(let nodes): return following(nodes, device: ports.ports[number].device, last)
        }
    }

    /// Until when a port is not told: what had explained it is gone only now, and it was not read since, for two polls
    /// at most.
    private func heldPort(_ number: Int) -> Int64? {
        guard case .root = ports.verdicts[number], let last = before.ports[ports.ports[number].id],
            last.kind == .explained || last.releasedAt != nil
        else { return nil }
        let (port, released) = (ports.ports[number], released(last))
        let until = released + 2 * max(evidence.waitMilliseconds, port.pollMilliseconds)
        return port.readAt > released || evidence.now >= until ? nil : until
    }

    private func following(_ nodes: [Int], device: DeviceID, _ last: CauseState.Standing?) -> CauseVerdict {
        var found: [AlertEntity] = nodes.isEmpty ? [.device(device)] : []
        var until: Timestamp?
        for node in nodes {
            guard let place = places.place(ofNode: node) else { continue }
            switch findings[place].verdict {
            case .root: found.append(findings[place].entity)
            case .explained(let causes): for cause in causes where !found.contains(cause) { found.append(cause) }
            case .waiting(let time): until = max(until ?? time, time)
            }
        }
        if let until { return last?.kind == .root ? .root : .waiting(until: until) }
        return found.isEmpty ? .root : .explained(by: found)
    }

    /// Silent devices that are not in the graph, and wait to be asked once more.
    private func strangersToAsk(_ now: Timestamp) -> [DeviceID] {
        evidence.strangers.filter { id, facts in
            guard let last = state.devices[id], last.kind == .waiting else { return false }
            return (facts.lastAskedAt ?? facts.lastFailedAt ?? now) < Timestamp(milliseconds: released(last))
        }.map(\.id)
    }

    /// The report.
    consuming func report(deadPorts: [InterfaceID: DeadPort], at now: Timestamp) -> CauseReport {
        let presumed = Set(evidence.presumed).sorted().map { graph.devices[$0].id }
        let waits = findings.compactMap { finding -> Timestamp? in
            if case .waiting(let until) = finding.verdict { until } else { nil }
        }
        let again = held.map { Timestamp(milliseconds: $0.releasedAt + evidence.waitMilliseconds) }.filter { $0 > now }
        let choice = ProbeChoice(judgement, ports, held: held)
        let asked = choice.nextAt.map { [Timestamp(milliseconds: $0)] } ?? []
        let open = judgement.network.openUntil.map { [Timestamp(milliseconds: $0)] } ?? []
        let since = judgement.network.holds ? Timestamp(milliseconds: judgement.network.since) : nil
        let roots = CauseReport.roots(findings, places, graph, hasNetwork: since != nil)
        return CauseReport(
            at: now, findings: findings, roots: roots, moves: moves,
            probes: choice.devices + strangersToAsk(now), presumedSilent: presumed, networkSince: since,
            nextAt: (waits + again + asked + open).min(), state: state, graph: graph, deadPorts: deadPorts,
            places: places)
    }
}
