/// Why a part that a cluster shares did not do what it was asked.
public struct ClusterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public enum Code: String, Sendable, Hashable {
        /// It cannot be reached, or does not answer in time: what was asked may or may not have happened.
        case unavailable
        /// It answered, and refused; asking again changes nothing.
        case refused
        /// This part was closed.
        case closed
        /// The task was cancelled.
        case cancelled
    }

    /// The kind.
    public var code: Code
    /// What went wrong and what to do about it, without secrets.
    public var message: String

    /// A failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// One sentence with all of it.
    public var description: String { "\(message) (\(code.rawValue))" }
}
