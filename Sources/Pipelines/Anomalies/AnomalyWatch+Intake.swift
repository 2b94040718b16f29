import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    private static let pageMax = 4096
    /// What operators said so long ago bears on nothing any more, seconds.
    private static let actionSecondsMax = 400 * 86_400.0
    /// An exclusion that reaches back no further than this, in seconds, is not worth learning anew for.
    private static let pastSecondsMin = 900.0

    // MARK: - Inventory

    /// Follows the inventory: interfaces that appear, vanish, or are for something else now.
    func takeInInventory(at now: Timestamp) async throws {
        let revision = try await parts.revision()
        guard revision != rosterRevision else { return }
        let ports = try await readPorts()
        var lateClassics: [InterfaceID] = []
        var watched = shared.withLock(\.watched)
        for id in watched.keys where ports[id] == nil {
            watched[id] = nil
            pendingEvents[id] = nil
            gone.insert(id)
        }
        for port in ports.values {
            let one = watched[port.id] ?? WatchedInterface(port.id, keptEntries[port.id] ?? WatchedInterface.Entry())
            watched[port.id] = one
            if takeIn(port, one) { lateClassics.append(port.id) }
        }
        keptEntries = [:]
        gone.subtract(ports.keys)
        let rows = (watched, ports)
        lastPorts = shared.withLock { shared in
            defer { (shared.watched, shared.ports) = rows }
            return shared.ports
        }
        census = InterfaceCensus(ports.values.lazy.map(\.place))
        rosterRevision = revision
        try await fillClassics(lateClassics.sorted(), at: now)
    }

    /// Follows one interface; true where the classic method is to keep its samples from now on, and those of before.
    private func takeIn(_ port: WatchedPort, _ one: WatchedInterface) -> Bool {
        let keepsClassic = settings.keepsClassic(
            of: port.id, type: port.place.interfaceType, isCritical: port.isCritical)
        let lookBackDays = settings.detection.lookBackDays
        let (isAnother, isLate) = one.entry.withLock { entry -> (Bool, Bool) in
            let isAnother = entry.meaning.map { port.meaning.isAnother(than: $0) } ?? false
            entry.meaning = port.meaning
            guard keepsClassic else {
                entry.state.classic = nil
                return (isAnother, false)
            }
            guard entry.state.classic == nil else { return (isAnother, false) }
            entry.state.classic = ClassicState(lookBackDays: lookBackDays)
            return (isAnother, entry.state.cursor != nil)
        }
        if isAnother {
            pendingEvents[port.id, default: []].append(StateEvent(at: port.updatedAt, kind: .restart))
            let name = port.place.interfaceName.prefix(64)
            parts.logger.info("\(name) of \(port.place.deviceName) is for something else now: it is learnt anew")
        }
        return isLate
    }

    private func readPorts() async throws -> [InterfaceID: WatchedPort] {
        let devices = try await parts.catalog.devices(.all)
        let byID = Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var ports: [InterfaceID: WatchedPort] = [:]
        var after: InterfaceID?
        repeat {
            let page = try await parts.catalog.interfaces(after: after, limit: Self.pageMax)
            for row in page {
                guard let device = byID[row.deviceID], WatchedPort.isWatched(row, device) else { continue }
                let peer = row.connectedToDeviceID.flatMap { byID[$0]?.name }
                ports[row.id] = WatchedPort(row, device, peerDeviceName: peer)
            }
            after = page.count == Self.pageMax ? page.last?.id : nil
            await Task.yield()
        } while after != nil
        return ports
    }

    // MARK: - What operators said

    /// Reads actions, exclusions and holidays anew; what is new of them happens to states with the next scan.
    func takeInWords(at now: Timestamp) async throws {
        takeInHolidays()
        let catalog = parts.catalog
        actions = try await catalog.anomalyActions(after: now.advanced(bySeconds: -Self.actionSecondsMax))
        let watched = shared.withLock(\.watched)
        let oldest = now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
        for action in actions {
            let isNew = memory.actions.insert(action.id).inserted
            guard let one = watched[action.interfaceID], let event = StateEvent(action) else { continue }
            // A state that is made from stored history lives through all of it again.
            let isHistory = one.cursor == nil && action.createdAt >= oldest
            if isNew || isHistory { pendingEvents[action.interfaceID, default: []].append(event) }
            if isNew { touched.insert(action.interfaceID) }
        }
        memory.actions.formIntersection(actions.map(\.id))
        try await takeInBaselines(watched)
        let rows = try await catalog.baselineExclusions()
        if rows != exclusionRows { await takeIn(rows) }
        isFirstIntake = false
    }

    private func takeInHolidays() {
        do {
            calendar = try parts.holidays()
            calendarFault = nil
        } catch {
            let fault = "\(error)"
            if fault != calendarFault { parts.logger.warning("the holidays stay as they were: \(fault)") }
            calendarFault = fault
        }
    }

    private func takeIn(_ rows: [BaselineExclusion]) async {
        exclusionRows = rows
        exclusions = ExclusionIndex(rows)
        let fresh = rows.filter { !memory.exclusions.contains($0.id) }
        memory.exclusions = Set(rows.map(\.id))
        let past = fresh.filter {
            $0.from < $0.to && $0.createdAt.secondsSince($0.from) > Self.pastSecondsMin
        }
        // What is rebuilt at this start lives through them anyway.
        guard !isFirstIntake else { return }
        for row in past {
            let subject = RelearnSubject(row.scope)
            parts.logger.info("the time from \(row.from) is excluded now: \(subject) is learnt anew without it")
            await start(PipelineJobs.relearnBaselines, subject.text)
        }
    }

    /// Asks for a run of a job; that none could be started is told, no more.
    func start(_ job: String, _ subject: String?) async {
        do {
            try await parts.startJob(job, subject)
        } catch {
            parts.logger.warning("\(job) was not started: \(error)")
        }
    }

    // MARK: - Baselines

    /// Makes baselines that were learnt elsewhere, or before states were lost, the measure of the classic method.
    private func takeInBaselines(_ watched: [InterfaceID: WatchedInterface]) async throws {
        var isStale = false
        if hasBaselines == nil {
            let statistics = try await parts.catalog.baselineStatistics()
            learntAt = statistics.lastUpdated
            isStale = learntAt != memory.adoptedAt
            hasBaselines = statistics.total > 0
        }
        guard hasBaselines == true else { return }
        let asked = askedForBaselines
        let without = watched.compactMap { id, one -> InterfaceID? in
            let state = one.entry.withLock { ($0.state.classic?.learntAt, $0.state.classic != nil, $0.state.cursor) }
            let isNew = state.0 == nil && state.2 == nil && !asked.contains(id)
            return state.1 && (isStale || isNew) ? id : nil
        }
        for (id, rows) in try await baselines(of: without.sorted()) {
            guard let at = rows.map(\.lastUpdated).max() else { continue }
            pendingEvents[id, default: []].append(StateEvent(at: at, kind: .adopt(rows)))
        }
        askedForBaselines.formUnion(without)
        memory.adoptedAt = learntAt
    }

    /// Stored baselines of some interfaces; those without any are left out.
    func baselines(of ids: [InterfaceID]) async throws -> [InterfaceID: [Baseline]] {
        var found: [InterfaceID: [Baseline]] = [:]
        for id in ids {
            let rows = try await parts.catalog.baselines(of: id)
            if !rows.isEmpty { found[id] = rows }
        }
        return found
    }
}

extension StateEvent {
    /// What an action does to a state; nil for one that does nothing to it.
    init?(_ action: AnomalyAction) {
        switch action.kind {
        case .expected: self.init(at: action.createdAt, kind: .expected(action.side))
        case .newNormal: self.init(at: action.createdAt, kind: .newNormal(action.side))
        case .mute: return nil
        }
    }
}
