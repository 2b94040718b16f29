import GRDB
import Inventory
import Series

/// Reads sealed blocks of some interfaces, chunk by chunk.
struct BlockReader: Sendable {
    /// The lane of the writing thread.
    static let writingLane = FileCache.lanes

    let shared: SeriesShared
    let lane: Int

    /// Hands over the blocks that interfaces (ascending) have of some chunks (ascending) of one file: their place among
    /// `numbers`, and the octets.
    ///
    /// The block of a day is handed over whole, before those of its chunks. Damaged ones are counted and left out where
    /// `take` throws `DamagedBlock`; answers how many.
    func blocks(
        _ db: Database, _ kind: BlockFileName.Kind, _ chunks: [Chunk], _ numbers: ArraySlice<UInt32>,
        _ take: (Int, UnsafeRawBufferPointer) throws -> Void
    ) throws -> Int {
        var damaged = 0
        var rest = chunks[...]
        while let first = rest.first {
            let day = Day(of: first)
            let own = rest.prefix { $0 < day.next.first }
            rest = rest.dropFirst(own.count)
            damaged += try blocks(db, kind, .day(day), numbers, take)
            let keys = BlockSpan.keys(from: first, before: own[own.endIndex - 1].next)
            guard try own.count == 1 || BlockTable.first(db, keys) != nil else { continue }
            for chunk in own { damaged += try blocks(db, kind, .chunk(chunk), numbers, take) }
        }
        return damaged
    }

    private func blocks(
        _ db: Database, _ kind: BlockFileName.Kind, _ span: BlockSpan, _ numbers: ArraySlice<UInt32>,
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
            let keys = span.key(first)...span.key(last)
            try BlockTable.read(db, keys) { key, octets in
                let number = BlockSpan.number(key)
                while place < numbers.endIndex, numbers[place] < number { place += 1 }
                guard place < numbers.endIndex, numbers[place] == number else { return }
                try give(place - numbers.startIndex, key, octets)
            }
        } else {
            var place = numbers.startIndex
            try BlockTable.read(db, each: numbers.lazy.map { span.key($0) }) { key, octets in
                while place < numbers.endIndex, numbers[place] != BlockSpan.number(key) { place += 1 }
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
            try blocks(db, .readings, [chunk], numbers) { place, octets in
                let readings = try Self.readings(octets, chunk)
                guard !readings.isEmpty else { return }
                let number = numbers[numbers.startIndex + place]
                let there = found[number] ?? []
                found[number] = there.isEmpty ? readings : ItemOrder.merged(there, readings)
            }
        }
        return found
    }

    /// What a block has of a chunk.
    private static func readings(_ octets: UnsafeRawBufferPointer, _ chunk: Chunk) throws -> [CounterReading] {
        var readings: [CounterReading] = []
        try CounterReading.decode(octets, into: &readings)
        guard let first = readings.first, let last = readings.last else { return [] }
        if chunk.contains(first.at), chunk.contains(last.at) { return readings }
        return readings.filter { chunk.contains($0.at) }
    }

    /// The last reading of each of some interfaces in one sealed chunk.
    private func lasts(
        _ chunk: Chunk, _ numbers: ArraySlice<UInt32>, into leads: inout [UInt32: CounterReading]
    ) throws {
        _ = try shared.read(.readings(chunk), lane: lane) { db in
            try blocks(db, .readings, [chunk], numbers) { place, octets in
                guard let last = try Self.readings(octets, chunk).last else { return }
                let number = numbers[numbers.startIndex + place]
                if let there = leads[number], there.at > last.at { return }
                leads[number] = last
            }
        }
    }

    /// Whether a chunk has any sealed block, or its day one.
    func hasBlocks(_ chunk: Chunk) throws -> Bool {
        try shared.read(.readings(chunk), lane: lane) { db in
            try BlockTable.first(db, BlockSpan.chunk(chunk).keys) != nil
                || BlockTable.first(db, BlockSpan.day(Day(of: chunk)).keys) != nil
        } ?? false
    }

    /// The interfaces that have blocks of a chunk or its day, ascending.
    func numbers(_ chunk: Chunk) throws -> [UInt32] {
        try shared.read(.readings(chunk), lane: lane) { db in
            let spans = [BlockSpan.chunk(chunk), .day(Day(of: chunk))]
            return Set(try spans.flatMap { try BlockTable.keys(db, $0.keys).map(BlockSpan.number) }).sorted()
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
