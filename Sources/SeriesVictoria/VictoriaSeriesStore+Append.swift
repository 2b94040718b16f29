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
    /// Another reading of a time that the server has replaces it here at once, there only as far as its deduplication
    /// goes: it keeps either of two samples of one time.
    public func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome {
        let there = try await those(of: readings)
        let others = readings.filter { one in !(there[one.interface]?.contains(one.reading) ?? false) }
        var outcome = try await keep(others, rule: .any)
        outcome.repeated += readings.count - others.count
        return outcome
    }

    /// What is there already of the same interfaces and times; only what is still here where the server is away.
    private func those(of readings: [SeriesReading]) async throws(SeriesError) -> [InterfaceID: Set<CounterReading>] {
        let moments = readings.map(\.reading.at)
        guard let first = moments.min(), let last = moments.max() else { return [:] }
        let ids = Set(readings.map(\.interface))
        let end = Timestamp(milliseconds: last.milliseconds + 1)
        let found = Mutex<[InterfaceID: Set<CounterReading>]>([:])
        let query = SeriesQuery(.ids(ids.sorted()), from: first, to: end)
        do {
            _ = try await scan(query) { run in found.withLock { $0[run.interface] = Set(run.readings) } }
        } catch  where error.code == .unavailable {
            return try await file().readings(from: first, to: end, of: .ids(ids.sorted())).mapValues { Set($0) }
        } catch {
            throw error
        }
        return found.withLock { $0 }
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
