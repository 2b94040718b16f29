import Catalog
import Inventory
import Logging

/// One run from its lock to its final record.
///
/// It owns the run's record: the work reports through `JobReport`, others ask through `requestCancel`, and only
/// `carryOut` writes. It must be called on a task that is not cancelled itself, so that the end gets recorded.
final class JobExecution: Sendable {
    /// Why a run is made to end.
    enum CancelReason: Sendable {
        case requested
        case shutdown
        case lockLost
    }

    /// What came of carrying a run out.
    enum Ending: Sendable {
        case ended(JobRun)
        case lockRefused
        case notDue
    }

    private enum End: Sendable {
        case outcome(JobOutcome)
        case cancelled
        case failed(String)
    }

    private enum Signal: Sendable {
        case beat
        case ended(End)
        case cancelRequested(CancelReason)
    }

    let run: JobRun
    private let definition: JobDefinition
    private let dueness: JobDueness
    private let parameters: [String: String]
    private let isLocked: Bool
    private let records: JobRecords
    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation

    /// - Parameter isLocked: Whether the lock was taken and the run recorded as queued already.
    init(
        run: JobRun, definition: JobDefinition, dueness: JobDueness, parameters: [String: String], isLocked: Bool,
        records: JobRecords
    ) {
        self.run = run
        self.definition = definition
        self.dueness = dueness
        self.parameters = parameters
        self.isLocked = isLocked
        self.records = records
        // Unbounded in type, bounded in fact: one end, few requests, and a beat a second while a record is written.
        (signals, signal) = AsyncStream.makeStream()
    }

    /// Asks the run to end; may be called at any time, from anywhere.
    func requestCancel(_ reason: CancelReason) {
        signal.yield(.cancelRequested(reason))
    }

    /// Does the run and records how it goes.
    ///
    /// - Parameter began: Called with the run's record once it is under way.
    func carryOut(began: @Sendable (JobRun) -> Void = { _ in }) async -> Ending {
        var current = run
        do {
            if !isLocked {
                guard try await records.take(run) else { return .lockRefused }
                guard try await isStillDue() else {
                    await records.unlock(run)
                    return .notDue
                }
            }
            current.state = .running
            current.startedAt = records.clock.now
            current.owner = records.owner
            try await records.save(current)
        } catch {
            records.logger.warning("\(JobKey(run)) cannot begin: \(error)")
            if isLocked { await recordUnbegun(.failed, "it could not begin: \(error)") }
            await records.unlock(run)
            return .lockRefused
        }
        began(current)
        current = await watchOver(current)
        await records.saveEnd(current)
        await records.unlock(run)
        return .ended(current)
    }

    /// Records that the run was cancelled before anything of it was done; for runs whose lock was taken.
    func recordNeverBegan() async {
        guard isLocked else { return }
        await recordUnbegun(.cancelled, Self.message(for: .shutdown))
        await records.unlock(run)
    }

    private func recordUnbegun(_ state: JobState, _ message: String?) async {
        var ended = run
        ended.state = state
        ended.endedAt = records.clock.now
        ended.message = message
        await records.saveEnd(ended)
    }

    private func isStillDue() async throws(CatalogError) -> Bool {
        guard run.trigger != .manual else { return true }
        let last = try await records.lastCounted(run.job)
        return dueness.isStillDue(run, lastCounted: last, now: records.clock.now)
    }

    /// Runs the work in a task of its own, which alone is cancelled, and keeps record and lock fresh meanwhile.
    private func watchOver(_ begun: JobRun) async -> JobRun {
        let report = JobReport()
        let body = Task { _ = signal.yield(.ended(await perform(begun, report))) }
        let keeper = Task { [records, signal] in
            while (try? await records.clock.sleep(seconds: records.settings.progressSeconds)) != nil {
                signal.yield(.beat)
            }
        }
        defer { keeper.cancel() }
        var watch = Watch(run: begun, leaseUntil: leaseEnd())
        for await signal in signals {
            switch signal {
            case .ended(let end):
                return watch.ended(end, report.content, at: records.clock.now)
            case .cancelRequested(let reason):
                cancel(body, reason, &watch)
            case .beat:
                if let giveUpAt = watch.giveUpAt, records.clock.now >= giveUpAt {
                    return watch.gaveUp(report.content, afterSeconds: records.settings.stopSecondsMax, at: giveUpAt)
                }
                await beat(&watch, report, body)
            }
        }
        return watch.ended(.cancelled, report.content, at: records.clock.now)
    }

    private func leaseEnd() -> Timestamp {
        records.clock.now.advanced(bySeconds: records.settings.leaseSeconds)
    }

    private func cancel(_ body: Task<Void, Never>, _ reason: CancelReason, _ watch: inout Watch) {
        guard watch.reason == nil else { return }
        watch.reason = reason
        watch.giveUpAt = records.clock.now.advanced(bySeconds: records.settings.stopSecondsMax)
        body.cancel()
    }

    private func perform(_ begun: JobRun, _ report: JobReport) async -> End {
        var logger = records.logger
        logger[metadataKey: "run"] = "\(begun.id)"
        let context = JobContext(
            run: begun, parameters: parameters, clock: records.clock, logger: logger, report: report)
        do {
            return .outcome(try await definition.run(context))
        } catch is CancellationError {
            return .cancelled
        } catch {
            // A store or a socket says in its own words that the task was cancelled.
            return Task.isCancelled ? .cancelled : .failed("\(error)")
        }
    }

    /// Records progress where there is any, and renews the lock while a third of its lease has passed.
    private func beat(_ watch: inout Watch, _ report: JobReport, _ body: Task<Void, Never>) async {
        if let content = report.takeFresh() {
            watch.take(content)
            do {
                try await records.save(watch.run)
            } catch {
                records.logger.warning("Progress of \(JobKey(run)) could not be recorded: \(error)")
            }
        }
        let now = records.clock.now
        guard watch.leaseUntil.secondsSince(now) < records.settings.leaseSeconds * 2 / 3 else { return }
        do {
            if try await records.lock(run) {
                watch.leaseUntil = now.advanced(bySeconds: records.settings.leaseSeconds)
                return
            }
        } catch {
            records.logger.warning("The lock of \(JobKey(run)) could not be renewed: \(error)")
            if now < watch.leaseUntil { return }
        }
        records.logger.error("Another process may hold the lock of \(JobKey(run)); its run here is cancelled")
        cancel(body, .lockLost, &watch)
    }

    static func message(for reason: CancelReason?) -> String? {
        switch reason {
        case nil: return nil
        case .requested: return "cancelled on request"
        case .shutdown: return "cancelled because the process was shut down"
        case .lockLost: return "cancelled because another process took its lock"
        }
    }

    /// What is known of a run while it is watched over.
    private struct Watch {
        var run: JobRun
        var leaseUntil: Timestamp
        var reason: CancelReason?
        var giveUpAt: Timestamp?

        init(run: JobRun, leaseUntil: Timestamp) {
            self.run = run
            self.leaseUntil = leaseUntil
        }

        mutating func take(_ content: JobReport.Content) {
            run.done = content.done
            run.total = content.total
            run.results = content.results
        }

        mutating func ended(_ end: End, _ content: JobReport.Content, at now: Timestamp) -> JobRun {
            take(content)
            run.endedAt = now
            switch end {
            case .outcome(let outcome):
                run.state = outcome.completion == .succeeded ? .succeeded : .partial
                run.message = outcome.message
                run.results.merge(outcome.results) { $0 + $1 }
            case .cancelled:
                run.state = .cancelled
                run.message = JobExecution.message(for: reason)
            case .failed(let message):
                run.state = .failed
                run.message = message
            }
            return run
        }

        mutating func gaveUp(_ content: JobReport.Content, afterSeconds: Double, at now: Timestamp) -> JobRun {
            take(content)
            run.endedAt = now
            run.state = .cancelled
            let why = JobExecution.message(for: reason) ?? "cancelled"
            run.message = "\(why); its work had not ended \(Int(afterSeconds)) seconds later"
            return run
        }
    }
}
