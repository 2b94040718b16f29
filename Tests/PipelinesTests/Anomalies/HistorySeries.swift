import Inventory
import Series
import Synchronization
import Traffic

/// A time-series store in memory that takes long histories fast, and fails when told.
final class HistorySeries: SeriesStore {
    private struct State {
        var readings: [InterfaceID: [CounterReading]] = [:]
        var failures = 0
        var damagedBlocks = 0
        var queries: [SeriesQuery] = []
        var hook: (scans: Int, work: @Sendable () async throws -> Void)?
    }

    private let state = Mutex(State())

    /// How many of the next scans fail.
    func fail(_ count: Int) { state.withLock { $0.failures = count } }

    /// How many blocks each scan finds damaged from now on.
    func damage(_ count: Int) { state.withLock { $0.damagedBlocks = count } }

    /// Does something once, before a scan to come: the next one is 1.
    func beforeScan(_ number: Int, _ work: @escaping @Sendable () async throws -> Void) {
        state.withLock { $0.hook = (number, work) }
    }

    private func doHook() async throws(SeriesError) {
        let work = state.withLock { state -> (@Sendable () async throws -> Void)? in
            state.hook?.scans -= 1
            guard let hook = state.hook, hook.scans <= 0 else { return nil }
            state.hook = nil
            return hook.work
        }
        do { try await work?() } catch { throw SeriesError(.cancelled, message: "\(error)") }
    }

    /// What was scanned since this was asked last.
    func takeQueries() -> [SeriesQuery] {
        state.withLock { state in
            defer { state.queries = [] }
            return state.queries
        }
    }

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
        try await doHook()
        var outcome = ScanOutcome()
        outcome.damagedBlocks = state.withLock { state in
            state.queries.append(query)
            return state.damagedBlocks
        }
        for (id, readings) in try selected(query) {
            let inside = Self.inside(readings, query)
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

    /// Those of the span, found in steps that halve: histories are long, and most questions are about their end.
    private static func inside(_ readings: [CounterReading], _ query: SeriesQuery) -> [CounterReading] {
        func place(_ moment: Timestamp) -> Int {
            var (low, high) = (0, readings.count)
            while low < high {
                let middle = (low + high) / 2
                if readings[middle].at < moment { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let (first, end) = (place(query.from), place(query.to))
        return first < end ? Array(readings[first..<end]) : []
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
