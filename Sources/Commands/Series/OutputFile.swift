import Glibc
import Synchronization

/// A file that appears under its name only when all of it is written.
final class OutputFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let octets = Mutex<Int64>(0)
    private let isFinished = Mutex(false)
    private var partPath: String { path + ".part" }

    /// Begins to write; what was there under the name stays until the end.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit {
        close(descriptor)
        if !isFinished.withLock({ $0 }) { unlink(partPath) }
    }

    /// Writes octets at the end.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure(path)
            }
            rest = rest.dropFirst(count)
        }
        octets.withLock { $0 += Int64(bytes.count) }
    }

    /// Gives the file its name; returns how many octets it has.
    func finish() throws(CommandFailure) -> Int64 {
        guard fsync(descriptor) == 0, rename(partPath, path) == 0 else { throw Self.failure(path) }
        isFinished.withLock { $0 = true }
        return octets.withLock { $0 }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            "cannot write \(path): \(String(cString: strerror(errno)))",
            remedy: "Is there space, and may you write there? What was there under this name is unchanged.")
    }
}

/// Hands pieces of a text to standard output line by line, so that no character is cut.
final class WholeLines: Sendable {
    private let rest = Mutex<[UInt8]>([])
    private let console = Console.current

    /// Takes a piece and writes the lines that are whole.
    func take(_ bytes: [UInt8]) throws {
        let text = rest.withLock { rest -> String in
            rest += bytes
            guard let end = rest.lastIndex(of: 10) else { return "" }
            let lines = String(decoding: rest[...end], as: UTF8.self)
            rest = Array(rest[(end + 1)...])
            return lines
        }
        if !text.isEmpty { console.write(text) }
        if StandardOutput.readerHasGone { throw QuietExit(status: .done) }
    }

    /// Writes what follows the last line.
    func end() {
        let text = rest.withLock { String(decoding: $0, as: UTF8.self) }
        if !text.isEmpty { console.write(text) }
    }
}
