#if PostgreSQL
    import Cluster
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// What is heard when transactions are late, connections are lost and tables are emptied.
    @Suite("A cluster's bus in PostgreSQL", .enabled(if: hasServer, serverIsMissing))
    struct ClusterBusTests {
        @Test("a message whose transaction ends late is heard, behind those with larger numbers")
        func hearsLateMessages() async throws {
            try await ClusterTrial.run { trial in
                // Late by what it takes on a busy machine.
                let process = try await trial.process { $0.lateSeconds = 600 }
                let beside = try await trial.trial.connect()
                try await beside.query("BEGIN")
                try await beside.query(insert("early", process))
                var events = process.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                try await beside.query(insert("late", process))
                for text in ["a", "b"] { try await process.publish("t", text) }
                for text in ["a", "b"] {
                    #expect(await events.next() == .message(process.message("t", text)))
                }
                // Nobody is told: it is found by looking.
                try await beside.query("COMMIT")
                #expect(await events.next() == .message(process.message("t", "early")))
                #expect(await events.next() == .message(process.message("t", "late")))
                await beside.close()
            }
        }

        @Test("a connection that is lost for a moment loses no message")
        func survivesTermination() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                var events = process.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                for round in 0..<5 {
                    try await process.publish("t", "a\(round)")
                    #expect(await events.next() == .message(process.message("t", "a\(round)")))
                    try await terminateListener(trial)
                    try await process.publish("t", "b\(round)")
                    #expect(await events.next() == .message(process.message("t", "b\(round)")))
                }
            }
        }

        @Test("a connection that is lost while what was heard last is removed gives a gap")
        func tellsOfRemovedMessages() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                var events = process.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                try await process.publish("t", "a")
                #expect(await events.next() == .message(process.message("t", "a")))
                try await trial.sql("DELETE FROM cluster_messages")
                try await terminateListener(trial)
                #expect(await events.next() == .gap)
                try await process.publish("t", "b")
                #expect(await events.next() == .message(process.message("t", "b")))
            }
        }

        @Test("a table that was emptied, so that numbers begin anew, gives a gap")
        func tellsOfTruncation() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process()
                var events = process.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                for text in ["a", "b", "c"] { try await process.publish("t", text) }
                for text in ["a", "b", "c"] { #expect(await events.next() == .message(process.message("t", text))) }
                try await trial.sql("TRUNCATE cluster_messages RESTART IDENTITY")
                #expect(await events.next() == .gap)
                try await process.publish("t", "d")
                #expect(await events.next() == .message(process.message("t", "d")))
            }
        }

        @Test("messages are removed when they are old, or from before the clock was set back")
        func removesOldMessages() async throws {
            try await ClusterTrial.run { trial in
                let process = try await trial.process { $0.cleaningSeconds = 0 }
                for text in ["old", "ahead", "new"] { try await process.publish("t", text) }
                try await trial.sql(
                    """
                    UPDATE cluster_messages SET created_at = now() + CASE convert_from(body, 'UTF8')
                      WHEN 'old' THEN interval '-10 min' WHEN 'ahead' THEN interval '1 h' ELSE '0' END
                    """)
                try await process.publish("t", "newest")
                let left = try await trial.sql("SELECT convert_from(body, 'UTF8') FROM cluster_messages ORDER BY id")
                #expect(left == [["new"], ["newest"]])
            }
        }

        @Test("many messages of several processes are heard once each, those of one in order")
        func hearsAll() async throws {
            try await ClusterTrial.run { trial in
                let (listener, senders) = (
                    try await trial.process(),
                    [try await trial.process(), try await trial.process(), try await trial.process()]
                )
                var events = listener.cluster.bus.listen(to: ["t"]).makeAsyncIterator()
                #expect(await events.next() == .gap)
                let heard = try await withThrowingTaskGroup(of: Void.self) { group in
                    for sender in senders {
                        group.addTask { for number in 0..<100 { try await sender.publish("t", "\(number)") } }
                    }
                    var heard: [NodeID: [String]] = [:]
                    for _ in 0..<300 {
                        guard case .message(let message) = await events.next() else { break }
                        heard[message.sender, default: []].append(String(decoding: message.body, as: UTF8.self))
                    }
                    try await group.waitForAll()
                    return heard
                }
                let expected = (0..<100).map { "\($0)" }
                for sender in senders { #expect(heard[sender.id] == expected) }
            }
        }

        private func insert(_ text: String, _ sender: ClusterProcess) -> String {
            """
            INSERT INTO cluster_messages (topic, sender, body, created_at)
            VALUES ('t', '\(sender.id)', convert_to('\(text)', 'UTF8'), now())
            """
        }

        /// Ends the session that hears for this schema, and waits until it is over.
        private func terminateListener(_ trial: ClusterTrial) async throws {
            let beside = try await trial.trial.connect()
            // What a session ran last tells which it is; it may be at something else for a moment.
            let listener = """
                application_name = '\(trial.trial.schema)' AND query LIKE '%FROM cluster_messages_id_seq'
                """
            try await beside.wait(until: "EXISTS (SELECT 1 FROM pg_stat_activity WHERE \(listener))")
            let ended = try await beside.query(
                "SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE \(listener)")
            let pids = ended.compactMap { $0[0] }.joined(separator: ", ")
            if pids.isEmpty { return try await terminateListener(trial) }
            try await beside.wait(until: "NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid IN (\(pids)))")
            await beside.close()
        }
    }
#endif
