import Glibc
import Pipelines

/// Why the file of detection states cannot be read or written.
struct DetectionStateFileError: Error, Sendable, Hashable, CustomStringConvertible {
    var description: String

    init(_ verb: String, _ path: String) {
        description = "cannot \(verb) \(path): \(String(cString: strerror(errno)))"
    }
}

/// The states of anomaly detection as a file of the data directory, replaced as a whole.
struct DetectionStateFile: DetectionStateStore {
    let path: String
    let isKept: Bool

    func reader() throws -> (any DetectionStateReader)? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 {
            if errno == ENOENT { return nil }
            throw DetectionStateFileError("read", path)
        }
        return Reader(OpenFile(file), path)
    }

    func writer() throws -> any DetectionStateWriter { try Writer(path) }

    private final class OpenFile: Sendable {
        let number: Int32

        init(_ number: Int32) { self.number = number }

        deinit { close(number) }
    }

    private struct Reader: DetectionStateReader {
        let file: OpenFile
        let path: String

        init(_ file: OpenFile, _ path: String) {
            self.file = file
            self.path = path
        }

        func next(_ count: Int) throws -> [UInt8] {
            var failure: DetectionStateFileError?
            let octets = [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
                while filled < count, let base = buffer.baseAddress {
                    let got = read(file.number, base + filled, count - filled)
                    if got < 0, errno == EINTR { continue }
                    if got < 0 { failure = DetectionStateFileError("read", path) }
                    if got <= 0 { return }
                    filled += got
                }
            }
            if let failure { throw failure }
            return octets
        }
    }

    /// Writes beside the file, makes it durable, and renames it to the file's name.
    private struct Writer: DetectionStateWriter {
        let file: OpenFile
        let path: String
        var draft: String { path + ".new" }

        init(_ path: String) throws {
            let number = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard number >= 0 else { throw DetectionStateFileError("write", path + ".new") }
            file = OpenFile(number)
            self.path = path
        }

        func append(_ octets: [UInt8]) throws {
            var rest = octets[...]
            while !rest.isEmpty {
                let done = rest.withUnsafeBytes { write(file.number, $0.baseAddress, $0.count) }
                if done < 0, errno == EINTR { continue }
                guard done > 0 else { throw DetectionStateFileError("write", draft) }
                rest = rest.dropFirst(done)
            }
        }

        func commit() throws {
            guard fsync(file.number) == 0 else { throw DetectionStateFileError("write", draft) }
            guard rename(draft, path) == 0 else { throw DetectionStateFileError("replace", path) }
            let name = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { return }
            _ = fsync(folder)
            close(folder)
        }

        func abandon() { unlink(draft) }
    }
}
