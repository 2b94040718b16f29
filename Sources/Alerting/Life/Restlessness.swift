import Glibc
import Inventory

/// How often a condition came of late: after the damping of routes that flap (RFC 2439 4.4).
///
/// Each time it begins counts 1,000; the sum is halved every 15 minutes. Above `restless` an alert is not closed until
/// the sum has fallen below `calm`, so that whoever was told of it is not told every few minutes that it is over.
struct Restlessness: Sendable, Hashable {
    static let ofOneStart = 1_000.0
    static let restless = 2_000.0
    static let calm = 750.0
    static let halfLifeSeconds = 900.0
    /// Below this nothing is kept of a condition.
    static let forgotten = 50.0

    private var sum = 0.0
    private(set) var at: Timestamp?

    init() {}

    /// What an alert says of it.
    init(_ context: AlertContext) {
        (sum, at) = (context.penalty, context.penaltyAt)
    }

    /// How much it is at a time.
    func value(at time: Timestamp) -> Double {
        guard let at else { return 0 }
        return sum * exp2(-max(0, time.secondsSince(at)) / Self.halfLifeSeconds)
    }

    /// The condition begins.
    mutating func begin(at time: Timestamp) {
        sum = value(at: time) + Self.ofOneStart
        at = max(time, at ?? time)
    }

    /// When it will have fallen to a value; now where it has.
    func time(of target: Double, after now: Timestamp) -> Timestamp {
        let value = value(at: now)
        guard value > target else { return now }
        return now.advanced(bySeconds: Self.halfLifeSeconds * log2(value / target))
    }

    func write(to context: inout AlertContext) {
        (context.penalty, context.penaltyAt) = (sum, at)
    }
}
