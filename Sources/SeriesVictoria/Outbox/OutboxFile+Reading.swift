import FoundationEssentials
import GRDB
import Inventory
import Series
import Synchronization

extension OutboxFile {
    /// The readings of some interfaces that are still here, in `from..<to`.
    func readings(
        from: Timestamp, to: Timestamp, of shard: ScanShard
    ) async throws(SeriesError) -> [InterfaceID: [CounterReading]] {
        do {
            let numbers = memory.withLock { $0.ledger.numbers }
            let owners =
                switch shard {
                case .ids(let ids): ids.compactMap { id in numbers[id].map { ($0, id) } }
                case .prefix: numbers.filter { shard.contains($0.key) }.map { ($0.value, $0.key) }
                }
            let byNumber = Dictionary(owners, uniquingKeysWith: { first, _ in first })
            return try await store.read { db in
                var found: [InterfaceID: [CounterReading]] = [:]
                let rows = try Row.fetchCursor(
                    db, sql: "SELECT payload FROM batches WHERE last_at >= ? AND first_at < ? ORDER BY sequence",
                    arguments: [from.milliseconds, to.milliseconds])
                while let row = try rows.next() {
                    for entry in OutboxPayload.entries(row[0]) ?? [] {
                        guard let owner = byNumber[entry.number], entry.reading.at >= from, entry.reading.at < to else {
                            continue
                        }
                        found[owner, default: []].append(entry.reading)
                    }
                }
                return found
            }
        } catch {
            throw OutboxSchema.seriesError(error, "reading the outbox \(path)")
        }
    }

    /// Forgets interfaces and what of them is still here.
    func remove(_ ids: [InterfaceID]) async throws(SeriesError) {
        let (numbers, sequences) = memory.withLock { memory in
            (Set(ids.compactMap { memory.ledger.numbers[$0] }), memory.machine.items.map(\.sequence))
        }
        guard !numbers.isEmpty else { return }
        try await takeOut(of: sequences, reason: nil) { numbers.contains($0.number) }
        try await change { db in
            for number in numbers {
                try db.execute(sql: "DELETE FROM interfaces WHERE number = ?", arguments: [number])
            }
        } then: {
            $0.ledger.forget(ids)
        }
    }

    /// Gives space back to the file system, a bounded piece of it.
    func shrink() async throws(SeriesError) {
        do {
            try await store.writeWithoutTransaction { db in
                let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
                guard free > 4096 else { return }
                try db.execute(sql: "PRAGMA incremental_vacuum(2048)")
            }
        } catch {
            throw OutboxSchema.seriesError(error, "shrinking the outbox \(path)")
        }
    }
}
