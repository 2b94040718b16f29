import GRDB
import GRDBSQLite

/// A copy of a SQLite file as of one moment, also while others write to it.
enum SQLiteCopy {
    /// Copies a file by SQLite's backup interface, and checks the copy.
    ///
    /// All pages are taken in one reading transaction: writers go on beside it, in the write-ahead log.
    static func make(_ source: String, _ target: String) throws(BackupError) {
        do {
            var reading = Configuration()
            reading.label = "wardflux.backup"
            reading.busyMode = .timeout(10)
            reading.prepareDatabase { db in try db.execute(sql: "PRAGMA query_only = 1") }
            let (from, to) = (try DatabaseQueue(path: source, configuration: reading), try DatabaseQueue(path: target))
            try from.backup(to: to)
            // One file, without a log beside it.
            try to.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
            try check(to, source)
            try to.close()
            try from.close()
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot copy \(source): \(error)")
        }
    }

    /// Throws where a SQLite file is not as it should be.
    static func check(_ path: String) throws(BackupError) {
        do {
            var reading = Configuration()
            reading.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: reading)
            try check(queue, path)
            try queue.close()
        } catch let error as BackupError {
            throw error
        } catch {
            throw BackupError("cannot check \(path): \(error)")
        }
    }

    private static func check(_ queue: DatabaseQueue, _ path: String) throws {
        let said = try queue.read { db in try String.fetchAll(db, sql: "PRAGMA integrity_check(5)") }
        guard said == ["ok"] else {
            throw BackupError(
                "\(path) is damaged: \(said.joined(separator: "; ")); keep it, and restore an older backup")
        }
    }
}
