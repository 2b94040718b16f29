/// How a job runner keeps its records and locks.
public struct JobRunnerSettings: Sendable, Hashable {
    /// Seconds for which a lock is taken and after which a dead process's run counts as abandoned; 5 to 3600.
    public var leaseSeconds = 30.0
    /// Least seconds between two records of one run's progress; 0.1 to 60.
    public var progressSeconds = 1.0
    /// Seconds until a due run is tried again whose lock another process holds; 1 to 600.
    public var retrySeconds = 5.0
    /// Seconds a cancelled run is given to end before it is recorded as cancelled all the same; 0 to 300.
    public var stopSecondsMax = 10.0
    /// Seconds between two looks for abandoned runs; 1 to 3600.
    public var sweepSeconds = 60.0
    /// Seconds for which ended runs are kept (30 days), 3600 to 315,360,000; the latest of each job and subject stays.
    public var keepSeconds = 30.0 * 86_400
    /// Most runs active at a time, over all jobs and subjects; 1 to 100,000.
    public var activeRunsMax = 1000

    /// Whether jobs are due only from `JobRunner.startSchedules()` on; until then only what is asked for is run.
    public var schedulesWait = false

    /// The defaults.
    public init() {}

    /// Throws `invalidSetting` for the first setting that is out of its range.
    public func check() throws(JobError) {
        let values: [(String, Double, ClosedRange<Double>)] = [
            ("leaseSeconds", leaseSeconds, 5...3600), ("progressSeconds", progressSeconds, 0.1...60),
            ("retrySeconds", retrySeconds, 1...600), ("stopSecondsMax", stopSecondsMax, 0...300),
            ("sweepSeconds", sweepSeconds, 1...3600), ("keepSeconds", keepSeconds, 3600...315_360_000),
            ("activeRunsMax", Double(activeRunsMax), 1...100_000),
        ]
        for (name, value, range) in values where !range.contains(value) {
            throw JobError(
                .invalidSetting, message: "\(name) is \(value); set it to \(range.lowerBound) to \(range.upperBound)")
        }
        guard progressSeconds <= leaseSeconds / 3 else {
            throw JobError(
                .invalidSetting,
                message: "progressSeconds is \(progressSeconds); set it to a third of leaseSeconds at most, "
                    + "as the lock is renewed with it")
        }
    }
}
