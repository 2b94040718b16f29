import Baselines
import Inventory
public import Jobs
import Logging
import Series
import Synchronization

extension AnomalyWatch {
    /// Makes the states of the run's subject anew from stored history.
    ///
    /// The subject is `all`, an interface's id, `device:<id>` or `tag:<name>`. It is done beside the states in use,
    /// which it then takes the place of; what came meanwhile follows with the next check. Baselines of the interfaces
    /// that the classic method watches are then learnt anew. No anomaly is raised for what is over. Throws
    /// `invalidRequest` for another subject, and where the store or the catalog fails.
    public nonisolated func relearn(_ context: JobContext) async throws -> JobOutcome {
        guard let subject = RelearnSubject(context.subject ?? "all") else {
            throw PipelineError(
                .invalidRequest,
                message:
                    "'\(context.subject?.prefix(64) ?? "")' is not what can be learnt anew; give 'all', the id of an "
                    + "interface, 'device:' and an id, or 'tag:' and a name")
        }
        let begun = context.clock.now
        let (ids, events) = try await inTurn { try await self.prepareRelearning(subject, context) }
        guard !ids.isEmpty else {
            throw PipelineError(
                .invalidRequest, message: "\(subject) has no monitored interface; there is nothing to learn")
        }
        context.logger.info("Relearning \(Wording.count(ids.count, "interface")) from stored history")
        var readings = 0
        for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
            try context.checkCancellation()
            let batch = Array(ids[start..<min(start + Self.learningBatch, ids.count)])
            readings += try await relearn(batch, events, at: begun)
            context.progress(done: start + batch.count, total: ids.count)
        }
        try await inTurn { try await self.finishRelearning(ids, context) }
        let seconds = Wording.seconds(context.clock.now.secondsSince(begun))
        let (interfaces, all) = (Wording.count(ids.count, "interface"), Wording.count(readings, "reading"))
        let line = "Relearned \(interfaces) from \(all) in \(seconds)"
        context.count("interfaces_relearned", by: Int64(ids.count))
        context.count("readings", by: Int64(readings))
        context.logger.info("\(line)")
        return JobOutcome(.succeeded, message: line)
    }

    /// Which interfaces it is about, and what happened to them in the time of their history.
    private func prepareRelearning(
        _ subject: RelearnSubject, _ context: JobContext
    ) async throws -> ([InterfaceID], [InterfaceID: [StateEvent]]) {
        _ = try await advance(context)
        let ids = shared.withLock(\.ports).values.filter { subject.holds($0) }.map(\.id).sorted()
        let known = Set(ids)
        let oldest = context.clock.now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
        var events: [InterfaceID: [StateEvent]] = [:]
        for action in actions where known.contains(action.interfaceID) && action.createdAt >= oldest {
            if let event = StateEvent(action) { events[action.interfaceID, default: []].append(event) }
        }
        return (ids, events)
    }

    /// Makes the states of a batch anew, puts them in the place of those in use, and counts the readings.
    private nonisolated func relearn(
        _ ids: [InterfaceID], _ events: [InterfaceID: [StateEvent]], at now: Timestamp
    ) async throws -> Int {
        let (plan, fresh) = await relearningPlan(ids, events)
        let oldest = now.advanced(bySeconds: Double(-settings.historyDays * 86_400))
        let query = SeriesQuery(.ids(ids), from: oldest, to: now.advanced(bySeconds: 0.001))
        let found = Mutex<[InterfaceFindings]>([])
        _ = try await parts.series.scan(query) { run in
            if let one = plan.take(run) { found.withLock { $0.append(one) } }
        }
        let findings = found.withLock { $0 }
        try await inTurn { await self.swapIn(fresh, findings) }
        return plan.readings
    }

    private func relearningPlan(
        _ ids: [InterfaceID], _ events: [InterfaceID: [StateEvent]]
    ) -> (PassPlan, [InterfaceID: WatchedInterface]) {
        let present = passPlan(events)
        var fresh: [InterfaceID: WatchedInterface] = [:]
        for id in ids {
            guard let old = present.watched[id]?.entry.withLock({ $0 }) else { continue }
            var entry = WatchedInterface.Entry()
            entry.meaning = old.meaning
            if old.state.classic != nil {
                entry.state.classic = ClassicState(lookBackDays: settings.detection.lookBackDays)
            }
            fresh[id] = WatchedInterface(id, entry)
        }
        return (present.with(fresh), fresh)
    }

    /// Puts states in the place of those in use, of interfaces that are still watched.
    ///
    /// One that was made of nothing is put there too: there is no history to go by.
    private func swapIn(_ fresh: [InterfaceID: WatchedInterface], _ found: [InterfaceFindings]) {
        shared.withLock { shared in
            for (id, one) in fresh where shared.watched[id] != nil { shared.watched[id] = one }
        }
        findings.withLock { $0 += found }
    }

    private func finishRelearning(_ ids: [InterfaceID], _ context: JobContext) async throws {
        let watched = shared.withLock(\.watched)
        let classics = ids.filter { id in watched[id]?.entry.withLock { $0.state.classic != nil } ?? false }
        _ = try await advance(context)
        if hasBaselines == true { _ = try await learn(classics, context) }
        await saveAndTell(at: context.clock.now)
    }
}
