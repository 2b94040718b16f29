#if PostgreSQL
    import Dispatch
    import Glibc
    import Inventory
    import Sockets
    import Testing

    @testable import CatalogPostgres

    /// How a connection learns that its session is over.
    @Suite("The end of a session in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct SessionEndTests {
        @Test("a session that says its last word with a request unread is known to be over")
        func noticesTheEndBehindWords() async throws {
            try await PostgresTrial.run { trial in
                let settings = try ConnectionSettings(
                    url: trial.server.url(), password: Secret(RealPostgres.password))
                var timeouts = PostgresTimeouts()
                (timeouts.connectSeconds, timeouts.statementSeconds) = (300, 30)
                let connection = try await PostgresConnection.connect(settings, timeouts: timeouts)
                let port = try await connection.query("SELECT inet_client_port()")[0][0].flatMap { UInt16($0) }
                let process = await connection.serverProcess
                kill(process, SIGSTOP)
                let asking = Task { try await connection.query("SELECT 1") }
                try await hasUnread(from: try #require(port), at: trial.server.port)
                // The connection looks only when all of it is there: the last word, and the end behind it.
                let gate = DispatchSemaphore(value: 0)
                connection.executor.queue.async { gate.wait() }
                kill(process, SIGTERM)
                kill(process, SIGCONT)
                while kill(process, 0) == 0 { try await Task.sleep(for: .milliseconds(1)) }
                gate.signal()
                do {
                    _ = try await asking.value
                    Issue.record("the session must be over")
                } catch let error as PostgresFailure {
                    if case .silent = error { Issue.record("the end was not noticed") }
                }
                await connection.close()
            }
        }

        /// Waits until a server has got what it does not read, by the kernel's table.
        private func hasUnread(from client: UInt16, at server: UInt16) async throws {
            func hex(_ port: UInt16) -> Substring {
                String(UInt32(port) + 0x1_0000, radix: 16, uppercase: true).suffix(4)
            }
            for _ in 0..<6_000 {
                let isFound = lines(of: "/proc/net/tcp").contains { line in
                    let words = line.split(separator: " ")
                    return words.count > 4 && words[1].hasSuffix(":\(hex(server))")
                        && words[2].hasSuffix(":\(hex(client))") && !words[4].hasSuffix(":00000000")
                }
                if isFound { return }
                try await Task.sleep(for: .milliseconds(10))
            }
            Issue.record("the request never reached the server")
        }

        /// Read by lines to its end: a file of the kernel says that it is empty.
        private func lines(of path: String) -> [String] {
            guard let file = fopen(path, "r") else { return [] }
            defer { fclose(file) }
            var (lines, line, room): ([String], UnsafeMutablePointer<CChar>?, Int) = ([], nil, 0)
            defer { free(line) }
            while getline(&line, &room, file) > 0 { if let line { lines.append(String(cString: line)) } }
            return lines
        }
    }
#endif
