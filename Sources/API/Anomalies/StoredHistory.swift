import Baselines
import Catalog
import Inventory
import Listing
import Series
import Traffic

/// The stored readings of one interface as the engine takes them: piece by piece, from the oldest that is kept.
struct StoredHistory: Sendable {
    let state: APIState
    let row: InterfaceRow

    /// Readings of a piece, about: so many are in memory at once.
    private static let pieceSize = 4_000

    /// Seconds between samples, as the engine takes them.
    var intervalSeconds: Int { min(max(state.services.metrics.intervalSeconds, 10), 3_600) }

    /// The times that are excluded for the interface.
    func excluded() async throws -> ExcludedTimes {
        let exclusions = try await state.services.catalog.baselineExclusions()
        guard !exclusions.isEmpty else { return ExcludedTimes() }
        let device = try await state.services.catalog.devices(.ids([row.interface.deviceID])).first
        return ExclusionIndex(exclusions).times(
            of: row.interface.id, on: row.interface.deviceID, tags: device?.tags ?? [])
    }

    /// What the line carries, bit/s; nil where it is not known.
    var capacity: Double? { state.services.metrics.capacity(of: row.interface) }

    /// The hour of the first reading, as far back as it matters to the youth of the interface at a time; nil where
    /// nothing is stored.
    func firstHour(before time: Timestamp) async throws -> Timestamp? {
        let (metrics, now) = (state.services.metrics, state.services.now())
        guard let store = metrics.series else { return nil }
        let oldest = min(time, now.advanced(bySeconds: -Double(metrics.retentionSeconds)))
        let query = SeriesQuery(
            .ids([row.interface.id]),
            from: oldest.advanced(bySeconds: -Double(ClassicState.daysOfYouth + 1) * 86_400),
            to: now.advanced(bySeconds: Double(metrics.intervalSeconds)))
        let found = Gathered<Timestamp>()
        _ = try await store.scanRollups(query) { run in found.add(run.hours.prefix(1).map(\.hour)) }
        return found.all.min()
    }

    /// Calls `take` with all readings up to a moment, ascending, until it answers false.
    func read(until end: Timestamp, _ take: ([CounterReading]) -> Bool) async throws {
        let metrics = state.services.metrics
        let store = try metrics.store()
        let now = state.services.now()
        let pieceSeconds = Double(Self.pieceSize) * Double(max(1, metrics.intervalSeconds))
        let oldest = now.advanced(bySeconds: -Double(metrics.retentionSeconds))
        var query = SeriesQuery(.ids([row.interface.id]), from: oldest, to: oldest)
        // Nothing is stored that is later than now and an interval.
        let last = min(end, now.advanced(bySeconds: Double(metrics.intervalSeconds)))
        while query.to < last {
            try Task.checkCancellation()
            query.from = query.to
            query.to = min(last, query.from.advanced(bySeconds: pieceSeconds))
            let found = Gathered<CounterReading>()
            _ = try await store.scan(query) { found.add($0.readings) }
            let readings = found.all
            if !readings.isEmpty, !take(readings) { return }
        }
    }
}
