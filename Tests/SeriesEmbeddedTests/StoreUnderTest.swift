import Inventory
import Series
import SeriesTestKit
import Synchronization
import Traffic

@testable import SeriesEmbedded

/// A store in a folder of its own, with a ledger of what was acknowledged.
final class StoreUnderTest: Sendable {
    let folder: TemporaryFolder
    let now: ManualNow
    let store: EmbeddedSeriesStore
    let interfaces: [InterfaceID]
    let readings: [[CounterReading]]
    private let acknowledged = Mutex(0)

    static let start = Timestamp(seconds: 1_772_006_400)

    init(interfaces count: Int = 3, cycles: Int = 60, in place: TemporaryFolder? = nil) async throws {
        folder = try place ?? TemporaryFolder()
        now = ManualNow(Self.start)
        store = try await Self.open(folder, now)
        interfaces = (0..<count).map { _ in InterfaceID.random() }
        readings = (0..<count).map {
            SeriesSpecimens.readings(cycles, from: Self.start.advanced(bySeconds: Double($0)), seed: UInt64($0 + 1))
        }
    }

    static func open(
        _ folder: TemporaryFolder, _ now: ManualNow, readOnly: Bool = false
    ) async throws -> EmbeddedSeriesStore {
        var configuration = EmbeddedSeriesConfiguration(directory: folder.path, readOnly: readOnly)
        configuration.reserveOctets = 0
        return try await EmbeddedSeriesStore.open(
            configuration, now: { now.now }, monotonicSeconds: { Double(now.now.milliseconds) / 1000 })
    }

    /// Appends the readings of a cycle, and notes them in the ledger.
    func append(_ cycle: Int) async throws {
        now.set(readings[interfaces.count - 1][cycle].at)
        let call = interfaces.indices.map { SeriesReading(interfaces[$0], readings[$0][cycle]) }
        _ = try await store.append(call)
        acknowledged.withLock { $0 = cycle + 1 }
    }

    /// Notes that the readings of the first cycles are to be there.
    func noteAll(_ cycles: Int) {
        acknowledged.withLock { $0 = cycles }
    }

    /// What was acknowledged, by interface.
    var ledger: [InterfaceID: [CounterReading]] {
        let count = acknowledged.withLock { $0 }
        return Dictionary(
            uniqueKeysWithValues: interfaces.indices.map { (interfaces[$0], Array(readings[$0].prefix(count))) })
    }

    /// All that a store hands over.
    static func contents(_ store: EmbeddedSeriesStore) async throws -> [InterfaceID: [CounterReading]] {
        let found = Mutex<[InterfaceID: [CounterReading]]>([:])
        let query = SeriesQuery(
            .all, from: start.advanced(bySeconds: -86_400), to: start.advanced(bySeconds: 10 * 86_400))
        _ = try await store.scan(query) { run in found.withLock { $0[run.interface] = run.readings } }
        return found.withLock { $0 }
    }

    /// The roll-ups that a store hands over.
    static func rollups(_ store: EmbeddedSeriesStore) async throws -> [InterfaceID: [HourlyRollup]] {
        let found = Mutex<[InterfaceID: [HourlyRollup]]>([:])
        let query = SeriesQuery(
            .all, from: start.advanced(bySeconds: -86_400), to: start.advanced(bySeconds: 10 * 86_400))
        _ = try await store.scanRollups(query) { run in found.withLock { $0[run.interface] = run.hours } }
        return found.withLock { $0 }
    }

    /// The roll-ups of readings, as a store that got them at once has them.
    static func rollups(
        of readings: [InterfaceID: [CounterReading]], _ now: ManualNow
    ) async throws -> [InterfaceID: [HourlyRollup]] {
        let folder = try TemporaryFolder()
        let store = try await open(folder, now)
        for (interface, readings) in readings {
            _ = try await store.merge(readings.map { SeriesReading(interface, $0) })
        }
        let found = try await rollups(store)
        await store.close()
        return found
    }

    /// The writing half of a store alone, so that a test decides on each step.
    static func writing(_ folder: TemporaryFolder, _ now: ManualNow) throws -> Writing {
        var configuration = EmbeddedSeriesConfiguration(directory: folder.path)
        configuration.reserveOctets = 0
        var writing = Writing(
            shared: SeriesShared(
                configuration, now: { now.now }, monotonicSeconds: { Double(now.now.milliseconds) / 1000 }))
        try writing.openForWriting()
        return writing
    }

    /// Maintains until nothing is due, calling `between` after each step.
    func maintainAll(_ between: () async throws -> Void = {}) async throws {
        var isMore = true
        while isMore {
            isMore = try await store.maintain(now: now.now).isMoreDue
            try await between()
        }
    }
}
