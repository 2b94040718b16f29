import GRDB
import Inventory
import Series
import Synchronization

extension Writing {
    /// Rows of the log that are removed at once.
    private static let rowsAtOnce: Int64 = 500

    /// Does one bounded piece of what is due.
    mutating func maintain(now: Timestamp) throws -> MaintenanceOutcome {
        try requireOpen()
        var outcome = MaintenanceOutcome()
        guard !shared.configuration.readOnly else { return outcome }
        try putAsideSuspects()
        _ = try openLog()
        if try removeSpentRows() {
        } else if let sealed = try sealStep(now: now) {
            outcome.sealedBlocks = sealed
            shared.state.withLock { $0.tally.sealedBlocks += sealed }
        } else {
            try remakeStep()
        }
        outcome.removedFiles = try removeOld(now: now)
        closeIdle()
        outcome.isMoreDue = !spent.isEmpty || sealing != nil || !remaking.isEmpty || dueChunk(now) != nil
        return outcome
    }

    private func dueChunk(_ now: Timestamp) -> Chunk? {
        SealProgress.due(
            shared.state.withLock { Array($0.chunks.keys) }, now: now, graceSeconds: SeriesShared.graceSeconds)
    }

    /// Writes the next slice of the chunk that is due, or marks it; nil where none is due, else the blocks written.
    mutating func sealStep(now: Timestamp) throws -> Int? {
        if sealing == nil, let chunk = dueChunk(now) {
            let state = shared.state.withLock { $0 }
            let numbers = (state.chunks[chunk]?.numbers ?? []).filter { state.directory.id(of: $0) != nil }
            sealing = SealProgress(chunk, numbers: numbers, sliceCount: Self.sliceCount)
        }
        guard var progress = sealing else { return nil }
        // An error leaves nothing half known: the chunk is sealed again from its beginning.
        sealing = nil
        switch progress.step {
        case .write(let numbers):
            try seal(progress.chunk, numbers)
            progress.written(numbers)
            sealing = progress
            return numbers.count
        case .mark:
            try markSealed(progress.chunk)
            return 0
        }
    }

    private func seal(_ chunk: Chunk, _ numbers: [UInt32]) throws {
        let open = shared.state.withLock { $0.chunks }
        let leads = try reader.leads(before: chunk, numbers, open: open)
        let pieces = numbers.map { number in
            BlockWriter.Piece(
                number: number, readings: open[chunk]?.readings(of: number) ?? [], lead: leads[number])
        }
        try writer.writeReadings(chunk, pieces)
        try writer.writeRollups(chunk, pieces)
    }

    /// From here on the blocks are the truth; the log's rows are removed piece by piece.
    private mutating func markSealed(_ chunk: Chunk) throws {
        try writer.settle([.readings(chunk), .rollups(chunk)])
        try writeLog { try $0.append([], from: 0, marks: [chunk: .sealed]) }
        let rows = shared.state.withLock { state in
            state.sealed.insert(chunk)
            return state.chunks.removeValue(forKey: chunk)?.logRows ?? []
        }
        spent += rows
        shared.files.drop(.readings(chunk))
        shared.files.drop(.rollups(chunk))
    }

    private mutating func removeSpentRows() throws -> Bool {
        guard let rows = spent.first else { return false }
        let last = min(rows.upperBound, rows.lowerBound + Self.rowsAtOnce - 1)
        try writeLog { try $0.remove(rows.lowerBound...last) }
        if last == rows.upperBound { spent.removeFirst() } else { spent[0] = (last + 1)...rows.upperBound }
        return true
    }

    /// Makes roll-ups anew that an interrupted merge, or a damaged file, may have left behind.
    private mutating func remakeStep() throws {
        guard let (chunk, remaining) = remaking.first else { return }
        let numbers = try remaining ?? reader.numbers(chunk)
        let slice = Array(numbers.prefix(Self.sliceCount))
        let open = shared.state.withLock { $0.chunks }
        if open[chunk] == nil, !slice.isEmpty {
            let leads = try reader.leads(before: chunk, slice, open: open)
            let pieces = try reader.readings(chunk, slice[...]).sorted { $0.key < $1.key }.map { number, readings in
                BlockWriter.Piece(number: number, readings: readings, lead: leads[number])
            }
            try writer.writeRollups(chunk, pieces)
        }
        let rest = Array(numbers.dropFirst(Self.sliceCount))
        guard rest.isEmpty else {
            remaking[0].numbers = rest
            return
        }
        let isSealed = shared.state.withLock { $0.sealed.contains(chunk) }
        try writer.settle([.rollups(chunk)])
        if isSealed, !merging.contains(chunk) { try writeLog { try $0.append([], from: 0, marks: [chunk: .sealed]) } }
        remaking.removeFirst()
    }

    private mutating func putAsideSuspects() throws {
        let suspects = shared.suspects.withLock { suspects in
            defer { suspects = [] }
            return suspects.sorted()
        }
        for name in suspects {
            try shared.putAside(name)
            guard name.kind == .rollups else { continue }
            let chunks = (name.first.index..<name.end.index).map { Chunk(index: $0) }
            remaking += try chunks.filter { try reader.hasBlocks($0) }.map { ($0, nil) }
        }
    }

    /// Removes whole files whose last moment is older than the retention, when both clocks have agreed long enough.
    private mutating func removeOld(now: Timestamp) throws -> Int {
        let newest = shared.state.withLock { $0.newestOfAll }
        let trust = retention.look(wall: now, monotonicSeconds: shared.monotonicSeconds(), newest: newest)
        guard trust != .none else { return 0 }
        var removed = 0
        for name in shared.folder.blockFiles() {
            let days = name.kind == .readings ? shared.configuration.readingDays : shared.configuration.rollupDays
            let cutoff = RetentionWatch.cutoff(trust, now: now, newest: newest, days: days)
            guard let cutoff, name.endTime <= cutoff else { continue }
            shared.files.drop(name)
            shared.folder.remove(shared.folder.path(of: name))
            removed += 1
            shared.state.withLock { $0.tally.removedFiles += 1 }
            if name.kind == .readings { try forget(before: name.end) }
        }
        return removed
    }

    private mutating func forget(before chunk: Chunk) throws {
        try writeLog { log in try log.queue.writeWithoutTransaction { try ChunkMarks.remove($0, before: chunk) } }
        shared.state.withLock { state in
            state.sealed = state.sealed.filter { $0 >= chunk }
            if let oldest = state.oldest, oldest < chunk.start { state.oldest = chunk.start }
        }
    }

    private mutating func closeIdle() {
        let seconds = shared.monotonicSeconds()
        guard seconds - idleSince >= 60 else { return }
        idleSince = seconds
        shared.files.dropIdle()
    }
}
