import GRDB
import Inventory
import Series
import Synchronization

extension Writing {
    /// Chunks that ended and are still in memory before an append seals the oldest itself.
    private static let backlogMax = 6

    /// Adds readings; those accepted are in the log, and so on the disk, when it returns.
    mutating func append(_ readings: [SeriesReading]) throws -> AppendOutcome {
        try requireWritable()
        do {
            try requireSpace()
            let outcome = try appendNow(readings)
            shared.state.withLock { state in
                state.tally.appends += 1
                state.tally.accepted += outcome.accepted
                state.tally.repeated += outcome.repeated
                state.tally.refused += outcome.outOfOrder + outcome.outOfRange
                state.tally.failing = nil
            }
            return outcome
        } catch {
            let said = seriesError(error, "appending readings")
            shared.state.withLock { state in
                state.tally.appendFailures += 1
                state.tally.failing = said.message
            }
            throw said
        }
    }

    private mutating func appendNow(_ readings: [SeriesReading]) throws -> AppendOutcome {
        _ = try openLog()
        let now = shared.now()
        do {
            try sealBacklog(now)
        } catch {
            // The readings are safe in the log; `maintain` says what is wrong with the blocks.
            sealing = nil
        }
        let sorted = try sort(readings, now: now)
        try record(sorted.newInterfaces)
        shared.state.withLock { state in
            for (number, newest) in sorted.found { state.setNewest(number, newest) }
        }
        guard !sorted.chunks.isEmpty else { return sorted.outcome }
        var late: [(chunk: Chunk, entries: [ReadingBatch.Entry])] = []
        var fresh: [(chunk: Chunk, entries: [ReadingBatch.Entry])] = []
        for part in sorted.chunks {
            if try isInBlocks(part.chunk) { late.append(part) } else { fresh.append(part) }
        }
        try write(fresh)
        do {
            for part in late { try mergeNow(part.chunk, part.entries) }
        } catch {
            throw outcomeUnknown(error)
        }
        return sorted.outcome
    }

    private struct Sorted {
        var outcome: AppendOutcome
        var newInterfaces: [IdentityTable.Row]
        var found: [UInt32: OpenState.Newest]
        var chunks: [(chunk: Chunk, entries: [ReadingBatch.Entry])]
    }

    private func sort(_ readings: [SeriesReading], now: Timestamp) throws -> Sorted {
        var sorter = AppendSorter(
            state: shared.state.withLock { $0 }, reader: reader, now: now, earliest: earliest(now),
            expected: readings.count)
        for reading in readings { try sorter.add(reading) }
        let chunks = sorter.finish()
        return Sorted(
            outcome: sorter.outcome, newInterfaces: sorter.newInterfaces, found: sorter.found, chunks: chunks)
    }

    /// The oldest moment that is kept.
    func earliest(_ now: Timestamp) -> Timestamp {
        now.advanced(bySeconds: Double(-shared.configuration.readingDays) * 86_400)
    }

    /// Whether a chunk's readings are in blocks, so that what is late goes there and not to the log.
    func isInBlocks(_ chunk: Chunk) throws -> Bool {
        let state = shared.state.withLock { (isOpen: $0.chunks[chunk] != nil, isSealed: $0.sealed.contains(chunk)) }
        if state.isOpen { return false }
        return try state.isSealed || reader.hasBlocks(chunk)
    }

    /// Writes readings to the log and, once they are there, to memory.
    mutating func write(_ parts: [(chunk: Chunk, entries: [ReadingBatch.Entry])]) throws {
        guard !parts.isEmpty else { return }
        let rows = parts.flatMap { ReadingLog.Row.rows($0.chunk, $0.entries) }
        do {
            try writeRows(rows)
        } catch let error as DatabaseError where error.isDamage {
            try renewLog(because: error.message ?? "malformed")
            try writeRows(rows)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
            // What of the call is in the log after all comes to memory now, or when the disk works again.
            _ = try? openLog()
            throw outcomeUnknown(error)
        }
        unmirrored = []
        noteRows(rows)
        shared.state.withLock { state in
            for part in parts { Self.put(part, into: &state) }
        }
        for part in parts where part.chunk == sealing?.chunk {
            for entry in part.entries { sealing?.readingsChanged(entry.number) }
        }
    }

    private mutating func writeRows(_ rows: [ReadingLog.Row]) throws {
        let (first, interfaces) = (sequence + 1, unmirrored)
        try writeLog { try $0.append(rows, from: first, interfaces: interfaces) }
    }

    /// Puts entries into their chunk, those of one interface that follow each other at once.
    private static func put(_ part: (chunk: Chunk, entries: [ReadingBatch.Entry]), into state: inout OpenState) {
        var position = 0
        while position < part.entries.count {
            let number = part.entries[position].number
            var end = position + 1
            while end < part.entries.count, part.entries[end].number == number { end += 1 }
            if end == position + 1 {
                state.put(number, part.entries[position].reading, in: part.chunk)
            } else {
                state.put(number, part.entries[position..<end].map(\.reading), in: part.chunk)
            }
            position = end
        }
    }

    private func outcomeUnknown(_ error: any Error) -> SeriesError {
        let said = seriesError(error, "appending readings").message
        return SeriesError(.outcomeUnknown, message: "\(said); whether they were kept is not known: append them again")
    }

    /// Seals the oldest chunks where nobody does so by `maintain`, so that memory stays bounded.
    private mutating func sealBacklog(_ now: Timestamp) throws {
        while true {
            let ended = shared.state.withLock { state in
                state.chunks.keys.filter {
                    SealProgress.hasEnded($0, now: now, graceSeconds: SeriesShared.graceSeconds)
                }
            }
            guard ended.count > Self.backlogMax else { return }
            while try sealStep(now: now) != nil, sealing != nil {}
        }
    }
}
