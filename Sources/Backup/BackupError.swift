import Glibc

/// Why a backup was not made, or not put back; says what to do.
public struct BackupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What failed, on which file, and the remedy.
    public var message: String

    /// The message.
    public var description: String { message }

    /// A failure.
    public init(_ message: String) {
        self.message = message
    }

    /// A failed system call, with what it said; the remedy follows.
    static func system(_ verb: String, _ path: String, _ remedy: String) -> BackupError {
        BackupError("cannot \(verb) \(path): \(String(cString: strerror(errno))); \(remedy)")
    }
}
