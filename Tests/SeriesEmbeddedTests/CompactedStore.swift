import GRDB
import Inventory
import Series
import SeriesTestKit

@testable import SeriesEmbedded

/// A store that has all it holds in blocks of days whenever it is asked for something.
final class CompactedStore: SeriesStore {
    private let store: EmbeddedSeriesStore
    private let now: ManualNow

    init(_ store: EmbeddedSeriesStore, _ now: ManualNow) {
        self.store = store
        self.now = now
    }

    private func compact() async throws(SeriesError) {
        while try await store.maintain(now: now.now.advanced(bySeconds: 2 * 86_400)).isMoreDue {}
    }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await compact()
        return try await store.append(readings)
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await compact()
        return try await store.merge(readings)
    }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        try await compact()
        return try await store.scan(query, take)
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        try await compact()
        return try await store.scanRollups(query, take)
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) { try await store.remove(interfaces) }

    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await store.maintain(now: now)
    }

    func statistics() async -> SeriesStatistics { await store.statistics() }

    func close() async { await store.close() }
}

extension StoreUnderTest {
    /// How many blocks of two hours and of days the files of a folder have.
    static func blocks(_ folder: TemporaryFolder, _ prefix: String) throws -> (chunks: Int, days: Int) {
        var sum = (chunks: 0, days: 0)
        for name in folder.fileNames where name.hasPrefix(prefix) && name.hasSuffix(".sqlite") {
            let queue = try SQLiteFile.open(folder.path + "/" + name, for: .readOnly)
            defer { try? queue.close() }
            try queue.read { db in
                sum.chunks += try BlockTable.keys(db, BlockSpan.chunkKeys).count
                sum.days += try BlockTable.keys(db, BlockSpan.dayKeys).count
            }
        }
        return sum
    }

    /// A closed store with two days and some hours, in blocks of two hours, and the clock some hours after them.
    static func twoDays(interfaces: Int = 3, in place: TemporaryFolder? = nil) async throws -> StoreUnderTest {
        let trial = try await StoreUnderTest(interfaces: interfaces, cycles: 500, in: place)
        // 16 and 24 hours, and 1:40 of the third day; the second is due at 6:00.
        trial.now.set(start.advanced(bySeconds: 48 * 3600))
        _ = try await trial.store.merge(
            trial.interfaces.indices.flatMap { number in
                trial.readings[number].map { SeriesReading(trial.interfaces[number], $0) }
            })
        await trial.store.close()
        trial.noteAll(500)
        return trial
    }
}
