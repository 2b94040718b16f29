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
        await askForFirstLearning(context)
        await keepHouse(at: ended)
        await saveIfDue(at: ended)
        guard round.damagedBlocks > 0 else { return JobOutcome(.succeeded, message: line) }
        let damage = "\(Wording.count(round.damagedBlocks, "damaged block")) left out"
        context.logger.warning("\(damage)")
        return JobOutcome(.partial, message: "\(line); \(damage)")
    }

    /// Takes in the inventory, what operators said and what polls read, and tells what is out of the usual.
    func advance(_ context: JobContext) async throws -> Round {
        let now = context.clock.now
        try await restore()
        try await takeInInventory(at: now)
        try await openBook(at: now)
        try await takeInWords(at: now)
        var round = try await scan(context, at: now)
        round.found = try await tell(at: now)
        return round
    }

    // MARK: - Scanning

    /// Interfaces that are read in one scan.
    private struct Group {
        var ids: Set<InterfaceID>
        var from: Timestamp
        var isAll: Bool
    }

    /// Interfaces of a scan over more than an hour: one that takes long holds up others that read the store.
    private static let batchMax = 256
    /// A cursor so far back, in seconds, is read apart from those that are up to date.
    private static let freshSeconds = 3600.0

    private func scan(_ context: JobContext, at now: Timestamp) async throws -> Round {
        let plan = passPlan(pendingEvents)
        // What happened to the states that were read is not to happen twice, though the scan fails.
        defer { for id in plan.takenEvents { pendingEvents[id] = nil } }
        var round = Round()
        round.interfaces = plan.watched.count
        var done = 0
        for group in groups(plan, at: now) {
            try context.checkCancellation()
            round.damagedBlocks += try await scan(group, plan, at: now)
            done += group.ids.count
            context.progress(done: done, total: plan.watched.count)
            await Task.yield()
        }
        plan.applyRest()
        round.readings = plan.readings
        count(plan)
        return round
    }

    /// Judges one group; returns how many blocks were damaged.
    private func scan(_ group: Group, _ plan: PassPlan, at now: Timestamp) async throws -> Int {
        let query = SeriesQuery(
            group.isAll ? .all : .ids(group.ids.sorted()), from: group.from,
            to: now.advanced(bySeconds: Double(parts.intervalSeconds)))
        let outcome = try await parts.series.scan(query) { run in
            guard group.ids.contains(run.interface), let found = plan.take(run) else { return }
            self.findings.withLock { $0.append(found) }
        }
        return outcome.damagedBlocks
    }

    private func groups(_ plan: PassPlan, at now: Timestamp) -> [Group] {
        let limit = now.advanced(bySeconds: -Self.freshSeconds)
        let oldest = now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
        var fresh: [(InterfaceID, Timestamp)] = []
        var late: [(InterfaceID, Timestamp)] = []
        for (id, watched) in plan.watched {
            let from = watched.cursor.map { max($0.advanced(bySeconds: 0.001), oldest) } ?? oldest
            if from > limit { fresh.append((id, from)) } else { late.append((id, from)) }
        }
        var groups: [Group] = []
        if let from = fresh.map(\.1).min() {
            let isAll = fresh.count * 2 >= plan.watched.count
            groups.append(Group(ids: Set(fresh.map(\.0)), from: from, isAll: isAll))
        }
        late.sort { ($0.1, $0.0) > ($1.1, $1.0) }
        for start in stride(from: 0, to: late.count, by: Self.batchMax) {
            let batch = late[start..<min(start + Self.batchMax, late.count)]
            groups.append(Group(ids: Set(batch.map(\.0)), from: batch.map(\.1).min() ?? oldest, isAll: false))
        }
        return groups
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
    /// Octets of the classic method's samples, about.
    private static let classicOctets = 30_000

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
