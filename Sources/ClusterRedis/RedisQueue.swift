#if Redis
    public import Cluster
    public import Inventory
    import Synchronization

    /// A work queue in Redis: a stream and a consumer group for each queue, with the time of each claim beside it.
    ///
    /// All times are the server's. After `FLUSHALL` the queue is empty and works; what was claimed then is lost for its claimers.
    public final class RedisQueue: WorkQueue {
        /// Pieces that one claim gives at most.
        public static let claimMax = 1_000

        private let configuration: RedisConfiguration
        private let link: RedisLink
        private let state = Mutex(State())

        private struct State {
            var isClosed = false
            /// Connections for waiting that nobody uses.
            var idle: [RedisLink] = []
            /// Those in use.
            var used: [RedisLink] = []
        }

        /// A queue that connects when it is used; throws `refused` for a URL that cannot be used.
        public init(_ configuration: RedisConfiguration) throws(ClusterError) {
            self.configuration = configuration
            link = try configuration.link()
        }

        // MARK: pieces

        /// Adds a piece unless it is there.
        public func put(_ item: WorkItem) async throws(ClusterError) {
            try requireOpen()
            guard item.body.count <= WorkItem.octetsMax else {
                throw ClusterError(
                    .refused, "a piece of work has at most \(WorkItem.octetsMax) octets, not \(item.body.count)")
            }
            _ = try await ask(try keys(item.queue).putting(item))
        }

        /// Prolongs a claim.
        public func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool {
            try requireOpen()
            guard let ticket = RedisTicket(claim) else { return false }
            return try await ask(try keys(claim.item.queue).keeping(ticket, seconds: seconds)).integer == 1
        }

        /// Removes a piece.
        public func finish(_ claim: WorkClaim) async throws(ClusterError) {
            try requireOpen()
            guard let ticket = RedisTicket(claim) else { return }
            _ = try await ask(try keys(claim.item.queue).finishing(ticket))
        }

        /// Gives a piece back.
        public func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError) {
            try requireOpen()
            guard let ticket = RedisTicket(claim) else { return }
            _ = try await ask(try keys(claim.item.queue).givingBack(ticket, seconds: seconds))
        }

        private func keys(_ queue: String) throws(ClusterError) -> RedisQueueKeys {
            guard (1...100).contains(queue.count) else {
                throw ClusterError(.refused, "a queue's name has 1 to 100 characters, not \(queue.count)")
            }
            return RedisQueueKeys(prefix: configuration.prefix, queue: queue)
        }

        private func requireOpen() throws(ClusterError) {
            if state.withLock({ $0.isClosed }) { throw RedisFailure.closed.forCallers(link.settings.target) }
        }

        private func ask(_ command: RedisCommand, isShielded: Bool = false) async throws(ClusterError) -> RedisReply {
            do throws(RedisFailure) {
                return try await link.call(command, isShielded: isShielded)
            } catch {
                throw error.forCallers(link.settings.target)
            }
        }

        // MARK: claiming

        /// Claims pieces, at most `claimMax`; a claim that waits is woken when there is something, and looks every second.
        public func claim(
            from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
        ) async throws(ClusterError) -> [WorkClaim] {
            try requireOpen()
            let keys = try keys(queue)
            guard limit > 0 else { return [] }
            let command = keys.claiming(for: node, limit: min(limit, Self.claimMax), seconds: seconds)
            let end = ContinuousClock.now + .seconds(waitSeconds.asSeconds)
            while true {
                if Task.isCancelled { throw RedisFailure.cancelled.forCallers(link.settings.target) }
                // Shielded: what was claimed for a task that went away would be nobody's until it runs out.
                let answer = try await ask(command, isShielded: true)
                let claims = answer[0].elements.compactMap { Self.claim($0, queue, node) }
                let left = (end - .now) / .seconds(1)
                if !claims.isEmpty || left <= 0 { return claims }
                let next = answer[2].integer.map { $0 < 0 ? 1 : Double($0) / 1000 } ?? 1
                try await wait(keys.listening(after: answer[1].text ?? "0-0", seconds: min(1, left, next)))
            }
        }

        private static func claim(_ reply: RedisReply, _ queue: String, _ node: NodeID) -> WorkClaim? {
            guard let entry = reply[0].text, let attempt = reply[1].integer, let body = reply[3].octets,
                let id = reply[2].text.flatMap({ JobRunID($0) })
            else { return nil }
            return WorkClaim(
                item: WorkItem(id: id, queue: queue, body: body), node: node, attempt: Int(attempt), ticket: entry)
        }

        // MARK: waiting

        /// Waits on a connection that nobody else uses meanwhile.
        private func wait(_ command: RedisCommand) async throws(ClusterError) {
            let waiting = try takeLink()
            defer { giveBack(waiting) }
            do throws(RedisFailure) {
                _ = try await waiting.call([command], serverSeconds: 1)
            } catch {
                throw error.forCallers(link.settings.target)
            }
        }

        private func takeLink() throws(ClusterError) -> RedisLink {
            try requireOpen()
            return state.withLock { state in
                let taken = state.idle.popLast() ?? RedisLink(link.settings, link.timeouts)
                state.used.append(taken)
                return taken
            }
        }

        private func giveBack(_ waiting: RedisLink) {
            state.withLock { state in
                state.used.removeAll { $0 === waiting }
                if state.idle.count < 4, !state.isClosed { state.idle.append(waiting) }
            }
        }

        /// Ends what waits, and the connections.
        public func close() async {
            let ended = state.withLock { state in
                defer { (state.idle, state.used) = ([], []) }
                state.isClosed = true
                return state.idle + state.used
            }
            for waiting in ended { await waiting.close() }
            await link.close()
        }
    }
#endif
