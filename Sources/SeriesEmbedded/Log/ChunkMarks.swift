import GRDB

/// The durable marks of chunks: from the mark on, the blocks are the truth and not the log.
enum ChunkMarks {
    enum Mark: UInt8, Sendable {
        /// All of it is in blocks and roll-ups.
        case sealed = 1
        /// All of it is in blocks; its roll-ups, and those of the chunks after it, may have to be made anew.
        case merging = 2
    }

    static let sql = "CREATE TABLE IF NOT EXISTS chunks (chunk INTEGER PRIMARY KEY, mark INTEGER NOT NULL)"

    static func write(_ db: Database, _ chunk: Chunk, _ mark: Mark) throws {
        let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO chunks (chunk, mark) VALUES (?, ?)")
        try statement.execute(arguments: [chunk.index, value(chunk, mark)])
    }

    static func remove(_ db: Database, _ chunk: Chunk) throws {
        try db.execute(sql: "DELETE FROM chunks WHERE chunk = ?", arguments: [chunk.index])
    }

    static func remove(_ db: Database, before chunk: Chunk) throws {
        try db.execute(sql: "DELETE FROM chunks WHERE chunk < ?", arguments: [chunk.index])
    }

    /// The marks whose check holds.
    static func read(_ db: Database) throws -> [Chunk: Mark] {
        var marks: [Chunk: Mark] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT chunk, mark FROM chunks") {
            let chunk = Chunk(index: row[0] as Int64? ?? 0)
            let value = row[1] as Int64? ?? 0
            guard let mark = Mark(rawValue: UInt8(truncatingIfNeeded: value)), value == self.value(chunk, mark),
                (0..<Chunk(containing: Chunk.latest).index).contains(chunk.index)
            else {
                continue
            }
            marks[chunk] = mark
        }
        return marks
    }

    /// The mark in the lowest octet under a check of the chunk and it.
    private static func value(_ chunk: Chunk, _ mark: Mark) -> Int64 {
        let octets = withUnsafeBytes(of: chunk.index.littleEndian) { Array($0) } + [mark.rawValue]
        return Int64(bitPattern: KeyCheck.sum(octets) & ~0xFF | UInt64(mark.rawValue))
    }
}
