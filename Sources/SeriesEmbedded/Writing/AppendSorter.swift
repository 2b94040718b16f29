import GRDB
import Inventory
import Series
import Synchronization

/// Sorts the readings of an append: which are taken, which are there already, which are refused.
struct AppendSorter {
    private let state: OpenState
    private let reader: BlockReader
    private let now: Timestamp
    private let earliest: Timestamp
    private(set) var outcome = AppendOutcome()
    /// Interfaces that are seen for the first time; their numbers follow those that were given.
    private(set) var newInterfaces: [IdentityTable.Row] = []
    /// What is known now of interfaces whose newest reading had to be looked for.
    private(set) var found: [UInt32: OpenState.Newest] = [:]
    private var newNumbers: [InterfaceID: UInt32] = [:]
    private var newest: [UInt32: Timestamp] = [:]
    private var accepted: [Chunk: [ReadingBatch.Entry]] = [:]
    private var chunk: Chunk?
    private var entries: [ReadingBatch.Entry] = []

    init(state: OpenState, reader: BlockReader, now: Timestamp, earliest: Timestamp, expected: Int) {
        self.state = state
        self.reader = reader
        self.now = now
        self.earliest = earliest
        newest.reserveCapacity(expected)
        entries.reserveCapacity(expected)
    }

    /// Whether a reading is of a time that is taken at all.
    static func isInRange(_ reading: CounterReading, now: Timestamp, earliest: Timestamp) -> Bool {
        reading.at >= earliest && reading.at <= now.advanced(bySeconds: Double(reading.intervalSeconds))
    }

    mutating func add(_ item: SeriesReading) throws {
        let reading = item.reading
        guard Self.isInRange(reading, now: now, earliest: earliest) else {
            outcome.outOfRange += 1
            return
        }
        let number = number(of: item.interface)
        guard let last = try newest(of: number, from: reading.at), reading.at <= last else {
            newest[number] = reading.at
            take(ReadingBatch.Entry(number: number, reading: reading))
            return
        }
        if try stored(number, reading.at) == reading { outcome.repeated += 1 } else { outcome.outOfOrder += 1 }
    }

    /// The readings that were taken, by chunk, in the order in which they came.
    mutating func finish() -> [(chunk: Chunk, entries: [ReadingBatch.Entry])] {
        flush()
        return accepted.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private mutating func take(_ entry: ReadingBatch.Entry) {
        let chunk = Chunk(containing: entry.reading.at)
        if chunk != self.chunk {
            flush()
            self.chunk = chunk
        }
        entries.append(entry)
        outcome.accepted += 1
    }

    private mutating func flush() {
        guard let chunk, !entries.isEmpty else { return }
        accepted[chunk, default: []] += entries
        entries.removeAll(keepingCapacity: true)
    }

    private mutating func number(of id: InterfaceID) -> UInt32 {
        if let number = state.directory.number(of: id) ?? newNumbers[id] { return number }
        let number = state.directory.next + UInt32(newInterfaces.count)
        newInterfaces.append(IdentityTable.Row(number: number, id: id))
        newNumbers[id] = number
        return number
    }

    private mutating func newest(of number: UInt32, from time: Timestamp) throws -> Timestamp? {
        if let time = newest[number] { return time }
        guard number < state.directory.next else { return nil }
        var known = found[number] ?? state.newest(of: number)
        if known == .unknown {
            // Nothing was found that is newer than this reading; what is older need not be known.
            guard let last = try lastStored(number, from: Chunk(containing: time)) else { return nil }
            known = .at(last)
            found[number] = known
        }
        if case .at(let time) = known { return time }
        return nil
    }

    /// Looks through the chunks from one on, the last first, for an interface not heard of since the start.
    private func lastStored(_ number: UInt32, from first: Chunk) throws -> Timestamp? {
        for name in reader.shared.folder.blockFiles().reversed() where name.kind == .readings {
            for index in (name.first.index..<name.end.index).reversed() where index >= first.index {
                let readings = try reader.readings(Chunk(index: index), [number])
                if let last = readings[number]?.last { return last.at }
            }
        }
        return nil
    }

    private func stored(_ number: UInt32, _ time: Timestamp) throws -> CounterReading? {
        let chunk = Chunk(containing: time)
        if newest[number] != nil {
            let here = self.chunk == chunk ? entries.last { $0.number == number && $0.reading.at == time } : nil
            let before = here ?? accepted[chunk]?.last { $0.number == number && $0.reading.at == time }
            if let before { return before.reading }
        }
        guard number < state.directory.next else { return nil }
        if let open = state.chunks[chunk] {
            if let tail = open.tail(of: number), tail.at == time { return tail }
            return open.readings(of: number).last { $0.at == time }
        }
        return try reader.readings(chunk, [number])[number]?.last { $0.at == time }
    }
}
