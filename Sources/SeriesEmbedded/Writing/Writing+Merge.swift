import GRDB
import Inventory
import Series
import Synchronization

extension Writing {
    /// Begins a merge: numbers for the interfaces, and the mark that the chunks' roll-ups are being made anew.
    mutating func beginMerge(_ readings: [SeriesReading]) throws -> MergeJob {
        try requireWritable()
        try requireSpace()
        _ = try openLog()
        let now = shared.now()
        let earliest = earliest(now)
        var outcome = AppendOutcome()
        let taken = readings.map { AppendSorter.isInRange($0.reading, now: now, earliest: earliest) }
        try record(unknownInterfaces(readings, taken))
        let directory = shared.state.withLock { $0.directory }
        outcome.outOfRange = taken.count { !$0 }
        var job = MergeJob(
            readings, numbers: zip(readings, taken).map { $1 ? directory.number(of: $0.interface) : nil })
        job.outcome = outcome
        for chunk in job.chunks {
            let isOpen = shared.state.withLock { $0.chunks[chunk] != nil }
            let hasEnded = SealProgress.hasEnded(chunk, now: now, graceSeconds: SeriesShared.graceSeconds)
            if try !isOpen && (hasEnded || isInBlocks(chunk)) { job.direct.insert(chunk) }
        }
        try mark(job.direct, .merging)
        merges.begin(job.direct)
        return job
    }

    /// Merges the next interfaces of a chunk; false where all is done.
    mutating func mergeStep(_ job: inout MergeJob) throws -> Bool {
        try requireOpen()
        if let chunk = job.following, job.nextChunk != chunk {
            try follow(&job, chunk)
            return true
        }
        guard let chunk = job.nextChunk else {
            try writer.settle(job.touched)
            try finish(job)
            return false
        }
        // A chunk that was open when the merge began may have been sealed since.
        if try !job.direct.contains(chunk) && isInBlocks(chunk) {
            try mark([chunk], .merging)
            merges.add([chunk])
            job.direct.insert(chunk)
        }
        if job.direct.contains(chunk) {
            try mergeIntoBlocks(&job, chunk)
        } else {
            try mergeIntoLog(&job, chunk)
        }
        if job.nextChunk != chunk, !job.carry.isEmpty { try follow(&job, chunk) }
        return true
    }

    /// Merges late readings of one chunk at once.
    mutating func mergeNow(_ chunk: Chunk, _ entries: [ReadingBatch.Entry]) throws {
        let directory = shared.state.withLock { $0.directory }
        let known = entries.compactMap { entry in
            directory.id(of: entry.number).map { SeriesReading($0, entry.reading) }
        }
        var job = MergeJob(known, numbers: known.map { directory.number(of: $0.interface) })
        job.direct = [chunk]
        try mark(job.direct, .merging)
        merges.begin(job.direct)
        do {
            while try mergeStep(&job) {}
        } catch {
            abandon(job)
            throw error
        }
    }

    private func unknownInterfaces(_ readings: [SeriesReading], _ taken: [Bool]) -> [IdentityTable.Row] {
        let directory = shared.state.withLock { $0.directory }
        var rows: [IdentityTable.Row] = []
        var seen: Set<InterfaceID> = []
        for (reading, isTaken) in zip(readings, taken)
        where isTaken && directory.number(of: reading.interface) == nil && seen.insert(reading.interface).inserted {
            rows.append(IdentityTable.Row(number: directory.next + UInt32(rows.count), id: reading.interface))
        }
        return rows
    }

    /// From here on the chunks' blocks are the truth.
    private mutating func mark(_ chunks: Set<Chunk>, _ mark: ChunkMarks.Mark) throws {
        guard !chunks.isEmpty || !unmirrored.isEmpty else { return }
        let marks = Dictionary(uniqueKeysWithValues: chunks.map { ($0, mark) })
        let rows = unmirrored
        try writeLog { try $0.append([], from: 0, interfaces: rows, marks: marks) }
        unmirrored = []
        shared.state.withLock { $0.sealed.formUnion(chunks) }
    }

    /// Where another merge wrote meanwhile, roll-ups may begin with what it changed: they are made anew.
    private mutating func finish(_ job: MergeJob) throws {
        if merges.isAlone {
            try mark(job.direct.subtracting(remaking.map(\.chunk)).subtracting(remade), .sealed)
        } else {
            remake(from: job.direct)
        }
        merges.end(job.direct)
        noteWritten(job.touched)
    }

    /// Gives a merge up that failed: `maintain` makes the roll-ups of its chunks anew.
    mutating func abandon(_ job: MergeJob) {
        merges.end(job.direct)
        remake(from: job.direct)
        noteWritten(job.touched)
    }

    private mutating func mergeIntoLog(_ job: inout MergeJob, _ chunk: Chunk) throws {
        let pieces = job.nextPieces(count: Self.sliceCount)
        let open = shared.state.withLock { $0.chunks[chunk] }
        for piece in pieces {
            let there = open?.readings(of: piece.number) ?? []
            count(piece.readings, among: there, into: &job.outcome)
            job.carry[piece.number] = nil
        }
        let entries = pieces.flatMap { piece in
            piece.readings.map { ReadingBatch.Entry(number: piece.number, reading: $0) }
        }
        try write([(chunk, entries)])
    }

    private mutating func mergeIntoBlocks(_ job: inout MergeJob, _ chunk: Chunk) throws {
        let pieces = job.nextPieces(count: Self.sliceCount)
        let numbers = pieces.map(\.number)
        let there = try reader.readings(chunk, numbers[...])
        let leads = try leads(job, chunk, numbers)
        var written: [BlockWriter.Piece] = []
        written.reserveCapacity(pieces.count)
        for piece in pieces {
            let before = there[piece.number] ?? []
            count(piece.readings, among: before, into: &job.outcome)
            let readings = before.isEmpty ? piece.readings : ItemOrder.merged(before, piece.readings)
            written.append(BlockWriter.Piece(number: piece.number, readings: readings, lead: leads[piece.number]))
        }
        job.touched.formUnion([.readings(chunk), .rollups(chunk)])
        try writer.writeReadings(chunk, written)
        try writer.writeRollups(chunk, written)
        shared.state.withLock { state in
            for piece in written {
                if let last = piece.readings.last { state.noteStored(piece.number, last.at) }
                if let first = piece.readings.first { state.noteTimeStored(first.at) }
            }
        }
        for piece in written {
            if let last = piece.readings.last { job.carry[piece.number] = (chunk, last) }
        }
    }

    private func leads(_ job: MergeJob, _ chunk: Chunk, _ numbers: [UInt32]) throws -> [UInt32: CounterReading] {
        var leads: [UInt32: CounterReading] = [:]
        var wanted: [UInt32] = []
        for number in numbers {
            if let carried = job.carry[number], carried.chunk < chunk,
                chunk.index - carried.chunk.index <= Chunk.perDay
            {
                leads[number] = carried.reading
            } else {
                wanted.append(number)
            }
        }
        guard !wanted.isEmpty else { return leads }
        let open = shared.state.withLock { $0.chunks }
        return try leads.merging(reader.leads(before: chunk, wanted, open: open)) { $1 }
    }

    /// Makes the roll-ups of a chunk anew for interfaces whose readings before it changed, and goes on to the next.
    private mutating func follow(_ job: inout MergeJob, _ chunk: Chunk) throws {
        job.carry = job.carry.filter { chunk.index - $0.value.chunk.index < Chunk.perDay }
        let due = job.carry.filter { $0.value.chunk < chunk }.keys.sorted()
        if shared.state.withLock({ $0.chunks[chunk] != nil }) {
            for number in due { job.carry[number] = nil }
        } else if !due.isEmpty, try reader.hasBlocks(chunk) {
            for start in stride(from: 0, to: due.count, by: Self.sliceCount) {
                let slice = due[start..<min(due.count, start + Self.sliceCount)]
                let pieces = try reader.readings(chunk, slice).sorted { $0.key < $1.key }.map { number, readings in
                    BlockWriter.Piece(number: number, readings: readings, lead: job.carry[number]?.reading)
                }
                job.touched.insert(.rollups(chunk))
                try writer.writeRollups(chunk, pieces)
                for piece in pieces { job.carry[piece.number] = nil }
            }
        }
        job.following = job.carry.isEmpty ? nil : chunk.next
    }

    private func count(
        _ readings: [CounterReading], among there: [CounterReading], into outcome: inout AppendOutcome
    ) {
        let same = there.isEmpty ? 0 : Set(there).intersection(readings).count
        outcome.repeated += same
        outcome.accepted += readings.count - same
    }
}
