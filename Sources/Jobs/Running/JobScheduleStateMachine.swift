import Inventory

/// Decides which job runs when; knows no clock, no store and no task.
///
/// Each method is an event, told with the time at which it happened, and returns what shall be done. States:
/// - `idle`: nothing is started; leads to `working` by `started`, or by `began`, after which jobs are due from `started` on.
/// - `working`: due jobs and requests start runs; leads to `stopping` by `stopRequested`.
/// - `stopping`: nothing is started any more; active runs end.
struct JobScheduleStateMachine: Sendable {
    /// What the runner shall do.
    enum Action: Sendable, Hashable {
        /// Take the job's lock, check that the run is still due, and do it.
        case startRun(JobRun)
        /// Call `timerFired` at this time.
        case scheduleTimer(Timestamp)
        /// Make the work of a run end.
        case cancelRun(JobRunID)
        /// Tell the log that a job was due while its previous run had not ended.
        case reportSkipped(job: String, due: Timestamp, active: JobRun)
    }

    /// What becomes of a request to run a job now.
    enum ManualAnswer: Sendable, Hashable {
        case start
        case alreadyActive(JobRun)
        case heldElsewhere
        case notRunning
        case tooMany
    }

    private enum Phase { case idle, working, stopping }

    private struct Slot {
        var definition: JobDefinition
        var next: Timestamp?
    }

    private struct Blocked {
        var run: JobRun
        var retryAt: Timestamp
    }

    private let zone: ZoneRules
    private let retrySeconds: Double
    private let activeRunsMax: Int
    private var phase = Phase.idle
    private var slots: [Slot]
    /// Runs of the start that wait for those before them.
    private var waitingStartup: [JobRun] = []
    /// Runs of the start that were begun and have not ended.
    private var begunStartup: Set<JobKey> = []
    private var active: [JobKey: JobRun] = [:]
    private var blocked: [JobKey: Blocked] = [:]
    private var armed: Timestamp?

    init(definitions: [JobDefinition], zone: ZoneRules, retrySeconds: Double, activeRunsMax: Int) {
        self.zone = zone
        self.retrySeconds = retrySeconds
        self.activeRunsMax = activeRunsMax
        slots = definitions.map { Slot(definition: $0, next: nil) }.sorted { left, right in
            (left.definition.firstStartRank ?? .max, left.definition.name)
                < (right.definition.firstStartRank ?? .max, right.definition.name)
        }
    }

    /// The jobs with their next due times, in the order of their ranks.
    var schedule: [(definition: JobDefinition, next: Timestamp?)] {
        slots.map { ($0.definition, $0.next) }
    }

    /// Whether runs may be started.
    var isWorking: Bool {
        phase == .working
    }

    /// The runs that have begun or wait for a lock, ordered by job and subject.
    var activeRuns: [JobRun] {
        active.sorted { $0.key < $1.key }.map(\.value)
    }

    /// How a job's due times are judged.
    func dueness(of job: String) -> JobDueness? {
        slots.first { $0.definition.name == job }.map(dueness)
    }

    /// The runner works, and runs what it is asked for; nothing is due before `started`.
    mutating func began() {
        phase = .working
    }

    /// The runner started; `lastCounted` holds the latest run that counts of each job that has one.
    mutating func started(at now: Timestamp, lastCounted: [String: JobRun]) -> [Action] {
        phase = .working
        for index in slots.indices {
            let slot = slots[index]
            slots[index].next = slot.definition.schedule?.next(after: now, in: zone)
            let last = lastCounted[slot.definition.name]
            guard let due = dueness(slot).dueAtStart(lastCounted: last, now: now) else { continue }
            waitingStartup.append(JobRun(job: slot.definition.name, trigger: .startup, scheduledAt: due))
        }
        return releaseStartup(at: now) + armTimer()
    }

    /// A timer that was asked for, or an earlier one, fired.
    mutating func timerFired(at now: Timestamp) -> [Action] {
        guard phase == .working else { return [] }
        if let armed, armed <= now { self.armed = nil }
        var actions: [Action] = []
        for index in slots.indices {
            guard let due = slots[index].next, due <= now else { continue }
            slots[index].next = slots[index].definition.schedule?.next(after: now, in: zone)
            actions += jobCameDue(slots[index].definition.name, due: due)
        }
        for (key, entry) in blocked.sorted(by: { $0.key < $1.key }) where entry.retryAt <= now {
            blocked[key] = nil
            actions.append(.startRun(entry.run))
        }
        return actions + armTimer()
    }

    /// Someone asked for a run; `start` makes it active, and the caller goes on with it.
    mutating func manualRequested(_ run: JobRun) -> ManualAnswer {
        guard phase == .working else { return .notRunning }
        let key = JobKey(run)
        if blocked[key] != nil { return .heldElsewhere }
        if let other = active[key] { return .alreadyActive(other) }
        guard active.count < activeRunsMax else { return .tooMany }
        active[key] = run
        return .start
    }

    /// A run's lock is held by another process: a due run is tried again, a requested one is given up.
    mutating func lockRefused(_ run: JobRun, at now: Timestamp) -> [Action] {
        guard phase == .working, run.trigger != .manual else { return runEnded(run, at: now) }
        blocked[JobKey(run)] = Blocked(run: run, retryAt: now.advanced(bySeconds: retrySeconds))
        return armTimer()
    }

    /// A run got its lock and began.
    mutating func runBegan(_ run: JobRun) {
        active[JobKey(run)] = run
    }

    /// A run ended, or was found not to be due any more.
    mutating func runEnded(_ run: JobRun, at now: Timestamp) -> [Action] {
        let key = JobKey(run)
        active[key] = nil
        blocked[key] = nil
        begunStartup.remove(key)
        return releaseStartup(at: now)
    }

    /// Someone asked to end a run; empty where it is not active here.
    mutating func cancelRequested(_ id: JobRunID) -> [Action] {
        active.values.contains { $0.id == id } ? [.cancelRun(id)] : []
    }

    /// The process shall end.
    mutating func stopRequested() -> [Action] {
        phase = .stopping
        waitingStartup = []
        for key in blocked.keys { active[key] = nil }
        blocked = [:]
        return activeRuns.map { .cancelRun($0.id) }
    }

    private func dueness(_ slot: Slot) -> JobDueness {
        JobDueness(
            schedule: slot.definition.schedule, firstStartRank: slot.definition.firstStartRank, zone: zone)
    }

    private mutating func jobCameDue(_ job: String, due: Timestamp) -> [Action] {
        // A run of the start will do what is due now.
        if waitingStartup.contains(where: { $0.job == job }) { return [] }
        let key = JobKey(job: job, subject: nil)
        if var entry = blocked[key] {
            // Still waiting for another process: when that one ends, only the newest time counts.
            entry.run.scheduledAt = due
            entry.run.trigger = .schedule
            blocked[key] = entry
            return []
        }
        if let other = active[key] { return [.reportSkipped(job: job, due: due, active: other)] }
        let run = JobRun(job: job, trigger: .schedule, scheduledAt: due)
        active[key] = run
        return [.startRun(run)]
    }

    /// Starts the waiting runs of the lowest rank, once those before them have ended.
    private mutating func releaseStartup(at now: Timestamp) -> [Action] {
        guard phase == .working, begunStartup.isEmpty, let first = waitingStartup.first else { return [] }
        let rank = rank(of: first.job)
        let group = waitingStartup.prefix { self.rank(of: $0.job) == rank }
        waitingStartup.removeFirst(group.count)
        var actions: [Action] = []
        for run in group where active[JobKey(run)] == nil {
            active[JobKey(run)] = run
            begunStartup.insert(JobKey(run))
            actions.append(.startRun(run))
        }
        return actions.isEmpty ? releaseStartup(at: now) : actions
    }

    private func rank(of job: String) -> Int {
        slots.first { $0.definition.name == job }?.definition.firstStartRank ?? .max
    }

    /// Asks for a timer where none is set for the next thing to do.
    private mutating func armTimer() -> [Action] {
        let times = slots.compactMap(\.next) + blocked.values.map(\.retryAt)
        guard let next = times.min() else { return [] }
        if let armed, armed <= next { return [] }
        armed = next
        return [.scheduleTimer(next)]
    }
}
