import Inventory
import Listing
import Series
import Synchronization
import Traffic

/// Reads the recorded traffic of one interface.
struct MetricsReader: Sendable {
    let metrics: MetricsSource
    /// Seconds before a range in which the reading is looked for where its first rate begins.
    static let leadSeconds = 3_600

    /// The points that answer a question, and how many blocks were damaged.
    func buckets(
        of id: InterfaceID, _ question: MetricsQuestion
    ) async throws -> (buckets: [RateBucket], damagedBlocks: Int) {
        let store = try metrics.store()
        var query = SeriesQuery(.ids([id]), from: question.grid.from, to: question.range.to)
        switch question.source {
        case .readings:
            query.leadSeconds = max(Self.leadSeconds, 2 * metrics.intervalSeconds)
            let (readings, outcome) = try await readings(query, store)
            return (RateSeries.buckets(readings, question.grid, law: metrics.law), outcome.damagedBlocks)
        case .rollups:
            let found = Gathered<HourlyRollup>()
            let outcome = try await store.scanRollups(query) { found.add($0.hours) }
            return (RateSeries.buckets(rollups: found.all, question.grid), outcome.damagedBlocks)
        }
    }

    /// The first readings of one interface in a range, ascending: `limit` of them, or fewer where there are no more.
    ///
    /// Reads spans that grow, so that a page of a long range costs about a page.
    func readings(of id: InterfaceID, _ range: TimeRange, limit: Int) async throws -> [CounterReading] {
        let store = try metrics.store()
        var found: [CounterReading] = []
        var query = SeriesQuery(.ids([id]), from: range.from, to: range.from)
        var seconds = Double(limit) * Double(max(1, metrics.intervalSeconds))
        while found.count < limit, query.to < range.to {
            query.from = query.to
            query.to = min(range.to, query.from.advanced(bySeconds: seconds))
            found += try await readings(query, store).readings
            seconds *= 4
        }
        return Array(found.prefix(limit))
    }

    private func readings(
        _ query: SeriesQuery, _ store: any SeriesStore
    ) async throws -> (readings: [CounterReading], outcome: ScanOutcome) {
        let found = Gathered<CounterReading>()
        let outcome = try await store.scan(query) { found.add($0.readings) }
        return (found.all, outcome)
    }
}

/// What a scan hands over, from whatever thread.
final class Gathered<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func add(_ more: [Value]) {
        values.withLock { $0 += more }
    }

    var all: [Value] { values.withLock { $0 } }
}
