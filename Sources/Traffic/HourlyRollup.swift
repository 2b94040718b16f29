public import Inventory

/// One hour of one direction of an interface.
///
/// A rate belongs to the hour in which its later reading was taken.
public struct DirectionRollup: Sendable, Hashable {
    /// Rates in the hour.
    public var count: UInt32 = 0
    /// Their sum, bit/s.
    public var sum: Double = 0
    /// The sum of their squares.
    public var sumOfSquares: Double = 0
    /// The lowest, bit/s; 0 where there is none.
    public var min: Double = 0
    /// The highest, bit/s; 0 where there is none.
    public var max: Double = 0
    /// Seconds that the rates cover.
    public var seconds: Double = 0
    /// Octets, gaps included where the counter went on across them.
    public var octets: UInt64 = 0
    /// Unicast packets.
    public var packets: UInt64 = 0
    /// Errors.
    public var errors: UInt64 = 0
    /// Discards.
    public var discards: UInt64 = 0

    /// An hour in which nothing was read.
    public init() {}
}

/// One hour of one interface, from its readings by `RateLaw`.
public struct HourlyRollup: Sendable, Hashable {
    /// When the hour began, UTC: a multiple of 3,600 seconds.
    public var hour: Timestamp
    /// What came in.
    public var inbound = DirectionRollup()
    /// What went out.
    public var outbound = DirectionRollup()
    /// Readings in the hour.
    public var readings: UInt32 = 0
    /// How its rates were obtained, and why others are missing.
    public var origin: RateOrigin = []

    /// An hour in which nothing was read.
    public init(hour: Timestamp) {
        self.hour = hour
    }
}
