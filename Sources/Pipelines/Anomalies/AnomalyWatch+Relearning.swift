import Baselines
import Inventory
public import Jobs
import Logging
import Series
import Synchronization

extension AnomalyWatch {
    /// A run of learning anew.
    private struct Relearning: Sendable {
        var begun: Timestamp
        var ids: [InterfaceID] = []
        /// What happened in the time of their history.
        var events: [InterfaceID: [StateEvent]] = [:]
        /// What operators had said when it began.
        var words: Set<AnomalyActionID> = []
        /// The subjects that are learnt anew with it.
        var settled: Set<String> = []
        var readings = 0
        var damagedBlocks = 0
    }

    /// Makes the states of the run's subject anew from stored history.
    ///
    /// The subject is `all`, an interface's id, `device:<id>`, `tag:<name>`, or `exclusions` for what exclusions in
    /// the past are about. It is done beside the states in use, which it then takes the place of; what came
    /// meanwhile follows with the next check. Baselines of the interfaces that the classic method watches are then
    /// learnt anew. No anomaly is raised for what is over. The outcome is partial where the store has damaged blocks.
    /// Throws `invalidRequest` for another subject and in a process that keeps no states, and where the store or the
    /// catalog fails.
    public nonisolated func relearn(_ context: JobContext) async throws -> JobOutcome {
        guard let subject = RelearnSubject(context.subject ?? "all") else {
            throw PipelineError(
                .invalidRequest,
                message:
                    "'\(context.subject?.prefix(64) ?? "")' is not what can be learnt anew; give 'all', the id of an "
                    + "interface, 'device:' and an id, or 'tag:' and a name")
        }
        guard keepsStates else {
            throw PipelineError(
                .invalidRequest,
                message: "only a server keeps what is learnt anew; start it, and ask it by its address")
        }
        var relearning = try await inTurn { try await self.beginRelearning(subject, context) }
        let ids = relearning.ids
        context.logger.info("Relearning \(Wording.count(ids.count, "interface")) from stored history")
        for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
            try context.checkCancellation()
            let batch = Array(ids[start..<min(start + Self.learningBatch, ids.count)])
            try await relearn(batch, &relearning)
            context.progress(done: start + batch.count, total: ids.count)
        }
        let (settled, begun, readings) = (relearning.settled, relearning.begun, relearning.readings)
        try await inTurn { try await self.finishRelearning(ids, settled, context) }
        let seconds = Wording.seconds(context.clock.now.secondsSince(begun))
        let (interfaces, all) = (Wording.count(ids.count, "interface"), Wording.count(readings, "reading"))
        let line = "Relearned \(interfaces) from \(all) in \(seconds)"
        context.count("interfaces_relearned", by: Int64(ids.count))
        context.count("readings_relearned", by: Int64(readings))
        context.logger.info("\(line)")
        return outcome(line, damagedBlocks: relearning.damagedBlocks, context)
    }

    /// Which interfaces it is about, and what happened to them in the time of their history.
    private func beginRelearning(_ subject: RelearnSubject, _ context: JobContext) async throws -> Relearning {
        let begun = context.clock.now
        _ = try await advanceAndReport(context)
        var relearning = Relearning(begun: begun)
        relearning.settled = settled(by: subject)
        let subjects = subject.scope == nil ? relearning.settled.compactMap { RelearnSubject($0) } : [subject]
        relearning.ids = interfaces(of: subjects)
        guard !relearning.ids.isEmpty else {
            memory.relearning.subtract(relearning.settled)
            throw PipelineError(
                .invalidRequest, message: "\(subject) has no monitored interface; there is nothing to learn")
        }
        let known = Set(relearning.ids)
        let oldest = oldestReading(at: begun)
        for action in actions where known.contains(action.interfaceID) && action.createdAt >= oldest {
            if let event = StateEvent(action) { relearning.events[action.interfaceID, default: []].append(event) }
        }
        relearning.words = Set(actions.map(\.id))
        return relearning
    }

    /// What is asked for of which nothing more is to be asked for when a subject was learnt anew.
    private func settled(by subject: RelearnSubject) -> Set<String> {
        subject.scope == nil || subject.scope == .all
            ? memory.relearning : memory.relearning.intersection([subject.text])
    }

    private func interfaces(of subjects: [RelearnSubject]) -> [InterfaceID] {
        shared.withLock(\.ports).values.filter { port in subjects.contains { $0.holds(port) } }.map(\.id).sorted()
    }

    /// Makes the states of a batch anew, and puts them in the place of those in use.
    private nonisolated func relearn(_ ids: [InterfaceID], _ relearning: inout Relearning) async throws {
        let (plan, fresh) = await relearningPlan(ids, relearning.events)
        let query = SeriesQuery(
            .ids(ids), from: oldestReading(at: relearning.begun), to: relearning.begun.advanced(bySeconds: 0.001))
        let found = Mutex<[InterfaceFindings]>([])
        let outcome = try await parts.series.scan(query) { run in
            if let one = plan.take(run) { found.withLock { $0.append(one) } }
        }
        relearning.damagedBlocks += outcome.damagedBlocks
        relearning.readings += plan.readings
        let (findings, words) = (found.withLock { $0 }, relearning.words)
        try await inTurn { await self.swapIn(fresh, findings, words) }
    }

    private func relearningPlan(
        _ ids: [InterfaceID], _ events: [InterfaceID: [StateEvent]]
    ) -> (PassPlan, [InterfaceID: WatchedInterface]) {
        let present = passPlan(events)
        let ports = shared.withLock(\.ports)
        var fresh: [InterfaceID: WatchedInterface] = [:]
        for id in ids {
            guard let old = present.watched[id], let port = ports[id] else { continue }
            let entry = old.entry.withLock { $0.anew(classic: freshClassic(of: port)) }
            fresh[id] = WatchedInterface(id, entry)
        }
        return (present.with(fresh), fresh)
    }

    /// Puts states in the place of those in use, of interfaces that are still watched and for the same as before.
    ///
    /// One that was made of nothing is put there too: there is no history to go by. What operators said since it
    /// began happens to it with the next scan.
    private func swapIn(
        _ fresh: [InterfaceID: WatchedInterface], _ found: [InterfaceFindings], _ words: Set<AnomalyActionID>
    ) {
        let swapped = shared.withLock { shared in
            fresh.filter { id, one in
                guard let present = shared.watched[id], present.restartedAt == one.restartedAt else { return false }
                shared.watched[id] = one
                return true
            }
        }
        var since: [InterfaceID: [StateEvent]] = [:]
        for action in actions where swapped[action.interfaceID] != nil && !words.contains(action.id) {
            if let event = StateEvent(action) { since[action.interfaceID, default: []].append(event) }
        }
        for id in swapped.keys {
            setWords(since[id] ?? [], of: id)
            lateClassics.remove(id)
            looks[id] = nil
        }
        findings.withLock { $0 += found.filter { swapped[$0.interface] != nil } }
    }

    private func finishRelearning(
        _ ids: [InterfaceID], _ settled: Set<String>, _ context: JobContext
    ) async throws {
        _ = try await advanceAndReport(context)
        memory.relearning.subtract(settled)
        askedToRelearnAt = nil
        if hasBaselines == true { _ = try await learn(keptClassics(of: ids), context) }
        await saveAndTell(at: context.clock.now)
    }

    // MARK: - After an exclusion in the past

    /// Seconds after which a run that did not end is asked for again.
    private static let relearnSecondsMax = 3600.0

    /// Asks for one run for all that exclusions in the past are about, and again where it was lost.
    func askForRelearning(at now: Timestamp) async {
        // What nothing is watched of needs no run.
        memory.relearning = memory.relearning.filter { text in
            RelearnSubject(text).map { !interfaces(of: [$0]).isEmpty } ?? false
        }
        let isAsked = askedToRelearnAt.map { abs(now.secondsSince($0)) < Self.relearnSecondsMax } ?? false
        guard keepsStates, let first = memory.relearning.first, !isAsked else { return }
        let subject = memory.relearning.count == 1 ? first : RelearnSubject.exclusions.text
        if await start(PipelineJobs.relearnBaselines, subject) { askedToRelearnAt = now }
    }
}
