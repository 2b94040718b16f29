#if PostgreSQL
    import CatalogRows
    public import Cluster
    public import Inventory
    import Synchronization

    /// Queues of a cluster's work in PostgreSQL; their clock is the server's.
    ///
    /// Those who wait are woken by NOTIFY, and look every second besides. They hold no connection while they wait.
    public final class PostgresQueue: WorkQueue {
        private let store: ClusterStore
        private let ear: ClusterEar
        private let wakes: QueueWakes
        private let lookSeconds: Double
        private let isClosed = Atomic<Bool>(false)

        init(_ store: ClusterStore, ear: ClusterEar, wakes: QueueWakes, lookSeconds: Double) {
            self.store = store
            self.ear = ear
            self.wakes = wakes
            self.lookSeconds = lookSeconds
        }

        /// Adds a piece, durably; one round trip.
        public func put(_ item: WorkItem) async throws(ClusterError) {
            try requireOpen()
            try ClusterError.requireName(item.queue, "queue")
            guard item.body.count <= WorkItem.octetsMax else {
                throw ClusterError(
                    .refused, "a piece of work of \(item.body.count) octets; it has at most \(WorkItem.octetsMax)")
            }
            _ = try await store.together(
                "putting work",
                [Statement(putSQL, [.id(item.id), .text(item.queue), .bytes(item.body)]), notice(of: item.queue)])
        }

        /// Claims pieces, those that were put first; looks again and again while it waits.
        public func claim(
            from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
        ) async throws(ClusterError) -> [WorkClaim] {
            let end = ContinuousClock.now + .seconds(max(0, min(86_400, waitSeconds)))
            while true {
                try requireOpen()
                let count = wakes.count(of: queue)
                let found = try await look(queue, node, limit, seconds)
                let left = (end - .now).seconds
                if !found.isEmpty || left <= 0 { return found }
                ear.start()
                await wakes.wait(for: queue, after: count, seconds: min(left, lookSeconds))
                if Task.isCancelled { throw ClusterError(.cancelled, "claiming work: the task was cancelled") }
            }
        }

        private func look(
            _ queue: String, _ node: NodeID, _ limit: Int, _ seconds: Double
        ) async throws(ClusterError) -> [WorkClaim] {
            guard limit > 0 else { return [] }
            let operation = "claiming work"
            let statement = Statement(claimSQL, [.text(queue), .count(limit), .id(node), span(seconds)])
            var claims: [WorkClaim] = []
            try await store.one(operation, statement).readAll(operation) { row in
                let item = WorkItem(id: try row.requiredID(), queue: queue, body: row.bytes())
                let attempt = row.requiredInteger()
                claims.append(WorkClaim(item: item, node: node, attempt: Int(attempt), ticket: "\(attempt)"))
            }
            return claims
        }

        /// Prolongs a claim; false where it was lost.
        public func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool {
            try requireOpen()
            let statement = Statement(keepSQL, claim.parameters + [span(seconds)])
            return try await store.one("keeping work", statement).affected > 0
        }

        /// Removes a piece that was done, unless its claim was lost.
        public func finish(_ claim: WorkClaim) async throws(ClusterError) {
            try requireOpen()
            _ = try await store.one("finishing work", Statement(finishSQL, claim.parameters))
        }

        /// Gives a piece back, unless its claim was lost; a pause is at most a year.
        public func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError) {
            try requireOpen()
            var statements = [Statement(giveBackSQL, claim.parameters + [span(seconds)])]
            if seconds <= 0 { statements.append(notice(of: claim.item.queue)) }
            _ = try await store.together("giving work back", statements)
        }

        /// Ends what waits; calls after it throw `closed`.
        public func close() async {
            guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
            wakes.close()
        }

        private func requireOpen() throws(ClusterError) {
            guard isClosed.load(ordering: .acquiring) else { return }
            throw ClusterError(.closed, "the queue was closed")
        }

        private func notice(of queue: String) -> Statement {
            Statement("SELECT pg_notify('\(ClusterEar.workChannel)', $1)", [.text(queue)])
        }
    }

    extension WorkClaim {
        /// Which piece, whose claim, and which claim of it: `$1` to `$3`; a ticket that is none is that of no claim.
        fileprivate var parameters: [Parameter] { [.id(item.id), .id(node), .integer(Int64(ticket) ?? -1)] }
    }

    extension Duration {
        /// In seconds.
        var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    }

    // MARK: statements

    private let now = "clock_timestamp()"

    private let putSQL = """
        INSERT INTO cluster_work (id, queue, body, created_at, ready_at, pause_seconds, claim_seconds, attempts)
        VALUES ($1, $2, $3, \(now), \(now), 0, 0, 0) ON CONFLICT (id) DO NOTHING
        """

    /// Whether `column` is over, or lies further ahead than it was ever put: the clock was set back since.
    private func isOver(_ column: String, _ seconds: String) -> String {
        "(\(column) <= \(now) OR \(column) > \(now) + (2 * \(seconds) + 1) * interval '1 second')"
    }

    private let claimSQL = """
        WITH found AS MATERIALIZED (
          SELECT id FROM cluster_work
          WHERE queue = $1 AND (claimed_until IS NULL OR \(isOver("claimed_until", "claim_seconds")))
            AND \(isOver("ready_at", "pause_seconds"))
          ORDER BY created_at, id LIMIT $2 FOR UPDATE SKIP LOCKED),
        claimed AS (
          UPDATE cluster_work AS work
          SET claimed_by = $3, claimed_until = \(now) + $4 * interval '1 second', claim_seconds = $4,
            attempts = attempts + 1
          FROM found WHERE work.id = found.id
          RETURNING work.id, work.body, work.attempts, work.created_at)
        SELECT id, body, attempts FROM claimed ORDER BY created_at, id
        """

    private let isMine = "id = $1 AND claimed_by = $2 AND attempts = $3"

    private let keepSQL = """
        UPDATE cluster_work SET claimed_until = \(now) + $4 * interval '1 second', claim_seconds = $4 WHERE \(isMine)
        """

    private let finishSQL = "DELETE FROM cluster_work WHERE \(isMine)"

    private let giveBackSQL = """
        UPDATE cluster_work SET claimed_by = NULL, claimed_until = NULL, claim_seconds = 0,
          ready_at = \(now) + $4 * interval '1 second', pause_seconds = $4 WHERE \(isMine)
        """
#endif
