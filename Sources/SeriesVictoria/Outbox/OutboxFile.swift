import FoundationEssentials
import GRDB
import Glibc
import Inventory
import Series
import Synchronization

/// The outbox on disk: batches of readings until they are safe with the server, and the labels they are sent with.
///
/// Write-ahead log, synchronous=FULL: what `append` returned is safe. What is held in memory changes only within the
/// writer's turn, after the transaction is on disk.
final class OutboxFile: Sendable {
    /// What is known of the file.
    struct Memory: Sendable {
        var ledger = AcceptanceLedger()
        var machine: OutboxStateMachine
        var nextSequence: Int64 = 1
        var damagedBatches: Int64 = 0
        var rejected: Int64 = 0
    }

    /// Octets a row takes besides its payload.
    static let rowOctets: Int64 = 48

    let path: String
    let store: DatabasePool
    let memory: Mutex<Memory>

    private init(path: String, store: DatabasePool, memory: consuming Memory) {
        self.path = path
        self.store = store
        self.memory = Mutex(memory)
    }

    /// Opens the file or makes it, readable by its owner alone, and reads what is in it.
    static func open(
        directory: String, settings: OutboxStateMachine.Settings
    ) async throws(SeriesError) -> OutboxFile {
        let path = directory + "/outbox.sqlite"
        do {
            try makeFolder(directory)
            _ = mknod(path, S_IFREG | 0o600, 0)
            let store = try DatabasePool(path: path, configuration: OutboxSchema.settings())
            let memory = try await store.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try OutboxSchema.prepare(db)
                return try load(db, settings)
            }
            return OutboxFile(path: path, store: store, memory: memory)
        } catch {
            throw OutboxSchema.seriesError(error, "opening the outbox \(path)")
        }
    }

    /// Keeps readings; they are on disk when it returns.
    func append(
        _ readings: [SeriesReading], rule: AcceptanceLedger.Rule, labels: [InterfaceID: SeriesLabels], now: Timestamp,
        retentionSeconds: Int64
    ) async throws(SeriesError) -> AppendOutcome {
        do {
            return try await store.writeWithoutTransaction { [self] db in
                let plan = memory.withLock {
                    $0.ledger.judge(readings, rule: rule, now: now, retentionSeconds: retentionSeconds)
                }
                guard !plan.entries.isEmpty else { return plan.outcome }
                try keep(plan, labels, db)
                return plan.outcome
            }
        } catch {
            throw OutboxSchema.seriesError(error, "writing to the outbox \(path)")
        }
    }

    /// Closes the file.
    func close() {
        try? store.close()
    }

    /// One transaction: what has to go, the new interfaces, the batches.
    private func keep(_ plan: AcceptanceLedger.Plan, _ labels: [InterfaceID: SeriesLabels], _ db: Database) throws {
        let slices = stride(from: 0, to: plan.entries.count, by: ReadingBatch.entriesMax).map {
            plan.entries[$0..<min($0 + ReadingBatch.entriesMax, plan.entries.count)]
        }
        let payloads = slices.map { ReadingBatch.encode($0) }
        let octets = payloads.reduce(0) { $0 + Int64($1.count) + Self.rowOctets }
        let (excess, first) = memory.withLock { ($0.machine.excess(adding: octets), $0.nextSequence) }
        try db.inTransaction(.immediate) {
            try Self.delete(excess, db)
            for (number, id) in plan.fresh {
                try db.execute(
                    sql: "INSERT INTO interfaces (number, id, labels) VALUES (?, ?, ?)",
                    arguments: [number, id.description, labels[id].map { LabelSet($0).stored } ?? LabelSet(id).stored])
            }
            for (offset, payload) in payloads.enumerated() {
                let times = slices[offset].map(\.reading.at.milliseconds)
                try db.execute(
                    sql: "INSERT INTO batches (sequence, first_at, last_at, readings, payload) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        first + Int64(offset), times.min(), times.max(), slices[offset].count, payload.asData,
                    ])
            }
            return .commit
        }
        memory.withLock { memory in
            memory.machine.drop(excess)
            memory.ledger.apply(plan)
            for (offset, payload) in payloads.enumerated() {
                memory.machine.add(
                    OutboxStateMachine.Item(
                        sequence: first + Int64(offset), octets: Int64(payload.count) + Self.rowOctets,
                        readings: slices[offset].count))
            }
            memory.nextSequence += Int64(payloads.count)
        }
    }

    static func delete(_ sequences: [Int64], _ db: Database) throws {
        guard !sequences.isEmpty else { return }
        let statement = try db.cachedStatement(sql: "DELETE FROM batches WHERE sequence = ?")
        for sequence in sequences { try statement.execute(arguments: [sequence]) }
    }

    private static func makeFolder(_ directory: String) throws(SeriesError) {
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { return }
        throw SeriesError(
            .cannotOpen,
            message: "the folder \(directory) of the outbox cannot be made (errno \(errno)); make it, or name another")
    }

    /// Interfaces with their newest reading, then every batch, whose readings are newer.
    private static func load(_ db: Database, _ settings: OutboxStateMachine.Settings) throws -> Memory {
        var memory = Memory(machine: OutboxStateMachine(settings))
        let interfaces = try Row.fetchCursor(db, sql: "SELECT number, id, newest FROM interfaces")
        while let row = try interfaces.next() {
            let (number, text): (UInt32, String) = (row[0], row[1])
            guard let id = InterfaceID(text) else { continue }
            memory.ledger.know(id, number: number)
            if let newest = OutboxPayload.entries(row[2])?.first { memory.ledger.raise(number, to: newest.reading) }
        }
        let batches = try Row.fetchCursor(db, sql: "SELECT sequence, readings, payload FROM batches ORDER BY sequence")
        while let row = try batches.next() {
            let (sequence, readings): (Int64, Int) = (row[0], row[1])
            let payload: Data = row[2]
            memory.machine.add(
                OutboxStateMachine.Item(
                    sequence: sequence, octets: Int64(payload.count) + rowOctets, readings: readings))
            memory.nextSequence = sequence + 1
            for entry in OutboxPayload.entries(payload) ?? [] { memory.ledger.raise(entry.number, to: entry.reading) }
        }
        return memory
    }
}
