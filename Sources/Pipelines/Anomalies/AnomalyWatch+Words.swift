import Baselines
import Catalog
import Inventory
import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    /// An exclusion that reaches back no further than this, in seconds, is not worth learning anew for.
    private static let pastSecondsMin = 900.0
    /// With readings of fewer days nothing is learnt anew by itself: more would be lost than an exclusion spoils.
    private static let relearnDaysMin = 28
    /// Seconds after which it is looked again whether baselines were learnt elsewhere.
    private static let baselinesSecondsMax = 3600.0
    /// Interfaces whose baselines are asked for one by one at most; of more, all are read page by page.
    private static let singlesMax = 64
    private static let baselinesPage = 256

    // MARK: - What operators said

    /// Reads actions, exclusions and holidays anew; what is new of them happens to states with the next scan.
    func takeInWords(at now: Timestamp) async throws {
        takeInHolidays()
        let catalog = parts.catalog
        actions = try await catalog.anomalyActions(after: now.advanced(bySeconds: -Self.heardSeconds))
        let watched = shared.withLock(\.watched)
        let oldest = oldestReading(at: now)
        var lived: [InterfaceID: [StateEvent]] = [:]
        for action in actions {
            let isNew = memory.actions.insert(action.id).inserted
            guard let one = watched[action.interfaceID], let event = StateEvent(action) else { continue }
            if one.cursor != nil {
                if isNew { pendingEvents[action.interfaceID, default: []].append(event) }
            } else if action.createdAt >= oldest {
                lived[action.interfaceID, default: []].append(event)
            }
        }
        // A state that is made from stored history lives through all of it again, and through each of it once.
        for (id, events) in lived { setWords(events, of: id) }
        memory.actions.formIntersection(actions.map(\.id))
        try await takeInBaselines(watched, at: now)
        let rows = try await catalog.baselineExclusions()
        if rows != exclusionRows { takeIn(rows, at: now) }
        isFirstIntake = false
    }

    /// Puts what operators said of an interface in the place of what is still to happen of it.
    func setWords(_ words: [StateEvent], of id: InterfaceID) {
        let others = pendingEvents[id]?.filter { !$0.isWord } ?? []
        pendingEvents[id] = others.isEmpty && words.isEmpty ? nil : others + words
    }

    /// The begin of the stored readings that states are made from.
    nonisolated func oldestReading(at now: Timestamp) -> Timestamp {
        now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
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

    private func takeIn(_ rows: [BaselineExclusion], at now: Timestamp) {
        exclusionRows = rows
        exclusions = ExclusionIndex(rows)
        let fresh = rows.filter { !memory.exclusions.contains($0.id) }
        memory.exclusions = Set(rows.map(\.id))
        let oldest = oldestReading(at: now)
        let past = fresh.filter {
            $0.from < $0.to && $0.to > oldest && $0.createdAt.secondsSince($0.from) > Self.pastSecondsMin
        }
        // What is rebuilt at this start lives through them anyway.
        guard !isFirstIntake else { return }
        for row in past {
            let subject = RelearnSubject(row.scope)
            guard settings.historyDays >= Self.relearnDaysMin else {
                let line = "the time from \(row.from) is excluded now; what \(subject) learnt in it stays"
                parts.logger.info(
                    "\(line): readings of \(settings.historyDays) days are kept; relearn-baselines goes by those")
                continue
            }
            parts.logger.info("the time from \(row.from) is excluded now: \(subject) is learnt anew without it")
            memory.relearning.insert(subject.text)
        }
    }

    /// Asks for a run of a job; false, and told, where none could be started.
    func start(_ job: String, _ subject: String?) async -> Bool {
        do {
            try await parts.startJob(job, subject)
            return true
        } catch {
            parts.logger.warning("\(job) was not started: \(error)")
            return false
        }
    }

    // MARK: - Baselines

    /// Makes baselines that were learnt elsewhere, or before states were lost, the measure of the classic method.
    private func takeInBaselines(_ watched: [InterfaceID: WatchedInterface], at now: Timestamp) async throws {
        var isStale = false
        let isDue = baselinesSeenAt.map { abs(now.secondsSince($0)) >= Self.baselinesSecondsMax } ?? true
        if hasBaselines == nil || isDue {
            let statistics = try await parts.catalog.baselineStatistics()
            learntAt = statistics.lastUpdated
            isStale = learntAt != memory.adoptedAt
            hasBaselines = statistics.total > 0
            baselinesSeenAt = now
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
        guard ids.count > Self.singlesMax else {
            for id in ids {
                let rows = try await parts.catalog.baselines(of: id)
                if !rows.isEmpty { found[id] = rows }
            }
            return found
        }
        let wanted = Set(ids)
        var after: InterfaceID?
        repeat {
            let page = try await parts.catalog.baselines(after: after, limit: Self.baselinesPage)
            for row in page where wanted.contains(row.interfaceID) { found[row.interfaceID, default: []].append(row) }
            after = page.last?.interfaceID
        } while after != nil
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
