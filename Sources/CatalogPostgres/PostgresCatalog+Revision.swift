#if PostgreSQL
    public import Catalog
    import CatalogRows

    extension PostgresCatalog {
        /// Differs whenever a row of `standalone_devices` or `device_interfaces` changed; one round trip.
        public func revision() async throws(CatalogError) -> CatalogRevision {
            try await with("reading the revision of the catalog") { session in
                let sql = """
                    SELECT (SELECT number FROM catalog_revision) + count(*), count(*) FROM catalog_changes
                    WHERE topic = 'lists'
                    """
                var (number, changes): (Int64, Int64) = (0, 0)
                try await session.one(Statement(sql)).forEach { row in
                    (number, changes) = (row.requiredInteger(), row.requiredInteger())
                }
                if changes > mostChanges { try await session.fold("lists", into: "catalog_revision") }
                return CatalogRevision(number)
            }
        }

        /// The latest revision and the edition; one round trip.
        public func topologyState() async throws(CatalogError) -> TopologyState {
            try await with("reading the state of the topology") { session in
                let sql = """
                    SELECT (SELECT max(number) FROM topology_revisions),
                      (SELECT number FROM topology_edition) + count(*), count(*)
                    FROM catalog_changes WHERE topic = 'topology'
                    """
                var (state, changes) = (TopologyState(revision: 0, edition: 0), Int64(0))
                try await session.one(Statement(sql)).forEach { row in
                    (state.revision, state.edition) = (row.requiredInteger(), row.requiredInteger())
                    changes = row.requiredInteger()
                }
                if changes > mostChanges { try await session.fold("topology", into: "topology_edition") }
                return state
            }
        }
    }

    /// Rows of `catalog_changes` that are counted at every question before they are folded.
    private let mostChanges = 500

    extension Session {
        /// Turns rows of `catalog_changes` into their number, which stays the same by that.
        ///
        /// Rows that another one folds at the same time are left to it.
        fileprivate func fold(_ topic: String, into table: String) async throws {
            let sql = """
                WITH gone AS (
                  DELETE FROM catalog_changes WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM catalog_changes WHERE topic = $1 FOR UPDATE SKIP LOCKED))
                  RETURNING 1)
                UPDATE \(table) SET number = number + (SELECT count(*) FROM gone)
                """
            try await run(sql, .text(topic))
        }
    }
#endif
