import Catalog
public import Inventory
import Synchronization

extension JobRunner {
    /// Asks for a run now and returns at once; watch it through `events` or read its record.
    ///
    /// - Parameter parameters: Settings of this run alone, given to its work; they are not recorded.
    /// - Throws: `unknownJob`, `invalidSubject`, `notRunning`, `tooManyRuns`, `runsElsewhere` (a process that may have
    ///   died holds the lock) or `catalog`.
    public func start(
        job: String, subject: String? = nil, parameters: [String: String] = [:]
    ) async throws(JobError) -> JobStart {
        let run = try newRun(job: job, subject: subject)
        let key = JobKey(run)
        switch state.withLock({ $0.machine.manualRequested(run) }) {
        case .start: break
        case .alreadyActive(let other): return .alreadyRunning(other)
        case .heldElsewhere: return .alreadyRunning(try await runElsewhere(key))
        case .notRunning: throw JobError(.notRunning, message: "jobs are not running in this process")
        case .tooMany:
            throw JobError(
                .tooManyRuns,
                message: "\(records.settings.activeRunsMax) runs are active; ask again when some have ended")
        }
        do {
            guard try await queue(run) else {
                giveUp(run)
                return .alreadyRunning(try await runElsewhere(key))
            }
        } catch {
            giveUp(run)
            throw error
        }
        guard let execution = execution(of: run, parameters: parameters, isLocked: true) else { return .started(run) }
        guard accept(execution) else {
            await uncancelled { await execution.recordNeverBegan() }
            throw JobError(.notRunning, message: "jobs are being stopped in this process")
        }
        return .started(run)
    }

    /// Does a run in the caller's task and returns its final record; for programs that do one thing and end.
    ///
    /// Needs no `run()`. Cancelling the caller's task cancels the run, which is recorded all the same. Throws as
    /// `start` does; a job that is at work already is `runsElsewhere`.
    public func runOnce(
        job: String, subject: String? = nil, parameters: [String: String] = [:]
    ) async throws(JobError) -> JobRun {
        let run = try newRun(job: job, subject: subject)
        do {
            try await records.markAbandoned(activeKeys: [])
        } catch {
            throw JobError(.catalog, message: "the runs of jobs cannot be read: \(error)")
        }
        guard try await queue(run) else {
            let other = try await runElsewhere(JobKey(run))
            throw JobError(
                .runsElsewhere,
                message: "\(JobKey(run)) is at work as run \(other.id) of "
                    + "\(other.owner.map { JobOwner($0).label } ?? "another process")")
        }
        guard let execution = execution(of: run, parameters: parameters, isLocked: true) else { return run }
        let ending = await withTaskCancellationHandler {
            await uncancelled { await execution.carryOut() }
        } onCancel: {
            execution.requestCancel(.requested)
        }
        guard case .ended(let ended) = ending else {
            throw JobError(.catalog, message: "run \(run.id) of \(JobKey(run)) could not be recorded")
        }
        return ended
    }

    /// Asks a run of this process to end and returns its record; it ends soon after, as `cancelled`.
    ///
    /// A run of a process that died is marked `abandoned` instead, and its lock given back.
    /// Throws `unknownRun`, `runEnded`, `runsElsewhere` or `catalog`.
    public func cancel(_ id: JobRunID) async throws(JobError) -> JobRun {
        let (actions, active) = state.withLock { state in
            (state.machine.cancelRequested(id), state.machine.activeRuns.first { $0.id == id })
        }
        if let active, !actions.isEmpty {
            perform(actions)
            return active
        }
        guard let recorded = try await recorded(id) else {
            throw JobError(.unknownRun, message: "no run has the id \(id)")
        }
        if recorded.state.isFinal {
            throw JobError(.runEnded, message: "run \(id) of \(recorded.job) has ended: \(recorded.state.rawValue)")
        }
        guard records.hasDied(recorded) else {
            let owner = recorded.owner.map { JobOwner($0).label } ?? "another process"
            throw JobError(.runsElsewhere, message: "run \(id) belongs to \(owner); cancel it there")
        }
        do {
            return try await records.bury(recorded)
        } catch {
            throw JobError(.catalog, message: "the end of run \(id) cannot be recorded: \(error)")
        }
    }

    /// The record of a run, of whichever process; nil where there is none.
    ///
    /// Throws `catalog`.
    public func recorded(_ id: JobRunID) async throws(JobError) -> JobRun? {
        do {
            return try await records.catalog.jobRun(id)
        } catch {
            throw JobError(.catalog, message: "run \(id) cannot be read: \(error)")
        }
    }

    private func newRun(job: String, subject: String?) throws(JobError) -> JobRun {
        guard let definition = definitions[job] else {
            let known = definitions.keys.sorted().joined(separator: ", ")
            throw JobError(.unknownJob, message: "no job is called '\(job)'; there are \(known)")
        }
        try definition.check(subject: subject)
        var run = JobRun(job: job, subject: subject, trigger: .manual, scheduledAt: records.clock.now)
        if let subject, definition.subjectKinds.contains(.device), let device = DeviceID(subject) {
            run.subject = device.description
        }
        run.owner = records.owner
        return run
    }

    /// Takes the lock and records the run as queued; false where another process has the lock.
    private func queue(_ run: JobRun) async throws(JobError) -> Bool {
        let records = records
        let outcome: Result<Bool, JobError> = await uncancelled {
            do {
                guard try await records.take(run) else { return .success(false) }
                try await records.save(run)
                return .success(true)
            } catch {
                await records.unlock(run)
                return .failure(JobError(.catalog, message: "run of \(JobKey(run)) cannot be recorded: \(error)"))
            }
        }
        return try outcome.get()
    }

    private func giveUp(_ run: JobRun) {
        let now = records.clock.now
        perform(state.withLock { $0.machine.runEnded(run, at: now) })
    }

    private func runElsewhere(_ key: JobKey) async throws(JobError) -> JobRun {
        let other: JobRun?
        do {
            other = try await records.unfinished(key)
        } catch {
            throw JobError(.catalog, message: "the runs of \(key) cannot be read: \(error)")
        }
        guard let other else {
            throw JobError(
                .runsElsewhere, message: "another process holds the lock of \(key); ask again in a minute")
        }
        return other
    }
}
