import GRDB
import Glibc
import Inventory
import Series
import Synchronization

extension Writing {
    /// Rows of the log that are removed at once.
    private static let rowsAtOnce: Int64 = 100
    /// How long one piece of work goes on: appends wait for it.
    private static let pieceDuration = Duration.milliseconds(20)

    /// Does one bounded piece of what is due.
    mutating func maintain(now: Timestamp) throws -> MaintenanceOutcome {
        try requireOpen()
        var outcome = MaintenanceOutcome()
        guard !shared.configuration.readOnly else { return outcome }
        // First what makes room: on a full disk all that follows fails.
        outcome.removedFiles = try removeOld(now: now)
        closeIdle()
        try putAsideSuspects()
        _ = try openLog()
        if !spent.isEmpty {
            try forPiece { try $0.removeSpentRows() }
        } else if isLogLoose {
            try forPiece { try $0.shrinkLog() }
        } else if sealing != nil || dueChunk(now) != nil {
            outcome.sealedBlocks = try sealPiece(now: now)
        } else if !remaking.isEmpty {
            try forPiece { try $0.remakeStep() }
        } else {
            try forPiece { try $0.compactStep(now: now) }
        }
        let canRemake = !remaking.isEmpty && merges.chunks.isEmpty
        outcome.isMoreDue =
            !spent.isEmpty || isLogLoose || sealing != nil || canRemake || dueChunk(now) != nil
            || shared.suspects.withLock { !$0.isEmpty } || isCompactionDue(now)
        return outcome
    }

    /// Does steps until none is left or the time of a piece is over.
    private mutating func forPiece(_ step: (inout Writing) throws -> Bool) throws {
        let end = ContinuousClock.now + Self.pieceDuration
        while try step(&self), ContinuousClock.now < end {}
    }

    /// Seals slices for the time of a piece; a file found damaged on the way is put aside by the next piece.
    private mutating func sealPiece(now: Timestamp) throws -> Int {
        var sum = 0
        do {
            try forPiece { writing in
                guard let sealed = try writing.sealStep(now: now) else { return false }
                sum += sealed
                guard case .write = writing.sealing?.step else { return false }
                return true
            }
        } catch let error as DatabaseError where error.isDamage && shared.suspects.withLock({ !$0.isEmpty }) {
            sealing = nil
        }
        let sealed = sum
        shared.state.withLock { $0.tally.sealedBlocks += sealed }
        return sum
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
        case .settle:
            try writer.settle([.readings(progress.chunk), .rollups(progress.chunk)])
            progress.settled()
            sealing = progress
            return 0
        case .mark:
            try markSealed(progress.chunk)
            return 0
        }
    }

    private func seal(_ chunk: Chunk, _ numbers: [UInt32]) throws {
        let open = shared.state.withLock { $0.chunks }
        let leads = try reader.leads(before: chunk, numbers, open: open)
        // What an earlier sealing left; more than in memory where the mark of a sealed chunk was lost.
        let there = try reader.hasBlocks(chunk) ? reader.readings(chunk, numbers[...]) : [:]
        let pieces = numbers.map { number in
            var readings = open[chunk]?.readings(of: number) ?? []
            if let before = there[number] { readings = ItemOrder.merged(before, readings) }
            return BlockWriter.Piece(number: number, readings: readings, lead: leads[number])
        }
        try writer.writeReadings(chunk, pieces)
        try writer.writeRollups(chunk, pieces)
    }

    /// From here on the blocks are the truth; the log's rows are removed piece by piece.
    private mutating func markSealed(_ chunk: Chunk) throws {
        try writeLog { try $0.append([], from: 0, marks: [chunk: .sealed]) }
        let rows = shared.state.withLock { state in
            state.sealed.insert(chunk)
            return state.chunks.removeValue(forKey: chunk)?.logRows ?? []
        }
        spent += rows
        noteWritten([.readings(chunk), .rollups(chunk)])
    }

    private mutating func removeSpentRows() throws -> Bool {
        guard let rows = spent.first else { return false }
        let last = min(rows.upperBound, rows.lowerBound + Self.rowsAtOnce - 1)
        try writeLog { try $0.remove(rows.lowerBound...last) }
        if last == rows.upperBound { spent.removeFirst() } else { spent[0] = (last + 1)...rows.upperBound }
        if spent.isEmpty { isLogLoose = true }
        return !spent.isEmpty
    }

    /// Gives back the room of the log that sealed chunks left.
    private mutating func shrinkLog() throws -> Bool {
        isLogLoose = false
        var isMore = false
        try writeLog { isMore = try $0.shrink() }
        isLogLoose = isMore
        return isMore
    }

    /// Makes roll-ups anew that an interrupted merge, or a damaged file, may have left behind; whether more is to do.
    private mutating func remakeStep() throws -> Bool {
        // What a merge is writing changes what they begin with.
        guard merges.chunks.isEmpty, let (chunk, remaining) = remaking.first else { return false }
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
            return true
        }
        if !slice.isEmpty { try writer.settle([.rollups(chunk)]) }
        noteWritten([.rollups(chunk)])
        // The marks stay until the last is done: a crash begins anew with all of them.
        let done = shared.state.withLock { $0.sealed.intersection(remade.union([chunk])) }
        if remaking.count == 1, !done.isEmpty {
            let marks = Dictionary(uniqueKeysWithValues: done.map { ($0, ChunkMarks.Mark.sealed) })
            try writeLog { try $0.append([], from: 0, marks: marks) }
        }
        remaking.removeFirst()
        remade = remaking.isEmpty ? [] : remade.union([chunk])
        return !remaking.isEmpty
    }

    /// Has roll-ups made anew of chunks, and of those after them whose first rate may begin there.
    mutating func remake(from chunks: Set<Chunk>) {
        let reached = Set(chunks.flatMap { chunk in (0...Chunk.perDay).map { Chunk(index: chunk.index + $0) } })
        let due = shared.state.withLock { $0.sealed.intersection(reached) }.union(chunks)
        remaking.removeAll { due.contains($0.chunk) }
        remaking += due.sorted().map { ($0, nil) }
    }

    private mutating func putAsideSuspects() throws {
        let suspects = shared.suspects.withLock { suspects in
            defer { suspects = [] }
            return suspects.sorted()
        }
        for name in suspects where access(shared.folder.path(of: name), F_OK) == 0 {
            let aside = try shared.putAside(name)
            if let chunk = sealing?.chunk, name.contains(chunk) { sealing = nil }
            compaction.forget(name)
            try BlockSalvage(name: name, writer: writer).bring(from: aside)
            noteWritten([name])
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
            compaction.forget(name)
            removed += 1
            shared.state.withLock { $0.tally.removedFiles += 1 }
            // A mark that stays does no harm, and on a full disk it cannot be removed.
            if name.kind == .readings { try? forget(before: name.end) }
        }
        return removed
    }

    private mutating func forget(before chunk: Chunk) throws {
        try writeLog { try $0.forgetMarks(before: chunk) }
        shared.state.withLock { state in
            state.sealed = state.sealed.filter { $0 >= chunk }
            if let oldest = state.oldest, oldest < chunk.start { state.oldest = chunk.start }
        }
    }

    /// Files of days that are over may have blocks of two hours again.
    mutating func noteWritten(_ names: Set<BlockFileName>) {
        compaction.wrote(names, monotonicSeconds: shared.monotonicSeconds())
    }

    private mutating func closeIdle() {
        let seconds = shared.monotonicSeconds()
        guard seconds - idleSince >= 60 else { return }
        idleSince = seconds
        shared.files.dropIdle()
    }
}
