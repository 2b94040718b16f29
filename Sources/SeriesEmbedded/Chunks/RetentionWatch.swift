import Inventory

/// Decides whether the wall clock may be trusted with removing what is old.
///
/// Several looks in a row, each at least a minute of the monotonic clock after the last, must find that both clocks
/// went on alike. After a jump, or where the newest reading is far from now, they must agree for a whole day. Before
/// that day is over, nothing goes that the newest reading, as if it were of now, would keep.
struct RetentionWatch: Sendable, Hashable {
    static let looksNeeded = 3
    static let secondsBetweenLooks: Double = 60
    static let secondsAfterJump: Double = 86_400
    static let jumpSeconds: Double = 3_600
    static let strangeSeconds: Double = 2 * 86_400

    /// What the wall clock is trusted with.
    enum Trust: Sendable, Hashable {
        /// Nothing may go.
        case none
        /// What is older than the retention before now and before the newest reading may go.
        case newest
        /// What is older than the retention before now may go.
        case wallClock
    }

    private struct Look: Sendable, Hashable {
        var wall: Timestamp
        var monotonicSeconds: Double
    }

    private var last: Look?
    private var first: Look?
    private var looks = 0
    private var jumped = false

    init() {}

    /// Looks at both clocks; answers how far the wall clock may be trusted now.
    mutating func look(wall: Timestamp, monotonicSeconds: Double, newest: Timestamp?) -> Trust {
        let now = Look(wall: wall, monotonicSeconds: monotonicSeconds)
        guard let last, let first else {
            begin(now)
            return .none
        }
        let passed = monotonicSeconds - last.monotonicSeconds
        let difference = wall.secondsSince(last.wall) - passed
        if abs(difference) > max(5, passed * 0.01) {
            if abs(difference) > Self.jumpSeconds { jumped = true }
            begin(now)
            return .none
        }
        if passed >= Self.secondsBetweenLooks {
            looks += 1
            self.last = now
        }
        let isStrange = newest.map { abs(wall.secondsSince($0)) > Self.strangeSeconds } ?? false
        let agreed = monotonicSeconds - first.monotonicSeconds
        guard looks >= Self.looksNeeded else { return .none }
        if agreed >= Self.secondsAfterJump {
            jumped = false
            return .wallClock
        }
        return jumped || isStrange ? .none : .newest
    }

    private mutating func begin(_ look: Look) {
        first = look
        last = look
        looks = 1
    }

    /// The time before which readings, or roll-ups, may go; nil where nothing may.
    static func cutoff(_ trust: Trust, now: Timestamp, newest: Timestamp?, days: Int) -> Timestamp? {
        let retention = Double(-days) * 86_400
        switch trust {
        case .none: return nil
        case .newest: return min(now, newest ?? now).advanced(bySeconds: retention)
        case .wallClock: return now.advanced(bySeconds: retention)
        }
    }
}
