#if PostgreSQL
    import Cluster
    import Glibc
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// Processes of a cluster in a schema of its own.
    actor ClusterTrial {
        nonisolated let trial: PostgresTrial
        private var clusters: [PostgresCluster] = []
        private var catalogs: [PostgresCatalog] = []

        private init(_ trial: PostgresTrial) {
            self.trial = trial
        }

        /// Runs a test with a schema of its own; all that it opened is closed at the end.
        static func run(_ body: (ClusterTrial) async throws -> Void) async throws {
            try await PostgresTrial.run { trial in try await run(in: trial, body) }
        }

        /// The same, with a server of its own, which may be killed.
        static func runAlone(isDurable: Bool = false, _ body: (ClusterTrial) async throws -> Void) async throws {
            let server = try RealPostgres(isDurable: isDurable)
            defer { server.remove() }
            try await run(in: PostgresTrial(on: server), body)
        }

        private static func run(in trial: PostgresTrial, _ body: (ClusterTrial) async throws -> Void) async throws {
            try await trial.open().close()
            let cluster = ClusterTrial(trial)
            do {
                try await body(cluster)
                await cluster.close()
            } catch {
                await cluster.close()
                throw error
            }
        }

        /// Another process's part of the cluster; patient, as a test may have to wait for its turn on a busy machine.
        func open(_ change: (inout ClusterLimits) -> Void = { _ in }) async throws -> PostgresCluster {
            var limits = ClusterLimits()
            (limits.waitSeconds, limits.connectSeconds, limits.statementSeconds) = (120, 120, 120)
            limits.graceSeconds = 60
            change(&limits)
            let configuration = trial.configuration { configuration in
                // Tells the sessions of this test from those of others.
                configuration.url = Secret("\(configuration.url.reveal())&application_name=\(trial.schema)")
            }
            let cluster = try await PostgresCluster.open(configuration, limits: limits)
            clusters.append(cluster)
            return cluster
        }

        /// Another process.
        func process(_ change: (inout ClusterLimits) -> Void = { _ in }) async throws -> ClusterProcess {
            ClusterProcess(cluster: try await open(change))
        }

        /// The catalog of a process.
        func catalog() async throws -> PostgresCatalog {
            let catalog = try await trial.open()
            catalogs.append(catalog)
            return catalog
        }

        /// Moves the server's clock on, as far as what was written tells; back where seconds are negative.
        nonisolated func advance(seconds: Double) async throws {
            try await sql("UPDATE cluster_nodes SET expires_at = expires_at - interval '1 second' * \(seconds)")
        }

        /// Runs SQL as an operator would.
        @discardableResult
        nonisolated func sql(_ text: String) async throws -> [[String?]] {
            let beside = try await trial.connect()
            do {
                let rows = try await beside.query(text)
                await beside.close()
                return rows
            } catch {
                await beside.close()
                throw error
            }
        }

        private func close() async {
            for cluster in clusters { await cluster.close() }
            for catalog in catalogs { try? await catalog.close() }
        }
    }

    /// One process of a cluster.
    struct ClusterProcess: Sendable {
        let cluster: PostgresCluster
        let node = ClusterNode(id: .random(), name: "node", roles: [.worker], version: "1")

        var id: NodeID { node.id }

        @discardableResult
        func beat(leaseSeconds: Double = 1_000) async throws -> ClusterStanding {
            try await cluster.ledger.beat(node, leaseSeconds: leaseSeconds)
        }

        @discardableResult
        func take(_ names: [String], onlyFree: Bool = false) async throws -> [String: Int64] {
            let leases = try await cluster.ledger.take(names, for: id, onlyFree: onlyFree)
            return Dictionary(leases.map { ($0.name, $0.epoch) }) { _, _ in -1 }
        }

        func publish(_ topic: String, _ text: String) async throws {
            try await cluster.bus.publish([message(topic, text)])
        }

        func message(_ topic: String, _ text: String) -> BusMessage {
            BusMessage(topic: topic, sender: id, body: Array(text.utf8))
        }
    }

    /// What `body` throws, which must be a cluster's error, and how long it took.
    func clusterFailure(_ body: () async throws -> Void) async -> (error: ClusterError?, seconds: Double) {
        let began = ContinuousClock.now
        do {
            try await body()
            return (nil, (ContinuousClock.now - began).seconds)
        } catch {
            return (error as? ClusterError, (ContinuousClock.now - began).seconds)
        }
    }

    /// Does it again while the server does not answer, which it may be too busy for; at most a minute.
    func patiently<Outcome: Sendable>(_ body: () async throws -> Outcome) async throws -> Outcome {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            do {
                return try await body()
            } catch let error as ClusterError where error.code == .unavailable {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        return try await body()
    }
#endif
