public import Inventory
import Series
import Synchronization
public import Traffic

/// What is going on now: the rates of every monitored interface from its last two readings.
public final class RateBoard: Sendable {
    private let law: RateLaw
    private let rows = Mutex<[InterfaceID: InterfaceRates]>([:])
    private let hub = Broadcast<[InterfaceRates]>(bufferMax: 64)

    /// An empty board.
    public init(law: RateLaw = RateLaw()) {
        self.law = law
    }

    /// The rates of one interface; nil where nothing was read yet.
    public func rates(of interface: InterfaceID) -> InterfaceRates? {
        rows.withLock { $0[interface] }
    }

    /// All rates, ordered by interface.
    public func all() -> [InterfaceRates] {
        rows.withLock { Array($0.values) }.sorted { $0.interfaceID < $1.interfaceID }
    }

    /// Interfaces on the board.
    public var count: Int { rows.withLock { $0.count } }

    /// What changes from now on, in the order it was read; a watcher that does not keep up loses the oldest.
    public func updates() -> AsyncStream<[InterfaceRates]> { hub.watch() }

    /// Takes readings as they were taken, and makes rates of them.
    ///
    /// One that is not later than the last of its interface is passed over, unless the clock was set between them.
    func take(_ readings: [SeriesReading]) {
        let isWatched = hub.isWatched
        var changed: [InterfaceRates] = []
        if isWatched { changed.reserveCapacity(readings.count) }
        rows.withLock { rows in
            for one in readings {
                guard let row = next(rows[one.interface]?.reading, one) else { continue }
                rows[one.interface] = row
                if isWatched { changed.append(row) }
            }
        }
        if !changed.isEmpty { hub.publish(changed) }
    }

    private func next(_ before: CounterReading?, _ one: SeriesReading) -> InterfaceRates? {
        guard let before else { return InterfaceRates(one.interface, one.reading) }
        guard one.reading.at > before.at || one.reading.clockWasSet else { return nil }
        return InterfaceRates(one.interface, one.reading, step: law.step(from: before, to: one.reading))
    }

    /// Forgets all interfaces but these.
    func keep(_ interfaces: Set<InterfaceID>) {
        rows.withLock { rows in
            guard rows.count > interfaces.count || rows.keys.contains(where: { !interfaces.contains($0) }) else {
                return
            }
            rows = rows.filter { interfaces.contains($0.key) }
        }
    }

    func finish() { hub.finish() }
}
