#if PostgreSQL
    import Cluster
    import Glibc
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// What the parts of a cluster do when their server does not do as it should; each test has a server of its own.
    @Suite("A cluster whose PostgreSQL fails", .enabled(if: hasServer, serverIsMissing), .serialized)
    struct ClusterTroubleTests {
        @Test("a frozen server is told of in time, and used again when it goes on")
        func survivesFreezing() async throws {
            try await ClusterTrial.runAlone { trial in
                // The limits of every day, whose connections are made before.
                let process = ClusterProcess(
                    cluster: try await patiently { try await trial.open { $0 = ClusterLimits() } })
                try await patiently { _ = try await process.beat() }
                let backends = try await trial.sql(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = '\(trial.trial.schema)'"
                ).compactMap { $0[0].flatMap { pid_t($0) } }
                #expect(!backends.isEmpty)
                trial.trial.server.signal(SIGSTOP)
                for backend in backends { kill(backend, SIGSTOP) }
                let failures = await withTaskGroup(of: (error: ClusterError?, seconds: Double).self) { group in
                    group.addTask { await clusterFailure { try await process.beat() } }
                    group.addTask { await clusterFailure { try await process.take(["a"]) } }
                    group.addTask { await clusterFailure { try await process.publish("t", "x") } }
                    group.addTask {
                        await clusterFailure {
                            try await process.cluster.queue.put(WorkItem(id: .random(), queue: "work", body: []))
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                for backend in backends { kill(backend, SIGCONT) }
                trial.trial.server.signal(SIGCONT)
                for failure in failures {
                    #expect(failure.error?.code == .unavailable, "\(String(describing: failure.error))")
                    // A lease lasts for 20 s.
                    #expect(failure.seconds < 16, "\(failure.seconds) s")
                }
                try await patiently { _ = try await process.beat() }
            }
        }

        @Test("a killed server makes calls throw; leases and work are there when it is back, listeners get a gap")
        func survivesKilling() async throws {
            try await ClusterTrial.runAlone(isDurable: true) { trial in
                let process = try await trial.process()
                let item = WorkItem(id: .random(), queue: "work", body: [1, 2])
                try await process.beat()
                try await process.take(["a"])
                try await process.cluster.queue.put(item)
                var events = process.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                try await process.publish("t", "before")
                #expect(await events.next() == .message(process.message("t", "before")))
                trial.trial.server.kill9()
                #expect(await clusterFailure { try await process.beat() }.error?.code == .unavailable)
                #expect(await clusterFailure { try await process.publish("t", "lost") }.error?.code == .unavailable)
                try trial.trial.server.start()
                let standing = try await patiently { try await process.beat() }
                #expect(standing.held == [ClusterLease(name: "a", epoch: 1)])
                #expect(await events.next() == .gap)
                try await process.publish("t", "after")
                #expect(await events.next() == .message(process.message("t", "after")))
                let claims = try await process.cluster.queue.claim(
                    from: "work", for: process.id, limit: 9, seconds: 60, waitSeconds: 0)
                #expect(claims.map(\.item) == [item])
            }
        }

        @Test("a claim that waits throws while the server is away")
        func claimsDoNotWaitForServers() async throws {
            try await ClusterTrial.runAlone { trial in
                let process = try await trial.process { $0.lookSeconds = 0.05 }
                let waiting = Task {
                    await clusterFailure {
                        _ = try await process.cluster.queue.claim(
                            from: "work", for: process.id, limit: 1, seconds: 60, waitSeconds: 600)
                    }
                }
                trial.trial.server.kill9()
                #expect(await waiting.value.error?.code == .unavailable)
            }
        }
    }
#endif
