import API
import Inventory
import Listing
import Series
import SeriesTestKit
import Synchronization
import Testing

/// Long ranges cost no more than what is asked for of them.
@Suite struct ReadingPagesTests {
    private func fixture(_ count: Int) async throws -> (api: Fixture, store: CountingStore, id: InterfaceID) {
        let memory = MemorySeriesStore(now: { Fixture.now })
        let store = CountingStore(memory)
        let api = try Fixture(metrics: MetricsSource(series: store))
        let id = try await api.add("SW", [.isp]).1[0].id
        let readings = (1...count).reversed().map { place in
            SeriesReading(id, CounterReading.sample(secondsAgo: place * 300, inOctets: UInt64(count - place)))
        }
        _ = try await memory.merge(readings)
        return (api, store, id)
    }

    @Test func aPageOfALongRangeReadsAboutAPage() async throws {
        let (api, store, id) = try await fixture(3_000)
        let start = Timestamp(seconds: Fixture.now.seconds - 3_000 * 300)
        let answer = try await api.send("GET", "/interfaces/\(id)/readings?from=\(start)&limit=10").document
        guard case .array(let items) = answer["items"] else { return }
        #expect(items.count == 10 && answer["next_from"] == .string(start.advanced(bySeconds: 3_000).description))
        #expect(store.values <= 100, "\(store.values) readings were read for 10")
    }

    @Test(arguments: [7, 100, 999, 1_000, 1_001])
    func pagesTogetherAreTheWhole(_ limit: Int) async throws {
        let (api, _, id) = try await fixture(1_000)
        var (found, from): ([JSONValue], String?) = ([], "1970-01-01")
        while let start = from {
            let page = try await api.send("GET", "/interfaces/\(id)/readings?from=\(start)&limit=\(limit)").document
            guard case .array(let items) = page["items"] else { break }
            #expect(items.count <= limit)
            found += items.compactMap { $0["interface_if_hc_in_octets"] }
            from = if case .string(let next) = page["next_from"] { next } else { nil }
        }
        #expect(found == (0..<1_000).map { .integer(Int64($0)) })
    }

    @Test func aRangeNeverBeginsBefore1970() async throws {
        let (api, _, id) = try await fixture(1)
        let answer = try await api.send("GET", "/interfaces/\(id)/metrics?to=1970-01-01T01:00:00Z").document
        #expect(answer["from"] == "1970-01-01T00:00:00.000Z")
    }
}

/// A store that counts the readings it hands over.
private final class CountingStore: SeriesStore {
    private let store: MemorySeriesStore
    private let count = Mutex(0)
    var values: Int { count.withLock { $0 } }

    init(_ store: MemorySeriesStore) { self.store = store }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        let outcome = try await store.scan(query, take)
        count.withLock { $0 += outcome.values }
        return outcome
    }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await store.append(readings)
    }
    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await store.merge(readings)
    }
    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome { try await store.scanRollups(query, take) }
    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) { try await store.remove(interfaces) }
    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await store.maintain(now: now)
    }
    func statistics() async -> SeriesStatistics { await store.statistics() }
    func close() async { await store.close() }
}
