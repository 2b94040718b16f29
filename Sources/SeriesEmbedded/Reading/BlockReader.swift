import GRDB
import Inventory
import Series

/// Reads sealed blocks of some interfaces, chunk by chunk.
struct BlockReader: Sendable {
    /// The lane of the writing thread.
    static let writingLane = FileCache.lanes

    let shared: SeriesShared
    let lane: Int

    /// Hands over the blocks that interfaces (ascending) have in a chunk: their place among `numbers`, and the octets.
    ///
    /// Damaged ones are counted and left out where `take` throws `DamagedBlock`; answers how many.
    func blocks(
        _ db: Database, _ kind: BlockFileName.Kind, _ chunk: Chunk, _ numbers: ArraySlice<UInt32>,
        _ take: (Int, UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        guard let first = numbers.first, let last = numbers.last else { return 0 }
        var damaged = 0
        func give(_ place: Int, _ key: Int64, _ octets: UnsafeRawBufferPointer?) throws {
            do {
                guard let octets else { throw DamagedBlock(reason: "the key is not its block's own") }
                try take(place, octets)
            } catch is DamagedBlock {
                damaged += 1
                shared.noteDamaged(kind, key)
            }
        }
        if Int(last - first) < 4 * numbers.count {
            var place = numbers.startIndex
            let keys = BlockKey.key(chunk, first)...BlockKey.key(chunk, last)
            try BlockTable.read(db, keys) { key, octets in
                let number = BlockKey.number(key)
                while place < numbers.endIndex, numbers[place] < number { place += 1 }
                guard place < numbers.endIndex, numbers[place] == number else { return }
                try give(place - numbers.startIndex, key, octets)
            }
        } else {
            var place = numbers.startIndex
            try BlockTable.read(db, each: numbers.lazy.map { BlockKey.key(chunk, $0) }) { key, octets in
                while place < numbers.endIndex, numbers[place] != BlockKey.number(key) { place += 1 }
                guard place < numbers.endIndex else { return }
                try give(place - numbers.startIndex, key, octets)
            }
        }
        return damaged
    }

    /// The readings of interfaces in one sealed chunk; those without are missing.
    func readings(_ chunk: Chunk, _ numbers: ArraySlice<UInt32>) throws -> [UInt32: [CounterReading]] {
        var found: [UInt32: [CounterReading]] = [:]
        _ = try shared.read(.readings(chunk), lane: lane) { db in
            try blocks(db, .readings, chunk, numbers) { place, octets in
                var readings: [CounterReading] = []
                try ReadingBlock.decode(octets, counters: .all, into: &readings)
                found[numbers[numbers.startIndex + place]] = readings
            }
        }
        return found
    }

    /// The last reading of each of some interfaces in one sealed chunk.
    private func lasts(
        _ chunk: Chunk, _ numbers: ArraySlice<UInt32>, into leads: inout [UInt32: CounterReading]
    ) throws {
        var readings: [CounterReading] = []
        _ = try shared.read(.readings(chunk), lane: lane) { db in
            try blocks(db, .readings, chunk, numbers) { place, octets in
                readings.removeAll(keepingCapacity: true)
                try ReadingBlock.decode(octets, counters: .all, into: &readings)
                leads[numbers[numbers.startIndex + place]] = readings.last
            }
        }
    }

    /// Whether a chunk has any sealed block.
    func hasBlocks(_ chunk: Chunk) throws -> Bool {
        try shared.read(.readings(chunk), lane: lane) { db in
            let keys = [BlockKey.key(chunk, 0), BlockKey.key(chunk, .max)]
            let sql = "SELECT 1 FROM blocks WHERE id BETWEEN ? AND ? LIMIT 1"
            return try Int.fetchOne(db, sql: sql, arguments: StatementArguments(keys)) != nil
        } ?? false
    }

    /// The interfaces that have blocks in a chunk, ascending.
    func numbers(_ chunk: Chunk) throws -> [UInt32] {
        try shared.read(.readings(chunk), lane: lane) { db in
            let keys = [BlockKey.key(chunk, 0), BlockKey.key(chunk, .max)]
            let sql = "SELECT id FROM blocks WHERE id BETWEEN ? AND ? ORDER BY id"
            return try Int64.fetchAll(db, sql: sql, arguments: StatementArguments(keys)).map(BlockKey.number)
        } ?? []
    }

    /// The last reading of each interface (ascending) before a chunk, up to a day back; those without are missing.
    ///
    /// `open` are the chunks that are in memory.
    func leads(
        before chunk: Chunk, _ numbers: [UInt32], open: [Chunk: OpenChunk]
    ) throws -> [UInt32: CounterReading] {
        var leads: [UInt32: CounterReading] = [:]
        var wanted = numbers
        var earlier = chunk.previous
        while !wanted.isEmpty, chunk.index - earlier.index <= Chunk.perDay {
            if let memory = open[earlier] {
                for number in wanted { leads[number] = memory.tail(of: number) }
            } else if try hasBlocks(earlier) {
                try lasts(earlier, wanted[...], into: &leads)
            }
            wanted.removeAll { leads[$0] != nil }
            earlier = earlier.previous
        }
        return leads
    }
}
