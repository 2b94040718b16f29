public import Inventory

/// The one rule by which two readings of counters become rates.
///
/// Pure: it looks at two readings and at nothing else, so the same readings give the same rates live, on every read, and
/// from every store. It prefers no rate to one that may be false: what is not certain is a reason in `RateOrigin`, not a
/// number. `docs/rates.md` tells it in words. Give it readings with all eight counters where any is 32 bits wide: each is a
/// witness for the others.
public struct RateLaw: Sendable, Hashable {
    /// How far above ifSpeed a rate may be, for clocks and framing; above it the rate is dropped.
    public var lineSpeedFactor = 1.05
    /// What no interface carries that does not say its speed, bit/s: only a counter that jumped does.
    public var unknownSpeedBitsPerSecond = 1e13
    /// What an interface carries at most that has no speed and only 32-bit counters, bit/s.
    ///
    /// RFC 2863 section 3.1.6 allows 32-bit octets alone up to 20 Mbit/s; this is five times that.
    public var unknownNarrowSpeedBitsPerSecond = 1e8
    /// Seconds by which wall clock and sysUpTime may differ over a step, before the share of it is added.
    public var clockToleranceSeconds = 2.0
    /// The share of a step by which wall clock and sysUpTime may differ besides.
    public var clockToleranceShare = 0.05
    /// Intervals below which a step is too short to tell a rate: the device may not have counted anew yet.
    public var shortestIntervals = 0.1
    /// Intervals above which a rate is marked as averaged.
    public var averagedIntervals = 1.5
    /// Intervals above which there is no rate but a gap.
    public var gapIntervals = 2.0
    /// Seconds by which a step may be longer yet and be no gap, for late answers, before the share is added.
    public var gapSlackSeconds = 1.0
    /// The share of an interval by which it may be longer besides.
    public var gapSlackShare = 0.1
    /// The smallest Ethernet frame with preamble and gap, octets: no more packets than these at line speed.
    public var smallestFrameOctets = 84.0
    /// The smallest Ethernet frame as octet counters count it, some without its checksum, octets.
    public var smallestCountedFrameOctets = 60.0
    /// The smallest mean packet of any medium, octets; 20 is a bare IPv4 header.
    public var smallestPacketOctets: UInt64 = 20
    /// The largest mean packet, octets: a jumbo frame of 9,216 with tag and checksum.
    public var largestPacketOctets = 9_234.0
    /// What may come besides unicast packets when the mean packet is judged, octets a second.
    public var multicastOctetsPerSecond = 16_384.0
    /// The most errors or discards by which their 32-bit counter is believed to have wrapped; more is a reset.
    public var errorWrapMax: UInt64 = 1 << 28

    /// The rule with its defaults.
    public init() {}

    /// What happened from one reading of an interface to its next.
    public func step(from earlier: CounterReading, to later: CounterReading) -> CounterStep {
        usualStep(earlier, later) ?? carefulStep(earlier, later)
    }

    /// The step where nothing is amiss, nil where anything may be: the same as `carefulStep`, at a tenth of its cost.
    @inline(__always)
    func usualStep(_ earlier: CounterReading, _ later: CounterReading) -> CounterStep? {
        guard let before = earlier.sysUpTime, let after = later.sysUpTime, let speed = later.ifSpeed, speed > 0,
            earlier.ifSpeed == speed, after > before, !later.clockWasSet,
            earlier.discontinuityTime == later.discontinuityTime,
            earlier.present == later.present, !later.present.isEmpty, earlier.narrow == later.narrow,
            later.narrow.isDisjoint(with: .octets)
        else { return nil }
        let wall = Self.wallSeconds(earlier, later)
        let device = Double(after - before) / 100
        guard abs(wall - device) <= clockToleranceSeconds, Double(after) / 100 >= wall else { return nil }
        let seconds = Self.refined(wall, device: device, before, after)
        let interval = longerInterval(earlier, later)
        guard seconds >= shortestIntervals * interval, seconds <= averagedIntervals * interval else { return nil }

        let line = lineSpeedFactor * Double(speed) * seconds / 8
        let frames = line / smallestFrameOctets
        guard later.narrow.isDisjoint(with: .unicastPackets) || frames < Self.wrap else { return nil }
        guard line < 9e18, all(later.counters .>= earlier.counters) else { return nil }
        let increases = later.counters &- earlier.counters
        let limits = dropLimits(lineOctets: UInt64(line))
        guard all(increases .<= limits), fits(increases) else { return nil }
        var step = CounterStep(from: earlier.at, to: later.at)
        step.seconds = seconds
        step.increases = increases
        step.known = later.present
        step.rated = later.present
        step.origin = source(narrow: later.narrow, rated: later.present)
        return step
    }

    /// How many values a 32-bit counter has.
    static let wrap = 4_294_967_296.0

    /// The increases above which a counter is not believed, by `CounterKind`, where the line carries `lineOctets`.
    ///
    /// Packets and errors may be as small as a bare IP header on media other than Ethernet. What is discarded on the way
    /// out came from several lines, so up to one for each octet is believed.
    @inline(__always)
    func dropLimits(lineOctets: UInt64) -> SIMD8<UInt64> {
        let packets = lineOctets / max(1, smallestPacketOctets)
        return SIMD8(lineOctets, lineOctets, packets, packets, lineOctets, lineOctets, packets, packets)
    }

    /// Whether in both directions the octets are at least what so many packets have.
    @inline(__always)
    func fits(_ increases: SIMD8<UInt64>) -> Bool {
        // Packets are within the limits here, so the products do not overflow for any line that exists.
        increases[0] >= increases[6] &* smallestPacketOctets && increases[1] >= increases[7] &* smallestPacketOctets
    }

    /// What stands behind the rates: as wide as the octets are, which errors and discards never are.
    @inline(__always)
    func source(narrow: CounterSet, rated: CounterSet) -> RateOrigin {
        let octets = rated.intersection(.octets)
        let judged = octets.isEmpty ? rated : octets
        var origin: RateOrigin = []
        if !judged.isDisjoint(with: narrow) { origin.insert(.narrow) }
        if !judged.isSubset(of: narrow) { origin.insert(.wide) }
        return origin
    }
}

extension CounterSet {
    /// Unicast packets in and out.
    static let unicastPackets = CounterSet(rawValue: 0b1100_0000)
    /// Errors and discards, in and out.
    static let errorsAndDiscards = CounterSet(rawValue: 0b0011_1100)
}
