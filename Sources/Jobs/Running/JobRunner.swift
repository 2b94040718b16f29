public import Catalog
import FoundationEssentials
public import Inventory
public import Logging
import Synchronization

/// What came of asking for a run.
public enum JobStart: Sendable, Hashable {
    /// It will run; the record says which run it is.
    case started(JobRun)
    /// The job is at work on this subject already; the record says as which run.
    case alreadyRunning(JobRun)
}

/// Runs jobs when they are due or asked for, records every run, and never lets a job overlap itself.
///
/// Several runners may share one catalog: a lock per (job, subject) decides which of them does a run, and a run whose
/// process died is marked abandoned: at once on the same host, else once its lock has run out. The runner works while `run()` does. The schedule is
/// `JobScheduleStateMachine`, one run is `JobExecution`; this type connects them with tasks and the catalog.
public final class JobRunner: Sendable {
    enum Command: Sendable {
        case carryOut(JobExecution)
        case timer(Timestamp)
        case stop
    }

    struct State: Sendable {
        var machine: JobScheduleStateMachine
        /// Runs that were accepted and have not ended.
        var executions: [JobRunID: JobExecution] = [:]
        var hasStarted = false
    }

    /// Where runs can be watched.
    public let events: JobEvents
    let records: JobRecords
    let zone: ZoneRules
    let definitions: [String: JobDefinition]
    let state: Mutex<State>
    let commands: AsyncStream<Command>
    let command: AsyncStream<Command>.Continuation

    /// A runner at rest.
    ///
    /// - Parameters:
    ///   - definitions: The jobs; names must be unique.
    ///   - zone: The zone of the schedules.
    ///   - owner: How this process is called in records and locks: unique in its life and after.
    ///   - isDead: Whether an owner is a process that is known to have ended; the processes of this host by default.
    public init(
        definitions: [JobDefinition], catalog: any JobCatalog, clock: any WallClock = SystemWallClock(),
        zone: ZoneRules, logger: Logger, settings: JobRunnerSettings = JobRunnerSettings(),
        owner: String = JobRunner.newOwner(), isDead: @escaping @Sendable (String) -> Bool = JobRunner.hasEnded(owner:)
    ) {
        events = JobEvents()
        self.zone = zone
        self.definitions = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })
        records = JobRecords(
            catalog: catalog, clock: clock, logger: logger, settings: settings, owner: owner, events: events,
            isDead: isDead)
        let machine = JobScheduleStateMachine(
            definitions: definitions, zone: zone, retrySeconds: settings.retrySeconds,
            activeRunsMax: settings.activeRunsMax)
        state = Mutex(State(machine: machine))
        // Unbounded in type, bounded in fact by the active runs and one timer for each change of the earliest time.
        (commands, command) = AsyncStream.makeStream()
    }

    /// A new name for this process; it says, where that is known, which process of which host it is.
    public static func newOwner() -> String {
        let name = "wardflux-\(UUID().uuidString.lowercased().prefix(8))"
        return JobOwner(name: name, process: HostProcesses.this).description
    }

    /// Whether an owner is a process of this host that has ended; false where that cannot be known.
    @Sendable public static func hasEnded(owner: String) -> Bool {
        HostProcesses.isDead(owner)
    }

    /// Runs jobs until the task is cancelled or `stop()` is called; can be called once.
    ///
    /// Throws `catalog` where the past runs cannot be read at the start. On return every run of this process has its
    /// final record: work that does not end when cancelled is left after `stopSecondsMax` and recorded as cancelled.
    public func run() async throws(JobError) {
        try await begin()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepHouse() }
            loop: for await command in commands {
                switch command {
                case .carryOut(let execution): group.addTask { await self.carryOut(execution) }
                case .timer(let moment): group.addTask { await self.wait(until: moment) }
                case .stop: break loop
                }
            }
            perform(state.withLock { $0.machine.stopRequested() }, cancelling: .shutdown)
            group.cancelAll()
        }
        await endRunsThatNeverBegan()
        events.finish()
    }

    /// How this process is called in records and locks.
    public var owner: String { records.owner }

    /// Makes `run()` cancel what is at work and return.
    public func stop() {
        command.yield(.stop)
    }

    /// The jobs with their next due time, in the order in which they run at start; nil for those without.
    ///
    /// Where schedules wait here another process may start them: the times are the same.
    public func schedule() -> [(definition: JobDefinition, next: Timestamp?)] {
        let now = records.clock.now
        return state.withLock { $0.machine.schedule }.map { definition, next in
            let isElsewhere = next == nil && records.settings.schedulesWait
            return (definition, isElsewhere ? definition.schedule?.next(after: now, in: zone) : next)
        }
    }

    /// The runs that are at work or waiting in this process, ordered by job and subject.
    public func activeRuns() -> [JobRun] {
        state.withLock { $0.machine.activeRuns }
    }

    // MARK: - Inside

    private func begin() async throws(JobError) {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { throw JobError(.notRunning, message: "a job runner runs once; make a new one") }
        do {
            try await records.markAbandoned(activeKeys: [])
        } catch {
            throw JobError(.catalog, message: "the past runs of jobs cannot be read: \(error)")
        }
        guard !records.settings.schedulesWait else { return state.withLock { $0.machine.began() } }
        try await startSchedules()
    }

    /// Makes jobs run when they are due, from now on: what was due while nobody saw to it is done now.
    ///
    /// Called by `run()`, unless the settings say that schedules wait. Throws `catalog` where the past runs cannot be read.
    public func startSchedules() async throws(JobError) {
        var lastCounted: [String: JobRun] = [:]
        do {
            for name in definitions.keys.sorted() {
                lastCounted[name] = try await records.lastCounted(name)
            }
        } catch {
            throw JobError(.catalog, message: "the past runs of jobs cannot be read: \(error)")
        }
        let now = records.clock.now
        let history = lastCounted
        let actions = state.withLock { $0.machine.started(at: now, lastCounted: history) }
        logSchedule()
        perform(actions)
    }

    /// Does what the state machine decided; never called under its lock.
    func perform(
        _ actions: [JobScheduleStateMachine.Action], cancelling reason: JobExecution.CancelReason = .requested
    ) {
        for action in actions {
            switch action {
            case .startRun(let run):
                if let execution = execution(of: run, parameters: [:], isLocked: false) { _ = accept(execution) }
            case .scheduleTimer(let moment): command.yield(.timer(moment))
            case .cancelRun(let id): state.withLock { $0.executions[id] }?.requestCancel(reason)
            case .reportSkipped(let job, let due, let active):
                records.logger.warning(
                    "\(job) was due at \(zone.text(of: due)) and left out: run \(active.id) has not ended")
            }
        }
    }

    /// Queues a run to be carried out by `run()`; false where the runner is stopping and will not.
    func accept(_ execution: JobExecution) -> Bool {
        let isAccepted = state.withLock { state in
            guard state.machine.isWorking else { return false }
            state.executions[execution.run.id] = execution
            return true
        }
        if isAccepted { command.yield(.carryOut(execution)) }
        return isAccepted
    }

    func execution(of run: JobRun, parameters: [String: String], isLocked: Bool) -> JobExecution? {
        guard let definition = definitions[run.job],
            let dueness = state.withLock({ $0.machine.dueness(of: run.job) })
        else { return nil }
        return JobExecution(
            run: run, definition: definition, dueness: dueness, parameters: parameters, isLocked: isLocked,
            records: records)
    }

    private func carryOut(_ execution: JobExecution) async {
        let ending = await uncancelled {
            await execution.carryOut { run in self.state.withLock { $0.machine.runBegan(run) } }
        }
        let now = records.clock.now
        let actions = state.withLock { state in
            state.executions[execution.run.id] = nil
            switch ending {
            case .ended(let run): return state.machine.runEnded(run, at: now)
            case .notDue: return state.machine.runEnded(execution.run, at: now)
            case .lockRefused: return state.machine.lockRefused(execution.run, at: now)
            }
        }
        if case .ended(let run) = ending { logEnd(run) }
        perform(actions)
    }

    private func wait(until moment: Timestamp) async {
        guard (try? await records.clock.sleep(until: moment)) != nil else { return }
        let now = records.clock.now
        perform(state.withLock { $0.machine.timerFired(at: now) })
    }

    private func endRunsThatNeverBegan() async {
        let left = state.withLock { state in
            defer { state.executions = [:] }
            return state.executions.sorted { $0.key < $1.key }.map(\.value)
        }
        for execution in left { await uncancelled { await execution.recordNeverBegan() } }
    }
}
