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
                guard let row = law.rates(of: one.interface, at: one.reading, after: before) else { continue }
                state.rows[one.interface] = row
                if isWatched { changed.append(row) }
            }
        }
        if !changed.isEmpty { hub.publish(changed) }
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
