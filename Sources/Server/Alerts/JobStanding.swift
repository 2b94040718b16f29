import Inventory
import Jobs

/// Whether a job does what its schedule promises; pure.
struct JobStanding: Sendable {
    /// A job is overdue when it is late by its interval, and by this at least, seconds.
    private static let lateSecondsMin = 600.0

    /// When this process began: what was due before is done soon after.
    let since: Timestamp
    let zone: ZoneRules

    /// What is wrong with a job; nil where nothing is.
    ///
    /// - Parameter runs: its latest runs on everything that ended by themselves or are at work, the latest first.
    func trouble(of schedule: Schedule?, _ runs: [JobRun], at now: Timestamp) -> String? {
        guard let schedule else { return nil }
        if let late = lateness(of: schedule, runs.first, at: now) { return late }
        guard let ended = runs.first(where: \.state.isFinal), ended.state == .failed else { return nil }
        return "it failed at \(ended.endedAt ?? ended.scheduledAt)" + (ended.message.map { ": \($0)" } ?? "")
    }

    private func lateness(of schedule: Schedule, _ last: JobRun?, at now: Timestamp) -> String? {
        let due = schedule.next(after: last?.scheduledAt ?? since, in: zone)
        let awaited = max(due, since)
        let interval = schedule.next(after: due, in: zone).secondsSince(due)
        guard now.secondsSince(awaited) > max(Self.lateSecondsMin, interval) else { return nil }
        guard let last else { return "it was due at \(due) and has not run" }
        return last.state.isFinal
            ? "it was due at \(due) and has not run since \(last.scheduledAt)"
            : "it has been at work since \(last.startedAt ?? last.scheduledAt) and was due again at \(due)"
    }
}
