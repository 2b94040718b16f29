import GRDB
import GRDBSQLite
import Glibc

/// How a connection to one of the store's SQLite files is opened.
enum SQLiteFile {
    /// What a connection is for.
    enum Use: Sendable, Hashable {
        /// Appending to the log, or to the directory.
        case write(pageOctets: Int, writeAheadLog: Bool)
        /// Reading; the file stays as it is, its write-ahead log is folded in by the last who closes.
        case read
        /// Reading in a process that may not write there.
        case readOnly
        /// Reading where no index can be made beside the file, as on a full disk: by one connection alone.
        case readAlone
    }

    /// Of what is in the files; since 2 days are in one block, which programs before it would not find.
    static let version = 2

    /// Opens a connection; a new file may be read by its owner alone.
    static func open(_ path: String, for use: Use, cacheKiB: Int = 1024) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "wardflux.series"
        configuration.busyMode = .timeout(10)
        if use == .readOnly || (use == .read && access(path, W_OK) != 0) { configuration.readonly = true }
        if case .write = use { _ = mknod(path, S_IFREG | 0o600, 0) }
        var status = stat()
        let isNew = stat(path, &status) == 0 && status.st_size == 0
        configuration.prepareDatabase { db in
            // Before the first look at the file: no index in shared memory is made then.
            if use == .readAlone { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            if case .write(let pageOctets, let writeAheadLog) = use {
                try db.execute(sql: "PRAGMA page_size = \(pageOctets)")
                // So that room can be given back to the disk a little at a time.
                if isNew { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
                try db.execute(sql: "PRAGMA journal_mode = \(writeAheadLog ? "WAL" : "DELETE")")
                try db.execute(sql: "PRAGMA journal_size_limit = 16777216")
                // Little at a time, so that no commit waits long for what others left to be folded in.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(4_194_304 / pageOctets)")
            }
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -\(cacheKiB)")
            if use == .read || use == .readAlone { try db.execute(sql: "PRAGMA query_only = 1") }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Makes the tables of a new file; throws where a later version of the program wrote it.
    static func prepare(_ queue: DatabaseQueue, tables: String) throws {
        try queue.writeWithoutTransaction { db in
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if found > version { throw LaterVersion(path: db.path, version: found) }
            guard found < version else { return }
            do {
                try db.inTransaction(.immediate) {
                    try db.execute(sql: tables)
                    try db.execute(sql: "PRAGMA user_version = \(version)")
                    return .commit
                }
            } catch let error as DatabaseError where found > 0 && error.isFull {
                // Its tables are there; the version follows when there is room.
            }
        }
    }

    /// Gives back some of the room that is free in a file; whether there is more.
    ///
    /// Files of before version 2 keep theirs.
    static func shrink(_ db: Database, octets: Int) throws -> Bool {
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        guard try free > 0 && Int.fetchOne(db, sql: "PRAGMA auto_vacuum") == 2 else { return false }
        let pageOctets = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
        let pages = max(1, octets / pageOctets)
        try db.execute(sql: "PRAGMA incremental_vacuum(\(pages))")
        return free > pages
    }

    /// Folds the write-ahead log into the file and empties it; throws where that did not come to its end.
    static func fold(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { db in
            let busy = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? 0
            if busy != 0 { throw DatabaseError(resultCode: .SQLITE_BUSY, message: "the write-ahead log is in use") }
        }
    }
}

/// A file that a later version of the program wrote.
struct LaterVersion: Error {
    var path: String
    var version: Int
}

extension Database {
    /// Runs a prepared statement with integers bound to it and hands each row over.
    ///
    /// The octets are lent for the call.
    func rows(
        _ sql: String, _ arguments: [Int64], _ take: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try rows(statement(sql), arguments, take)
    }

    /// A prepared statement, to be run often.
    func statement(_ sql: String) throws -> SQLiteStatement {
        try cachedStatement(sql: sql).sqliteStatement
    }

    /// Runs a prepared statement with integers bound to it and hands each row over.
    func rows(
        _ statement: SQLiteStatement, _ arguments: [Int64], _ take: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        sqlite3_reset(statement)
        defer { sqlite3_reset(statement) }
        for (index, argument) in arguments.enumerated() {
            try check(sqlite3_bind_int64(statement, Int32(index + 1), argument))
        }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            let start = sqlite3_column_blob(statement, 1)
            let octets = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 1)))
            try take(sqlite3_column_int64(statement, 0), octets)
        }
    }

    /// Writes a row of a key and octets.
    func put(_ sql: String, _ key: Int64, _ octets: [UInt8]) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        sqlite3_reset(statement)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try octets.withUnsafeBytes { payload in
            try check(sqlite3_bind_int64(statement, 1, key))
            // The statement is reset before the octets go, so SQLite need not copy them.
            try check(sqlite3_bind_blob(statement, 2, payload.baseAddress, Int32(payload.count), nil))
            let code = sqlite3_step(statement)
            guard code == SQLITE_DONE else { throw failure(code) }
        }
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let said = sqliteConnection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: said)
    }

    fileprivate var path: String {
        (try? String.fetchOne(self, sql: "SELECT file FROM pragma_database_list WHERE name = 'main'")) ?? "?"
    }
}
