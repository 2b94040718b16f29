#if PostgreSQL
    import Cluster
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// What the queue of a cluster does when clocks jump and notifications are lost.
    @Suite("A cluster's queue in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ClusterQueueTests {
        private func item(_ body: UInt8) -> WorkItem { WorkItem(id: .random(), queue: "work", body: [body]) }

        private func claim(
            _ process: ClusterProcess, limit: Int = 10, wait: Double = 0
        ) async throws -> [WorkClaim] {
            try await process.cluster.queue.claim(
                from: "work", for: process.id, limit: limit, seconds: 60, waitSeconds: wait)
        }

        @Test("pieces put, claimed and given back before the clock was set back far are there for all")
        func clockIsSetBack() async throws {
            try await ClusterTrial.run { trial in
                let (one, two) = (try await trial.process(), try await trial.process())
                let items = [item(1), item(2), item(3)]
                for item in items.prefix(2) { try await one.cluster.queue.put(item) }
                let claims = try await claim(one)
                #expect(claims.map(\.item) == Array(items.prefix(2)))
                try await one.cluster.queue.giveBack(claims[0], afterSeconds: 60)
                try await one.cluster.queue.put(items[2])
                #expect(try await claim(two).map(\.item) == [items[2]])
                try await trial.sql(
                    """
                    UPDATE cluster_work SET created_at = created_at + interval '1 day',
                      ready_at = ready_at + interval '1 day', claimed_until = claimed_until + interval '1 day'
                    """)
                #expect(try await claim(two).map(\.item) == items)
                #expect(try await one.cluster.queue.keep(claims[1], seconds: 60) == false)
            }
        }

        @Test("a piece that nobody was told of is found by one who waits")
        func findsWhatNobodyTold() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                async let claims = claim(process, wait: 60)
                try await trial.sql(
                    """
                    INSERT INTO cluster_work
                    SELECT gen_random_uuid(), 'work', '\\x07', now(), now(), 0, NULL, NULL, 0, 0
                    """)
                #expect(try await claims.map(\.item.body) == [[7]])
            }
        }

        @Test("what waits holds no connection")
        func waitsWithoutConnections() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process { $0.connections = 1 }
                let waiting = (0..<10).map { _ in Task { try await claim(process, limit: 1, wait: 600) } }
                for _ in 0..<10 { try await process.beat() }
                let items = (0..<10).map { item($0) }
                for item in items { try await process.cluster.queue.put(item) }
                var found: [WorkItem] = []
                for task in waiting { found += try await task.value.map(\.item) }
                #expect(Set(found) == Set(items))
            }
        }
    }
#endif
