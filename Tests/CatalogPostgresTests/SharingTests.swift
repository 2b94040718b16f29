#if PostgreSQL
    import Catalog
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// Several programs on one database.
    @Suite("Catalogs that share a PostgreSQL database", .enabled(if: hasServer, serverIsMissing))
    struct SharingTests {
        @Test("see each other's writes and revisions")
        func share() async throws {
            try await PostgresTrial.run { trial in
                let (here, there) = (try await trial.open(), try await trial.open())
                let before = try await here.revision()
                try await there.add(device("a"))
                #expect(try await here.revision() != before)
                #expect(try await here.devices(.all).map(\.name) == ["a"])
                let settled = try await here.revision()
                #expect(try await there.revision() == settled)
                for catalog in [here, there] { try await catalog.close() }
            }
        }

        @Test("that revise one device at once lose no update and need not try again")
        func takeTurns() async throws {
            try await PostgresTrial.run { trial in
                let catalogs = [try await trial.open(), try await trial.open()]
                let one = device("a")
                try await catalogs[0].add(one)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<40 {
                        group.addTask {
                            try await catalogs[number % 2].reviseDevices(number % 3 == 0 ? .all : .ids([one.id])) {
                                var revision = DeviceRevision()
                                revision.updated = $0
                                for place in $0.indices { revision.updated[place].tags.append("\(number)") }
                                return (revision, ())
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let tags = try await catalogs[0].devices(.all).first?.tags ?? []
                #expect(Set(tags) == Set((0..<40).map { "\($0)" }))
                for catalog in catalogs { try await catalog.close() }
            }
        }

        @Test("a change that was decided on what is no more is decided again")
        func decideAgain() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                let beside = try await trial.connect()
                let one = device("a")
                try await catalog.add(one)
                // An operator's own SQL takes none of the program's locks.
                try await beside.query("BEGIN")
                try await beside.query("UPDATE standalone_devices SET location = 'cellar'")
                let revising = Task {
                    try await catalog.reviseDevices(.ids([one.id])) { devices in
                        var revision = DeviceRevision()
                        revision.updated = devices
                        for place in devices.indices { revision.updated[place].vendor = "x" }
                        return (revision, ())
                    }
                }
                try await beside.wait(
                    until: "EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted)")
                try await beside.query("COMMIT")
                try await revising.value
                let found = try await catalog.devices(.all).first
                #expect(found?.location == "cellar" && found?.vendor == "x")
                await beside.close()
                try await catalog.close()
            }
        }

        @Test("that start at once on an empty database all find one schema")
        func migrateOnce() async throws {
            try await PostgresTrial.run { trial in
                let catalogs = try await withThrowingTaskGroup(of: PostgresCatalog.self) { group in
                    for _ in 0..<4 { group.addTask { try await trial.open() } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for catalog in catalogs {
                    try await catalog.check()
                    try await catalog.close()
                }
                let beside = try await trial.connect()
                let steps = try await beside.query("SELECT version, name FROM wardflux_schema ORDER BY version")
                #expect(steps == [["1", "catalog"], ["2", "cluster"]])
                await beside.close()
            }
        }

        @Test("a schema of a newer program is refused and left alone")
        func refuseNewerSchema() async throws {
            try await PostgresTrial.run { trial in
                try await trial.open().close()
                let beside = try await trial.connect()
                try await beside.query("INSERT INTO wardflux_schema VALUES (3, 'future', now())")
                let error = await failure { _ = try await trial.open() }
                #expect(error?.code == .schemaTooNew)
                #expect(error?.message.contains("future") == true)
                await beside.close()
            }
        }

        @Test("an operator's own UPDATE moves the revision, whatever its search path; a job's progress does not")
        func revisionFollowsLists() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                try await catalog.add(device("a"))
                let before = try await catalog.revision()
                try await catalog.saveJobRun(JobRun(job: "discover", trigger: .manual, scheduledAt: noon))
                #expect(try await catalog.revision() == before)
                let beside = try await trial.connect()
                try await beside.query("SET search_path = pg_catalog")
                let table = "\(trial.schema).standalone_devices"
                try await beside.query("UPDATE \(table) SET location = 'cellar' WHERE name = 'nobody'")
                #expect(try await catalog.revision() == before)
                try await beside.query("UPDATE \(table) SET location = 'cellar'")
                #expect(try await catalog.revision() != before)
                try await beside.query("DELETE FROM \(table)")
                #expect(try await beside.query("SELECT name FROM \(trial.schema).removed_devices") == [["a"]])
                await beside.close()
                try await catalog.close()
            }
        }

        @Test("an operator who may write a table need not be able to write what its triggers do")
        func triggersHaveTheirOwnRights() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                try await catalog.add(device("a"))
                let before = try await catalog.revision()
                let (beside, role) = (try await trial.connect(), "o\(trial.schema)")
                try await beside.query("CREATE ROLE \(role)")
                try await beside.query("GRANT USAGE ON SCHEMA \(trial.schema) TO \(role)")
                try await beside.query("GRANT SELECT, DELETE ON standalone_devices TO \(role)")
                try await beside.query("SET ROLE \(role)")
                try await beside.query("DELETE FROM standalone_devices")
                #expect(try await catalog.revision() != before)
                #expect(try await catalog.devices(.all).isEmpty)
                await beside.close()
                try await catalog.close()
            }
        }

        @Test("revisions rise over changes beyond counting, whose rows do not stay")
        func foldsChanges() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                let beside = try await trial.connect()
                try await catalog.add(device("a"))
                var last = try await catalog.revision().number
                for _ in 0..<3 {
                    try await beside.query(
                        """
                        DO $$ BEGIN FOR i IN 1..300 LOOP UPDATE standalone_devices SET location = i::text; END LOOP;
                        END $$
                        """)
                    let next = try await catalog.revision().number
                    #expect(next == last + 300)
                    last = next
                }
                #expect(try await catalog.revision().number == last)
                let left = try await beside.query("SELECT count(*) <= 500 FROM catalog_changes")
                #expect(left == [["t"]])
                await beside.close()
                try await catalog.close()
            }
        }

        @Test("hear what is said on a channel, and hold locks of a session")
        func listens() async throws {
            try await PostgresTrial.run { trial in
                let catalog = try await trial.open()
                let channel = "c\(trial.schema)"
                let heard: PostgresNotification? = try await catalog.withConnection("listening") { connection in
                    try await connection.execute("LISTEN \(channel)")
                    #expect(
                        try await connection.execute("SELECT pg_try_advisory_lock(hashtext('\(channel)'))") == [["t"]])
                    let notifications = await connection.notifications()
                    let other = try await trial.connect()
                    #expect(try await other.query("SELECT pg_try_advisory_lock(hashtext('\(channel)'))") == [["f"]])
                    try await other.query("SELECT pg_notify('\(channel)', 'due')")
                    await other.close()
                    return await notifications.first { _ in true }
                }
                #expect(heard == PostgresNotification(channel: channel, payload: "due"))
                try await catalog.close()
            }
        }
    }
#endif
