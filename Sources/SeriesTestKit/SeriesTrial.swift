import Inventory
import Series
import Synchronization
import Traffic

/// One run of one check: a fresh store, its clock, and short ways to use them.
struct SeriesTrial: Sendable {
    let bench: SeriesBench
    let store: any SeriesStore
    let now: ManualNow

    init(_ bench: SeriesBench, store: any SeriesStore, now: ManualNow) {
        self.bench = bench
        self.store = store
        self.now = now
    }

    var start: Timestamp { bench.start }
    var traits: SeriesTraits { bench.traits }

    /// A moment so many seconds after the start.
    func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

    /// Sets the clock to the last reading and appends them all; each must be accepted.
    func append(_ interface: InterfaceID, _ readings: [CounterReading]) async throws {
        if let last = readings.last, last.at > now.now { now.set(last.at) }
        let outcome = try await store.append(readings.map { SeriesReading(interface, $0) })
        try expectEqual(outcome, .accepted(readings.count), "the outcome of appending \(readings.count) new readings")
    }

    /// Readings by interface, of the interfaces named only.
    func scan(
        _ interfaces: [InterfaceID], from: Timestamp? = nil, to: Timestamp? = nil, counters: CounterSet = .all,
        leadSeconds: Int = 0, all: Bool = false
    ) async throws -> [InterfaceID: [CounterReading]] {
        try await bench.settle(store)
        let query = SeriesQuery(
            all ? .all : .ids(interfaces), from: from ?? at(-40 * 86_400), to: to ?? at(40 * 86_400),
            counters: counters, leadSeconds: leadSeconds)
        let found = Gathered<[CounterReading]>()
        let outcome = try await store.scan(query) { run in try found.add(run.interface, run.readings) }
        let runs = found.runs
        if !all {
            try expectEqual(outcome.interfaces, runs.count, "interfaces in the outcome of a scan")
            try expect(Set(runs.keys).isSubset(of: interfaces), "a scan handed over an interface it was not asked for")
        }
        try expectEqual(outcome.damagedBlocks, 0, "damaged blocks in the outcome of a scan")
        return runs.filter { interfaces.contains($0.key) }
    }

    /// Hours by interface.
    func scanRollups(
        _ interfaces: [InterfaceID], from: Timestamp? = nil, to: Timestamp? = nil
    ) async throws -> [InterfaceID: [HourlyRollup]] {
        try await bench.settle(store)
        let query = SeriesQuery(.ids(interfaces), from: from ?? at(-40 * 86_400), to: to ?? at(40 * 86_400))
        let found = Gathered<[HourlyRollup]>()
        _ = try await store.scanRollups(query) { run in try found.add(run.interface, run.hours) }
        return found.runs
    }

    /// Throws unless an interface has exactly these readings, in a range or at all.
    func expectReadings(
        _ interface: InterfaceID, _ expected: [CounterReading], _ what: String, from: Timestamp? = nil,
        to: Timestamp? = nil, leadSeconds: Int = 0, line: UInt = #line, file: String = #fileID
    ) async throws {
        let found = try await scan([interface], from: from, to: to, leadSeconds: leadSeconds)[interface] ?? []
        try expectSame(found, expected, what, line: line, file: file)
    }

    /// Throws at the first reading that differs, as far as the store keeps it.
    func expectSame(
        _ found: [CounterReading], _ expected: [CounterReading], _ what: String, line: UInt = #line,
        file: String = #fileID
    ) throws {
        if found.map(\.at) != expected.map(\.at) {
            let (found, expected) = (found.map(\.at.description), expected.map(\.at.description))
            try expectEqual(found, expected, "\(what): times", line: line, file: file)
        }
        if found == expected { return }
        for (found, expected) in zip(found, expected) {
            try expectEqual(kept(found), kept(expected), "\(what): at \(expected.at)", line: line, file: file)
        }
    }

    /// What the store promises to keep of a reading.
    private func kept(_ reading: CounterReading) -> CounterReading {
        guard !traits.keepsContext else { return reading }
        var kept = CounterReading(at: reading.at)
        kept.counters = reading.counters
        kept.present = reading.present
        return kept
    }

    /// Throws unless an interface has the hours that its readings give by the accumulator.
    func expectRollups(
        _ interface: InterfaceID, of readings: [CounterReading], _ what: String, from: Timestamp? = nil,
        to: Timestamp? = nil, line: UInt = #line, file: String = #fileID
    ) async throws {
        var accumulator = RollupAccumulator()
        for reading in readings { accumulator.add(reading) }
        let expected = accumulator.finish().filter { hour in
            (from.map { hour.hour >= $0 } ?? true) && (to.map { hour.hour < $0 } ?? true)
        }
        let found = try await scanRollups([interface], from: from, to: to)[interface] ?? []
        try expectEqual(found.map(\.hour), expected.map(\.hour), "\(what): hours", line: line, file: file)
        for (found, expected) in zip(found, expected) {
            guard let difference = RollupDifference.first(found, expected, origins: traits.keepsContext) else {
                continue
            }
            throw SeriesViolation("\(what): \(expected.hour): \(difference) (\(file):\(line))")
        }
    }

    /// Throws unless `body` throws a series error of a kind.
    func expectFailure(
        _ code: SeriesError.Code, _ what: String, line: UInt = #line, file: String = #fileID,
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let error as SeriesError {
            return try expectEqual(error.code, code, "\(what) must throw \(code): \(error)", line: line, file: file)
        }
        throw SeriesViolation("\(what) must throw \(code), but went through (\(file):\(line))")
    }
}

/// What a scan handed over, from any thread; an interface that is handed over twice is a violation.
final class Gathered<Run: Sendable>: Sendable {
    private let state = Mutex<[InterfaceID: Run]>([:])

    func add(_ interface: InterfaceID, _ run: Run) throws {
        let before = state.withLock { $0.updateValue(run, forKey: interface) }
        if before != nil { throw SeriesViolation("a scan handed over \(interface) twice") }
    }

    var runs: [InterfaceID: Run] { state.withLock { $0 } }
}

extension AppendOutcome {
    /// So many were accepted, and nothing else.
    static func accepted(_ count: Int) -> AppendOutcome {
        var outcome = AppendOutcome()
        outcome.accepted = count
        return outcome
    }
}
