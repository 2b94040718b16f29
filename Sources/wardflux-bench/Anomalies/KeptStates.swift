import Glibc
import Pipelines
import Synchronization

/// Keeps the states of a watch in a file, durably, as a server does.
final class KeptStates: DetectionStateStore {
    let isKept = true
    private let path: String
    private let sums = Mutex((count: 0, octets: 0))

    init(path: String) { self.path = path }

    /// How often they were kept.
    var count: Int { sums.withLock(\.count) }
    /// Octets of the file.
    var octets: Int { sums.withLock(\.octets) }

    func reader() throws -> (any DetectionStateReader)? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        return file < 0 ? nil : Reader(file: file)
    }

    func writer() throws -> any DetectionStateWriter {
        let file = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DriverError("\(path) cannot be written") }
        return Writer(file: file, states: self)
    }

    /// Puts the file that was written in the place of the one before.
    private func take(_ file: Int32) throws {
        defer { close(file) }
        guard fsync(file) == 0, rename(path + ".new", path) == 0 else { throw DriverError("\(path) cannot be written") }
        let octets = Int(lseek(file, 0, SEEK_END))
        sums.withLock { $0 = ($0.count + 1, octets) }
    }

    private struct Reader: DetectionStateReader {
        let file: Int32

        func next(_ count: Int) throws -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                while filled < count, let base = buffer.baseAddress {
                    let got = read(file, base + filled, count - filled)
                    guard got > 0 else { return }
                    filled += got
                }
            }
        }
    }

    private struct Writer: DetectionStateWriter {
        let file: Int32
        let states: KeptStates

        func append(_ octets: [UInt8]) throws {
            guard write(file, octets, octets.count) == octets.count else { throw DriverError("the disk is full") }
        }

        func commit() throws { try states.take(file) }

        func abandon() { close(file) }
    }
}
