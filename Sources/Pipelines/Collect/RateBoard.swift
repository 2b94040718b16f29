public import Inventory
import Series
import Synchronization
public import Traffic

/// What is going on now: the rates of every monitored interface from its last two readings.
public final class RateBoard: Sendable {
    private let law: RateLaw
    private let state = Mutex(State())

    private struct State {
        var rows: [InterfaceID: InterfaceRates] = [:]
        /// The interfaces that may be on the board; nil for all.
        var kept: Set<InterfaceID>?
    }

    private let hub = Broadcast<[InterfaceRates]>(bufferMax: 64)

    /// An empty board.
    public init(law: RateLaw = RateLaw()) {
        self.law = law
    }

    /// The rates of one interface; nil where nothing was read yet.
    public func rates(of interface: InterfaceID) -> InterfaceRates? {
        state.withLock { $0.rows[interface] }
    }

    /// All rates, ordered by interface.
    public func all() -> [InterfaceRates] {
        state.withLock { Array($0.rows.values) }.sorted { $0.interfaceID < $1.interfaceID }
    }

    /// Interfaces on the board.
    public var count: Int { state.withLock { $0.rows.count } }

    /// What changes from now on, in the order it was read; a watcher that does not keep up loses the oldest.
    public func updates() -> AsyncStream<[InterfaceRates]> { hub.watch() }

    /// Takes readings as they were taken, and makes rates of them.
    ///
    /// One that is not later than the last of its interface is passed over, unless the clock was set between them.
    func take(_ readings: [SeriesReading]) {
        let isWatched = hub.isWatched
        var changed: [InterfaceRates] = []
        if isWatched { changed.reserveCapacity(readings.count) }
        state.withLock { state in
            for one in readings {
                let before = state.rows[one.interface]
                if before == nil, let kept = state.kept, !kept.contains(one.interface) { continue }
                guard let row = next(before, one) else { continue }
                state.rows[one.interface] = row
                if isWatched { changed.append(row) }
            }
        }
        if !changed.isEmpty { hub.publish(changed) }
    }

    private func next(_ before: InterfaceRates?, _ one: SeriesReading) -> InterfaceRates? {
        guard let before else { return InterfaceRates(one.interface, one.reading) }
        let earlier = before.reading
        guard one.reading.at > earlier.at || one.reading.clockWasSet else { return nil }
        let step = law.step(from: earlier, to: one.reading)
        let isKept = step.origin.contains(.tooShort) && Self.isRecent(before.step, at: one.reading)
        return InterfaceRates(one.interface, one.reading, step: isKept ? before.step : step)
    }

    /// Whether a step still tells what is going on at a reading: a poll by hand just after another takes no rate away.
    private static func isRecent(_ step: CounterStep?, at reading: CounterReading) -> Bool {
        guard let step else { return false }
        return (0...2 * Double(reading.intervalSeconds)).contains(reading.at.secondsSince(step.to))
    }

    /// Forgets all interfaces but these, and takes no others until it is called again.
    func keep(_ interfaces: Set<InterfaceID>) {
        state.withLock { state in
            state.kept = interfaces
            let rows = state.rows
            guard rows.count > interfaces.count || rows.keys.contains(where: { !interfaces.contains($0) }) else {
                return
            }
            state.rows = rows.filter { interfaces.contains($0.key) }
        }
    }

    func finish() { hub.finish() }
}
