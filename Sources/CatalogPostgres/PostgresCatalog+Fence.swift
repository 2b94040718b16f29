#if PostgreSQL
    import Catalog
    import CatalogRows
    public import Cluster
    import Synchronization

    extension PostgresCatalog {
        /// Lets alerts, deliveries, anomalies, incidents and baselines be written only by who holds a duty.
        ///
        /// `fence` is asked at each attempt of each such write and must not wait; nil says that this process does not hold
        /// the duty. A write without it, or under an epoch that is not the present one, throws `superseded` and writes
        /// nothing; what another process takes over waits for a write under way. What operators say (actions, silences,
        /// windows, moved anomalies) is not fenced. Without a call of this nothing is.
        public func fence(alerts fence: @escaping @Sendable () -> ClusterFence?) {
            alertFence.withLock { $0 = fence }
        }

        /// Runs a change of what only the holder of the duty may write.
        func fencedChange<Outcome: Sendable>(
            _ operation: String, locks: [AdvisoryLock] = [], _ body: (Session) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            let fence = alertFence.withLock { $0 }
            return try await change(operation, locks: { _ in locks }) { session in
                if let fence { try await session.require(fence()) }
                return try await body(session)
            }
        }
    }

    extension Session {
        /// Makes sure that a lease is held as long as the transaction lasts.
        ///
        /// A holder that is frozen in the middle must not keep the next one waiting for longer than a lease lasts.
        fileprivate func require(_ fence: ClusterFence?) async throws {
            guard let fence else { throw superseded }
            let held = Statement(
                """
                SELECT 1 FROM cluster_leases WHERE name = $1 AND node = $2 AND epoch = $3 FOR SHARE
                """, [.text(fence.lease.name), .id(fence.node), .integer(fence.lease.epoch)])
            let patience = Statement("SET LOCAL idle_in_transaction_session_timeout = '10s'")
            if try await all([patience, held])[1].count == 0 { throw superseded }
        }
    }

    private let superseded = CatalogError(
        .superseded, operation: "writing",
        message: "another process took over this duty; nothing was written, and this process must not go on with it")
#endif
