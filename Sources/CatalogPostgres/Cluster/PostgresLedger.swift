#if PostgreSQL
    import CatalogRows
    public import Cluster
    public import Inventory

    /// The ledger of a cluster in PostgreSQL; its clock is the server's.
    ///
    /// An end of life that lies further ahead than twice the lease counts as over: the clock was set back since. One jump of
    /// the clock may so make all seem dead until they say that they live.
    public final class PostgresLedger: ClusterLedger {
        private let store: ClusterStore

        init(_ store: ClusterStore) {
            self.store = store
        }

        /// Says that a process lives and tells how the cluster stands; one round trip.
        public func beat(
            _ node: ClusterNode, leaseSeconds: Double
        ) async throws(ClusterError) -> ClusterStanding {
            let operation = "saying that \(node.name) lives"
            let roles = node.roles.sorted().map(\.rawValue).joined(separator: ",")
            let answers = try await store.together(
                operation,
                [
                    Statement(
                        beatSQL,
                        [.id(node.id), .text(node.name), .text(roles), .text(node.version), span(leaseSeconds)]),
                    Statement(forgetSQL), Statement(nodesSQL), Statement(standingSQL, [.id(node.id)]),
                ])
            var standing = ClusterStanding()
            try answers[2].readAll(operation) { row in
                let found = ClusterNode(
                    id: try row.requiredID(), name: row.requiredText(), roles: ClusterRole.set(row.requiredText()),
                    version: row.requiredText())
                if row.flag() { standing.left.insert(found.id) }
                if row.flag() { standing.nodes.append(found) }
            }
            try answers[3].readAll(operation) { row in
                let lease = row.lease()
                if row.flag() { standing.held.append(lease) } else { standing.free.append(lease.name) }
            }
            return standing
        }

        /// Takes leases in one transaction and one round trip; throws `refused` for a name of no or over 100 characters.
        public func take(
            _ names: [String], for node: NodeID, onlyFree: Bool
        ) async throws(ClusterError) -> [ClusterLease] {
            guard !names.isEmpty else { return [] }
            for name in names { try ClusterError.requireName(name, "lease") }
            let (names, node) = (Parameter.texts(Set(names)), Parameter.id(node))
            let answers = try await store.together(
                "taking leases",
                [
                    Statement(newLeasesSQL, [names, node]),
                    Statement(lockLeasesSQL, [names, node, .flag(onlyFree)]),
                    Statement(takeLeasesSQL, [names, node, .flag(onlyFree)]),
                    Statement(takenLeasesSQL, [names, node]),
                ])
            var taken: [ClusterLease] = []
            try answers[3].readAll("taking leases") { row in taken.append(row.lease()) }
            return taken
        }

        /// Gives all back; the next beat of the others tells them.
        public func leave(_ node: NodeID) async throws(ClusterError) {
            let node = Parameter.id(node)
            _ = try await store.together(
                "leaving the cluster",
                [leaveSQL, lockHeldSQL, giveBackSQL].map { Statement($0, [node]) })
        }
    }

    extension ClusterRole {
        /// Those of a list with commas that are known here: a newer program may have more.
        fileprivate static func set(_ text: String) -> Set<ClusterRole> {
            Set(text.split(separator: ",").compactMap { ClusterRole(rawValue: String($0)) })
        }
    }

    extension ResultReader {
        fileprivate mutating func lease() -> ClusterLease {
            ClusterLease(name: requiredText(), epoch: requiredInteger())
        }
    }

    // MARK: statements

    private let now = "clock_timestamp()"

    /// Whether a row of `cluster_nodes` is of a process that lives.
    private let lives = """
        NOT has_left AND expires_at > \(now) AND expires_at <= \(now) + 2 * lease_seconds * interval '1 second'
        """

    /// Whether the process `$2` lives.
    private let takerLives = "EXISTS (SELECT 1 FROM cluster_nodes WHERE id = $2 AND \(lives))"

    /// Whether nobody who lives holds a row of `cluster_leases`.
    private let isFree = """
        NOT EXISTS (SELECT 1 FROM cluster_nodes WHERE id = cluster_leases.node AND \(lives))
        """

    private let beatSQL = """
        INSERT INTO cluster_nodes AS stored (id, name, roles, version, started_at, expires_at, lease_seconds, has_left)
        VALUES ($1, $2, $3, $4, \(now), \(now) + $5 * interval '1 second', $5, false)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, version = excluded.version,
          started_at = CASE WHEN stored.has_left THEN excluded.started_at ELSE stored.started_at END,
          expires_at = excluded.expires_at, lease_seconds = excluded.lease_seconds, has_left = false
        """

    private let forgetSQL = """
        DELETE FROM cluster_nodes WHERE id = ANY(ARRAY(
          SELECT id FROM cluster_nodes WHERE expires_at < \(now) - interval '1 day' FOR UPDATE SKIP LOCKED))
        """

    private let nodesSQL = "SELECT id, name, roles, version, has_left, \(lives) FROM cluster_nodes ORDER BY id"

    private let standingSQL = """
        SELECT name, epoch, node IS NOT DISTINCT FROM $1 FROM cluster_leases WHERE node = $1 OR \(isFree) ORDER BY name
        """

    /// In the order of names, so that of several that add the same no two wait for each other.
    private let newLeasesSQL = """
        INSERT INTO cluster_leases (name, node, epoch, taken_at)
        SELECT name, $2, 1, \(now) FROM unnest($1::text[]) AS given (name)
        WHERE \(takerLives) AND NOT EXISTS (SELECT 1 FROM cluster_leases AS stored WHERE stored.name = given.name)
        ORDER BY name COLLATE "C" ON CONFLICT DO NOTHING
        """

    private let takeable = """
        name = ANY($1) AND node IS DISTINCT FROM $2 AND \(takerLives) AND (NOT $3 OR \(isFree))
        """

    /// In the order of names, as above; what is taken is looked at again behind it, as it may be another's by then.
    private let lockLeasesSQL = "SELECT 1 FROM cluster_leases WHERE \(takeable) ORDER BY name FOR NO KEY UPDATE"

    private let takeLeasesSQL = """
        UPDATE cluster_leases SET node = $2, epoch = epoch + 1, taken_at = \(now) WHERE \(takeable)
        """

    private let takenLeasesSQL = """
        SELECT name, epoch FROM cluster_leases WHERE name = ANY($1) AND node = $2 AND \(takerLives) ORDER BY name
        """

    private let leaveSQL = "UPDATE cluster_nodes SET has_left = true, expires_at = \(now) WHERE id = $1"

    private let lockHeldSQL = "SELECT 1 FROM cluster_leases WHERE node = $1 ORDER BY name FOR NO KEY UPDATE"

    private let giveBackSQL = "UPDATE cluster_leases SET node = NULL WHERE node = $1"
#endif
