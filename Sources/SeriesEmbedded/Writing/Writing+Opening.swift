import GRDB
import Glibc
import Inventory
import Series
import Synchronization

extension Writing {
    /// Opens the store for writing: takes the lock, reads the directory, the marks and the log into memory.
    mutating func openForWriting() throws {
        try shared.folder.make()
        lock = try shared.folder.lock()
        var state = OpenState()
        let known = try readDirectory()
        let opened = try openOrSalvageLog(&state, known)
        log = opened.log
        if isLogLookedAt {
            log?.close()
            log = nil
        }
        if known.damaged || opened.isDamaged { try reserveNumbers(&state) }
        shared.state.withLock { [state] there in
            let noted = there.tally.troubles
            there = state
            for trouble in noted { there.tally.noteTrouble(trouble) }
        }
        do {
            try completeDirectories(known.rows, opened.mirrored)
        } catch let error as DatabaseError where error.isFull {
            // What the log's copy has is in memory; the file is completed at the next start.
        }
        if let reason = opened.damage { try renewLog(because: reason) }
        try loadNewest()
    }

    private struct Known {
        var rows: [IdentityTable.Row] = []
        var damaged = false
    }

    private struct OpenedLog {
        var log: ReadingLog?
        var mirrored: [IdentityTable.Row] = []
        /// Why it must be written anew.
        var damage: String?
        var isDamaged = false
    }

    private mutating func readDirectory() throws -> Known {
        do {
            let (rows, damaged) = try openDirectory().read { try IdentityTable.read($0) }
            return Known(rows: rows, damaged: damaged > 0)
        } catch let error as DatabaseError where error.isDamage {
            directoryFile = nil
            let aside = try shared.folder.putAside(shared.folder.directoryPath)
            shared.noteTrouble("directory.sqlite was damaged and is now \(aside); it was made anew from its copy")
            return Known(rows: [], damaged: true)
        }
    }

    /// Reads all of the log; what can be read of a damaged one.
    private mutating func openOrSalvageLog(_ state: inout OpenState, _ known: Known) throws -> OpenedLog {
        var opened = OpenedLog()
        var replay = LogReplay(after: -1)
        for row in known.rows { apply(row, to: &state) }
        do {
            try shared.folder.settleFreshLog()
            let log = try openLogOrLook()
            opened.log = log
            try log.queue.read { db in
                let (rows, damaged) = try IdentityTable.read(db)
                opened.mirrored = rows
                opened.isDamaged = damaged > 0
                let inDirectory = Set(known.rows.map(\.number))
                for row in rows where !inDirectory.contains(row.number) { apply(row, to: &state) }
                try readMarks(db, &state)
                try ReadingLog.rows(db, after: -1) { row, octets in replay.take(row, octets, into: &state) }
            }
        } catch let error as DatabaseError where error.isDamage {
            opened.damage = error.message ?? "malformed"
            opened.isDamaged = true
            replay = LogReplay(after: -1)
            state.chunks = [:]
            opened.log?.salvage { row, octets in replay.take(row, octets, into: &state) }
        }
        if replay.damaged > 0 {
            state.tally.damagedBlocks += replay.damaged
            state.tally.noteTrouble(
                "\(replay.damaged) rows of log.sqlite were damaged; the readings in them are missing")
        }
        sequence = max(0, replay.last)
        spent = replay.spent
        return opened
    }

    /// The log; where the disk is full, only to be looked at: it is opened for writing when there is room.
    private mutating func openLogOrLook() throws -> ReadingLog {
        do {
            return try ReadingLog.open(shared.folder.logPath)
        } catch let error as DatabaseError where error.lacksIndex && access(shared.folder.logPath, R_OK) == 0 {
            let log = ReadingLog(queue: try SQLiteFile.open(shared.folder.logPath, for: .readAlone))
            isLogLookedAt = true
            return log
        }
    }

    private func apply(_ row: IdentityTable.Row, to state: inout OpenState) {
        if let id = row.id { state.directory.add(row.number, id) } else { state.directory.remove(row.number) }
    }

    private mutating func readMarks(_ db: Database, _ state: inout OpenState) throws {
        let marks = try ChunkMarks.read(db)
        state.sealed = Set(marks.keys)
        let merging = marks.filter { $0.value == .merging }.keys
        let reached = merging.flatMap { chunk in (0...Chunk.perDay).map { Chunk(index: chunk.index + $0) } }
        remaking = state.sealed.intersection(reached).sorted().map { ($0, nil) }
    }

    /// Where identities were lost: no number that is in a block is given to another interface.
    private func reserveNumbers(_ state: inout OpenState) throws {
        for name in shared.folder.blockFiles() {
            for span in name.spans {
                let keys = [span.key(0), span.key(InterfaceDirectory.numbersMax - 1)]
                let last = try shared.read(name, lane: BlockReader.writingLane) { db in
                    try Int64.fetchOne(
                        db, sql: "SELECT max(id) FROM blocks WHERE id BETWEEN ? AND ?",
                        arguments: StatementArguments(keys))
                }
                if let last, let key = last { state.directory.reserve(below: BlockSpan.number(key) + 1) }
            }
        }
    }

    /// Gives the directory what only the log's copy has, and the other way round.
    private mutating func completeDirectories(
        _ there: [IdentityTable.Row], _ mirrored: [IdentityTable.Row]
    ) throws {
        let numbers = Set(there.map(\.number))
        let missing = mirrored.filter { !numbers.contains($0.number) }
        if !missing.isEmpty { try writeDirectory(missing) }
        let copies = Dictionary(mirrored.map { ($0.number, $0.id) }, uniquingKeysWith: { $1 })
        unmirrored = there.filter { copies[$0.number] != .some($0.id) }
    }

    /// Looks for the newest readings in the two latest sealed chunks; others are looked for when they are needed.
    private func loadNewest() throws {
        let state = shared.state.withLock { $0 }
        let numbers = state.directory.all
        for chunk in try latestChunks(2) where state.chunks[chunk] == nil {
            _ = try shared.read(.readings(chunk), lane: BlockReader.writingLane) { db in
                try reader.blocks(db, .readings, [chunk], numbers[...]) { place, octets in
                    guard let last = try ReadingBlock.extent(octets).last else { return }
                    shared.state.withLock { $0.noteFound(numbers[place], last) }
                }
            }
        }
        let oldest = try oldestReading(numbers)
        shared.state.withLock { state in
            if let oldest, state.oldest.map({ oldest < $0 }) ?? true { state.oldest = oldest }
        }
    }

    private func latestChunks(_ count: Int) throws -> [Chunk] {
        var found: [Chunk] = []
        for name in shared.folder.blockFiles().reversed() where name.kind == .readings && found.count < count {
            for index in (name.first.index..<name.end.index).reversed() where found.count < count {
                if try reader.hasBlocks(Chunk(index: index)) { found.append(Chunk(index: index)) }
            }
        }
        return found
    }

    /// The oldest reading of the oldest chunk, of its first few thousand interfaces.
    private func oldestReading(_ numbers: [UInt32]) throws -> Timestamp? {
        for name in shared.folder.blockFiles() where name.kind == .readings {
            for index in name.first.index..<name.end.index {
                let chunk = Chunk(index: index)
                guard try reader.hasBlocks(chunk) else { continue }
                let readings = try reader.readings(chunk, numbers.prefix(4_096)[...])
                if let oldest = readings.values.compactMap(\.first?.at).min() { return oldest }
            }
        }
        return nil
    }
}
