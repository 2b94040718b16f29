#if Redis
    import FoundationEssentials
    import Glibc
    import Inventory
    import Synchronization

    @testable import ClusterRedis

    /// A Redis server on a free loopback port, with a folder of its own.
    final class RealRedis: Sendable {
        struct Trouble: Error, CustomStringConvertible {
            let description: String
        }

        /// Where systems keep the program.
        static let program: String? = ["/usr/bin", "/usr/local/bin", "/opt/redis/bin"].map { "\($0)/redis-server" }
            .first { access($0, X_OK) == 0 }

        /// The server that tests share, ended with the process.
        static let shared = Mutex<Result<RealRedis, any Error>?>(nil)

        static func sharedServer() throws -> RealRedis {
            try shared.withLock { shared in
                let result = shared ?? Result { try RealRedis() }
                if shared == nil, case .success(let server) = result { endAtExit(server) }
                shared = result
                return try result.get()
            }
        }

        static let password = "s3cret:pass@word/?"
        static let encodedPassword = "s3cret%3Apass%40word%2F%3F"
        let port: UInt16
        let folder: String
        private let process = Mutex<pid_t>(0)

        /// Starts a server that writes down each change as it is made.
        init() throws {
            port = try Self.freePort()
            folder = "/tmp/wardflux-redis-\(UUID().uuidString)"
            guard mkdir(folder, 0o700) == 0 else { throw Trouble(description: "mkdir \(folder): errno \(errno)") }
            try start()
        }

        /// Starts the server and waits until it answers, at most a minute.
        func start() throws {
            guard let program = Self.program else {
                throw Trouble(description: "no Redis server is installed: install the package redis-server")
            }
            let words = [
                program, "--port", "\(port)", "--bind", "127.0.0.1", "--unixsocket", socketPath, "--dir", folder,
                "--requirepass", Self.password, "--save", "", "--appendonly", "yes", "--appendfsync", "no",
            ]
            let started = try Self.run(words, log: "\(folder)/log")
            process.withLock { $0 = started }
            for _ in 0..<3_000 {
                if isReady { return }
                usleep(20_000)
            }
            throw Trouble(description: "Redis did not start on port \(port): \(log)")
        }

        var socketPath: String { "\(folder)/s" }

        /// Whether what was started last takes connections.
        private var isReady: Bool {
            let started = process.withLock { $0 }
            return log.split(separator: "\n").contains { line in
                line.hasPrefix("\(started):M ") && line.contains("Ready to accept connections")
            }
        }

        private var log: String {
            FileManager.default.contents(atPath: "\(folder)/log").map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        /// How it is reached; patient, as a test may have to wait for its turn on a busy machine.
        func configuration(_ change: (inout RedisConfiguration) -> Void = { _ in }) -> RedisConfiguration {
            var configuration = RedisConfiguration(
                url: Secret("redis://:\(Self.encodedPassword)@127.0.0.1:\(port)"))
            configuration.connectSeconds = 60
            configuration.answerSeconds = 60
            change(&configuration)
            return configuration
        }

        /// The same with the time limits that a server of a cluster has.
        func impatient() -> RedisConfiguration {
            configuration { ($0.connectSeconds, $0.answerSeconds) = (1, 1) }
        }

        /// Runs a command as an operator does.
        @discardableResult
        func command(_ words: String...) async throws -> RedisReply {
            let link = try configuration().link()
            let reply = try await link.call(RedisCommand(words))
            await link.close()
            return reply
        }

        /// Sends a signal: SIGSTOP, SIGCONT.
        func signal(_ number: Int32) { process.withLock { _ = kill($0, number) } }

        /// Ends it as a crash would, and waits for its end.
        func crash() {
            process.withLock { process in
                guard process > 0 else { return }
                kill(process, SIGCONT)
                kill(process, SIGKILL)
                waitpid(process, nil, 0)
                process = 0
            }
        }

        /// Ends it and removes its files.
        func remove() {
            crash()
            try? FileManager.default.removeItem(atPath: folder)
        }

        private static func endAtExit(_ server: RealRedis) {
            atexit { RealRedis.shared.withLock { if case .success(let server) = $0 { server.remove() } } }
        }

        // MARK: processes

        static func freePort() throws -> UInt16 {
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

        /// Starts a program; gives its process.
        private static func run(_ words: [String], log: String) throws -> pid_t {
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
            return process
        }
    }
#endif
