public import Inventory
public import Logging
import Synchronization

/// What a job's work is given: which run it is, the time, a log, and where to report progress.
public struct JobContext: Sendable {
    /// The run's identity.
    public let runID: JobRunID
    /// Name of the job.
    public let job: String
    /// What it runs on; nil for everything.
    public let subject: String?
    /// What made it run.
    public let trigger: JobTrigger
    /// Settings of this run alone, as the caller of a manual start gave them.
    public let parameters: [String: String]
    /// The clock to take every time from.
    public let clock: any WallClock
    /// The log, with the run's id in its metadata.
    public let logger: Logger
    private let report: JobReport

    /// A context for a run; the runner makes one, and so does a test that calls a job's work directly.
    public init(
        run: JobRun, parameters: [String: String] = [:], clock: any WallClock, logger: Logger,
        report: JobReport = JobReport()
    ) {
        runID = run.id
        job = run.job
        subject = run.subject
        trigger = run.trigger
        self.parameters = parameters
        self.clock = clock
        self.logger = logger
        self.report = report
    }

    /// Says how far the work is.
    ///
    /// Cheap, may be called for every unit: it is recorded at most once a second.
    public func progress(done: Int, total: Int) {
        report.update { content in
            content.done = done
            content.total = total
        }
    }

    /// Adds to a counted result, such as `interfaces_discovered`.
    public func count(_ name: String, by amount: Int64 = 1) {
        report.update { $0.results[name, default: 0] += amount }
    }

    /// Whether the run shall end.
    public var isCancelled: Bool {
        Task.isCancelled
    }

    /// Throws `CancellationError` where the run shall end.
    public func checkCancellation() throws {
        try Task.checkCancellation()
    }
}

/// What a run has reported so far: written by the job, read by the runner.
public final class JobReport: Sendable {
    /// What was reported.
    public struct Content: Sendable, Hashable {
        /// Units of work done.
        public var done = 0
        /// Units of work in all; 0 while not known.
        public var total = 0
        /// Counted results by name.
        public var results: [String: Int64] = [:]
    }

    private struct State {
        var content = Content()
        var isFresh = false
    }

    private let state = Mutex(State())

    /// An empty report.
    public init() {}

    /// What was reported so far.
    public var content: Content {
        state.withLock { $0.content }
    }

    func update(_ change: (inout Content) -> Void) {
        state.withLock { state in
            change(&state.content)
            state.isFresh = true
        }
    }

    /// What was reported, where anything was since the last call; nil otherwise.
    func takeFresh() -> Content? {
        state.withLock { state in
            guard state.isFresh else { return nil }
            state.isFresh = false
            return state.content
        }
    }
}
