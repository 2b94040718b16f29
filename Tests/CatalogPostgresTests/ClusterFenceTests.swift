#if PostgreSQL
    import Catalog
    import Cluster
    import Inventory
    import Synchronization
    import Testing

    @testable import CatalogPostgres

    /// Who may write what the evaluator finds.
    @Suite("Duties that fence writes in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ClusterFenceTests {
        private static let duty = "duty/evaluator"

        /// The writes of the evaluator.
        private static let writes: [(String, @Sendable (PostgresCatalog) async throws -> Void)] = [
            ("alerts", { try await $0.saveAlerts(batch()) }),
            ("removal of alerts", { _ = try await $0.removeAlerts(resolvedBefore: noon) }),
            ("removal of deliveries", { _ = try await $0.removeDeliveries(endedBefore: noon) }),
            ("incidents", { try await $0.saveAnomalies([], incidents: [incident()]) }),
            ("removal of anomalies", { _ = try await $0.removeAnomalies(endedBefore: noon) }),
            ("baselines", { _ = try await $0.replaceBaselines(of: [.random()], with: []) }),
        ]

        private static func batch() -> AlertBatch {
            var batch = AlertBatch()
            batch.alerts = [
                Alert(
                    id: .random(), entity: .device(.random()), condition: .deviceUnreachable, rule: "r",
                    severity: .high, at: noon)
            ]
            return batch
        }

        private static func incident() -> Incident {
            Incident(scope: .device, at: noon)
        }

        /// A process that holds the duty, and its catalog with a fence of what `held` says.
        private func holder(
            _ trial: ClusterTrial, _ held: @escaping @Sendable (ClusterProcess) -> ClusterFence?
        ) async throws -> (process: ClusterProcess, catalog: PostgresCatalog) {
            let (process, catalog) = (try await trial.process(), try await trial.catalog())
            try await process.beat()
            #expect(try await process.take([Self.duty]) == [Self.duty: 1])
            catalog.fence { held(process) }
            return (process, catalog)
        }

        private static func fence(_ process: ClusterProcess, epoch: Int64 = 1) -> ClusterFence {
            ClusterFence(lease: ClusterLease(name: duty, epoch: epoch), node: process.id)
        }

        private func alertCount(_ catalog: PostgresCatalog) async throws -> Int {
            try await catalog.alertCount(AlertQuery(limit: 1))
        }

        @Test("who holds the duty writes")
        func holderWrites() async throws {
            try await ClusterTrial.run { trial in
                let (_, catalog) = try await holder(trial) { Self.fence($0) }
                for (_, write) in Self.writes { try await write(catalog) }
                #expect(try await alertCount(catalog) == 1)
            }
        }

        @Test("who does not know that it holds the duty, or holds another epoch of it, writes nothing")
        func othersDoNot() async throws {
            try await ClusterTrial.run { trial in
                let known = Mutex<ClusterFence?>(nil)
                let (process, catalog) = try await holder(trial) { _ in known.withLock { $0 } }
                let stranger = try await trial.process()
                for fence in [nil, Self.fence(process, epoch: 2), Self.fence(stranger)] {
                    known.withLock { $0 = fence }
                    for (name, write) in Self.writes {
                        let error = await failure { try await write(catalog) }
                        #expect(error?.code == .superseded, "\(name): \(String(describing: error))")
                    }
                }
                #expect(try await alertCount(catalog) == 0)
                #expect(catalog.connections == 1)
            }
        }

        @Test("what one writes after another took the duty is refused, and the other writes")
        func refusesThePredecessor() async throws {
            try await ClusterTrial.run { trial in
                let (_, catalog) = try await holder(trial) { Self.fence($0) }
                let (other, others) = (try await trial.process(), try await trial.catalog())
                try await catalog.saveAlerts(Self.batch())
                try await other.beat()
                #expect(try await other.take([Self.duty]) == [Self.duty: 2])
                others.fence { Self.fence(other, epoch: 2) }
                #expect(await failure { try await catalog.saveAlerts(Self.batch()) }?.code == .superseded)
                try await others.saveAlerts(Self.batch())
                #expect(try await alertCount(catalog) == 2)
            }
        }

        @Test("a duty is taken behind a write under way, not through it")
        func takingWaitsForWrites() async throws {
            try await ClusterTrial.run { trial in
                let (_, catalog) = try await holder(trial) { Self.fence($0) }
                let other = try await trial.process()
                try await other.beat()
                let beside = try await trial.trial.connect()
                try await beside.query("BEGIN")
                try await beside.query("LOCK TABLE alert_history")
                let writing = Task { try await catalog.saveAlerts(Self.batch()) }
                try await beside.waitForBlocked(1, in: trial.trial.schema)
                let taking = Task { try await other.take([Self.duty]) }
                try await beside.wait(
                    until: "EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted)")
                try await beside.query("COMMIT")
                try await writing.value
                #expect(try await taking.value == [Self.duty: 2])
                #expect(await failure { try await catalog.saveAlerts(Self.batch()) }?.code == .superseded)
                #expect(try await alertCount(catalog) == 1)
                await beside.close()
            }
        }

        @Test("what operators say is not fenced, and without a fence nothing is")
        func operatorsAreFree() async throws {
            try await ClusterTrial.run { trial in
                let free = try await trial.catalog()
                for (_, write) in Self.writes { try await write(free) }
                let alert = try #require(try await free.alerts(AlertQuery(limit: 1)).first)
                let catalog = try await trial.catalog()
                catalog.fence { nil }
                _ = try await catalog.addAlertAction(
                    AlertAction(id: .random(), alertID: alert.id, kind: .acknowledge, at: noon))
                let window = MaintenanceWindow(
                    name: "w", begins: .at(noon), durationSeconds: 600, zone: "UTC", at: noon)
                try await catalog.saveMaintenanceWindow(window)
                #expect(try await catalog.removeMaintenanceWindow(window.id))
                _ = try await catalog.moveAnomalies([])
                try await catalog.add(device("a"))
            }
        }
    }
#endif
