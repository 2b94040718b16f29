public import Inventory

/// Makes hourly roll-ups of one interface from its readings, fed one by one in ascending order.
///
/// A rate, and an increase, belongs to the hour (UTC) in which its later reading was taken. An hour without readings has
/// no roll-up.
public struct RollupAccumulator: Sendable {
    private let law: RateLaw
    private var previous: CounterReading?
    private var hour: HourlyRollup?
    private var finished: [HourlyRollup] = []

    /// An accumulator that has seen nothing.
    public init(law: RateLaw = RateLaw()) {
        self.law = law
    }

    /// Sets where the first rate begins: the last reading before those that are added; it is not counted itself.
    public mutating func begin(with lead: CounterReading) {
        previous = lead
    }

    /// Adds a reading.
    public mutating func add(_ reading: CounterReading) {
        let start = Self.hour(of: reading.at)
        var current = HourlyRollup(hour: start)
        if let open = hour {
            if open.hour == start { current = open } else { finished.append(open) }
        }
        current.readings += 1
        if let previous { current.add(law.step(from: previous, to: reading)) }
        hour = current
        previous = reading
    }

    /// Ends the last hour, as far as it got, and hands over all hours in order; the next reading goes on from there.
    public mutating func finish() -> [HourlyRollup] {
        if let open = hour { finished.append(open) }
        hour = nil
        defer { finished = [] }
        return finished
    }

    /// The hour a moment is in, UTC.
    public static func hour(of moment: Timestamp) -> Timestamp {
        let hour: Int64 = 3_600_000
        let into = ((moment.milliseconds % hour) + hour) % hour
        let (start, isBeforeAll) = moment.milliseconds.subtractingReportingOverflow(into)
        return isBeforeAll ? moment : Timestamp(milliseconds: start)
    }
}

extension HourlyRollup {
    /// Adds what happened up to one reading.
    mutating func add(_ step: CounterStep) {
        origin.formUnion(step.origin)
        inbound.add(step, .inOctets, .inUnicastPackets, .inErrors, .inDiscards)
        outbound.add(step, .outOctets, .outUnicastPackets, .outErrors, .outDiscards)
    }
}

extension DirectionRollup {
    fileprivate mutating func add(
        _ step: CounterStep, _ octetKind: CounterKind, _ packetKind: CounterKind, _ errorKind: CounterKind,
        _ discardKind: CounterKind
    ) {
        // What is not known is 0 in a step.
        octets &+= step.increases[Int(octetKind.rawValue)]
        packets &+= step.increases[Int(packetKind.rawValue)]
        errors &+= step.increases[Int(errorKind.rawValue)]
        discards &+= step.increases[Int(discardKind.rawValue)]
        guard let rate = step.rate(octetKind) else { return }
        let bits = rate * 8
        min = count == 0 ? bits : Swift.min(min, bits)
        max = Swift.max(max, bits)
        count += 1
        sum += bits
        sumOfSquares += bits * bits
        seconds += step.seconds
    }
}
