public import Inventory

/// The lowest, mean and highest rate of a bucket, bit/s.
public struct RateRange: Sendable, Hashable {
    /// The lowest rate, bit/s.
    public var min: Double
    /// The mean, weighted by the time each rate covers, bit/s.
    public var avg: Double
    /// The highest rate, bit/s.
    public var max: Double

    /// A range from its three figures, bit/s.
    public init(min: Double, avg: Double, max: Double) {
        self.min = min
        self.avg = avg
        self.max = max
    }
}

/// One direction of an interface in one bucket of a series.
public struct DirectionBucket: Sendable, Hashable {
    /// The rates; nil where there is none, which a chart shows as a hole.
    public var rate: RateRange?
    /// Seconds that the rates cover; 0 where there is none.
    public var seconds: Double = 0
    /// Octets, gaps included where the counter went on across them; nil where nothing is known.
    public var octets: UInt64?
    /// Unicast packets; nil where nothing is known.
    public var packets: UInt64?
    /// Errors; nil where nothing is known.
    public var errors: UInt64?
    /// Discards; nil where nothing is known.
    public var discards: UInt64?

    /// A direction of which nothing is known.
    public init() {}

    /// Adds a rate that held for some seconds.
    mutating func add(bitsPerSecond: Double, seconds more: Double) {
        add(RateRange(min: bitsPerSecond, avg: bitsPerSecond, max: bitsPerSecond), seconds: more)
    }

    /// Adds rates that held for some seconds.
    mutating func add(_ other: RateRange, seconds more: Double) {
        guard more > 0 else { return }
        guard let known = rate else {
            (rate, seconds) = (other, more)
            return
        }
        let sum = seconds + more
        // Of the form a + share x (b - a), so that the mean of equal rates is that very rate.
        let avg = known.avg + (other.avg - known.avg) * (more / sum)
        rate = RateRange(min: Swift.min(known.min, other.min), avg: avg, max: Swift.max(known.max, other.max))
        seconds = sum
    }
}

/// One interface over a short span of a series: what a chart draws as one point.
public struct RateBucket: Sendable, Hashable {
    /// When the bucket begins.
    public var start: Timestamp
    /// What came in.
    public var inbound = DirectionBucket()
    /// What went out.
    public var outbound = DirectionBucket()
    /// Readings taken in the bucket.
    public var readings = 0
    /// ifOperStatus of the last of them; 0 where there is none or it is not known.
    public var operStatus: UInt8 = 0
    /// How the rates were obtained, and why others are missing; the union over the bucket.
    public var origin: RateOrigin = []

    /// A bucket in which nothing is known.
    public init(start: Timestamp) {
        self.start = start
    }

    /// Adds a step's rates, as far as there are any, and its provenance.
    mutating func addRates(of step: CounterStep) {
        origin.formUnion(step.origin)
        if let rate = step.rate(.inOctets) { inbound.add(bitsPerSecond: rate * 8, seconds: step.seconds) }
        if let rate = step.rate(.outOctets) { outbound.add(bitsPerSecond: rate * 8, seconds: step.seconds) }
    }

    /// Adds what is known of a step's increases.
    mutating func addIncreases(of step: CounterStep) {
        Self.add(step.increase(.inOctets), to: &inbound.octets)
        Self.add(step.increase(.outOctets), to: &outbound.octets)
        Self.add(step.increase(.inUnicastPackets), to: &inbound.packets)
        Self.add(step.increase(.outUnicastPackets), to: &outbound.packets)
        Self.add(step.increase(.inErrors), to: &inbound.errors)
        Self.add(step.increase(.outErrors), to: &outbound.errors)
        Self.add(step.increase(.inDiscards), to: &inbound.discards)
        Self.add(step.increase(.outDiscards), to: &outbound.discards)
    }

    static func add(_ increase: UInt64?, to sum: inout UInt64?) {
        guard let increase else { return }
        sum = (sum ?? 0) &+ increase
    }
}
