import Inventory
import Series
import Synchronization

/// A time-series store in memory that fails when told.
final class ScriptedSeries: SeriesStore {
    struct State {
        var readings: [InterfaceID: [CounterReading]] = [:]
        /// Readings of each call that was taken, in order.
        var batches: [[SeriesReading]] = []
        /// What the next calls to append throw.
        var failures: [SeriesError] = []
        var maintenances = 0
    }

    let state = Mutex(State())

    var all: [InterfaceID: [CounterReading]] { state.withLock { $0.readings } }
    var count: Int { state.withLock { $0.readings.values.reduce(0) { $0 + $1.count } } }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        let failure = state.withLock { $0.failures.isEmpty ? nil : $0.failures.removeFirst() }
        if let failure, failure.code != .outcomeUnknown { throw failure }
        let outcome = state.withLock { state in
            var outcome = AppendOutcome()
            for one in readings {
                if state.readings[one.interface, default: []].contains(one.reading) {
                    outcome.repeated += 1
                } else {
                    state.readings[one.interface, default: []].append(one.reading)
                    outcome.accepted += 1
                }
            }
            state.batches.append(readings)
            return outcome
        }
        if let failure { throw failure }
        return outcome
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome { try await append(readings) }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        var outcome = ScanOutcome()
        let lead = query.from.advanced(bySeconds: -Double(query.leadSeconds))
        for (interface, readings) in all.sorted(by: { $0.key < $1.key }) {
            let inside = readings.filter { $0.at >= lead && $0.at < query.to }
            guard !inside.isEmpty else { continue }
            outcome.interfaces += 1
            outcome.values += inside.count
            do { try take(SeriesRun(interface, inside)) } catch { throw SeriesError(.cancelled, message: "\(error)") }
        }
        return outcome
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome { ScanOutcome() }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {}

    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        state.withLock { $0.maintenances += 1 }
        return MaintenanceOutcome()
    }

    func statistics() async -> SeriesStatistics { SeriesStatistics(kind: "scripted") }

    func close() async {}
}
