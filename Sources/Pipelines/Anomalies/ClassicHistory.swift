import Baselines
import Inventory
import Series
import Synchronization
import Traffic

/// Fills the classic method's samples from stored readings, for interfaces of which it kept none.
struct ClassicHistory: Sendable {
    /// What was read.
    struct Gathered: Sendable {
        /// The samples of those that have readings.
        var states: [InterfaceID: ClassicState] = [:]
        /// What could not be read of them.
        var damagedBlocks = 0
    }

    let lookBackDays: Int
    let plan: PassPlan
    let series: any SeriesStore

    /// Seconds before the look-back in which the reading is looked for where the first rate begins.
    private static let leadSeconds = 7200

    /// The samples of some interfaces up to a time; those without readings have none.
    ///
    /// - Parameter until: The last moment that counts, by interface; what is not named ends with `now`.
    func states(
        of ids: [InterfaceID], at now: Timestamp, until: [InterfaceID: Timestamp] = [:]
    ) async throws -> Gathered {
        // An hour more, for the zone.
        let from = now.advanced(bySeconds: Double(-lookBackDays * 86_400 - 7200))
        let query = SeriesQuery(
            .ids(ids), from: from, to: now.advanced(bySeconds: 0.001), leadSeconds: Self.leadSeconds)
        let made = Mutex<[InterfaceID: ClassicState]>([:])
        let outcome = try await series.scan(query) { run in
            guard let pass = plan.pass(run.interface) else { return }
            let readings = until[run.interface].map { last in run.readings.filter { $0.at <= last } } ?? run.readings
            let state = state(readings, pass, restartedAt: plan.watched[run.interface]?.restartedAt)
            made.withLock { $0[run.interface] = state }
        }
        return Gathered(states: made.withLock { $0 }, damagedBlocks: outcome.damagedBlocks)
    }

    private func state(
        _ readings: [CounterReading], _ pass: InterfacePass, restartedAt: Timestamp?
    ) -> ClassicState {
        var entry = WatchedInterface.Entry()
        entry.restartedAt = restartedAt
        entry.state.classic = ClassicState(lookBackDays: lookBackDays)
        _ = pass.take(readings, &entry)
        return entry.state.classic ?? ClassicState(lookBackDays: lookBackDays)
    }
}
