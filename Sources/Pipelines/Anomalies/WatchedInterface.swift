import Baselines
import Inventory
import Synchronization

/// What the watch keeps of one interface, for the threads of a scan.
final class WatchedInterface: Sendable {
    struct Entry: Sendable {
        var state = InterfaceState()
        /// What the interface was for when it was last looked at; nil before the first time.
        var meaning: PortMeaning?
        /// When the interface began to be what it is for; nil where it was for nothing else before.
        var restartedAt: Timestamp?
        /// Sides of which the method that does not raise sees an anomaly, a bit each.
        var othersAnomalies: UInt8 = 0

        /// The same interface, of whose traffic nothing is known yet.
        func anew(classic: ClassicState?) -> Entry {
            var entry = Entry()
            (entry.meaning, entry.restartedAt) = (meaning, restartedAt)
            entry.state.classic = classic
            return entry
        }
    }

    let id: InterfaceID
    let entry: Mutex<Entry>

    init(_ id: InterfaceID, _ entry: Entry = Entry()) {
        self.id = id
        self.entry = Mutex(entry)
    }

    /// The last reading that was taken.
    var cursor: Timestamp? { entry.withLock(\.state.cursor) }
    /// When it began to be what it is for; nil where it was for nothing else before.
    var restartedAt: Timestamp? { entry.withLock(\.restartedAt) }
}

/// What happens to a state between two readings.
struct StateEvent: Sendable {
    enum Kind: Sendable {
        /// The interface is for something else from here on.
        case restart
        /// An operator said something of a side; of all where it is nil.
        case newNormal(TrafficSide?)
        case expected(TrafficSide?)
        /// What was learnt is what the classic method judges by from here on.
        case adopt([Baseline])
    }

    /// It comes before the first reading after this time.
    var at: Timestamp
    var kind: Kind

    /// Whether it is what an operator said.
    var isWord: Bool {
        switch kind {
        case .newNormal, .expected: true
        case .restart, .adopt: false
        }
    }

    func apply(to state: inout InterfaceState, settings: AdaptiveSettings) {
        switch kind {
        case .restart: state.restart()
        case .newNormal(let side): for side in sides(side) { state.takeAsNewNormal(side: side) }
        case .expected(let side): for side in sides(side) { state.noteExpected(side: side, settings: settings) }
        case .adopt(let baselines): state.classic?.adopt(baselines)
        }
    }

    private func sides(_ side: TrafficSide?) -> [TrafficSide] { side.map { [$0] } ?? TrafficSide.all }
}
