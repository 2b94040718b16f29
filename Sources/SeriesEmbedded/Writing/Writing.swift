import GRDB
import Inventory
import Series
import Synchronization

/// All that changes the store; used by one thread at a time.
struct Writing: Sendable {
    /// Interfaces whose blocks are written in one transaction: some milliseconds.
    static let sliceCount = 250

    let shared: SeriesShared
    /// nil after an error of the disk: it is opened again before anything is written.
    var log: ReadingLog?
    /// nil after an error: opened again when it is needed.
    var directoryFile: DatabaseQueue?
    /// The last row of the log.
    var sequence: Int64 = 0
    /// Interfaces that are in `directory.sqlite` and not in the log's copy yet.
    var unmirrored: [IdentityTable.Row] = []
    var sealing: SealProgress?
    /// Rows of the log whose readings are in blocks.
    var spent: [ClosedRange<Int64>] = []
    /// Whether the log has room that it may give back.
    var isLogLoose = false
    /// Chunks whose roll-ups may be older than their readings, with the interfaces still to be done.
    var remaking: [(chunk: Chunk, numbers: [UInt32]?)] = []
    /// Chunks whose roll-ups were made anew while others of the same merge were not yet.
    var remade: Set<Chunk> = []
    /// The merges that are under way.
    var merges = MergesUnderway()
    var retention = RetentionWatch()
    var compaction = CompactionWatch()
    var idleSince: Double = 0
    var lock: FolderLock?
    /// Whether the log could only be read when the store was opened, as the disk was full.
    var isLogLookedAt = false
    var isClosed = false

    init(shared: SeriesShared) {
        self.shared = shared
    }

    var reader: BlockReader { BlockReader(shared: shared, lane: BlockReader.writingLane) }
    var writer: BlockWriter { BlockWriter(shared: shared) }

    func requireOpen() throws {
        if isClosed { throw ClosedSeries() }
    }

    func requireWritable() throws {
        try requireOpen()
        if shared.configuration.readOnly { throw ReadOnlySeries() }
    }

    /// Refuses to write where less than the reserve is free.
    func requireSpace() throws {
        guard let free = shared.folder.freeOctets(), free < shared.configuration.reserveOctets else { return }
        throw SeriesError(
            .full,
            message: "only \(free) octets are free in \(shared.folder.path), and "
                + "\(shared.configuration.reserveOctets) must stay; free some on the disk")
    }

    /// The log, opened again where an error closed it.
    mutating func openLog() throws -> ReadingLog {
        if let log { return log }
        do {
            return try reopenLog()
        } catch let error as DatabaseError where error.isDamage {
            try renewLog(because: error.message ?? "malformed")
            return try reopenLog()
        } catch let error as DatabaseError where error.lacksIndex && !shared.folder.hasRoom {
            throw SeriesError(
                .full, message: "no space is left in \(shared.folder.path); free some on the disk")
        }
    }

    private mutating func reopenLog() throws -> ReadingLog {
        if let log { return log }
        try shared.folder.settleFreshLog()
        let opened = try ReadingLog.open(shared.folder.logPath)
        try reconcileMarks(opened)
        var replay = LogReplay(after: sequence)
        try replayLog(opened, &replay)
        sequence = replay.last
        spent += replay.spent
        log = opened
        return opened
    }

    /// Writes to the log; after an error of the disk the connection is not used again.
    mutating func writeLog(_ body: (ReadingLog) throws -> Void) throws {
        do {
            try body(openLog())
        } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
            log?.close()
            log = nil
            sealing = nil
            throw error
        }
    }

    /// Settles marks whose outcome was not known: what is open in memory has all its rows still, and stays open.
    private mutating func reconcileMarks(_ log: ReadingLog) throws {
        let open = shared.state.withLock { Set($0.chunks.keys) }
        let marks = try log.queue.writeWithoutTransaction { db in
            for chunk in open { try ChunkMarks.remove(db, chunk) }
            return try ChunkMarks.read(db)
        }
        shared.state.withLock { $0.sealed.formUnion(marks.keys) }
        let known = Set(remaking.map(\.chunk)).union(merges.chunks).union(remade)
        remaking += marks.filter { $0.value == .merging && !known.contains($0.key) }.keys.sorted().map { ($0, nil) }
    }

    /// Brings the rows of a log that are not in memory there.
    func replayLog(_ log: ReadingLog, _ replay: inout LogReplay) throws {
        try log.queue.read { db in
            try shared.state.withLock { state in
                try ReadingLog.rows(db, after: replay.last) { row, octets in
                    replay.take(row, octets, into: &state)
                }
            }
        }
    }

    /// Puts the log aside and writes a new one from memory, where all that was acknowledged is.
    mutating func renewLog(because reason: String) throws {
        log?.close()
        log = nil
        let rows = try writeFreshLog()
        let aside = try shared.folder.putAside(shared.folder.logPath)
        shared.noteTrouble(
            "log.sqlite was damaged (\(reason)) and is now \(aside); keep it for an inspection, or remove it")
        try shared.folder.move(shared.folder.freshLogPath, to: shared.folder.logPath)
        for rows in rows { noteRows(rows, isNew: true) }
        spent = []
        unmirrored = []
        log = try ReadingLog.open(shared.folder.logPath)
    }

    /// Writes what is in memory to a log beside the damaged one, which stays until all of it is on the disk.
    private func writeFreshLog() throws -> [[ReadingLog.Row]] {
        shared.folder.remove(shared.folder.freshLogPath)
        let fresh = try ReadingLog.open(shared.folder.freshLogPath)
        defer { fresh.close() }
        let state = shared.state.withLock { $0 }
        var marks = Dictionary(uniqueKeysWithValues: state.sealed.map { ($0, ChunkMarks.Mark.sealed) })
        // Never of a chunk that is in memory: its mark would say that its rows are of no use.
        for chunk in merges.chunks.union(remaking.map(\.chunk)).union(remade) where state.sealed.contains(chunk) {
            marks[chunk] = .merging
        }
        try fresh.append([], from: 0, interfaces: identities(state.directory), marks: marks)
        var (all, next): ([[ReadingLog.Row]], Int64) = ([], sequence + 1)
        for (chunk, open) in state.chunks {
            let entries = open.numbers.flatMap { number in
                open.readings(of: number).map { ReadingBatch.Entry(number: number, reading: $0) }
            }
            let rows = ReadingLog.Row.rows(chunk, entries)
            try fresh.append(rows, from: next)
            next += Int64(rows.count)
            all.append(rows)
        }
        return all
    }

    /// Notes rows that were written after the last one.
    mutating func noteRows(_ rows: [ReadingLog.Row], isNew: Bool = false) {
        let before = sequence
        shared.state.withLock { state in
            if isNew, let chunk = rows.first?.chunk { state.chunks[chunk]?.forgetLogRows() }
            for (index, row) in rows.enumerated() {
                state.chunks[row.chunk, default: OpenChunk()].noteLogRow(before + 1 + Int64(index))
            }
        }
        sequence += Int64(rows.count)
    }

    func identities(_ directory: InterfaceDirectory) -> [IdentityTable.Row] {
        directory.ids.indices.map { IdentityTable.Row(number: UInt32($0), id: directory.ids[$0]) }
    }

    /// Closes all files; the write-ahead logs are folded in.
    mutating func close() {
        guard !isClosed else { return }
        isClosed = true
        shared.isClosed.store(true, ordering: .releasing)
        log?.close()
        log = nil
        try? directoryFile?.close()
        directoryFile = nil
        shared.files.close()
        shared.state.withLock { $0.chunks = [:] }
        lock = nil
    }
}
