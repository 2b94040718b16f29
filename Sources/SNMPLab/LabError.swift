/// What went wrong in the lab: a code to catch by, and a sentence with the value and the remedy.
public struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Kinds of failure.
    ///
    /// More may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// No simulated network has that name.
        public static let unknownNetwork = Code(description: "unknownNetwork")
        /// A directory of recordings cannot be read, or holds none.
        public static let noRecordings = Code(description: "noRecordings")
        /// The socket cannot be opened or bound.
        public static let cannotBind = Code(description: "cannotBind")
        /// The address is not one of loopback's.
        public static let notLoopback = Code(description: "notLoopback")
        /// The server runs already, or has been stopped.
        public static let wrongState = Code(description: "wrongState")
        /// A fault cannot be read or does not apply.
        public static let badFault = Code(description: "badFault")
        /// A user of version 3 cannot be what is asked.
        public static let badUser = Code(description: "badUser")
        /// Notifications cannot be sent as asked.
        public static let badNotifications = Code(description: "badNotifications")
    }

    /// The kind of failure.
    public let code: Code
    /// What failed, on what, and what to do.
    public let message: String

    /// States a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message with its code.
    public var description: String {
        "\(code): \(message)"
    }
}
