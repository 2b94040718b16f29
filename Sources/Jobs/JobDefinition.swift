import Inventory

/// What a job can be run on.
public enum JobSubjectKind: String, CaseIterable, Sendable, Hashable {
    /// Everything: the run has no subject.
    case everything
    /// One device: the subject is its id.
    case device
    /// Something only the job itself can read, such as address ranges.
    case text
}

/// One kind of work: its name, when it is due, what it runs on, and the work itself.
public struct JobDefinition: Sendable {
    /// Name in records, logs and routes, such as `discover-all-interfaces`; unique.
    public var name: String
    /// When it is due; nil for a job that runs only when asked.
    public var schedule: Schedule?
    /// What it can be run on; only a job on everything can have a schedule.
    public var subjectKinds: Set<JobSubjectKind>
    /// Its place in the order in which jobs run at start, lowest first; nil where it need not run before it is due.
    public var firstStartRank: Int?
    /// Does the work.
    ///
    /// It returns soon after its task is cancelled, by throwing `CancellationError`.
    public var run: @Sendable (JobContext) async throws -> JobOutcome

    /// A job.
    public init(
        name: String, schedule: Schedule? = nil, subjectKinds: Set<JobSubjectKind> = [.everything],
        firstStartRank: Int? = nil, run: @escaping @Sendable (JobContext) async throws -> JobOutcome
    ) {
        precondition(
            schedule == nil || subjectKinds.contains(.everything), "\(name) has a schedule and runs on single subjects")
        self.name = name
        self.schedule = schedule
        self.subjectKinds = subjectKinds
        self.firstStartRank = firstStartRank
        self.run = run
    }

    /// Throws `invalidSubject` where the job does not take this subject.
    func check(subject: String?) throws(JobError) {
        guard let subject else {
            guard subjectKinds.contains(.everything) else {
                throw JobError(.invalidSubject, message: "job \(name) needs a subject: \(takes)")
            }
            return
        }
        if subjectKinds.contains(.text), !subject.isEmpty { return }
        if subjectKinds.contains(.device), DeviceID(subject) != nil { return }
        throw JobError(.invalidSubject, message: "job \(name) cannot run on '\(subject)': it takes \(takes)")
    }

    private var takes: String {
        let kinds = JobSubjectKind.allCases.filter(subjectKinds.contains).map { kind in
            switch kind {
            case .everything: return "no subject"
            case .device: return "the id of a device"
            case .text: return "a text"
            }
        }
        return kinds.joined(separator: " or ")
    }
}

/// How a job's work ended when it ended by itself.
public struct JobOutcome: Sendable, Hashable {
    /// Whether all of the work was done.
    public enum Completion: Sendable, Hashable {
        /// All of it.
        case succeeded
        /// Some of it; the message says what is missing.
        case partial
    }

    /// Whether all of the work was done.
    public var completion: Completion
    /// How it ended, in a sentence.
    public var message: String?
    /// Counted results by name, added to those the context was given during the run.
    public var results: [String: Int64]

    /// An outcome.
    public init(_ completion: Completion, message: String? = nil, results: [String: Int64] = [:]) {
        self.completion = completion
        self.message = message
        self.results = results
    }
}

/// One job on one subject: what never overlaps itself.
public struct JobKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Name of the job.
    public var job: String
    /// What it runs on; nil for everything.
    public var subject: String?

    /// A job on a subject.
    public init(job: String, subject: String?) {
        self.job = job
        self.subject = subject
    }

    init(_ run: JobRun) {
        self.init(job: run.job, subject: run.subject)
    }

    /// `job`, or `job/subject`: also the name of its lock in the catalog.
    public var description: String {
        subject.map { "\(job)/\($0)" } ?? job
    }

    /// Orders by the written form.
    public static func < (left: JobKey, right: JobKey) -> Bool {
        left.description < right.description
    }
}
