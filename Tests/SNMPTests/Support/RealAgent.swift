import Glibc

/// net-snmp's snmpd on a free loopback port, with a configuration and a persistent directory of its own.
final class RealAgent {
    private static let program = "/usr/sbin/snmpd"

    let port: UInt16
    private let directory: String
    private var process: pid_t = 0

    struct RealAgentError: Error, CustomStringConvertible {
        let description: String
    }

    static var isInstalled: Bool { access(program, X_OK) == 0 }

    /// Writes the configuration; `start` runs it.
    init(configuration: [String]) throws {
        port = try LoopbackAgent.closedPort()
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/wardflux-snmpd-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RealAgentError(description: "mkdtemp: errno \(errno)") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let lines = ["agentaddress udp:127.0.0.1:\(port)"] + configuration
        let file = fopen("\(directory)/snmpd.conf", "w")
        guard let file else { throw RealAgentError(description: "fopen: errno \(errno)") }
        fputs(lines.joined(separator: "\n") + "\n", file)
        fclose(file)
    }

    /// Starts the agent, and with it adds one to its boots.
    func start() throws {
        let arguments = [
            Self.program, "-f", "-Lf", "\(directory)/log", "-I", "-smux",
        ]
        // Its own folder is all it reads, and its state, so that it counts its boots.
        let environment = [
            "SNMP_PERSISTENT_DIR=\(directory)/state", "SNMPCONFPATH=\(directory):\(directory)/state", "MIBS=",
        ]
        var pointers = arguments.map { strdup($0) } + [nil]
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
        let status = posix_spawn(&process, Self.program, nil, &attributes, &pointers, &variables)
        guard status == 0 else { throw RealAgentError(description: "posix_spawn: errno \(status)") }
    }

    /// Ends the agent by its process id and waits for its end.
    func stop() {
        guard process > 0 else { return }
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        process = 0
    }

    /// Forgets boots and engine ID: the next start is that of another device.
    func forget() { unlink("\(directory)/state/snmpd.conf") }

    /// Ends the agent and removes its files.
    func remove() {
        stop()
        for name in ["snmpd.conf", "log", "state/snmpd.conf", "state/cert_indexes", "state"] {
            let path = "\(directory)/\(name)"
            if unlink(path) != 0 { rmdir(path) }
        }
        rmdir(directory)
    }
}
