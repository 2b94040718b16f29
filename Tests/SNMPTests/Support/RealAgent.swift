import Glibc

/// net-snmp's snmpd or snmptrapd on a free loopback port, with a configuration and a persistent directory of its own.
final class RealAgent {
    /// Which of the daemons.
    enum Program: String {
        case agent = "snmpd"
        case trapReceiver = "snmptrapd"

        var path: String { "/usr/sbin/\(rawValue)" }
        var isInstalled: Bool { access(path, X_OK) == 0 }
    }

    let port: UInt16
    private let program: Program
    private let directory: String
    private var process: pid_t = 0

    struct RealAgentError: Error, CustomStringConvertible {
        let description: String
    }

    static var isInstalled: Bool { Program.agent.isInstalled }

    /// Writes the configuration; `start` runs it.
    init(_ program: Program = .agent, configuration: [String]) throws {
        self.program = program
        port = try LoopbackAgent.closedPort()
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/wardflux-snmpd-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RealAgentError(description: "mkdtemp: errno \(errno)") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let lines = (program == .agent ? ["agentaddress udp:127.0.0.1:\(port)"] : []) + configuration
        let file = fopen("\(directory)/\(program.rawValue).conf", "w")
        guard let file else { throw RealAgentError(description: "fopen: errno \(errno)") }
        fputs(lines.joined(separator: "\n") + "\n", file)
        fclose(file)
    }

    /// Starts the agent, and with it adds one to its boots.
    func start() throws {
        let own = program == .agent ? ["-I", "-smux"] : ["-On", "udp:127.0.0.1:\(port)"]
        let arguments = [program.path, "-f", "-Lf", "\(directory)/log"] + own
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
        let status = posix_spawn(&process, program.path, nil, &attributes, &pointers, &variables)
        guard status == 0 else { throw RealAgentError(description: "posix_spawn: errno \(status)") }
    }

    /// What it wrote to its log.
    func log() -> String {
        guard let file = fopen("\(directory)/log", "r") else { return "" }
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&octets, 1, octets.count, file)
        return String(decoding: octets[..<count], as: UTF8.self)
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
        for name in [
            "snmpd.conf", "snmptrapd.conf", "log", "state/snmpd.conf", "state/snmptrapd.conf",
            "state/cert_indexes", "state",
        ] {
            let path = "\(directory)/\(name)"
            if unlink(path) != 0 { rmdir(path) }
        }
        rmdir(directory)
    }
}
