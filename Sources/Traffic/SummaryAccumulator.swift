public import Inventory

/// Makes the summary of one interface over a window from its readings, fed one by one in ascending order.
public struct SummaryAccumulator: Sendable {
    private let interfaceID: InterfaceID
    private let from: Timestamp
    private let to: Timestamp
    private let law: RateLaw
    private var previous: CounterReading?
    private var speed: Int64?
    private var readings = 0
    private var inbound = Direction()
    private var outbound = Direction()
    private var worstErrorPercent = 0.0

    /// A summary of the readings in `from..<to`; the last one before `from` is the lead, where the first rate begins.
    public init(interfaceID: InterfaceID, from: Timestamp, to: Timestamp, law: RateLaw = RateLaw()) {
        self.interfaceID = interfaceID
        self.from = from
        self.to = to
        self.law = law
    }

    /// Adds a reading; one from before the window is lead only, one from after it is left out.
    public mutating func add(_ reading: CounterReading) {
        guard reading.at < to else { return }
        if reading.at >= from { count(reading, after: previous) }
        previous = reading
    }

    /// Adds readings in ascending order; the fastest way where they are all there.
    public mutating func add(_ all: [CounterReading]) {
        guard let first = all.first else { return }
        add(first)
        for index in all.indices.dropFirst() {
            guard all[index].at < to else { break }
            if all[index].at >= from { count(all[index], after: all[index - 1]) }
        }
        previous = all.last { $0.at < to } ?? previous
    }

    /// The summary of what was added.
    ///
    /// A direction without a rate has the mean 0. utilizationPercent is nil where the last reading has no speed.
    public func summary(updatedAt: Timestamp) -> MetricsSummary {
        var summary = MetricsSummary(
            interfaceID: interfaceID, windowStart: from, windowEnd: to, updatedAt: updatedAt)
        let busier = max(inbound.meanBitsPerSecond, outbound.meanBitsPerSecond)
        summary.avgInMbps = inbound.meanBitsPerSecond / 1e6
        summary.avgOutMbps = outbound.meanBitsPerSecond / 1e6
        summary.maxInMbps = inbound.highestBitsPerSecond / 1e6
        summary.maxOutMbps = outbound.highestBitsPerSecond / 1e6
        summary.totalInGB = Double(inbound.octets) / 1e9
        summary.totalOutGB = Double(outbound.octets) / 1e9
        summary.avgErrorRate = max(inbound.errorPercent, outbound.errorPercent)
        summary.maxErrorRate = worstErrorPercent
        summary.utilizationPercent = speed.flatMap { $0 > 0 ? busier / Double($0) * 100 : nil }
        summary.sampleCount = readings
        return summary
    }

    private mutating func count(_ reading: CounterReading, after earlier: CounterReading?) {
        readings += 1
        speed = reading.ifSpeed
        guard let earlier else { return }
        let step = law.step(from: earlier, to: reading)
        let worseIn = inbound.add(step, .inOctets, .inErrors, .inUnicastPackets)
        let worseOut = outbound.add(step, .outOctets, .outErrors, .outUnicastPackets)
        worstErrorPercent = max(worstErrorPercent, worseIn, worseOut)
    }

    /// One direction of the window.
    private struct Direction: Sendable {
        var octets: UInt64 = 0
        var ratedOctets: UInt64 = 0
        var ratedSeconds = 0.0
        var highestBitsPerSecond = 0.0
        var errors: UInt64 = 0
        var packets: UInt64 = 0

        var meanBitsPerSecond: Double { ratedSeconds > 0 ? Double(ratedOctets) * 8 / ratedSeconds : 0 }
        var errorPercent: Double { ErrorShare.percent(errors: errors, packets: packets) ?? 0 }

        /// Adds a step; returns the share of errors in it, percent.
        mutating func add(
            _ step: CounterStep, _ octetKind: CounterKind, _ errorKind: CounterKind, _ packetKind: CounterKind
        ) -> Double {
            // What is not known is 0 in a step.
            let increase = step.increases[Int(octetKind.rawValue)]
            octets &+= increase
            if let rate = step.rate(octetKind) {
                ratedOctets &+= increase
                ratedSeconds += step.seconds
                highestBitsPerSecond = max(highestBitsPerSecond, rate * 8)
            }
            guard let wrong = step.increase(errorKind), let right = step.increase(packetKind) else { return 0 }
            errors &+= wrong
            packets &+= right
            return ErrorShare.percent(errors: wrong, packets: right) ?? 0
        }
    }
}
