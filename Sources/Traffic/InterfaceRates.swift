public import Inventory

/// The traffic of one interface from its last reading but one to its last: what is going on now.
public struct InterfaceRates: Sendable, Hashable {
    /// The interface.
    public var interfaceID: InterfaceID
    /// The last reading.
    public var reading: CounterReading
    /// From the reading before to it; nil where it is the first.
    public var step: CounterStep?

    /// An interface with its last reading.
    public init(_ interfaceID: InterfaceID, _ reading: CounterReading, step: CounterStep? = nil) {
        self.interfaceID = interfaceID
        self.reading = reading
        self.step = step
    }

    /// What comes in, bit/s; nil where there is no rate.
    public var inBitsPerSecond: Double? { step?.rate(.inOctets).map { $0 * 8 } }
    /// What goes out, bit/s; nil where there is no rate.
    public var outBitsPerSecond: Double? { step?.rate(.outOctets).map { $0 * 8 } }

    /// The busier direction of ifSpeed, percent; nil without a speed or a rate.
    ///
    /// Nil also where ifSpeed became so much lower since the reading before that it would be above 105.
    public var utilizationPercent: Double? {
        guard let speed = reading.ifSpeed, speed > 0 else { return nil }
        let busier = [inBitsPerSecond, outBitsPerSecond].compactMap(\.self).max()
        let percent = busier.map { $0 / Double(speed) * 100 }
        return percent.flatMap { $0 <= RateLaw().lineSpeedFactor * 100 * (1 + 1e-9) ? $0 : nil }
    }

    /// Errors / (errors + unicast packets) of the direction where it is worse, percent; nil where neither is known.
    public var errorPercent: Double? {
        guard let step else { return nil }
        let inbound = ErrorShare.percent(errors: step.increase(.inErrors), packets: step.increase(.inUnicastPackets))
        let outbound = ErrorShare.percent(errors: step.increase(.outErrors), packets: step.increase(.outUnicastPackets))
        return [inbound, outbound].compactMap(\.self).max()
    }

    /// Discards / (discards + unicast packets) of the direction where it is worse, percent; nil where neither is known.
    public var discardPercent: Double? {
        guard let step else { return nil }
        let inbound = ErrorShare.percent(errors: step.increase(.inDiscards), packets: step.increase(.inUnicastPackets))
        let outbound = ErrorShare.percent(
            errors: step.increase(.outDiscards), packets: step.increase(.outUnicastPackets))
        return [inbound, outbound].compactMap(\.self).max()
    }
}

extension RateLaw {
    /// The rates of an interface at a reading; nil where it is not later than the last, unless the clock was set since.
    ///
    /// A poll by hand just after another takes no rate away: the step of before is kept.
    package func rates(
        of interface: InterfaceID, at reading: CounterReading, after last: InterfaceRates?
    ) -> InterfaceRates? {
        guard let last else { return InterfaceRates(interface, reading) }
        guard reading.at > last.reading.at || reading.clockWasSet else { return nil }
        let step = step(from: last.reading, to: reading)
        let isKept = step.origin.contains(.tooShort) && Self.isRecent(last.step, at: reading)
        return InterfaceRates(interface, reading, step: isKept ? last.step : step)
    }

    /// Whether a step still tells what is going on at a reading.
    private static func isRecent(_ step: CounterStep?, at reading: CounterReading) -> Bool {
        guard let step else { return false }
        return (0...2 * Double(reading.intervalSeconds)).contains(reading.at.secondsSince(step.to))
    }
}

/// The share of packets in error, or discarded.
public enum ErrorShare {
    /// Errors / (errors + unicast packets), percent; 0 where there was neither, nil where one of them is not known.
    public static func percent(errors: UInt64?, packets: UInt64?) -> Double? {
        guard let errors, let packets else { return nil }
        guard errors > 0 else { return 0 }
        return Double(errors) / (Double(errors) + Double(packets)) * 100
    }
}
