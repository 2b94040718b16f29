import Glibc
import Synchronization

/// Writes whole texts to descriptors.
enum DescriptorWriter {
    /// Writes all of a text; returns the errno that ended it early, nil where all was written.
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                switch errno {
                case EINTR: continue
                case EAGAIN: waitUntilWritable(descriptor)
                case let code: return code
                }
            } else {
                bytes = bytes.dropFirst(count)
            }
        }
        return nil
    }

    private static func waitUntilWritable(_ descriptor: Int32) {
        var events = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&events, 1, 1000)
    }
}

/// What became of standard output: results that could not be written are a failure of the command.
///
/// A reader that has gone (`… | head -1`) is none: it has read what it wanted.
enum StandardOutput {
    private static let isLost = Mutex(false)
    private static let isUnread = Mutex(false)

    /// Whether a write found that nobody reads any more: a command without an end may end.
    static var readerHasGone: Bool { isUnread.withLock { $0 } }

    /// Writes a text; the first failure is told on standard error.
    static func write(_ text: String) {
        guard let code = DescriptorWriter.write(text, to: STDOUT_FILENO) else { return }
        guard isFailure(code) else { return isUnread.withLock { $0 = true } }
        let isFirst = isLost.withLock { lost in
            defer { lost = true }
            return !lost
        }
        guard isFirst else { return }
        let line = "error: cannot write the output: \(String(cString: strerror(code)))\n"
        _ = DescriptorWriter.write(line, to: STDERR_FILENO)
    }

    /// Whether an errno of writing means that something asked for is missing.
    static func isFailure(_ code: Int32) -> Bool { code != EPIPE }

    /// The status to end with, after a command that would end with `status`.
    static func finalStatus(_ status: Int32) -> Int32 {
        guard isLost.withLock({ $0 }) else { return status }
        let wholeOrPart: [ExitStatus] = [.done, .partial, .incomplete]
        return wholeOrPart.contains { $0.rawValue == status } ? ExitStatus.failed.rawValue : status
    }
}
