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
    /// Of interfaces of which the classic method keeps samples nothing is read; those of the others are read from the
    /// store. Throws `invalidRequest` for another subject, and where the store or the catalog fails.
    public nonisolated func learn(_ context: JobContext) async throws -> JobOutcome {
        try await inTurn { try await self.learnInTurn(context) }
    }

    private func learnInTurn(_ context: JobContext) async throws -> JobOutcome {
        _ = try await advance(context)
        let (ids, kind) = try learners(context.subject)
        context.logger.info("Learning baselines for \(Wording.count(ids.count, "\(kind)interface"))")
        let sum = try await learn(ids, context)
        context.count("interfaces_learnt", by: Int64(ids.count))
        context.count("baselines", by: Int64(sum.rows))
        let interfaces = Wording.count(ids.count, "interface")
        let line = "Updated \(Wording.count(sum.rows, "baseline")) (\(interfaces) × 168 time contexts)"
        context.logger.info("\(line)")
        let mean = sum.rows > 0 ? sum.confidence / Double(sum.rows) : 0
        let word = "Average confidence: \(Wording.hundredths(mean)) (\(Baseline.word(forConfidence: mean)))"
        context.logger.info("\(word)")
        return JobOutcome(.succeeded, message: "\(line); \(word)")
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
    }

    /// Learns some interfaces, stores what was learnt, and judges by it from here on.
    func learn(_ ids: [InterfaceID], _ context: JobContext) async throws -> Learnt {
        let now = context.clock.now
        let plan = passPlan([:])
        var clock = shared.withLock(\.clock)
        let place = clock.place(at: now)
        var sum = Learnt()
        for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
            try context.checkCancellation()
            let batch = Array(ids[start..<min(start + Self.learningBatch, ids.count)])
            let states = try await classics(of: batch, plan, at: now)
            let rows = batch.map { id in
                (states[id] ?? ClassicState(lookBackDays: settings.detection.lookBackDays))
                    .baselines(of: id, at: now, place: place)
            }
            sum.rows += try await parts.catalog.replaceBaselines(of: batch, with: rows.flatMap(\.self))
            for (id, rows) in zip(batch, rows) {
                sum.confidence += rows.reduce(0) { $0 + $1.confidence }
                plan.watched[id]?.entry.withLock { $0.state.classic?.adopt(rows) }
            }
            context.progress(done: start + batch.count, total: ids.count)
        }
        if sum.rows > 0 { (hasBaselines, learntAt, memory.adoptedAt) = (true, now, now) }
        await saveAndTell(at: now)
        return sum
    }

    /// The samples of some interfaces: those that are kept, the others read from the store.
    private func classics(
        of ids: [InterfaceID], _ plan: PassPlan, at now: Timestamp
    ) async throws -> [InterfaceID: ClassicState] {
        var states: [InterfaceID: ClassicState] = [:]
        for id in ids { states[id] = plan.watched[id]?.entry.withLock(\.state.classic) }
        let others = ids.filter { states[$0] == nil }
        guard !others.isEmpty else { return states }
        let read = try await history(plan).states(of: others, at: now)
        return states.merging(read) { kept, _ in kept }
    }

    private func history(_ plan: PassPlan) -> ClassicHistory {
        ClassicHistory(lookBackDays: settings.detection.lookBackDays, plan: plan, series: parts.series)
    }

    /// Gives interfaces that the classic method did not watch the samples of before.
    func fillClassics(_ ids: [InterfaceID], at now: Timestamp) async throws {
        let plan = passPlan([:])
        for start in stride(from: 0, to: ids.count, by: Self.learningBatch) {
            let batch = Array(ids[start..<min(start + Self.learningBatch, ids.count)])
            var until: [InterfaceID: Timestamp] = [:]
            for id in batch { until[id] = plan.watched[id]?.cursor }
            for (id, state) in try await history(plan).states(of: batch, at: now, until: until) {
                plan.watched[id]?.entry.withLock { entry in
                    if entry.state.classic != nil { entry.state.classic = state }
                }
            }
        }
    }

    /// Asks for the first learning as soon as an hour of the week has enough samples.
    func askForFirstLearning(_ context: JobContext) async {
        let now = context.clock.now
        guard hasBaselines == false, settings.learnSchedule != nil,
            askedToLearnAt.map({ now.secondsSince($0) >= 600 }) ?? true
        else { return }
        var clock = shared.withLock(\.clock)
        let place = clock.place(at: now)
        let isEnough = shared.withLock(\.watched).values.contains { one in
            one.entry.withLock { $0.state.classic?.mostSamples(before: place) ?? 0 } >= Self.samplesMin
        }
        guard isEnough else { return }
        askedToLearnAt = now
        await start(PipelineJobs.learnBaselines, nil)
    }

    /// Samples of a baseline below which it says nothing.
    private static let samplesMin = 7
}
