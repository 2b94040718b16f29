public import Inventory

/// The one rule by which two readings of counters become rates.
public struct RateLaw: Sendable, Hashable {
    /// The rule with its defaults.
    public init() {}

    /// What happened from one reading of an interface to its next.
    public func step(from earlier: CounterReading, to later: CounterReading) -> CounterStep {
        var step = CounterStep(from: earlier.at, to: later.at)
        step.seconds = later.at.secondsSince(earlier.at)
        step.known = earlier.present.intersection(later.present)
        step.rated = step.known
        step.increases = later.counters &- earlier.counters
        step.origin = .wide
        return step
    }
}
