/// Why a pipeline did not do its work, or a setting of it was refused.
public struct PipelineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// A setting is out of its range.
        public static let invalidSetting = Code(name: "invalidSetting")
        /// The subject or a parameter of a run cannot be used.
        public static let invalidRequest = Code(name: "invalidRequest")
        /// The device the run is about is not known, or switched off.
        public static let noSuchDevice = Code(name: "noSuchDevice")
        /// A device has no credentials that can be used.
        public static let noCredentials = Code(name: "noCredentials")
        /// The device could not be read.
        public static let deviceFailed = Code(name: "deviceFailed")
        /// The name of the kind.
        public var description: String { name }
    }

    /// The kind.
    public var code: Code
    /// What was wrong with which value, and what to do, without secrets.
    public var message: String

    /// A failure with its remedy.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message alone: it is shown to people as the end of a run.
    public var description: String { message }
}
