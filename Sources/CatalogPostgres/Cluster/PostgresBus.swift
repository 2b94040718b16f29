#if PostgreSQL
    import CatalogRows
    public import Cluster
    import Synchronization

    /// The news of a cluster in PostgreSQL: rows of an unlogged table, told by NOTIFY.
    ///
    /// Those who listen share one connection, which is made again when it is lost, and look every second besides. Who
    /// does not keep up gets a `gap` instead of what it has not read. Messages are removed after two minutes.
    public final class PostgresBus: EventBus {
        private let store: ClusterStore
        private let ear: ClusterEar
        private let audience: BusAudience
        private let limits: ClusterLimits
        private let isClosed = Atomic<Bool>(false)
        private let nextCleaning = Mutex(ContinuousClock.now)

        init(_ store: ClusterStore, ear: ClusterEar, audience: BusAudience, limits: ClusterLimits) {
            self.store = store
            self.ear = ear
            self.audience = audience
            self.limits = limits
        }

        /// Publishes messages; one round trip for each 256 of them or 8 MiB, of which those before a failure are published.
        public func publish(_ messages: [BusMessage]) async throws(ClusterError) {
            try requireOpen()
            for message in messages {
                try ClusterError.requireName(message.topic, "topic")
                guard message.body.count <= BusMessage.octetsMax else {
                    throw ClusterError(
                        .refused, "a message of \(message.body.count) octets; it has at most \(BusMessage.octetsMax)")
                }
            }
            for piece in Self.pieces(of: messages) {
                _ = try await store.together("publishing", [Self.isHasty, Self.insert(piece), Self.notice])
            }
            if !messages.isEmpty { await clean() }
        }

        /// What is published on some topics from now on.
        public func listen(to topics: Set<String>) -> AsyncStream<BusEvent> {
            let mailbox = BusMailbox()
            audience.add(BusAudience.Listener(topics: topics, mailbox: mailbox))
            ear.start()
            ear.kick()
            return mailbox.stream()
        }

        /// Ends all streams behind what was told.
        public func close() async {
            guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
            audience.close()
        }

        private func requireOpen() throws(ClusterError) {
            guard isClosed.load(ordering: .acquiring) else { return }
            throw ClusterError(.closed, "the bus was closed")
        }

        // MARK: publishing

        /// News are lost with a crash anyway: nobody waits for a disk.
        private static let isHasty = Statement("SET LOCAL synchronous_commit = off")
        private static let notice = Statement("SELECT pg_notify('\(ClusterEar.busChannel)', '')")

        private static func pieces(of messages: [BusMessage]) -> [ArraySlice<BusMessage>] {
            var pieces: [ArraySlice<BusMessage>] = []
            var (start, octets) = (0, 0)
            for (place, message) in messages.enumerated() {
                if place - start == 256 || (place > start && octets + message.body.count > 8 << 20) {
                    pieces.append(messages[start..<place])
                    (start, octets) = (place, 0)
                }
                octets += message.body.count
            }
            if start < messages.count { pieces.append(messages[start...]) }
            return pieces
        }

        private static func insert(_ messages: ArraySlice<BusMessage>) -> Statement {
            var lists = RowLists()
            for message in messages {
                lists.addRow { row in
                    row.text(message.topic)
                    row.id(message.sender)
                    row.bytes(message.body)
                }
            }
            let source = RowStatement.source(["topic", "sender", "body"], lists)
            return Statement(
                """
                INSERT INTO cluster_messages (topic, sender, body, created_at)
                SELECT topic, sender, body, clock_timestamp() FROM \(source) ORDER BY ordinal
                """, lists.parameters)
        }

        // MARK: cleaning

        /// Removes old messages now and then, for at most half a second at a time.
        private func clean() async {
            let began = ContinuousClock.now
            let isDue = nextCleaning.withLock { next in
                guard next <= began else { return false }
                next = began + .seconds(limits.cleaningSeconds)
                return true
            }
            guard isDue else { return }
            let remove = Statement(Self.removeSQL, [.real(limits.keptSeconds)])
            while let removed = try? await store.together("removing old messages", [Self.isHasty, remove])[1].affected,
                removed == Self.removedMax
            {
                guard ContinuousClock.now - began < .seconds(0.5) else {
                    nextCleaning.withLock { $0 = .now + .seconds(1) }
                    return
                }
            }
        }

        private static let removedMax = 2_000

        /// Those that lie ahead are older than the last time that the clock was set back.
        private static let removeSQL = """
            DELETE FROM cluster_messages WHERE id = ANY(ARRAY(
              SELECT id FROM cluster_messages
              WHERE created_at < clock_timestamp() - $1 * interval '1 second'
                OR created_at > clock_timestamp() + $1 * interval '1 second'
              ORDER BY id LIMIT \(removedMax) FOR UPDATE SKIP LOCKED))
            """
    }
#endif
