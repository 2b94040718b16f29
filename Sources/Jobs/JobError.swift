/// Why a job or a schedule was refused.
public struct JobError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a refusal, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// A schedule's text cannot be read.
        public static let invalidSchedule = Code(name: "invalidSchedule")
        /// A setting of the runner is out of its range.
        public static let invalidSetting = Code(name: "invalidSetting")
        /// A time zone's name is not known.
        public static let invalidZone = Code(name: "invalidZone")
        /// No job has this name.
        public static let unknownJob = Code(name: "unknownJob")
        /// The subject is missing, superfluous or not of a kind the job takes.
        public static let invalidSubject = Code(name: "invalidSubject")
        /// The runner is not running, or is stopping.
        public static let notRunning = Code(name: "notRunning")
        /// As many runs as allowed are active.
        public static let tooManyRuns = Code(name: "tooManyRuns")
        /// No run has this id.
        public static let unknownRun = Code(name: "unknownRun")
        /// The run has ended already.
        public static let runEnded = Code(name: "runEnded")
        /// Another process owns the run.
        public static let runsElsewhere = Code(name: "runsElsewhere")
        /// The catalog failed; nothing was started.
        public static let catalog = Code(name: "catalog")
        /// The name of the kind.
        public var description: String { name }
    }

    /// The kind.
    public var code: Code
    /// What was wrong with which value, and what to do.
    public var message: String

    /// A refusal with its reason.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message with the kind.
    public var description: String {
        "\(message) (\(code))"
    }
}
