#if PostgreSQL
    import FoundationEssentials
    import Glibc
    import Inventory
    import Synchronization

    @testable import CatalogPostgres

    /// A PostgreSQL server on a free loopback port, with a folder of its own.
    final class RealPostgres: Sendable {
        struct Trouble: Error, CustomStringConvertible {
            let description: String
        }

        /// Where Debian keeps the programs of its versions.
        static let programs: String? = {
            let folders = (13...18).reversed().map { "/usr/lib/postgresql/\($0)/bin" }
            return folders.first { access("\($0)/postgres", X_OK) == 0 }
        }()

        /// The server that tests share, ended with the process; each has a schema of its own there.
        static let shared = Mutex<Result<RealPostgres, any Error>?>(nil)

        static func sharedServer() throws -> RealPostgres {
            try shared.withLock { shared in
                let result = shared ?? Result { try RealPostgres(isDurable: false) }
                if shared == nil, case .success(let server) = result { endAtExit(server) }
                shared = result
                return try result.get()
            }
        }

        static let user = "wardflux"
        static let password = "s3cret:pass@word/?"
        let port: UInt16
        let folder: String
        private let isDurable: Bool
        private let process = Mutex<pid_t>(0)

        /// Makes a database cluster and starts its server; without `isDurable` nothing is forced to disk.
        init(isDurable: Bool) throws {
            guard let programs = Self.programs else { throw Trouble(description: "no PostgreSQL server is installed") }
            port = try Self.freePort()
            folder = "/tmp/wardflux-postgres-\(UUID().uuidString)"
            self.isDurable = isDurable
            try Self.giveToServer(folder)
            let secret = "\(folder)/password"
            try Self.write(Self.password + "\n", to: secret)
            let status = try Self.run(
                programs + "/initdb",
                [
                    "-D", "\(folder)/data", "-U", Self.user, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8",
                    "--locale=C.UTF-8", "-N",
                ], log: "\(folder)/log", waits: true)
            guard status == 0 else { throw Trouble(description: "initdb ended with \(status): \(log)") }
            try start()
        }

        /// Starts the server and waits until it answers, at most two minutes.
        func start() throws {
            let arguments = [
                "-D", "\(folder)/data", "-p", "\(port)", "-k", folder, "-c", "listen_addresses=127.0.0.1",
                "-c", "fsync=\(isDurable ? "on" : "off")", "-c", "max_connections=200", "-c", "log_min_messages=fatal",
                // What it shares goes with its folder, also where it is killed.
                "-c", "dynamic_shared_memory_type=mmap",
            ]
            for _ in 0..<2_400 {
                if hasEnded {
                    // After a crash the memory of the old server may be in use for a moment.
                    let program = (Self.programs ?? "") + "/postgres"
                    let started = try Self.run(program, arguments, log: "\(folder)/log", waits: false)
                    process.withLock { $0 = started }
                }
                usleep(50_000)
                if isReady { return }
            }
            throw Trouble(description: "PostgreSQL did not start on port \(port): \(log)")
        }

        /// Whether no server runs, or the one that was started is over.
        private var hasEnded: Bool {
            process.withLock { $0 == 0 || waitpid($0, nil, WNOHANG) != 0 }
        }

        /// The URL of its database, without a password.
        func url(schema: String? = nil, password: Bool = false) -> Secret {
            let user = password ? "\(Self.user):s3cret%3Apass%40word%2F%3F" : Self.user
            return Secret(
                "postgresql://\(user)@127.0.0.1:\(port)/postgres" + (schema.map { "?schema=\($0)" } ?? ""))
        }

        /// Sends a signal: SIGSTOP, SIGCONT, SIGKILL.
        func signal(_ number: Int32) { process.withLock { _ = kill($0, number) } }

        /// Ends it at once, as a crash would, and waits for its end.
        func kill9() { end(SIGKILL) }

        /// Ends it and removes its files.
        func remove() {
            end(SIGQUIT)
            try? FileManager.default.removeItem(atPath: folder)
        }

        private func end(_ number: Int32) {
            process.withLock { process in
                guard process > 0 else { return }
                kill(process, SIGCONT)
                kill(process, number)
                waitpid(process, nil, 0)
                process = 0
            }
        }

        private var log: String {
            FileManager.default.contents(atPath: "\(folder)/log").map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        /// Whether the server that was started says in its file that it is ready.
        private var isReady: Bool {
            guard let data = FileManager.default.contents(atPath: "\(folder)/data/postmaster.pid") else { return false }
            let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
            return lines.first.flatMap { Int32($0) } == process.withLock { $0 }
                && lines.last?.hasPrefix("ready") == true
        }

        private static func endAtExit(_ server: RealPostgres) {
            atexit { RealPostgres.shared.withLock { if case .success(let server) = $0 { server.remove() } } }
        }

        // MARK: processes

        private static func freePort() throws -> UInt16 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
                }
            }
            guard isBound else { throw Trouble(description: "no free port: errno \(errno)") }
            return UInt16(bigEndian: address.sin_port)
        }

        /// PostgreSQL refuses to run as root: then its own user runs it.
        private static var runsAs: passwd? {
            getuid() == 0 ? getpwnam("postgres")?.pointee : nil
        }

        private static func giveToServer(_ folder: String) throws {
            guard mkdir(folder, 0o700) == 0 else { throw Trouble(description: "mkdir \(folder): errno \(errno)") }
            if let user = runsAs { chown(folder, user.pw_uid, user.pw_gid) }
        }

        private static func write(_ text: String, to path: String) throws {
            try Data(text.utf8).write(to: URL(filePath: path))
            if let user = runsAs { chown(path, user.pw_uid, user.pw_gid) }
        }

        /// Runs a program in the folder of its log; gives its exit status, or its process where it is not waited for.
        private static func run(
            _ program: String, _ arguments: [String], log: String, waits: Bool
        ) throws -> Int32 {
            var words = [program] + arguments
            if let user = runsAs {
                words =
                    [
                        "/usr/bin/setpriv", "--reuid", "\(user.pw_uid)", "--regid", "\(user.pw_gid)", "--clear-groups",
                    ] + words
            }
            var pointers = words.map { text in strdup(text) } + [nil]
            let environment: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
            var variables = environment.map { text in strdup(text) } + [nil]
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
            for descriptor: Int32 in [1, 2] {
                posix_spawn_file_actions_addopen(&actions, descriptor, log, O_WRONLY | O_CREAT | O_APPEND, 0o666)
            }
            var process: pid_t = 0
            let status = posix_spawn(&process, words[0], &actions, &attributes, &pointers, &variables)
            guard status == 0 else { throw Trouble(description: "posix_spawn \(words[0]): errno \(status)") }
            guard waits else { return process }
            var ended: Int32 = 0
            waitpid(process, &ended, 0)
            return ended
        }
    }
#endif
