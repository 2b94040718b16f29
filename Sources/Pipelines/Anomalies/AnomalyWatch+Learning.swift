import Baselines
import Catalog
import Inventory
public import Jobs
import Logging
import Synchronization

extension AnomalyWatch {
    /// Interfaces learnt in one transaction.
    static let learningBatch = 256

    /// Learns the baselines of critical interfaces anew, or of those that are the run's subject: `all`, or an id.
    ///
    /// Of interfaces of which the classic method keeps samples nothing is read. Those of the others are read from the
    /// store, beside the checks; so are all in a process that keeps no states, which tells no anomalies either. The
    /// outcome is partial where the store has damaged blocks. Throws `invalidRequest` for another subject, and where
    /// the store or the catalog fails.
    public nonisolated func learn(_ context: JobContext) async throws -> JobOutcome {
        var learning = try await inTurn { try await self.beginLearning(context) }
        var done = learning.count - learning.others.count
        context.progress(done: done, total: learning.count)
        for start in stride(from: 0, to: learning.others.count, by: Self.learningBatch) {
            try context.checkCancellation()
            let batch = Array(learning.others[start..<min(start + Self.learningBatch, learning.others.count)])
            let gathered = try await history(learning.plan).states(of: batch, at: learning.at)
            learning.sum.damagedBlocks += gathered.damagedBlocks
            try await store(batch, gathered.states, at: learning.at, learning.place, &learning.sum)
            done += batch.count
            context.progress(done: done, total: learning.count)
        }
        let (sum, at) = (learning.sum, learning.at)
        if keepsStates { try await inTurn { await self.keep(sum, learntAt: at, at: context.clock.now) } }
        return report(learning, context)
    }

    /// A run of learning.
    private struct Learning: Sendable {
        /// When it began: what is learnt ends with the hour before.
        var at: Timestamp
        var place: HourPlace
        var plan: PassPlan
        var count: Int
        /// Interfaces whose samples are to be read.
        var others: [InterfaceID]
        var sum = Learnt()
    }

    private nonisolated func report(_ learning: Learning, _ context: JobContext) -> JobOutcome {
        let sum = learning.sum
        context.count("interfaces_learnt", by: Int64(learning.count))
        context.count("baselines", by: Int64(sum.rows))
        let interfaces = Wording.count(learning.count, "interface")
        let line = "Updated \(Wording.count(sum.rows, "baseline")) (\(interfaces) × 168 time contexts)"
        context.logger.info("\(line)")
        let mean = sum.rows > 0 ? sum.confidence / Double(sum.rows) : 0
        let word = "Average confidence: \(Wording.hundredths(mean)) (\(Baseline.word(forConfidence: mean)))"
        context.logger.info("\(word)")
        return outcome("\(line); \(word)", damagedBlocks: sum.damagedBlocks, context)
    }

    /// The end of a run that read the store: partial where it has damaged blocks.
    nonisolated func outcome(_ line: String, damagedBlocks: Int, _ context: JobContext) -> JobOutcome {
        guard damagedBlocks > 0 else { return JobOutcome(.succeeded, message: line) }
        let damage = "\(Wording.count(damagedBlocks, "damaged block")) left out"
        context.logger.warning("\(damage)")
        return JobOutcome(.partial, message: "\(line); \(damage)")
    }

    /// Takes in what came, and learns what needs no reading.
    private func beginLearning(_ context: JobContext) async throws -> Learning {
        let now = context.clock.now
        if keepsStates {
            _ = try await advanceAndReport(context)
        } else {
            try await takeInAll(at: now)
        }
        let (ids, kind) = try learners(context.subject)
        context.logger.info("Learning baselines for \(Wording.count(ids.count, "\(kind)interface"))")
        let kept = keepsStates ? keptClassics(of: ids) : []
        let sum = try await learn(kept, context)
        var clock = shared.withLock(\.clock)
        let known = Set(kept)
        return Learning(
            at: now, place: clock.place(at: now), plan: passPlan([:]), count: ids.count,
            others: ids.filter { !known.contains($0) }, sum: sum)
    }

    /// Those of which the classic method keeps samples.
    func keptClassics(of ids: [InterfaceID]) -> [InterfaceID] {
        let watched = shared.withLock(\.watched)
        return ids.filter { id in watched[id]?.entry.withLock { $0.state.classic != nil } ?? false }
    }

    private func learners(_ subject: String?) throws(PipelineError) -> ([InterfaceID], String) {
        let ports = shared.withLock(\.ports)
        guard let subject else { return (ports.values.filter(\.isCritical).map(\.id).sorted(), "critical ") }
        if subject == "all" { return (ports.keys.sorted(), "") }
        guard let id = InterfaceID(subject), ports[id] != nil else {
            throw PipelineError(
                .invalidRequest,
                message: "'\(subject.prefix(64))' is not a monitored interface; give its id, or 'all'")
        }
        return ([id], "")
    }

    /// What learning came to.
    struct Learnt: Sendable {
        var rows = 0
        /// The sum over all rows.
        var confidence = 0.0
        var damagedBlocks = 0
    }

    /// Learns some interfaces from the samples that are kept of them, and judges by it from here on.
    func learn(_ ids: [InterfaceID], _ context: JobContext) async throws -> Learnt {
        let now = context.clock.now
        var clock = shared.withLock(\.clock)
        let place = clock.place(at: now)
        let watched = shared.withLock(\.watched)
        var sum = Learnt()
        for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
            try context.checkCancellation()
            let batch = Array(ids[start..<min(start + Self.learningBatch, ids.count)])
            var states: [InterfaceID: ClassicState] = [:]
            for id in batch { states[id] = watched[id]?.entry.withLock(\.state.classic) }
            try await store(batch, states, at: now, place, &sum)
        }
        if sum.rows > 0 { noteLearnt(at: now) }
        return sum
    }

    /// Stores what samples say, and makes it the measure of interfaces that the classic method watches.
    private func store(
        _ ids: [InterfaceID], _ states: [InterfaceID: ClassicState], at now: Timestamp, _ place: HourPlace,
        _ sum: inout Learnt
    ) async throws {
        let empty = ClassicState(lookBackDays: settings.detection.lookBackDays)
        let rows = ids.map { id in (states[id] ?? empty).baselines(of: id, at: now, place: place) }
        sum.rows += try await parts.catalog.replaceBaselines(of: ids, with: rows.flatMap(\.self))
        let watched = shared.withLock(\.watched)
        for (id, rows) in zip(ids, rows) {
            sum.confidence += rows.reduce(0) { $0 + $1.confidence }
            watched[id]?.entry.withLock { $0.state.classic?.adopt(rows) }
        }
    }

    private func noteLearnt(at now: Timestamp) {
        (hasBaselines, learntAt, memory.adoptedAt) = (true, now, now)
    }

    /// Keeps what was learnt.
    private func keep(_ sum: Learnt, learntAt: Timestamp, at now: Timestamp) async {
        if sum.rows > 0 { noteLearnt(at: learntAt) }
        await saveAndTell(at: now)
    }

    private nonisolated func history(_ plan: PassPlan) -> ClassicHistory {
        ClassicHistory(lookBackDays: settings.detection.lookBackDays, plan: plan, series: parts.series)
    }

    // MARK: - Interfaces that the classic method watches from now on

    /// Gives interfaces that the classic method did not watch the samples of before, and what was learnt of them.
    ///
    /// As many as one check has time for; the next goes on, as it does where the store failed.
    func fillLateClassics(at now: Timestamp) async throws {
        guard keepsStates, !lateClassics.isEmpty else { return }
        let ids = Array(lateClassics.sorted().prefix(Self.lateMax))
        do {
            for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
                try await fill(Array(ids[start..<min(start + Self.learningBatch, ids.count)]), at: now)
            }
        } catch {
            try Task.checkCancellation()
            let interfaces = Wording.count(lateClassics.count, "interface")
            parts.logger.warning(
                "the samples of \(interfaces) could not be read, the next check tries again: \(error)")
        }
    }

    private func fill(_ ids: [InterfaceID], at now: Timestamp) async throws {
        let plan = passPlan([:])
        var until: [InterfaceID: Timestamp] = [:]
        for id in ids { until[id] = plan.watched[id]?.cursor }
        let gathered = try await history(plan).states(of: ids, at: now, until: until)
        let learnt = hasBaselines == true ? try await baselines(of: ids) : [:]
        for id in ids {
            var state = gathered.states[id] ?? ClassicState(lookBackDays: settings.detection.lookBackDays)
            if let rows = learnt[id] { state.adopt(rows) }
            plan.watched[id]?.entry.withLock { $0.state.classic = state }
        }
        lateClassics.subtract(ids)
        guard gathered.damagedBlocks > 0 else { return }
        parts.logger.warning("\(Wording.count(gathered.damagedBlocks, "damaged block")) left out of their samples")
    }

    /// Interfaces whose samples of before are read in one check at most.
    private static let lateMax = 1024

    // MARK: - The first learning

    /// Asks for the first learning as soon as an hour of the week has enough samples.
    func askForFirstLearning(_ context: JobContext) async {
        let now = context.clock.now
        guard hasBaselines == false, settings.learnSchedule != nil,
            askedToLearnAt.map({ abs(now.secondsSince($0)) >= 600 }) ?? true
        else { return }
        var clock = shared.withLock(\.clock)
        let place = clock.place(at: now)
        let isEnough = shared.withLock(\.watched).values.contains { one in
            one.entry.withLock { $0.state.classic?.mostSamples(before: place) ?? 0 } >= Self.samplesMin
        }
        guard isEnough else { return }
        if await start(PipelineJobs.learnBaselines, nil) { askedToLearnAt = now }
    }

    /// Samples of a baseline below which it says nothing.
    private static let samplesMin = 7
}
