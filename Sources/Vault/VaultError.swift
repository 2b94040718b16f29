/// Why the vault has no key, or cannot seal or open something.
public struct VaultError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a failure, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// A key is not 32 bytes in base64 or hexadecimal digits.
        public static let badKey = Code(name: "badKey")
        /// Others than the owner may read the key file.
        public static let exposedKeyFile = Code(name: "exposedKeyFile")
        /// The key file cannot be read or written.
        public static let keyFileUnavailable = Code(name: "keyFileUnavailable")
        /// A box was sealed with another key, for another profile, or was changed since.
        public static let doesNotOpen = Code(name: "doesNotOpen")
        /// A box was opened but its content is not understood.
        public static let unknownContent = Code(name: "unknownContent")
        /// The name of the kind.
        public var description: String { name }
    }

    /// The kind.
    public var code: Code
    /// What went wrong and what to do about it, without secrets.
    public var message: String

    /// A failure with its remedy.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message and the kind.
    public var description: String { "\(message) (\(code))" }
}
