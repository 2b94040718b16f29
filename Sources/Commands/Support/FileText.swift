import Glibc

/// Reads whole files, with errors that name the file and the remedy.
enum FileText {
    /// Largest file or input that is read: 64 MiB.
    static let bytesMax = 64 << 20

    /// The octets of a file; `-` is standard input of the current console.
    static func readArgument(_ path: String) throws -> [UInt8] {
        path == "-" ? try Console.current.readInput() : try read(path)
    }

    /// The octets of a file.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, name: path)
    }

    /// All that a descriptor gives until its end.
    static func read(descriptor: Int32, name: String) throws(CommandFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", name)
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= bytesMax else {
                throw CommandFailure("\(name) is larger than \(bytesMax >> 20) MiB", remedy: "Split it.")
            }
        }
    }

    /// The text of a file without a byte order mark.
    static func text(_ path: String) throws -> String {
        var bytes = try readArgument(path)[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("\(path) is not UTF-8", remedy: "Convert it, for example with iconv -t UTF-8.")
        }
        return text
    }

    /// Writes a file anew, readable by its owner only where `secret`.
    static func write(_ text: String, to path: String, secret: Bool = false) throws(CommandFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, secret ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw failure("write", path) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Whether there is a directory of this name.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func failure(_ verb: String, _ path: String) -> CommandFailure {
        CommandFailure("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }
}
