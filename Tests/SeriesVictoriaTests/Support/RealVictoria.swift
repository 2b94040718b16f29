import FoundationEssentials
import Glibc

/// A VictoriaMetrics server on a free loopback port, with a folder of its own.
final class RealVictoria {
    struct Trouble: Error, CustomStringConvertible {
        let description: String
    }

    static let program = "/usr/bin/victoria-metrics"
    static var isInstalled: Bool { access(program, X_OK) == 0 }

    let port: UInt16
    let directory: String
    private let data: String
    private var process: pid_t = 0

    var url: String { "http://127.0.0.1:\(port)" }

    /// Chooses port and folder, and with `data` where the samples lie; `start` runs it.
    init(data: String? = nil) throws {
        port = try Self.freePort()
        directory = try TestFolder.make("victoria")
        self.data = data ?? "\(directory)/data"
    }

    /// Starts the server and waits until it answers, at most ten seconds.
    func start() throws {
        let arguments = [
            Self.program, "-httpListenAddr=127.0.0.1:\(port)", "-storageDataPath=\(data)", "-retentionPeriod=1",
            "-dedup.minScrapeInterval=1ms", "-memory.allowedBytes=200MB", "-loggerLevel=PANIC",
        ]
        var pointers = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for pointer in pointers { free(pointer) } }
        // The threads of the concurrency runtime block all signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        var none = sigset_t()
        posix_spawnattr_init(&attributes)
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        defer { posix_spawnattr_destroy(&attributes) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in [1, 2] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "\(directory)/log", O_WRONLY | O_CREAT, 0o600)
        }
        let status = posix_spawn(&process, Self.program, &actions, &attributes, &pointers, &variables)
        guard status == 0 else { throw Trouble(description: "posix_spawn: errno \(status)") }
        for _ in 0..<1_200 {
            if isListening { return }
            usleep(50_000)
        }
        throw Trouble(description: "VictoriaMetrics did not start on port \(port)")
    }

    /// Sends a signal: SIGSTOP, SIGCONT.
    func signal(_ number: Int32) { kill(process, number) }

    /// Ends it at once, and waits for its end.
    func kill9() { end(SIGKILL) }

    /// Whether the process ended by itself.
    var hasEnded: Bool { waitpid(process, nil, WNOHANG) != 0 }

    /// Ends it in good order and removes its files.
    func remove() {
        end(SIGTERM)
        TestFolder.remove(directory)
    }

    private func end(_ number: Int32) {
        guard process > 0 else { return }
        kill(process, SIGCONT)
        kill(process, number)
        waitpid(process, nil, 0)
        process = 0
    }

    private var isListening: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return Self.withLoopback(port) { connect(descriptor, $0, $1) == 0 }
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        guard withLoopback(0, { bind(descriptor, $0, $1) }) == 0 else { throw Trouble(description: "bind") }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func withLoopback<Result>(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// Folders for a test, below TMPDIR.
enum TestFolder {
    static func make(_ name: String) throws -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/wardflux-\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RealVictoria.Trouble(description: "mkdtemp: errno \(errno)") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes a folder with all in it.
    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
