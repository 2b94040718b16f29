import GRDB
import Inventory
import Series

/// `log.sqlite`: what was acknowledged and is not in blocks yet, as it came; each append is one transaction.
struct ReadingLog: Sendable {
    static let tables = """
        CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, payload BLOB NOT NULL);
        \(ChunkMarks.sql);
        \(IdentityTable.sql)
        """
    private static let insert = "INSERT INTO log (seq, payload) VALUES (?1, ?2)"
    private static let upwards = "SELECT seq, payload FROM log WHERE seq > ?1 ORDER BY seq"
    private static let downwards = "SELECT seq, payload FROM log WHERE seq > ?1 ORDER BY seq DESC"

    /// Readings of one chunk, for one row.
    struct Row: Sendable {
        var chunk: Chunk
        var payload: [UInt8]

        /// The rows for entries of one chunk.
        static func rows(_ chunk: Chunk, _ entries: [ReadingBatch.Entry]) -> [Row] {
            stride(from: 0, to: entries.count, by: ReadingBatch.entriesMax).map { start in
                let end = min(entries.count, start + ReadingBatch.entriesMax)
                return Row(chunk: chunk, payload: ReadingBatch.encode(entries[start..<end]))
            }
        }
    }

    let queue: DatabaseQueue

    /// Opens the log for writing, making it where there is none, its write-ahead log folded in and begun anew.
    static func open(_ path: String) throws -> ReadingLog {
        let queue = try SQLiteFile.open(path, for: .write(pageOctets: 4096, writeAheadLog: true))
        try SQLiteFile.prepare(queue, tables: tables)
        try SQLiteFile.fold(queue)
        return ReadingLog(queue: queue)
    }

    /// Opens the log of a store that another process writes.
    static func openReadOnly(_ path: String) throws -> ReadingLog {
        let queue = try SQLiteFile.open(path, for: .readOnly)
        try queue.read { db in
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if found > SQLiteFile.version { throw LaterVersion(path: path, version: found) }
        }
        return ReadingLog(queue: queue)
    }

    /// Writes rows from a sequence number on, new interfaces and marks, in one transaction.
    func append(
        _ rows: [Row], from sequence: Int64, interfaces: [IdentityTable.Row] = [], marks: [Chunk: ChunkMarks.Mark] = [:]
    ) throws {
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                for interface in interfaces { try IdentityTable.write(db, interface) }
                for (chunk, mark) in marks { try ChunkMarks.write(db, chunk, mark) }
                for (index, row) in rows.enumerated() { try db.put(Self.insert, sequence + Int64(index), row.payload) }
                return .commit
            }
        }
    }

    /// Removes the marks of chunks before one.
    func forgetMarks(before chunk: Chunk) throws {
        try queue.writeWithoutTransaction { try ChunkMarks.remove($0, before: chunk) }
    }

    /// Removes rows.
    func remove(_ rows: ClosedRange<Int64>) throws {
        try queue.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                try db.execute(
                    sql: "DELETE FROM log WHERE seq BETWEEN ? AND ?", arguments: [rows.lowerBound, rows.upperBound])
                return .commit
            }
        }
    }

    /// Gives back some of the room that is free in it; whether there is more.
    func shrink() throws -> Bool {
        try queue.writeWithoutTransaction { try SQLiteFile.shrink($0, octets: 1 << 20) }
    }

    /// Hands over the rows after a sequence number, ascending.
    static func rows(
        _ db: Database, after sequence: Int64, _ take: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try db.rows(upwards, [sequence], take)
    }

    /// Hands over what can still be read of a damaged log: from its front up to the damage, then from its back.
    func salvage(_ take: (Int64, UnsafeRawBufferPointer) -> Void) {
        var reached: Int64 = -1
        try? queue.read { db in
            try db.rows(Self.upwards, [-1]) { row, octets in
                reached = row
                take(row, octets)
            }
        }
        try? queue.read { db in try db.rows(Self.downwards, [reached], take) }
    }

    func close() {
        try? queue.close()
    }
}
