public import Inventory
import Synchronization

/// A wall clock that stands until it is set: what a store under test takes for now.
public final class ManualNow: Sendable {
    private let moment: Mutex<Timestamp>

    /// A clock that shows this time.
    public init(_ moment: Timestamp) {
        self.moment = Mutex(moment)
    }

    /// What it shows.
    public var now: Timestamp { moment.withLock { $0 } }

    /// Sets it, forth or back.
    public func set(_ moment: Timestamp) {
        self.moment.withLock { $0 = moment }
    }

    /// Moves it by some seconds.
    public func advance(bySeconds seconds: Double) {
        moment.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}
