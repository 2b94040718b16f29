import Crypto
import Glibc

/// Copies and writes of files that are on the disk once they return.
enum DurableFile {
    private static let pieceOctets = 1 << 20
    private static let diskRemedy = "check the rights and the disk"

    /// Copies a file, readable by its owner alone; answers its size and digest.
    static func copy(_ source: String, to target: String) throws(BackupError) -> BackupManifest.Entry {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .system("read", source, diskRemedy) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .system("write", target, diskRemedy) }
        defer { close(output) }
        let entry = try read(input, named: source) { piece throws(BackupError) in
            try write(piece, to: output, named: target)
        }
        guard fsync(output) == 0 else { throw .system("write", target, diskRemedy) }
        return entry
    }

    /// The size and the digest of a file; its path is left to the caller.
    static func digest(_ path: String) throws(BackupError) -> BackupManifest.Entry {
        let input = open(path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .system("read", path, diskRemedy) }
        defer { close(input) }
        return try read(input, named: path) { _ in }
    }

    /// Writes a new file.
    static func write(_ octets: [UInt8], to path: String) throws(BackupError) {
        let output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw .system("write", path, diskRemedy) }
        defer { close(output) }
        try write(octets[...], to: output, named: path)
        guard fsync(output) == 0 else { throw .system("write", path, diskRemedy) }
    }

    /// Makes what a folder holds durable: names of new files.
    static func sync(folder path: String) throws(BackupError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .system("open", path, diskRemedy) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw .system("write", path, diskRemedy) }
    }

    private static func read(
        _ file: Int32, named path: String, _ take: (ArraySlice<UInt8>) throws(BackupError) -> Void
    ) throws(BackupError) -> BackupManifest.Entry {
        var (digest, octets) = (SHA256(), Int64(0))
        var piece = [UInt8](repeating: 0, count: pieceOctets)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system("read", path, diskRemedy) }
            guard count > 0 else { break }
            digest.update(data: piece[..<count])
            octets += Int64(count)
            try take(piece[..<count])
        }
        return BackupManifest.Entry(path: path, octets: octets, sha256: hexadecimal(digest.finalize()))
    }

    private static func write(
        _ octets: ArraySlice<UInt8>, to file: Int32, named path: String
    ) throws(BackupError) {
        var left = octets
        while !left.isEmpty {
            let count = left.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write", path, "free some space there") }
            left = left.dropFirst(count)
        }
    }

    private static func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
