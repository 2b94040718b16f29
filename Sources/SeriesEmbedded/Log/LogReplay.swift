import GRDB
import Inventory
import Series

/// Brings what is in the log into memory: at the start, after an error, and beside a writing process.
struct LogReplay: Sendable {
    /// The last row that was seen.
    private(set) var last: Int64
    /// Rows that are of no use any more: all they hold is in blocks, or they are damaged.
    private(set) var spent: [ClosedRange<Int64>] = []
    /// Rows that were damaged.
    private(set) var damaged = 0

    init(after last: Int64) {
        self.last = last
    }

    private static func isSane(_ entry: ReadingBatch.Entry) -> Bool {
        entry.number < InterfaceDirectory.numbersMax && Chunk.isSane(entry.reading.at)
    }

    /// Takes one row.
    mutating func take(_ row: Int64, _ octets: UnsafeRawBufferPointer, into state: inout OpenState) {
        last = max(last, row)
        let entries = try? ReadingBatch.decode(octets)
        guard let entries, entries.allSatisfy(Self.isSane) else {
            damaged += 1
            spent.append(row...row)
            return
        }
        var isNeeded = false
        var position = 0
        while position < entries.count {
            let number = entries[position].number
            let chunk = Chunk(containing: entries[position].reading.at)
            var run: [CounterReading] = []
            while position < entries.count, entries[position].number == number,
                chunk.contains(entries[position].reading.at)
            {
                run.append(entries[position].reading)
                position += 1
            }
            guard !state.sealed.contains(chunk) else { continue }
            state.directory.reserve(below: number + 1)
            state.put(number, run, in: chunk)
            if !isNeeded { state.chunks[chunk]?.noteLogRow(row) }
            isNeeded = true
        }
        if !isNeeded { spent.append(row...row) }
    }
}
