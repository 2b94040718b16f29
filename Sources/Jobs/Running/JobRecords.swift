import Catalog
import Inventory
import Logging

/// The records and locks of runs in the catalog, as one process keeps them.
struct JobRecords: Sendable {
    let catalog: any JobCatalog
    let clock: any WallClock
    let logger: Logger
    let settings: JobRunnerSettings
    let owner: String
    let events: JobEvents
    /// Whether an owner is known to have died.
    let isDead: @Sendable (String) -> Bool

    /// How many times the end of a run is tried to be written before it is left to be found abandoned.
    private static let endAttemptsMax = 3
    private static let historyRunsMax = 20

    /// Takes or renews the lock of a run's job for one lease; false while another run holds it, in any process.
    func lock(_ run: JobRun) async throws(CatalogError) -> Bool {
        let now = clock.now
        return try await catalog.lockJob(
            JobKey(run).description, holder: holder(run), now: now,
            until: now.advanced(bySeconds: settings.leaseSeconds))
    }

    /// Takes the lock of a run's job as `lock` does; one that a process of this host died with is free at once.
    func take(_ run: JobRun) async throws(CatalogError) -> Bool {
        if try await lock(run) { return true }
        let key = JobKey(run)
        let ghosts = try await unfinishedRuns(of: key.job).filter { JobKey($0) == key && hasDied($0) }
        for ghost in ghosts { try await bury(ghost) }
        return ghosts.isEmpty ? false : try await lock(run)
    }

    /// Each run holds its lock for itself, so that a job cannot overlap itself within a process either.
    private func holder(_ run: JobRun) -> String {
        Self.holder(owner, run)
    }

    private static func holder(_ owner: String, _ run: JobRun) -> String {
        "\(owner)/\(run.id)"
    }

    /// Gives the lock of a run's job back; where that fails it runs out by itself.
    func unlock(_ run: JobRun) async {
        do {
            try await catalog.unlockJob(JobKey(run).description, holder: holder(run))
        } catch {
            logger.warning("The lock of \(JobKey(run)) could not be given back and runs out by itself: \(error)")
        }
    }

    /// Records how a run stands and tells those who watch.
    func save(_ run: JobRun) async throws(CatalogError) {
        try await catalog.saveJobRun(run)
        events.publish(run)
    }

    /// Records the end of a run; tries again, as nothing else will.
    func saveEnd(_ run: JobRun) async {
        for attempt in 1...Self.endAttemptsMax {
            do {
                try await save(run)
                return
            } catch {
                logger.error("The end of \(JobKey(run)) could not be recorded (attempt \(attempt)): \(error)")
            }
        }
        events.publish(run)
    }

    /// The latest run of a job on everything that did what it was due for.
    func lastCounted(_ job: String) async throws(CatalogError) -> JobRun? {
        let query = JobRunQuery(job: job, states: JobDueness.countedStates, limit: Self.historyRunsMax)
        return try await catalog.jobRuns(query).first { $0.subject == nil }
    }

    /// The run of a job that has not ended, in whichever process.
    func unfinished(_ key: JobKey) async throws(CatalogError) -> JobRun? {
        try await unfinishedRuns(of: key.job).first { $0.subject == key.subject }
    }

    private func unfinishedRuns(of job: String?) async throws(CatalogError) -> [JobRun] {
        try await catalog.jobRuns(
            JobRunQuery(job: job, states: [.queued, .running], limit: settings.activeRunsMax))
    }

    /// Marks as abandoned the runs whose process died: it is known to, or the lock is free or ours by now.
    ///
    /// - Parameter activeKeys: The jobs this process runs at present, whose locks it holds.
    func markAbandoned(activeKeys: Set<JobKey>) async throws(CatalogError) {
        for run in try await unfinishedRuns(of: nil) where run.owner != owner {
            let key = JobKey(run)
            if hasDied(run) {
                try await bury(run)
                continue
            }
            if activeKeys.contains(key) {
                try await abandon(run)
                continue
            }
            let holder = "\(owner)/abandoned"
            let now = clock.now
            let until = now.advanced(bySeconds: settings.retrySeconds)
            guard try await catalog.lockJob(key.description, holder: holder, now: now, until: until) else { continue }
            // Read again under the lock: its process may have recorded the end since.
            if let current = try await catalog.jobRun(run.id), !current.state.isFinal { try await abandon(current) }
            try await catalog.unlockJob(key.description, holder: holder)
        }
    }

    /// Whether the process of a run is known to have died; other hosts' are not, before their locks run out.
    func hasDied(_ run: JobRun) -> Bool {
        guard let its = run.owner, its != owner else { return false }
        return isDead(its)
    }

    /// Gives back the lock of a run whose process died, and marks the run as abandoned; returns its record.
    @discardableResult
    func bury(_ run: JobRun) async throws(CatalogError) -> JobRun {
        // The lock first: a run that is not marked yet is found again, a lock that is left has to run out.
        try await catalog.unlockJob(JobKey(run).description, holder: Self.holder(run.owner ?? "", run))
        guard let current = try await catalog.jobRun(run.id) else { return run }
        return current.state.isFinal ? current : try await abandon(current)
    }

    @discardableResult
    private func abandon(_ run: JobRun) async throws(CatalogError) -> JobRun {
        let who = run.owner.map { JobOwner($0).label } ?? "unknown"
        var ended = run
        ended.state = .abandoned
        ended.endedAt = clock.now
        ended.message = "the process that ran it (\(who)) ended without recording how"
        try await save(ended)
        logger.warning(
            "Run \(run.id) of \(JobKey(run)) was abandoned by \(run.owner == nil ? "an unknown process" : who)")
        return ended
    }
}
