import Inventory
import Series
import SeriesTestKit
import Traffic

/// A store that does one thing wrong, to show that the contract finds it.
struct CrookedStore: SeriesStore {
    /// What it does wrong.
    enum Flaw: String, CaseIterable, Sendable {
        case losesAReading, overwrites, takesWhatIsLate, takesWhatIsOld, replayIsAnError, rangeHoldsItsEnd, hasNoLead
        case losesStatus, losesABit, answersNothingSelected, handsOverTwice, swallowsErrors, forgetsToMerge
        case lastHourMissing, sumIsOff, expiresTooEarly, neverExpires, neverRemoves, outlivesItsClose, forgetsToCount
    }

    let flaw: Flaw
    let inner: MemorySeriesStore

    init(_ flaw: Flaw, _ now: ManualNow) {
        self.flaw = flaw
        let late = flaw == .takesWhatIsLate ? 900.0 : 0
        let days = [.takesWhatIsOld: 38, .neverExpires: 400, .expiresTooEarly: 33][flaw] ?? 35
        inner = MemorySeriesStore(now: { now.now.advanced(bySeconds: late) }, retentionDays: days)
    }

    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        switch flaw {
        case .losesAReading where readings.count > 20:
            var outcome = try await inner.append(Array(readings.dropLast()))
            outcome.accepted += 1
            return outcome
        case .overwrites: return try await inner.merge(readings)
        case .replayIsAnError:
            let outcome = try await inner.append(readings)
            if outcome.repeated > 0 { throw SeriesError(.failed, message: "these are there") }
            return outcome
        case .losesABit:
            return try await inner.append(
                readings.map { one in
                    var one = one
                    for place in 0..<8 where one.reading.counters[place] > 1 << 53 { one.reading.counters[place] &= ~1 }
                    return one
                })
        default: return try await inner.append(readings)
        }
    }

    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        flaw == .forgetsToMerge ? try await inner.append(readings) : try await inner.merge(readings)
    }

    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        var query = query
        if flaw == .rangeHoldsItsEnd { query.to.milliseconds += 1 }
        if flaw == .hasNoLead { query.leadSeconds = 0 }
        if flaw == .answersNothingSelected, query.interfaces == .ids([]) { query.interfaces = .all }
        let flaw = flaw
        return try await inner.scan(query) { run in
            var run = run
            if flaw == .losesStatus { for index in run.readings.indices { run.readings[index].operStatus = 1 } }
            if flaw == .handsOverTwice { try take(run) }
            do { try take(run) } catch { if flaw != .swallowsErrors { throw error } }
        }
    }

    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        let flaw = flaw
        return try await inner.scanRollups(query) { run in
            var run = run
            if flaw == .lastHourMissing { run.hours.removeLast() }
            if flaw == .sumIsOff { for index in run.hours.indices { run.hours[index].inbound.sum *= 1 + 1e-8 } }
            try take(run)
        }
    }

    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {
        if flaw != .neverRemoves { try await inner.remove(interfaces) }
    }

    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        try await inner.maintain(now: now)
    }

    func statistics() async -> SeriesStatistics {
        var statistics = await inner.statistics()
        if flaw == .forgetsToCount { statistics.counters.removeAll { $0.name == "refused_readings" } }
        return statistics
    }

    func close() async {
        if flaw != .outlivesItsClose { await inner.close() }
    }
}
