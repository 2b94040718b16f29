/// How a run of a job stands.
public enum JobState: String, CaseIterable, Codable, Sendable, Hashable {
    /// Accepted, not begun.
    case queued
    /// At work.
    case running
    /// Ended, all of it done.
    case succeeded
    /// Ended, some of it not done; `message` says what.
    case partial
    /// Ended by an error; `message` says which.
    case failed
    /// Ended because someone asked.
    case cancelled
    /// Its process died while it ran.
    case abandoned

    /// Whether nothing more will happen to the run.
    public var isFinal: Bool {
        switch self {
        case .queued, .running: return false
        case .succeeded, .partial, .failed, .cancelled, .abandoned: return true
        }
    }
}

/// What made a job run.
public enum JobTrigger: String, CaseIterable, Codable, Sendable, Hashable {
    /// Its schedule.
    case schedule
    /// It was due while the process was down, or had never run.
    case startup
    /// A person or a program asked.
    case manual
}

/// One run of one job: a row of `job_runs`.
public struct JobRun: Sendable, Hashable {
    /// Identity of the run.
    public var id: JobRunID
    /// Name of the job, for example `discover-all-interfaces`.
    public var job: String
    /// What it runs on, for example a device id; nil for a job on everything.
    public var subject: String?
    /// What made it run.
    public var trigger: JobTrigger
    /// How it stands.
    public var state: JobState
    /// The time it was due or asked for.
    public var scheduledAt: Timestamp
    /// When it began.
    public var startedAt: Timestamp?
    /// When it ended.
    public var endedAt: Timestamp?
    /// Units of work done so far, such as devices.
    public var done: Int
    /// Units of work in all; 0 while not known.
    public var total: Int
    /// How it ended, in a sentence.
    public var message: String?
    /// Counted results by name, such as `interfaces_discovered`.
    public var results: [String: Int64]
    /// Which process runs it.
    public var owner: String?

    /// A run that was just accepted.
    public init(
        id: JobRunID = .random(), job: String, subject: String? = nil, trigger: JobTrigger, scheduledAt: Timestamp
    ) {
        self.id = id
        self.job = job
        self.subject = subject
        self.trigger = trigger
        state = .queued
        self.scheduledAt = scheduledAt
        done = 0
        total = 0
        results = [:]
    }
}
