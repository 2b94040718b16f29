import Inventory
import Series
import Synchronization
import Traffic

/// A time-series store in memory that takes long histories fast, and fails when told.
final class HistorySeries: SeriesStore {
    private struct State {
        var readings: [InterfaceID: [CounterReading]] = [:]
        var failures = 0
    }

    private let state = Mutex(State())

    /// How many of the next scans fail.
    func fail(_ count: Int) { state.withLock { $0.failures = count } }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        state.withLock { state in
            for one in readings { state.readings[one.interface, default: []].append(one.reading) }
        }
        var outcome = AppendOutcome()
        outcome.accepted = readings.count
        return outcome
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome { try await append(readings) }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        var outcome = ScanOutcome()
        for (id, readings) in try selected(query) {
            let inside = Array(readings.drop { $0.at < query.from }.prefix { $0.at < query.to })
            guard !inside.isEmpty else { continue }
            outcome.interfaces += 1
            outcome.values += inside.count
            do { try take(SeriesRun(id, inside)) } catch { throw SeriesError(.cancelled, message: "\(error)") }
        }
        return outcome
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        var outcome = ScanOutcome()
        let from = query.from.advanced(bySeconds: -3600)
        for (id, readings) in try selected(query) {
            var accumulator = RollupAccumulator()
            for reading in readings.drop(while: { $0.at < from }).prefix(while: { $0.at < query.to }) {
                accumulator.add(reading)
            }
            let hours = accumulator.finish().filter { $0.hour >= query.from && $0.hour < query.to }
            guard !hours.isEmpty else { continue }
            outcome.interfaces += 1
            do { try take(RollupRun(id, hours)) } catch { throw SeriesError(.cancelled, message: "\(error)") }
        }
        return outcome
    }

    private func selected(_ query: SeriesQuery) throws(SeriesError) -> [(InterfaceID, [CounterReading])] {
        let (isFailing, readings) = state.withLock { state in
            defer { state.failures = max(0, state.failures - 1) }
            return (state.failures > 0, state.readings)
        }
        if isFailing { throw SeriesError(.full, message: "the disk is full") }
        let all = readings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        switch query.interfaces {
        case .all: return all
        case .ids(let ids): return all.filter { ids.contains($0.0) }
        }
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {}
    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome { MaintenanceOutcome() }
    func statistics() async -> SeriesStatistics { SeriesStatistics(kind: "history") }
    func close() async {}
}
