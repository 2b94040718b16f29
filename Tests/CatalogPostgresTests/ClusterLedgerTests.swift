#if PostgreSQL
    import Cluster
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// What the ledger of a cluster does when clocks jump and many take at once.
    @Suite("A cluster's ledger in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ClusterLedgerTests {
        @Test("who said that it lives before the clock was set back far counts as dead until its next beat")
        func clockIsSetBack() async throws {
            try await ClusterTrial.run { trial in
                let (one, two) = (try await trial.process(), try await trial.process())
                try await one.beat(leaseSeconds: 600)
                try await two.beat(leaseSeconds: 600)
                try await two.take(["a"])
                try await trial.advance(seconds: -300)
                #expect(try await one.beat(leaseSeconds: 600).nodes.count == 2)
                try await trial.advance(seconds: -7_200)
                let standing = try await one.beat(leaseSeconds: 600)
                #expect(standing.nodes.map(\.id) == [one.id])
                #expect(standing.free == ["a"])
                let back = try await two.beat(leaseSeconds: 600)
                #expect(back.nodes.count == 2)
                #expect(back.held == [ClusterLease(name: "a", epoch: 1)])
            }
        }

        @Test("a jump of the clock ahead makes nobody lose what nobody takes")
        func clockJumpsAhead() async throws {
            try await ClusterTrial.run { trial in
                let (one, two) = (try await trial.process(), try await trial.process())
                try await one.beat()
                try await two.beat()
                try await one.take(["a", "b"])
                try await trial.advance(seconds: 7_200)
                #expect(try await one.take(["c"]).isEmpty)
                #expect(try await two.beat().free == ["a", "b"])
                #expect(try await two.take(["b"], onlyFree: true) == ["b": 2])
                #expect(try await one.beat().held == [ClusterLease(name: "a", epoch: 1)])
            }
        }

        @Test("sixteen processes that take 1,024 shards at once end with one holder of each")
        func manyTakeAtOnce() async throws {
            try await ClusterTrial.run { trial in
                var processes: [ClusterProcess] = []
                for _ in 0..<16 { processes.append(try await trial.process { $0.connections = 1 }) }
                for process in processes { try await process.beat() }
                let (map, nodes) = (ShardMap(), Set(processes.map(\.id)))
                let all = (0..<map.count).map { "shard/\($0)" }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for process in processes {
                        group.addTask {
                            let own = map.preferred(of: process.id, among: nodes).map { "shard/\($0)" }
                            try await process.take(all.shuffled(), onlyFree: true)
                            try await process.take(own)
                        }
                    }
                    try await group.waitForAll()
                }
                for process in processes {
                    let standing = try await process.beat()
                    let own = map.preferred(of: process.id, among: nodes).map { "shard/\($0)" }
                    #expect(standing.held.map(\.name) == own.sorted())
                    #expect(standing.held.allSatisfy { (1...2).contains($0.epoch) })
                    #expect(standing.free.isEmpty)
                }
            }
        }

        @Test("a role that a newer program has is passed over")
        func passesOverUnknownRoles() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                try await process.beat()
                try await trial.sql(
                    """
                    INSERT INTO cluster_nodes
                    SELECT gen_random_uuid(), 'newer', 'api,oracle', '9', now(), now() + interval '60 s', 60, false
                    """)
                let newer = try await process.beat().nodes.first { $0.name == "newer" }
                #expect(newer?.roles == [.api])
            }
        }

        @Test("the tables are added to a schema of before")
        func addsItsTables() async throws {
            try await ClusterTrial.run { trial in
                try await trial.sql(
                    """
                    DO $$ BEGIN
                      DROP TABLE cluster_nodes, cluster_leases, cluster_work, cluster_messages;
                      DELETE FROM wardflux_schema WHERE version = 2;
                    END $$
                    """)
                let failed = await clusterFailure { _ = try await trial.open() }
                #expect(failed.error?.code == .unavailable, "\(String(describing: failed.error))")
                _ = try await trial.catalog()
                try await trial.process().beat()
            }
        }

        @Test("after close calls throw closed")
        func closes() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                try await process.beat()
                await process.cluster.close()
                await process.cluster.close()
                #expect(await clusterFailure { try await process.beat() }.error?.code == .closed)
                #expect(await clusterFailure { try await process.publish("t", "x") }.error?.code == .closed)
            }
        }
    }
#endif
