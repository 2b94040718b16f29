/// Why a catalog did not do what it was asked.
public struct CatalogError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// A value would occur twice, or a row is still referred to.
        public static let conflict = Code(name: "conflict")
        /// A value does not fit the schema's checks.
        public static let invalidValue = Code(name: "invalidValue")
        /// The store is held by another writer for longer than the limit.
        public static let busy = Code(name: "busy")
        /// The store has no room left.
        public static let full = Code(name: "full")
        /// The store cannot be reached, opened or read.
        public static let unavailable = Code(name: "unavailable")
        /// The store's file is damaged.
        public static let corrupt = Code(name: "corrupt")
        /// The schema is newer than this program.
        public static let schemaTooNew = Code(name: "schemaTooNew")
        /// The catalog was closed.
        public static let closed = Code(name: "closed")
        /// The task was cancelled; nothing was written.
        public static let cancelled = Code(name: "cancelled")
        /// Another process took over the duty to write this; nothing was written.
        public static let superseded = Code(name: "superseded")
        /// The name of the kind.
        public var description: String { name }
    }

    /// The kind.
    public var code: Code
    /// What was being done, such as `saving interfaces of CORE-SW-03`.
    public var operation: String
    /// What went wrong and what to do about it, without secrets.
    public var message: String

    /// A failure of an operation.
    public init(_ code: Code, operation: String, message: String) {
        self.code = code
        self.operation = operation
        self.message = message
    }

    /// One sentence with all of it.
    public var description: String {
        "\(operation): \(message) (\(code))"
    }
}
