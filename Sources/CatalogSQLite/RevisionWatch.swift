import Catalog
import CatalogRows
import GRDB
import Synchronization

/// Tells cheaply whether lists or the topology may have changed.
///
/// A connection of its own asks `PRAGMA data_version`, which moves with every commit of any other connection of any
/// process, and only then reads the numbers that triggers keep.
final class RevisionWatch: Sendable {
    /// What is counted, all of it as of one commit.
    struct Counters {
        /// Rises with each row of devices or interfaces that is written.
        var lists: Int64
        var topology: TopologyState
    }

    private struct Known {
        var dataVersion: Int64
        var counters: Counters
    }

    private let store: DatabaseQueue
    /// Whether the same connection also writes: then data_version does not move, and the numbers are read each time.
    private let ownWrites: Bool
    private let known = Mutex<Known?>(nil)

    init(store: DatabaseQueue, ownWrites: Bool) {
        self.store = store
        self.ownWrites = ownWrites
    }

    /// The numbers of the state committed last.
    func counters() throws -> Counters {
        try store.unsafeRead { db in
            let dataVersion = try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0
            if !ownWrites, let known = known.withLock({ $0 }), known.dataVersion == dataVersion {
                return known.counters
            }
            // The numbers are read after the version: a commit in between shows up as a new version next time.
            let counters = try Self.read(db)
            known.withLock { $0 = Known(dataVersion: dataVersion, counters: counters) }
            return counters
        }
    }

    /// Closes the connection.
    func close() throws {
        try store.close()
    }

    private static func read(_ db: Database) throws -> Counters {
        let sql = """
            SELECT (SELECT number FROM catalog_revision), (SELECT max(number) FROM topology_revisions),
              (SELECT number FROM topology_edition)
            """
        var counters = Counters(lists: 0, topology: TopologyState(revision: 0, edition: 0))
        try db.each(sql, { _ in }) { row in
            counters.lists = row.requiredInteger()
            counters.topology.revision = row.requiredInteger()
            counters.topology.edition = row.requiredInteger()
        }
        return counters
    }
}
