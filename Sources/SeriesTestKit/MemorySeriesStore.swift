public import Inventory
public import Series
import Synchronization
import Traffic

/// A time-series store in memory, plain and obviously right: the reference for others, and a stand-in for tests.
public final class MemorySeriesStore: SeriesStore {
    private let now: @Sendable () -> Timestamp
    private let retentionDays: Int
    private let state = Mutex(MemorySeries())

    /// An empty store that takes `now` for the time and keeps readings so many whole days.
    public init(now: @escaping @Sendable () -> Timestamp, retentionDays: Int = 35) {
        self.now = now
        self.retentionDays = retentionDays
    }

    /// The first moment that is kept: the begin of a UTC day.
    private func oldest(at now: Timestamp) -> Timestamp {
        let day: Int64 = 86_400_000
        return Timestamp(milliseconds: (now.milliseconds / day - Int64(retentionDays)) * day)
    }

    private func isOutOfRange(_ reading: CounterReading, _ now: Timestamp) -> Bool {
        reading.at > now.advanced(bySeconds: Double(reading.intervalSeconds)) || reading.at < oldest(at: now)
    }

    /// Adds readings that are newer than the newest of their interface.
    public func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        let now = now()
        return try with { state in
            var outcome = AppendOutcome()
            for one in readings {
                let known = state.readings[one.interface] ?? []
                if state.has(one) {
                    outcome.repeated += 1
                } else if isOutOfRange(one.reading, now) {
                    outcome.outOfRange += 1
                } else if let newest = known.last, one.reading.at <= newest.at {
                    outcome.outOfOrder += 1
                } else {
                    state.readings[one.interface, default: []].append(one.reading)
                    outcome.accepted += 1
                }
            }
            state.count(outcome)
            return outcome
        }
    }

    /// Adds history, in place of readings of the same times.
    public func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        let now = now()
        return try with { state in
            var outcome = AppendOutcome()
            for one in readings {
                if isOutOfRange(one.reading, now) {
                    outcome.outOfRange += 1
                } else if state.has(one) {
                    outcome.repeated += 1
                } else {
                    state.put(one)
                    outcome.accepted += 1
                }
            }
            state.count(outcome)
            return outcome
        }
    }

    /// Hands over the readings in a range, of one interface after another.
    public func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        let runs = try with { state in state.interfaces(query.interfaces).compactMap { state.run(of: $0, query) } }
        return try hand(runs, count: \.readings.count, take)
    }

    /// Hands over the hours in a range, of one interface after another.
    public func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        let runs = try with { state in
            state.interfaces(query.interfaces).compactMap { interface -> RollupRun? in
                let hours = state.hours(of: interface).filter { $0.hour >= query.from && $0.hour < query.to }
                return hours.isEmpty ? nil : RollupRun(interface, hours)
            }
        }
        return try hand(runs, count: \.hours.count, take)
    }

    private func hand<Run>(
        _ runs: [Run], count: (Run) -> Int, _ take: (Run) throws -> Void
    ) throws(SeriesError) -> ScanOutcome {
        var outcome = ScanOutcome()
        for run in runs {
            do {
                try take(run)
            } catch {
                throw SeriesError(.cancelled, message: "the scan was ended by its caller: \(error)")
            }
            outcome.interfaces += 1
            outcome.values += count(run)
        }
        return outcome
    }

    /// Forgets interfaces.
    public func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {
        try with { state in for interface in interfaces { state.forget(interface) } }
    }

    /// Removes the readings of days that are older than the retention; their hours stay.
    public func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try with { state in
            var outcome = MaintenanceOutcome()
            if state.expire(before: oldest(at: now)) { outcome.removedFiles = 1 }
            return outcome
        }
    }

    /// How many readings it holds, and took.
    public func statistics() async -> SeriesStatistics {
        state.withLock { state in
            var statistics = SeriesStatistics(kind: "memory")
            if state.isClosed { statistics.state = .failing("the store was closed; open it again") }
            statistics.counters = [
                .init("accepted_readings", Int64(state.total.accepted)),
                .init("refused_readings", Int64(state.total.outOfOrder + state.total.outOfRange)),
            ]
            statistics.gauges = [.init("interfaces", Int64(state.readings.count))]
            statistics.oldest = state.readings.values.compactMap(\.first?.at).min()
            statistics.newest = state.readings.values.compactMap(\.last?.at).max()
            return statistics
        }
    }

    /// Closes it.
    public func close() async {
        state.withLock { $0.isClosed = true }
    }

    private func with<Result: Sendable>(_ body: (inout MemorySeries) -> Result) throws(SeriesError) -> Result {
        let result: Result? = state.withLock { state in state.isClosed ? nil : body(&state) }
        guard let result else { throw SeriesError(.closed, message: "the store was closed; open it again") }
        return result
    }
}
