public import Catalog
import GRDB
import Glibc
import Synchronization

/// The catalog in one SQLite file: durable at every return, read and written by several processes at once.
///
/// Write-ahead log, synchronous=FULL, foreign keys on. Writers take their turn by `BEGIN IMMEDIATE` and wait for
/// each other up to the busy timeout; readers never wait. Operators may read the file with any SQLite tool meanwhile.
public final class SQLiteCatalog: Catalog {
    /// The file; `:memory:` for a catalog without one.
    public let path: String
    let store: any DatabaseWriter
    private let watch: RevisionWatch
    private let isClosed = Atomic<Bool>(false)

    private init(path: String, store: any DatabaseWriter, watch: RevisionWatch) {
        self.path = path
        self.store = store
        self.watch = watch
    }

    /// Opens the catalog at a path, making the file and bringing its schema up to date where needed.
    ///
    /// The folder must exist; a new file may be read by its owner alone. Throws `unavailable` where the file cannot be
    /// opened, `corrupt` where it is no catalog, `schemaTooNew` where a newer program wrote it, `busy` where another
    /// process holds it.
    public static func open(
        path: String, configuration: SQLiteCatalogConfiguration = SQLiteCatalogConfiguration()
    ) throws(CatalogError) -> SQLiteCatalog {
        do {
            makeFile(path)
            let store = try DatabasePool(path: path, configuration: connectionSettings(configuration))
            // GRDB sets NORMAL when it turns the write-ahead log on; durable at every return means FULL.
            try store.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
            try SchemaMigrator.current.migrate(store)
            var watching = connectionSettings(configuration)
            watching.readonly = true
            let watch = RevisionWatch(store: try DatabaseQueue(path: path, configuration: watching), ownWrites: false)
            return SQLiteCatalog(path: path, store: store, watch: watch)
        } catch {
            throw catalogError(error, operation: "opening the catalog \(path)")
        }
    }

    /// Makes the file where there is none, before anything is in it; SQLite gives its log and index the same rights.
    ///
    /// Not opened, as closing it would give back the locks this process may have on the same file. Failures are left
    /// to SQLite, which opens the file next and says why it cannot.
    private static func makeFile(_ path: String) {
        _ = mknod(path, S_IFREG | 0o600, 0)
    }

    /// A catalog in memory, gone when it is closed: for tests and trials.
    public static func inMemory() throws(CatalogError) -> SQLiteCatalog {
        do {
            let store = try DatabaseQueue(configuration: connectionSettings(SQLiteCatalogConfiguration()))
            try SchemaMigrator.current.migrate(store)
            return SQLiteCatalog(
                path: ":memory:", store: store, watch: RevisionWatch(store: store, ownWrites: true))
        } catch {
            throw catalogError(error, operation: "opening a catalog in memory")
        }
    }

    /// Differs whenever a row of `standalone_devices` or `device_interfaces` changed; costs some microseconds.
    public func revision() async throws(CatalogError) -> CatalogRevision {
        do {
            return CatalogRevision(try counters().lists)
        } catch {
            throw catalogError(error, operation: "reading the revision of the catalog")
        }
    }

    /// Reads the schema's version; throws what is wrong.
    public func check() async throws(CatalogError) {
        try await read("checking the catalog \(path)") { db in
            try SchemaMigrator.current.verify(db)
        }
    }

    /// Folds the write-ahead log into the file and closes all connections.
    public func close() async throws(CatalogError) {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        do {
            try closeStores()
        } catch {
            throw catalogError(error, operation: "closing the catalog \(path)")
        }
    }

    /// Runs a read in one transaction: it sees one state of the store.
    func read<Outcome: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Outcome
    ) async throws(CatalogError) -> Outcome {
        do {
            try requireOpen()
            return try await store.read(body)
        } catch {
            throw catalogError(error, operation: operation)
        }
    }

    /// Runs a write in one transaction; nothing of it stays where it throws or its task is cancelled.
    func write<Outcome: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Outcome
    ) async throws(CatalogError) -> Outcome {
        do {
            try requireOpen()
            return try await store.writeWithoutTransaction { db in
                try inImmediateTransaction(db, body)
            }
        } catch {
            throw catalogError(error, operation: operation)
        }
    }

    /// The numbers that move with what is written.
    func counters() throws -> RevisionWatch.Counters {
        try requireOpen()
        return try watch.counters()
    }

    private func requireOpen() throws {
        if isClosed.load(ordering: .acquiring) { throw ClosedStore() }
    }

    private func closeStores() throws {
        try watch.close()
        try store.close()
    }

    private static func connectionSettings(_ settings: SQLiteCatalogConfiguration) -> Configuration {
        var configuration = Configuration()
        configuration.label = "wardflux.catalog"
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(max(0, min(60, settings.busyTimeoutSeconds)))
        configuration.maximumReaderCount = max(1, min(64, settings.maximumReaders))
        let checkpointPages = max(100, settings.checkpointPages)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }
}

/// Thrown inside the module when a closed catalog is used.
struct ClosedStore: Error {}

/// One transaction that holds the right to write from its first statement, so that what it reads stays true.
func inImmediateTransaction<Outcome>(_ db: Database, _ body: (Database) throws -> Outcome) throws -> Outcome {
    var outcome: Outcome?
    try db.inTransaction(.immediate) {
        try Task.checkCancellation()
        outcome = try body(db)
        try Task.checkCancellation()
        return .commit
    }
    guard let outcome else { throw CancellationError() }
    return outcome
}
