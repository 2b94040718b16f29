import Glibc

/// Why a file was not read or written.
struct SmallFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `/etc/x cannot be read: Permission denied`.
    var description: String
}

/// Small files, whole: reads those that people write.
enum SmallFile {
    /// The octets of a file; of a longer one `octetsMax` and some more, so that it can be told as that.
    static func octets(of path: String, octetsMax: Int) throws(SmallFileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while octets.count <= octetsMax {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { break }
            octets += piece[..<count]
        }
        return octets
    }

    /// The text of a file in UTF-8 that has `octetsMax` octets at most.
    static func text(of path: String, octetsMax: Int) throws(SmallFileError) -> String {
        let octets = try octets(of: path, octetsMax: octetsMax)
        guard octets.count <= octetsMax else {
            throw SmallFileError(description: "\(path) has more than \(octetsMax) octets")
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw SmallFileError(description: "\(path) is not UTF-8")
        }
        return text
    }

    /// Writes a new file, for its owner alone; throws where there is one.
    static func make(_ path: String, _ text: String) throws(SmallFileError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw SmallFileError(description: "\(path) cannot be made: \(reason)") }
        defer { close(file) }
        let octets = Array(text.utf8)
        guard write(file, octets, octets.count) == octets.count, fsync(file) == 0 else {
            throw SmallFileError(description: "\(path) cannot be written: \(reason)")
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }

    private static func failure(_ path: String) -> SmallFileError {
        SmallFileError(description: "\(path) cannot be read: \(reason)")
    }
}
