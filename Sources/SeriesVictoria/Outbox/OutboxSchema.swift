import GRDB
import Series

/// The tables of the outbox file.
enum OutboxSchema {
    /// The version written into a file.
    static let version = 1

    /// Makes the tables in a new file; throws where the file is one of a later program.
    static func prepare(_ db: Database) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw SeriesError(
                .cannotOpen,
                message: "the outbox is of version \(found), this program knows \(version): use the later program")
        }
        guard found == 0 else { return }
        try db.inTransaction(.immediate) {
            try db.execute(
                sql: """
                    CREATE TABLE batches (
                        sequence INTEGER PRIMARY KEY, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
                        readings INTEGER NOT NULL, payload BLOB NOT NULL);
                    CREATE TABLE interfaces (
                        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, labels TEXT NOT NULL, newest BLOB);
                    CREATE TABLE put_aside (
                        id INTEGER PRIMARY KEY, reason TEXT NOT NULL, payload BLOB NOT NULL);
                    PRAGMA user_version = \(version);
                    """)
            return .commit
        }
    }

    /// How the file is opened: space that is no longer needed is given back in steps.
    static func settings() -> Configuration {
        var settings = Configuration()
        settings.busyMode = .timeout(10)
        settings.maximumReaderCount = 2
        settings.prepareDatabase { db in
            guard !db.configuration.readonly else { return }
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
        }
        return settings
    }

    /// An error of the file as the store's own.
    static func seriesError(_ error: any Error, _ operation: String) -> SeriesError {
        if let error = error as? SeriesError { return error }
        guard let database = error as? DatabaseError else {
            return SeriesError(.failed, message: "\(operation): \(error)")
        }
        let text = "\(operation): \(database.message ?? "SQLite error") (\(database.extendedResultCode.rawValue))"
        switch database.resultCode {
        case .SQLITE_FULL: return SeriesError(.full, message: "\(text); free some space on the disk of the outbox")
        case .SQLITE_IOERR: return SeriesError(.outcomeUnknown, message: "\(text); call again, and check the disk")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return SeriesError(
                .damaged, message: "\(text); move outbox.sqlite away: what was not delivered yet is in it")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_BUSY:
            return SeriesError(.cannotOpen, message: "\(text); check the folder, its owner, and other processes")
        default: return SeriesError(.failed, message: text)
        }
    }
}
