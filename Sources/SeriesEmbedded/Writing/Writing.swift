import GRDB
import Inventory
import Series
import Synchronization

/// All that changes the store; used by one thread at a time.
struct Writing: Sendable {
    /// Interfaces whose blocks are written in one transaction: some tens of milliseconds.
    static let sliceCount = 2_000

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
    /// Chunks whose roll-ups may be older than their readings, with the interfaces still to be done.
    var remaking: [(chunk: Chunk, numbers: [UInt32]?)] = []
    /// Chunks that a merge is writing.
    var merging: Set<Chunk> = []
    var retention = RetentionWatch()
    var idleSince: Double = 0
    var lock: FolderLock?
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
        let known = Set(remaking.map(\.chunk)).union(merging)
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
        let aside = try shared.folder.putAside(shared.folder.logPath)
        shared.noteTrouble(
            "log.sqlite was damaged (\(reason)) and is now \(aside); keep it for an inspection, or remove it")
        let fresh = try ReadingLog.open(shared.folder.logPath)
        let state = shared.state.withLock { $0 }
        var marks = Dictionary(uniqueKeysWithValues: state.sealed.map { ($0, ChunkMarks.Mark.sealed) })
        for chunk in merging.union(remaking.map(\.chunk)) { marks[chunk] = .merging }
        try fresh.append([], from: 0, interfaces: identities(state.directory), marks: marks)
        for (chunk, open) in state.chunks {
            let entries = open.numbers.flatMap { number in
                open.readings(of: number).map { ReadingBatch.Entry(number: number, reading: $0) }
            }
            let rows = ReadingLog.Row.rows(chunk, entries)
            try fresh.append(rows, from: sequence + 1)
            noteRows(rows, isNew: true)
        }
        spent = []
        unmirrored = []
        log = fresh
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
