import Baselines
import Catalog
import Inventory
public import Jobs
import Logging
import Series
import Synchronization

extension AnomalyWatch {
    /// What a round of judging came to.
    struct Round: Sendable {
        var interfaces = 0
        var readings = 0
        var found = 0
        var damagedBlocks = 0
    }

    /// Judges what came since the last check, and tells what is out of the usual.
    ///
    /// The outcome is partial where the store has damaged blocks. Throws where the store or the catalog fails, and
    /// where the run is cancelled; what was found is then told by the next one.
    public nonisolated func check(_ context: JobContext) async throws -> JobOutcome {
        try await inTurn { try await self.checkInTurn(context) }
    }

    private func checkInTurn(_ context: JobContext) async throws -> JobOutcome {
        let (round, line) = try await advanceAndReport(context)
        let ended = context.clock.now
        await askForFirstLearning(context)
        await askForRelearning(at: ended)
        await keepHouse(at: ended)
        await saveIfDue(at: ended)
        return outcome(line, damagedBlocks: round.damagedBlocks, context)
    }

    /// Judges what came, tells what is out of the usual, and says so in a line.
    func advanceAndReport(_ context: JobContext) async throws -> (Round, line: String) {
        let begun = context.clock.now
        let round = try await advance(context)
        let ended = context.clock.now
        let seconds = ended.secondsSince(begun)
        note(round, at: ended, seconds: seconds)
        let line =
            "Checked anomalies on \(Wording.count(round.interfaces, "interface")): \(Wording.count(round.found)) found "
            + "in \(Wording.seconds(seconds))"
        context.count("interfaces_checked", by: Int64(round.interfaces))
        context.count("readings", by: Int64(round.readings))
        context.count("anomalies_found", by: Int64(round.found))
        context.count("duration_milliseconds", by: Int64((seconds * 1000).rounded()))
        context.logger.info("\(line)")
        return (round, line)
    }

    /// Takes in the inventory, what operators said and what polls read, and tells what is out of the usual.
    private func advance(_ context: JobContext) async throws -> Round {
        let now = context.clock.now
        try await restore()
        try await takeInInventory(at: now)
        dropStatesAhead(at: now)
        try await openBook(at: now)
        try await takeInWords(at: now)
        try await fillLateClassics(at: now)
        var round = try await scan(context, at: now)
        round.found = try await tell(at: now)
        return round
    }

    /// Takes in the inventory and what operators said, and no more: for a process that tells of no anomalies.
    func takeInAll(at now: Timestamp) async throws {
        try await restore()
        try await takeInInventory(at: now)
        try await takeInWords(at: now)
    }

    // MARK: - Scanning

    /// Interfaces that are read in one scan.
    private struct Group {
        var ids: Set<InterfaceID>
        var from: Timestamp
        var isAll = false
    }

    /// Interfaces of a scan over more than an hour: one that takes long holds up others that read the store.
    private static let batchMax = 256
    /// A cursor so far back, in seconds, is read apart from those that are up to date.
    private nonisolated var freshSeconds: Double { max(3600, 3 * Double(parts.intervalSeconds)) }

    private func scan(_ context: JobContext, at now: Timestamp) async throws -> Round {
        let plan = passPlan(pendingEvents)
        // What happened to the states that were read is not to happen twice, though the scan fails.
        defer { for id in plan.takenEvents { pendingEvents[id] = nil } }
        var round = Round()
        round.interfaces = plan.watched.count
        let cursors = plan.watched.mapValues(\.cursor)
        let (fresh, late, silent) = due(cursors, at: now)
        if let group = freshGroup(fresh, of: cursors) {
            try context.checkCancellation()
            round.damagedBlocks += try await scan(group, plan, at: now)
        }
        let awake = try await awake(among: silent, of: cursors, at: now)
        try await scanLate(late.union(awake), cursors, plan, context, at: now, &round)
        plan.applyRest()
        round.readings = plan.readings
        count(plan)
        return round
    }

    /// Reads interfaces from far back, batch after batch, and remembers those of which nothing came.
    private func scanLate(
        _ ids: Set<InterfaceID>, _ cursors: [InterfaceID: Timestamp?], _ plan: PassPlan, _ context: JobContext,
        at now: Timestamp, _ round: inout Round
    ) async throws {
        var done = plan.watched.count - ids.count
        context.progress(done: done, total: plan.watched.count)
        for group in batches(ids, of: cursors, at: now) {
            try context.checkCancellation()
            round.damagedBlocks += try await scan(group, plan, at: now)
            for id in group.ids {
                let isSilent = plan.watched[id]?.cursor == cursors[id] ?? nil
                looks[id] = isSilent ? Look(at: now, wholeAt: now) : nil
            }
            done += group.ids.count
            context.progress(done: done, total: plan.watched.count)
            await Task.yield()
        }
    }

    /// Judges one group; returns how many blocks were damaged.
    private func scan(_ group: Group, _ plan: PassPlan, at now: Timestamp) async throws -> Int {
        let outcome = try await parts.series.scan(query(group, at: now)) { run in
            guard group.ids.contains(run.interface), let found = plan.take(run) else { return }
            self.findings.withLock { $0.append(found) }
        }
        return outcome.damagedBlocks
    }

    /// Those of which something is stored again: they are read from their cursors on, so that nothing is passed over.
    private func awake(
        among silent: Set<InterfaceID>, of cursors: [InterfaceID: Timestamp?], at now: Timestamp
    ) async throws -> Set<InterfaceID> {
        let signs = silent.compactMap { looks[$0]?.at.advanced(bySeconds: -2 * Double(parts.intervalSeconds)) }
        guard let from = signs.min() else { return [] }
        let group = Group(ids: silent, from: from, isAll: silent.count * 2 >= cursors.count)
        let found = Mutex<Set<InterfaceID>>([])
        _ = try await parts.series.scan(query(group, at: now)) { run in
            guard silent.contains(run.interface), let last = run.readings.last else { return }
            let isNew = cursors[run.interface].flatMap(\.self).map { last.at > $0 } ?? true
            if isNew { found.withLock { _ = $0.insert(run.interface) } }
        }
        let awake = found.withLock { $0 }
        for id in silent where !awake.contains(id) { looks[id]?.at = now }
        return awake
    }

    /// No later than what operators said was read: that comes between the readings before it and those after.
    private func query(_ group: Group, at now: Timestamp) -> SeriesQuery {
        SeriesQuery(
            group.isAll ? .all : .ids(group.ids.sorted()), from: group.from, to: now.advanced(bySeconds: 0.001))
    }

    /// Which interfaces are up to date, which are to be read from far back, and which are only looked at for a sign:
    /// nothing was stored of them when all was read last.
    private func due(
        _ cursors: [InterfaceID: Timestamp?], at now: Timestamp
    ) -> (fresh: Set<InterfaceID>, late: Set<InterfaceID>, silent: Set<InterfaceID>) {
        let limit = now.advanced(bySeconds: -freshSeconds)
        var (fresh, late, silent) = (Set<InterfaceID>(), Set<InterfaceID>(), Set<InterfaceID>())
        var overdue: [(Timestamp, InterfaceID)] = []
        for (id, cursor) in cursors {
            if let cursor, cursor >= limit {
                fresh.insert(id)
            } else if let look = looks[id], look.at >= limit, look.at <= now {
                silent.insert(id)
                if now.secondsSince(look.wholeAt) >= freshSeconds { overdue.append((look.wholeAt, id)) }
            } else {
                late.insert(id)
            }
        }
        // What was stored of them late is found in time, a batch in each check.
        for (_, id) in overdue.sorted(by: <).prefix(Self.batchMax) {
            silent.remove(id)
            late.insert(id)
        }
        return (fresh, late, silent)
    }

    private func freshGroup(_ ids: Set<InterfaceID>, of cursors: [InterfaceID: Timestamp?]) -> Group? {
        guard let cursor = ids.compactMap({ cursors[$0].flatMap(\.self) }).min() else { return nil }
        return Group(ids: ids, from: cursor.advanced(bySeconds: 0.001), isAll: ids.count * 2 >= cursors.count)
    }

    private func batches(
        _ ids: Set<InterfaceID>, of cursors: [InterfaceID: Timestamp?], at now: Timestamp
    ) -> [Group] {
        let oldest = oldestReading(at: now)
        let late = ids.map { id in
            (cursors[id].flatMap(\.self).map { max($0.advanced(bySeconds: 0.001), oldest) } ?? oldest, id)
        }
        .sorted(by: >)
        return stride(from: 0, to: late.count, by: Self.batchMax).map { start in
            let batch = late[start..<min(start + Self.batchMax, late.count)]
            return Group(ids: Set(batch.map(\.1)), from: batch.map(\.0).min() ?? oldest)
        }
    }

    /// What scans need to judge any interface.
    func passPlan(_ events: [InterfaceID: [StateEvent]]) -> PassPlan {
        let now = parts.clock.now
        var clock = HourClock(zone: parts.zone, calendar: calendar)
        // So that its copies know the present offset.
        _ = clock.place(at: now)
        let (watched, ports) = shared.withLock { shared in
            shared.clock = clock
            return (shared.watched, shared.ports)
        }
        return PassPlan(
            detector: detector, clock: clock, exclusions: exclusions, settings: settings, watched: watched,
            ports: ports, events: events)
    }

    // MARK: - Numbers

    /// Octets a state takes, about: four sides, and what goes with them.
    private static let stateOctets = 6_500
    /// Octets of the classic method's samples and baselines, about.
    private static let classicOctets = 45_000

    private func count(_ plan: PassPlan) {
        let counts = plan.begun
        shared.withLock { shared in
            shared.statistics.begunByMethodInForce += counts.own
            shared.statistics.begunByOtherMethod += counts.others
        }
    }

    private func note(_ round: Round, at now: Timestamp, seconds: Double) {
        let behind = now.advanced(bySeconds: -2.5 * Double(parts.intervalSeconds))
        let (openAnomalies, ledger, saved) = (book?.openCount ?? 0, ledger, savedAt)
        let budgets = incidents.standings(at: now)
        let week = now.advanced(bySeconds: -Self.weekSeconds)
        shared.withLock { shared in
            var statistics = shared.statistics
            statistics.interfaces = round.interfaces
            statistics.classicInterfaces = 0
            statistics.interfacesBehind = 0
            for watched in shared.watched.values {
                watched.entry.withLock { entry in
                    if entry.state.classic != nil { statistics.classicInterfaces += 1 }
                    if entry.state.cursor.map({ $0 < behind }) ?? true { statistics.interfacesBehind += 1 }
                }
            }
            statistics.stateOctets =
                round.interfaces * Self.stateOctets + statistics.classicInterfaces * Self.classicOctets
            statistics.lastCheckAt = now
            statistics.lastCheckSeconds = seconds
            statistics.lastCheckSamples = round.readings
            statistics.checks += 1
            statistics.openAnomalies = openAnomalies
            statistics.budgets = budgets
            statistics.openIncidents = ledger.openCount
            statistics.raisedThisWeek = ledger.count(.raised, since: week)
            statistics.heldBackThisWeek = ledger.count(.heldBack, since: week)
            statistics.lastSavedAt = saved
            shared.statistics = statistics
        }
    }
}
