import Inventory
public import Series
import Synchronization

extension VictoriaSeriesStore {
    /// Seconds a server keeps samples unless it says otherwise: its own default, a month.
    private static let retentionSecondsDefault: Int64 = 31 * 86400

    /// Keeps readings in the outbox; they are on disk when it returns.
    public func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        try await keep(readings, rule: .ascending)
    }

    /// As `append`, without the rule of order.
    ///
    /// The server cannot replace a sample, and of two of one time it keeps either, for each metric by itself: a mixture
    /// that was never read. So the reading that is there stays, and another of its time is refused as out of order.
    public func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        var there = try await those(of: readings)
        var outcome = AppendOutcome()
        var others: [SeriesReading] = []
        for one in readings {
            guard let known = there[one.interface]?[one.reading.at] else {
                there[one.interface, default: [:]][one.reading.at] = one.reading
                others.append(one)
                continue
            }
            if SeriesColumn.areSame(known, one.reading, context: configuration.sendsContext) {
                outcome.repeated += 1
            } else {
                outcome.outOfOrder += 1
            }
        }
        let refused = Int64(outcome.outOfOrder)
        condition.withLock { $0.refused += refused }
        outcome += try await keep(others, rule: .any)
        return outcome
    }

    /// What is there already of the same interfaces and times; only what is still here where the server is away.
    private func those(
        of readings: [SeriesReading]
    ) async throws(SeriesError) -> [InterfaceID: [Timestamp: CounterReading]] {
        let moments = readings.map(\.reading.at)
        guard let first = moments.min(), let last = moments.max() else { return [:] }
        let ids = Set(readings.map(\.interface))
        let end = Timestamp(milliseconds: last.milliseconds + 1)
        let found = Mutex<[InterfaceID: [Timestamp: CounterReading]]>([:])
        let query = SeriesQuery(.ids(ids.sorted()), from: first, to: end)
        do {
            _ = try await scan(query) { run in found.withLock { $0[run.interface] = Self.byTime(run.readings) } }
        } catch  where error.code == .unavailable {
            return try await file().readings(from: first, to: end, of: .ids(ids.sorted())).mapValues(Self.byTime)
        } catch {
            throw error
        }
        return found.withLock { $0 }
    }

    private static func byTime(_ readings: [CounterReading]) -> [Timestamp: CounterReading] {
        Dictionary(readings.map { ($0.at, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func keep(
        _ readings: [SeriesReading], rule: AcceptanceLedger.Rule
    ) async throws(SeriesError) -> AppendOutcome {
        let file = try await file()
        guard !readings.isEmpty else { return AppendOutcome() }
        let moment = now()
        let (known, retention) = file.memory.withLock { ($0.ledger.numbers, $0.machine.report?.retentionSeconds) }
        do {
            try requireRoom()
            let fresh = Set(readings.map(\.interface)).filter { known[$0] == nil }.sorted()
            let labels = fresh.isEmpty ? [:] : await labels(fresh)
            let outcome = try await file.append(
                readings, rule: rule, labels: labels, now: moment,
                retentionSeconds: retention ?? Self.retentionSecondsDefault)
            condition.withLock { condition in
                condition.accepted += Int64(outcome.accepted)
                condition.refused += Int64(outcome.outOfOrder + outcome.outOfRange)
                condition.outboxTrouble = nil
            }
            return outcome
        } catch {
            condition.withLock { condition in
                condition.outboxTrouble = error.message
                condition.needsReopening = condition.needsReopening || error.code == .outcomeUnknown
            }
            throw error
        }
    }

    private func requireRoom() throws(SeriesError) {
        guard let free = DiskRoom.freeOctets(configuration.directory), free < configuration.reserveOctets else {
            return
        }
        throw SeriesError(
            .full,
            message: "\(free) octets are free for the outbox in \(configuration.directory), fewer than the reserve of "
                + "\(configuration.reserveOctets): free some space")
    }
}
