#if PostgreSQL
    import Catalog
    import CatalogRows
    import CatalogSQLite
    import CatalogTestKit
    import Cluster
    import Inventory
    import Testing

    @testable import CatalogPostgres

    @Suite("Moving a catalog from SQLite to PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct CopyTests {
        /// What is copied of each table.
        private func fill(_ catalog: any Catalog) async throws {
            // Fills the inventory, topology, anomalies; plain SQL is left out, as it is of another store.
            try? await OperatorSQL.check(catalog: catalog) { _ in [] }
            let devices = try await catalog.devices(.all)
            var removed = device("gone", "192.0.2.99")
            removed.sysName = "a\0b"
            try await catalog.add(removed)
            try await catalog.reviseDevices(.all) { [removed] _ in
                var revision = DeviceRevision()
                revision.removed = [removed.id]
                return (revision, ())
            }
            let profile = SealedProfile(
                name: "core", version: .v3, sealed: [0, 1, 255], createdAt: noon, updatedAt: noon)
            try await catalog.saveCredentialProfile(profile)
            try await catalog.saveJobRun(JobRun(job: "discover", trigger: .manual, scheduledAt: noon))
            var batch = AlertBatch()
            let alert = Alert(
                id: AlertID.random(), entity: .device(devices[0].id), condition: .deviceUnreachable, rule: "r",
                severity: .high, at: noon)
            batch.alerts = [alert]
            batch.changes = [AlertChange(alert.id, .began, at: noon, "began \0")]
            batch.deliveries = [
                AlertDelivery(
                    id: AlertDeliveryID.random(), receiver: "noc", group: "g", reason: .change, alerts: [alert],
                    alertCount: 1, at: noon)
            ]
            batch.appliedAction = 7
            try await catalog.saveAlerts(batch)
        }

        @Test("takes every row over, verified, and numbers go on behind those that were given")
        func copies() async throws {
            try await PostgresTrial.run { trial in
                let (source, copy) = (try SQLiteCatalog.inMemory(), try await trial.open())
                try await fill(source)
                let counts = try await copy.copyRows(from: source)
                #expect(counts.count == StoredTable.all.count)
                #expect(counts.first { $0.table == "device_interfaces" }?.rows == 6)
                #expect(counts.first { $0.table == "removed_devices" }?.rows == 1)
                #expect(try await copy.devices(.all) == source.devices(.all))
                #expect(try await copy.topologyBook().neighbours == source.topologyBook().neighbours)
                #expect(try await copy.appliedAlertAction() == 7)
                for query in [AlertDeliveryQuery(limit: 10)] {
                    #expect(try await copy.deliveries(query) == source.deliveries(query))
                }
                let alert = try #require(try await copy.alerts(AlertQuery(limit: 1)).first)
                let said = AlertAction(id: AlertActionID.random(), alertID: alert.id, kind: .acknowledge, at: noon)
                #expect(try await copy.addAlertAction(said).number == source.addAlertAction(said).number)
                try await copy.close()
            }
        }

        @Test("refuses a catalog that is not empty, and leaves it alone")
        func refusesFull() async throws {
            try await PostgresTrial.run { trial in
                let (source, copy) = (try SQLiteCatalog.inMemory(), try await trial.open())
                try await copy.add(device("a"))
                let error = await failure { _ = try await copy.copyRows(from: source) }
                #expect(error?.code == .conflict)
                #expect(error?.message.contains("standalone_devices") == true)
                #expect(try await copy.devices(.all).map(\.name) == ["a"])
                try await copy.close()
            }
        }

        @Test("what a cluster shares is not copied, and does not make a catalog one that is not empty")
        func leavesTheClusterAlone() async throws {
            try await ClusterTrial.run { trial in
                let (source, copy) = (try SQLiteCatalog.inMemory(), try await trial.catalog())
                try await fill(source)
                let process = try await trial.process()
                try await process.beat()
                try await process.take(["duty/evaluator"])
                try await process.cluster.bus.publish([BusMessage(topic: "t", sender: process.id, body: [1])])
                try await process.cluster.queue.put(WorkItem(id: .random(), queue: "work", body: []))
                let counts = try await copy.copyRows(from: source)
                #expect(counts.allSatisfy { !$0.table.hasPrefix("cluster_") })
                #expect(try await process.take(["duty/evaluator"]) == ["duty/evaluator": 1])
            }
        }

        @Test("knows every table and column that PostgreSQL has")
        func knowsAllColumns() async throws {
            try await PostgresTrial.run { trial in
                try await trial.open().close()
                let beside = try await trial.connect()
                let found = try await beside.query(
                    """
                    SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns
                    WHERE table_schema = '\(trial.schema)'
                      AND table_name NOT IN ('\(StoredTable.ownTables.joined(separator: "', '"))')
                    """)
                let known = StoredTable.all.flatMap { table in
                    table.columns.map { column in
                        let type = column.kind == .time ? "timestamp with time zone" : column.kind.name
                        return "\(table.name).\(column.name) \(type)"
                    }
                }
                #expect(Set(found.compactMap { $0[0] }) == Set(known))
                await beside.close()
            }
        }
    }
#endif
