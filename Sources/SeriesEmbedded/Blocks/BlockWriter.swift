import GRDB
import Inventory
import Series
import Traffic

/// Writes blocks of readings and their roll-ups; they are durable once `settle` has returned for their files.
struct BlockWriter: Sendable {
    /// The readings of one interface in one chunk.
    struct Piece: Sendable {
        var number: UInt32
        var readings: [CounterReading]
        /// The last reading before the chunk.
        var lead: CounterReading?
    }

    let shared: SeriesShared

    /// Writes the blocks of a chunk, in one transaction.
    func writeReadings(_ chunk: Chunk, _ pieces: [Piece]) throws {
        try write(.readings(chunk)) { db in
            for piece in pieces where !piece.readings.isEmpty {
                let readings = bounded(piece.readings)
                try BlockTable.write(db, BlockKey.key(chunk, piece.number), ReadingBlock.encode(readings))
            }
        }
    }

    /// Writes the roll-ups of a chunk's hours, in one transaction.
    func writeRollups(_ chunk: Chunk, _ pieces: [Piece]) throws {
        try write(.rollups(chunk)) { db in
            for piece in pieces where !piece.readings.isEmpty {
                let hours = Self.rollups(piece.readings, lead: piece.lead)
                try BlockTable.write(db, BlockKey.key(chunk, piece.number), RollupBlock.encode(hours))
            }
        }
    }

    /// Makes durable what was written to files: their last transaction waits for the disk, and with it all before.
    func settle(_ names: Set<BlockFileName>) throws {
        for name in names.sorted() {
            do {
                let queue = try shared.files.writer(name)
                try queue.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA synchronous = FULL")
                    try db.execute(sql: "PRAGMA user_version = \(SQLiteFile.version)")
                    try db.execute(sql: "PRAGMA synchronous = NORMAL")
                }
            } catch {
                shared.files.drop(name)
                throw error
            }
        }
    }

    /// The roll-ups of readings.
    static func rollups(_ readings: [CounterReading], lead: CounterReading?) -> [HourlyRollup] {
        var accumulator = RollupAccumulator()
        if let lead { accumulator.begin(with: lead) }
        for reading in readings { accumulator.add(reading) }
        return accumulator.finish()
    }

    /// Writes blocks as they are, in one transaction.
    func write(_ name: BlockFileName, _ blocks: [(key: Int64, octets: [UInt8])]) throws {
        try write(name) { db in
            for block in blocks { try BlockTable.write(db, block.key, block.octets) }
        }
    }

    /// As many as a block takes; of more, the last of each of so many equal parts of them.
    private func bounded(_ readings: [CounterReading]) -> [CounterReading] {
        guard readings.count > ReadingBlock.readingsMax else { return readings }
        shared.noteTrouble(
            "an interface has \(readings.count) readings in two hours, and \(ReadingBlock.readingsMax) are kept; "
                + "poll it less often")
        return Self.thinned(readings, to: ReadingBlock.readingsMax)
    }

    static func thinned(_ readings: [CounterReading], to count: Int) -> [CounterReading] {
        (0..<count).map { readings[($0 + 1) * readings.count / count - 1] }
    }

    /// One transaction on a file; `maintain` puts a damaged one aside.
    ///
    /// After an error nothing is tried on the same connection: the next one folds the write-ahead log in first.
    private func write(_ name: BlockFileName, _ body: (Database) throws -> Void) throws {
        do {
            try shared.files.writer(name).writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try body(db)
                    return .commit
                }
            }
        } catch {
            shared.files.drop(name)
            if let error = error as? DatabaseError, error.isDamage {
                shared.suspect(name, shared.files.drops(of: name))
            }
            throw error
        }
    }
}
