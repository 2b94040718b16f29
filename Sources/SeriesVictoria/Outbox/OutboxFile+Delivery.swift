import FoundationEssentials
import GRDB
import Inventory
import Series
import Synchronization

/// Readings on their way, with the labels they go with.
struct OutboxParcel: Sendable {
    /// The batches they are of.
    var sequences: [Int64]
    /// The readings, in the order in which they came.
    var entries: [ReadingBatch.Entry] = []
    /// Whose they are.
    var owners: [UInt32: InterfaceID] = [:]
    /// What they are sent with.
    var labels: [UInt32: LabelSet] = [:]
}

extension OutboxFile {
    /// Reads batches that are to be sent; a damaged one is left out and counted.
    func parcel(_ sequences: [Int64]) async throws(SeriesError) -> OutboxParcel {
        do {
            return try await store.read { [self] db in
                var parcel = OutboxParcel(sequences: sequences)
                for sequence in sequences {
                    let payload = try Data.fetchOne(
                        db, sql: "SELECT payload FROM batches WHERE sequence = ?", arguments: [sequence])
                    guard let payload else { continue }
                    if let entries = OutboxPayload.entries(payload) {
                        parcel.entries += entries
                    } else {
                        memory.withLock { $0.damagedBatches += 1 }
                    }
                }
                try Self.address(&parcel, db)
                return parcel
            }
        } catch {
            throw OutboxSchema.seriesError(error, "reading the outbox \(path)")
        }
    }

    private static func address(_ parcel: inout OutboxParcel, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT id, labels FROM interfaces WHERE number = ?")
        for number in Set(parcel.entries.map(\.number)) {
            guard let row = try Row.fetchOne(statement, arguments: [number]) else { continue }
            guard let owner = InterfaceID(row[0] as String) else { continue }
            parcel.owners[number] = owner
            parcel.labels[number] = LabelSet(stored: row[1]) ?? LabelSet(owner)
        }
    }

    /// Keeps labels that changed, in the parcel and in the file.
    func relabel(_ parcel: inout OutboxParcel, _ labels: [InterfaceID: SeriesLabels]) async throws(SeriesError) {
        var changed: [(UInt32, LabelSet)] = []
        for (number, owner) in parcel.owners.sorted(by: { $0.key < $1.key }) {
            guard let fresh = labels[owner].map({ LabelSet($0) }), fresh != parcel.labels[number] else { continue }
            parcel.labels[number] = fresh
            changed.append((number, fresh))
        }
        guard !changed.isEmpty else { return }
        let rows = changed
        try await change { db in
            for (number, labels) in rows {
                try db.execute(
                    sql: "UPDATE interfaces SET labels = ? WHERE number = ?", arguments: [labels.stored, number])
            }
        }
    }

    /// Batches are safe with the server: they go, and the newest reading of their interfaces is remembered.
    func forget(_ sequences: [Int64]) async throws(SeriesError) {
        guard !sequences.isEmpty else { return }
        try await change { [self] db in
            var numbers: Set<UInt32> = []
            for sequence in sequences {
                let payload = try Data.fetchOne(
                    db, sql: "SELECT payload FROM batches WHERE sequence = ?", arguments: [sequence])
                numbers.formUnion((OutboxPayload.entries(payload) ?? []).map(\.number))
            }
            let newest = memory.withLock { $0.ledger.newest }
            let statement = try db.cachedStatement(sql: "UPDATE interfaces SET newest = ? WHERE number = ?")
            for number in numbers {
                guard let reading = newest[number] else { continue }
                let blob = ReadingBatch.encode([ReadingBatch.Entry(number: number, reading: reading)][...])
                try statement.execute(arguments: [blob.asData, number])
            }
            try Self.delete(sequences, db)
        } then: {
            $0.machine.remove(sequences)
        }
    }

    /// Takes readings out of batches: those the server refuses for good, or those of interfaces that are forgotten.
    ///
    /// With a reason they are put aside, at most `putAsideMax`, and counted.
    func takeOut(
        of sequences: [Int64], reason: String?, _ isOut: @escaping @Sendable (ReadingBatch.Entry) -> Bool
    ) async throws(SeriesError) {
        do {
            try await store.writeWithoutTransaction { [self] db in
                var sizes: [(Int64, Int64, Int)] = []
                var out: [ReadingBatch.Entry] = []
                try db.inTransaction(.immediate) {
                    for sequence in sequences {
                        let payload = try Data.fetchOne(
                            db, sql: "SELECT payload FROM batches WHERE sequence = ?", arguments: [sequence])
                        guard let entries = OutboxPayload.entries(payload) else { continue }
                        let kept = entries.filter { !isOut($0) }
                        guard kept.count < entries.count else { continue }
                        out += entries.filter(isOut)
                        let anew = ReadingBatch.encode(kept[...])
                        try db.execute(
                            sql: "UPDATE batches SET payload = ?, readings = ? WHERE sequence = ?",
                            arguments: [anew.asData, kept.count, sequence])
                        sizes.append((sequence, Int64(anew.count) + Self.rowOctets, kept.count))
                    }
                    if let reason { try Self.putAside(out, reason, db) }
                    return .commit
                }
                memory.withLock { memory in
                    for (sequence, octets, readings) in sizes {
                        memory.machine.resize(sequence, octets: octets, readings: readings)
                    }
                    if reason != nil { memory.rejected += Int64(out.count) }
                }
            }
        } catch {
            throw OutboxSchema.seriesError(error, "writing to the outbox \(path)")
        }
    }

    /// Batches of refused readings that are kept for a look.
    static let putAsideMax = 1000

    private static func putAside(_ entries: [ReadingBatch.Entry], _ reason: String, _ db: Database) throws {
        for start in stride(from: 0, to: entries.count, by: ReadingBatch.entriesMax) {
            let slice = entries[start..<min(start + ReadingBatch.entriesMax, entries.count)]
            try db.execute(
                sql: "INSERT INTO put_aside (reason, payload) VALUES (?, ?)",
                arguments: [reason, ReadingBatch.encode(slice).asData])
        }
        try db.execute(
            sql: "DELETE FROM put_aside WHERE id <= (SELECT max(id) FROM put_aside) - ?", arguments: [putAsideMax])
    }

    /// One transaction, and then the change in memory that goes with it.
    func change(
        _ body: @escaping @Sendable (Database) throws -> Void,
        then apply: @escaping @Sendable (inout Memory) -> Void = { _ in }
    ) async throws(SeriesError) {
        do {
            try await store.writeWithoutTransaction { [self] db in
                try db.inTransaction(.immediate) {
                    try body(db)
                    return .commit
                }
                memory.withLock { apply(&$0) }
            }
        } catch {
            throw OutboxSchema.seriesError(error, "writing to the outbox \(path)")
        }
    }
}
