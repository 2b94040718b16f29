import Inventory
import Series
import SeriesTestKit
import Synchronization

/// A clock that a test sets.
final class SetClock: Sendable {
    private let kept = Mutex(Fixture.now)
    var now: Timestamp {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}

extension MemorySeriesStore {
    /// All readings of an interface, ascending.
    func readings(_ id: InterfaceID) async throws -> [CounterReading] {
        let found = Mutex<[CounterReading]>([])
        let all = SeriesQuery(.ids([id]), from: Timestamp(seconds: 0), to: Timestamp(seconds: 4_000_000_000))
        _ = try await scan(all) { run in found.withLock { $0 += run.readings } }
        return found.withLock { $0 }
    }
}

extension CounterReading {
    /// A reading some seconds before the fixture's present, with octets in and out.
    static func sample(secondsAgo: Int, inOctets: UInt64?, outOctets: UInt64? = 0) -> CounterReading {
        var reading = CounterReading(at: Timestamp(seconds: Fixture.now.seconds - Int64(secondsAgo)))
        reading[.inOctets] = inOctets
        reading[.outOctets] = outOctets
        reading[.inErrors] = 0
        reading[.inUnicastPackets] = 1_000
        reading.ifSpeed = 1_000_000_000
        reading.operStatus = 1
        reading.adminStatus = 1
        reading.sysUpTime = UInt32(10_000_000 - secondsAgo) * 100
        return reading
    }
}

/// A store whose roll-ups are not read before they are released.
final class HeldSeriesStore: SeriesStore {
    private let store: any SeriesStore
    private let (asked, asking) = AsyncStream.makeStream(of: Void.self)
    private let (released, releasing) = AsyncStream.makeStream(of: Void.self)

    init(_ store: any SeriesStore) {
        self.store = store
    }

    /// Waits until roll-ups are asked for.
    func isAsked() async {
        for await _ in asked { return }
    }

    /// Lets all who ask for roll-ups go on.
    func release() {
        releasing.finish()
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        asking.yield()
        for await _ in released {}
        return try await store.scanRollups(query, take)
    }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome { try await store.scan(query, take) }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await store.append(readings)
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await store.merge(readings)
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) { try await store.remove(interfaces) }

    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await store.maintain(now: now)
    }

    func statistics() async -> SeriesStatistics { await store.statistics() }

    func close() async { await store.close() }
}
