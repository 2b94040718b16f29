#if PostgreSQL
    import Catalog
    import Glibc
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// What a catalog does when its server, its connections or its tasks do not do as they should.
    @Suite("A catalog in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct LifeTests {
        /// Keeps everybody else from the devices while `body` runs.
        private func blocking<Outcome>(
            _ trial: PostgresTrial, _ body: (PostgresConnection) async throws -> Outcome
        ) async throws -> Outcome {
            let beside = try await trial.connect()
            try await beside.query("BEGIN")
            try await beside.query("LOCK TABLE standalone_devices")
            let outcome = try await body(beside)
            await beside.close()
            return outcome
        }

        @Test("keeps what it was given when opened again")
        func reopens() async throws {
            try await PostgresTrial.run { trial in
                let first = try await trial.open()
                let kept = device("a")
                try await first.add(kept)
                try await first.close()
                try await first.close()
                let second = try await trial.open()
                #expect(try await second.devices(.all) == [kept])
                try await second.check()
                try await second.close()
            }
        }

        @Test("a task that is cancelled while the server works gets its answer at once, and the connection goes on")
        func cancels() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open { $0.maximumConnections = 1 }
                try await catalog.add(device("a"))
                try await blocking(trial) { beside in
                    let reading = Task { try await catalog.devices(.all) }
                    try await beside.waitForBlocked(1, in: trial.schema)
                    reading.cancel()
                    let error = await failure { _ = try await reading.value }
                    #expect(error?.code == .cancelled, "\(String(describing: error))")
                    #expect(catalog.connections == 1)
                }
                #expect(try await catalog.devices(.all).map(\.name) == ["a"])
                try await catalog.close()
            }
        }

        @Test("a write that is cancelled while it waits for another writer writes nothing, and gives its locks back")
        func cancelsWrites() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open { $0.maximumConnections = 1 }
                try await blocking(trial) { beside in
                    let writing = Task { try await catalog.add(device("a")) }
                    try await beside.waitForBlocked(1, in: trial.schema)
                    writing.cancel()
                    #expect(await failure { try await writing.value }?.code == .cancelled)
                }
                #expect(try await catalog.devices(.all).isEmpty)
                try await catalog.add(device("b"))
                try await catalog.close()
            }
        }

        @Test("a session that the server ends is an error of the call it served, and is replaced")
        func survivesTermination() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open { $0.maximumConnections = 1 }
                try await catalog.add(device("a"))
                try await blocking(trial) { beside in
                    let reading = Task { try await catalog.devices(.all) }
                    try await beside.waitForBlocked(1, in: trial.schema)
                    try await beside.query(
                        """
                        SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
                        JOIN pg_namespace AS n ON n.oid = c.relnamespace
                        WHERE n.nspname = '\(trial.schema)' AND NOT l.granted
                        """)
                    let error = await failure { _ = try await reading.value }
                    #expect(error?.code == .unavailable, "\(String(describing: error))")
                }
                #expect(try await catalog.devices(.all).map(\.name) == ["a"])
                try await catalog.close()
            }
        }

        @Test("where all connections are in use for too long, the next call is refused as busy")
        func boundsConnections() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open {
                    $0.maximumConnections = 2
                    $0.waitSeconds = 0.05
                }
                try await blocking(trial) { beside in
                    let readings = (0..<2).map { _ in Task { try await catalog.devices(.all) } }
                    try await beside.waitForBlocked(2, in: trial.schema)
                    let error = await failure { _ = try await catalog.interfaceCount() }
                    #expect(error?.code == .busy, "\(String(describing: error))")
                    #expect(error?.message.contains("2 connections") == true)
                    try await beside.query("ROLLBACK")
                    for reading in readings { #expect(try await reading.value.isEmpty) }
                }
                #expect(catalog.connections == 2)
                try await catalog.close()
            }
        }

        @Test("a writer that another one keeps waiting for too long is refused as busy")
        func tellsBusy() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open { $0.lockSeconds = 0.05 }
                try await blocking(trial) { _ in
                    let error = await failure { try await catalog.add(device("a")) }
                    #expect(error?.code == .busy, "\(String(describing: error))")
                }
                try await catalog.add(device("a"))
                try await catalog.close()
            }
        }

        @Test("a statement that runs for too long is stopped by the server")
        func stopsStatements() async throws {
            try await PostgresTrial.run { trial in
                try await trial.open().close()
                let catalog = try await trial.open {
                    $0.statementSeconds = 0.5
                    $0.graceSeconds = 300
                }
                let error = await failure {
                    try await catalog.withConnection("sleeping") { connection in
                        _ = try await connection.execute("SELECT pg_sleep(600)")
                    }
                }
                #expect(error?.code == .busy, "\(String(describing: error))")
                try await catalog.check()
                try await catalog.close()
            }
        }

        @Test("a server that stops answering is told of in time, and used again when it goes on")
        func survivesFreezing() async throws {
            try await PostgresTrial.run { trial in
                try await trial.open().close()
                let catalog = try await trial.patiently {
                    try await trial.open {
                        $0.maximumConnections = 1
                        $0.statementSeconds = 1
                        $0.graceSeconds = 1
                    }
                }
                let frozen = try await trial.patiently {
                    try await catalog.with("asking") { session in
                        Int32(try await session.one(Statement("SELECT pg_backend_pid()")).number)
                    }
                }
                kill(frozen, SIGSTOP)
                let error = await failure { _ = try await catalog.devices(.all) }
                kill(frozen, SIGCONT)
                #expect(error?.code == .unavailable, "\(String(describing: error))")
                #expect(error?.message.contains("did not answer") == true)
                #expect(try await trial.patiently { try await catalog.devices(.all) }.isEmpty)
                try await catalog.close()
            }
        }

        @Test("closing ends calls that are under way, and those that wait")
        func closes() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open { $0.maximumConnections = 1 }
                try await blocking(trial) { beside in
                    let readings = (0..<3).map { _ in Task { try await catalog.devices(.all) } }
                    try await beside.waitForBlocked(1, in: trial.schema)
                    try await catalog.close()
                    for reading in readings {
                        #expect(await failure { _ = try await reading.value }?.code == .closed)
                    }
                }
            }
        }

        @Test("what was acknowledged is there after the server was killed")
        func survivesACrash() async throws {
            let server = try RealPostgres(isDurable: true)
            defer { server.remove() }
            let trial = try PostgresTrial(on: server)
            let catalog = try await trial.open()
            var ledger: [Device] = []
            for number in 0..<30 {
                let one = device("d\(number)", "192.0.2.\(number + 1)")
                try await catalog.add(one)
                ledger.append(one)
            }
            let more = Task {
                var added: [Device] = []
                for number in 30..<250 {
                    let one = device("d\(number)", "192.0.2.\(number + 1)")
                    guard (try? await catalog.add(one)) != nil else { return added }
                    added.append(one)
                }
                return added
            }
            server.kill9()
            ledger += await more.value
            try server.start()
            let found = try await catalog.devices(.all)
            // One more may be there: written, but its answer was lost.
            #expect(Set(found).isSuperset(of: ledger))
            #expect(found.count <= ledger.count + 1)
            try await catalog.close()
        }
    }
#endif
