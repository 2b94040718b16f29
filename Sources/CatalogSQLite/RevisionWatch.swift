import GRDB
import Synchronization

/// Tells cheaply whether lists may have changed.
///
/// A connection of its own asks `PRAGMA data_version`, which moves with every commit of any other connection of any
/// process, and only then reads the number that triggers keep in `catalog_revision`.
final class RevisionWatch: Sendable {
    private struct Known {
        var dataVersion: Int64
        var number: Int64
    }

    private let store: DatabaseQueue
    /// Whether the same connection also writes: then data_version does not move, and the number is read each time.
    private let ownWrites: Bool
    private let known = Mutex<Known?>(nil)

    init(store: DatabaseQueue, ownWrites: Bool) {
        self.store = store
        self.ownWrites = ownWrites
    }

    /// The number of the state committed last.
    func number() throws -> Int64 {
        try store.unsafeRead { db in
            let dataVersion = try Self.integer(db, "PRAGMA data_version")
            if !ownWrites, let known = known.withLock({ $0 }), known.dataVersion == dataVersion { return known.number }
            // The number is read after the version: a commit in between shows up as a new version next time.
            let number = try Self.integer(db, "SELECT number FROM catalog_revision")
            known.withLock { $0 = Known(dataVersion: dataVersion, number: number) }
            return number
        }
    }

    /// Closes the connection.
    func close() throws {
        try store.close()
    }

    private static func integer(_ db: Database, _ sql: String) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: sql)) ?? 0
    }
}
