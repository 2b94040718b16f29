/// Why the time-series store did not do what it was asked; says what to do about it.
public struct SeriesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The store cannot be opened: permissions, a file that is none of ours, one of a later version.
        case cannotOpen
        /// No space is left; nothing of the call was kept, what was there before is, and reads go on.
        case full
        /// Whether the call was kept is not known; call again with the same readings.
        case outcomeUnknown
        /// What is stored is damaged.
        case damaged
        /// A server that is needed does not answer, or refuses.
        case unavailable
        /// The store was closed.
        case closed
        /// The caller ended it.
        case cancelled
        /// Anything else the operating system or the database says.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and what to do.
    public var message: String

    /// A failure.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
