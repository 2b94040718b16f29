import FoundationEssentials
import Glibc

/// Why a peer did not start.
struct PeerTrouble: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A program on this machine that a notifier is to tell, with a folder of its own below TMPDIR.
final class PeerProcess {
    /// Its own folder.
    let folder: String
    private var process: pid_t = 0

    /// Makes the folder; `start` runs the program.
    init(_ name: String) throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/wardflux-\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw PeerTrouble("mkdtemp: errno \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { stop() }

    /// What it printed so far.
    var output: String { text("output") }

    /// A file of its folder; empty where there is none.
    func text(_ name: String) -> String {
        (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Runs a program with its output in the folder.
    func start(_ arguments: [String]) throws {
        var pointers = arguments.map { strdup($0) } + [nil]
        let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONDONTWRITEBYTECODE=1"]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for pointer in pointers + variables { free(pointer) } }
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
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 1, "\(folder)/output", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(folder)/errors", flags, 0o600)
        let status = posix_spawn(&process, arguments[0], &actions, &attributes, &pointers, &variables)
        guard status == 0 else { throw PeerTrouble("\(arguments[0]): errno \(status)") }
    }

    /// Runs one of the Python programs in `Tests/python/peers` and answers the port it prints.
    func startPython(_ script: String, _ arguments: [String] = []) async throws -> Int {
        var path = URL(filePath: #filePath)
        for _ in 0..<3 { path.deleteLastPathComponent() }
        try start(["/usr/bin/python3", path.path() + "python/peers/" + script] + arguments)
        return try await wait(for: "port") {
            output.split(separator: "\n").first.flatMap { Int($0) }
        }
    }

    /// Waits for something, at most twenty seconds.
    func wait<Value>(for what: String, _ look: () throws -> Value?) async throws -> Value {
        for _ in 0..<1000 {
            if let value = try look() { return value }
            if hasEnded { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw PeerTrouble("there is no \(what); it said: \(text("errors").suffix(400)) \(output.suffix(400))")
    }

    /// Whether the program ended by itself, and what it wrote last is there.
    private var hasEnded: Bool {
        guard process > 0 else { return true }
        guard waitpid(process, nil, WNOHANG) != 0 else { return false }
        process = 0
        return false
    }

    /// Ends it and removes its folder.
    func stop() {
        if process > 0 {
            kill(process, SIGTERM)
            usleep(1000)
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
            process = 0
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Whether all of these programs are installed.
    static func areInstalled(_ programs: String...) -> Bool {
        programs.allSatisfy { access($0, X_OK) == 0 }
    }

    /// A TCP port that nobody listens on; another program may take it before it is used.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw PeerTrouble("bind: errno \(errno)") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// A certificate of an authority of its own, for `localhost` and 127.0.0.1, made by openssl.
struct TestCertificate {
    let folder: PeerProcess
    var authority: String { "\(folder.folder)/ca.pem" }
    var certificate: String { "\(folder.folder)/server.pem" }
    var key: String { "\(folder.folder)/server.key" }

    init() async throws {
        folder = try PeerProcess("certificate")
        let names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
        let new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        try folder.start([
            "/bin/sh", "-ec",
            """
            cd '\(folder.folder)'
            \(new) -subj /CN=authority -keyout ca.key -out ca.pem -addext keyUsage=critical,keyCertSign
            \(new) -subj /CN=server -keyout server.key -out server.pem -CA ca.pem -CAkey ca.key \
            -addext '\(names)' -addext basicConstraints=critical,CA:FALSE
            echo done
            """,
        ])
        _ = try await folder.wait(for: "certificate") { folder.output.contains("done") ? true : nil }
    }
}
