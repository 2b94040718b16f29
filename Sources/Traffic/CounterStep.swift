public import Inventory

/// What happened to the counters of one interface from one reading to the next.
public struct CounterStep: Sendable, Hashable {
    /// When the earlier reading was taken.
    public var from: Timestamp
    /// When the later one was.
    public var to: Timestamp
    /// How long it was, by `RateLaw`, which prefers the device's own clock, seconds; 0 where it is not known.
    public var seconds: Double
    /// What each counter rose by, by `CounterKind`; true for those in `known`, 0 for the others.
    public var increases: SIMD8<UInt64>
    /// The counters whose increase is known; it counts towards totals, in a gap too.
    public var known: CounterSet
    /// The counters that have a rate; always among the known ones.
    public var rated: CounterSet
    /// How it was obtained, or why there is no rate.
    public var origin: RateOrigin

    /// Nothing is known of the time between two readings.
    public init(from: Timestamp, to: Timestamp) {
        self.from = from
        self.to = to
        seconds = 0
        increases = .zero
        known = []
        rated = []
        origin = []
    }

    /// A counter's rate a second; nil where there is none.
    ///
    /// Octets are octets here: times 8 for bits.
    @inlinable
    public func rate(_ kind: CounterKind) -> Double? {
        rated.contains(kind) ? Double(increases[Int(kind.rawValue)]) / seconds : nil
    }

    /// A counter's increase; nil where it is not known.
    @inlinable
    public func increase(_ kind: CounterKind) -> UInt64? {
        known.contains(kind) ? increases[Int(kind.rawValue)] : nil
    }
}
