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
        try write(chunk, pieces) { $0.readings }
    }

    /// Writes the roll-ups of a chunk's hours, in one transaction.
    func writeRollups(_ chunk: Chunk, _ pieces: [Piece]) throws {
        try write(chunk, pieces) { Self.rollups($0.readings, lead: $0.lead) }
    }

    /// Writes what interfaces have of a chunk: into the block of its day where there is one, else into its own.
    private func write<Item: BlockItem>(_ chunk: Chunk, _ pieces: [Piece], _ items: (Piece) -> [Item]) throws {
        try write(.file(Item.kind, of: chunk)) { db in
            let isUnited = try BlockTable.first(db, BlockSpan.day(Day(of: chunk)).keys) != nil
            for piece in pieces where !piece.readings.isEmpty {
                let items = items(piece)
                if try isUnited && DayBlock<Item>(shared, db, piece.number, Day(of: chunk)).put(items, of: chunk) {
                    continue
                }
                try BlockTable.write(db, BlockSpan.chunk(chunk).key(piece.number), Item.encode(shared.bounded(items)))
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

    static func thinned<Item>(_ items: [Item], to count: Int) -> [Item] {
        (0..<count).map { items[($0 + 1) * items.count / count - 1] }
    }

    /// Writes blocks as they are, in one transaction.
    func write(_ name: BlockFileName, _ blocks: [(key: Int64, octets: [UInt8])]) throws {
        try write(name) { db in
            for block in blocks { try BlockTable.write(db, block.key, block.octets) }
        }
    }

    /// One transaction on a file; `maintain` puts a damaged one aside.
    ///
    /// After an error nothing is tried on the same connection: the next one folds the write-ahead log in first.
    func write(_ name: BlockFileName, _ body: (Database) throws -> Void) throws {
        try change(name) { db in
            try db.inTransaction(.immediate) {
                try body(db)
                return .commit
            }
        }
    }

    /// Changes a file, outside of any transaction.
    func change(_ name: BlockFileName, _ body: (Database) throws -> Void) throws {
        do {
            try shared.files.writer(name).writeWithoutTransaction(body)
        } catch {
            shared.files.drop(name)
            if let error = error as? DatabaseError, error.isDamage {
                shared.suspect(name, shared.files.drops(of: name))
            }
            throw error
        }
    }
}

extension SeriesShared {
    /// As many as a block takes; of more, the last of each of so many equal parts of them.
    func bounded<Item: BlockItem>(_ items: [Item]) -> [Item] {
        guard items.count > Item.countMax else { return items }
        noteTrouble(
            "an interface has \(items.count) \(Item.kind) in two hours, and \(Item.countMax) are kept; poll it less often"
        )
        return BlockWriter.thinned(items, to: Item.countMax)
    }
}
