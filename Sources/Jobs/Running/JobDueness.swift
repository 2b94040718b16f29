import Inventory

/// Whether a job has to run, judged by its recorded runs.
///
/// A run counts when it ended by itself: `succeeded`, `partial` or `failed`. One that was cancelled or whose process
/// died did not do what it was due for.
struct JobDueness: Sendable {
    /// The states of runs that count.
    static let countedStates: Set<JobState> = [.succeeded, .partial, .failed]

    let schedule: Schedule?
    let firstStartRank: Int?
    let zone: ZoneRules

    /// The time for which a run at start is due: the first one missed, or `now` for a job that never ran; nil if none.
    func dueAtStart(lastCounted: JobRun?, now: Timestamp) -> Timestamp? {
        guard let schedule else { return nil }
        guard let lastCounted else { return firstStartRank == nil ? nil : now }
        let due = schedule.next(after: Self.moment(of: lastCounted), in: zone)
        return due <= now ? due : nil
    }

    /// Whether a run that was due is so still, now that nobody else can be running the job.
    func isStillDue(_ run: JobRun, lastCounted: JobRun?, now: Timestamp) -> Bool {
        switch run.trigger {
        case .manual: return true
        case .startup: return dueAtStart(lastCounted: lastCounted, now: now) != nil
        case .schedule: return lastCounted.map { Self.moment(of: $0) < run.scheduledAt } ?? true
        }
    }

    /// The moment up to which a run did what was due.
    private static func moment(of run: JobRun) -> Timestamp {
        max(run.scheduledAt, run.startedAt ?? run.scheduledAt)
    }
}
