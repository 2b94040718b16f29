import Inventory

/// Readings of an interface with known rates, for tests of what is made of them.
enum ReadingSeries {
    /// A reading every `interval` seconds from `start`; each element of `megabits` is what came in from the reading before,
    /// out is twice as much; nil is a missed poll.
    static func of(
        _ megabits: [Double?], start: Timestamp, interval: Int = 300, speed: Int64? = 1_000_000_000
    ) -> [CounterReading] {
        var reading = CounterReading(at: start, intervalSeconds: UInt16(interval))
        reading.present = .all
        reading.narrow = CounterSet(rawValue: 0b0011_1100)
        reading.counters = SIMD8(1 << 40, 1 << 40, 10, 10, 10, 10, 1 << 35, 1 << 35)
        reading.ifSpeed = speed
        reading.sysUpTime = 500_000_000
        reading.operStatus = 1
        var all = [reading]
        var missed = 0
        for rate in megabits {
            reading.at = reading.at.advanced(bySeconds: Double(interval))
            reading.sysUpTime = reading.sysUpTime.map { $0 + UInt32(interval * 100) }
            missed += 1
            guard let rate else { continue }
            let octets = UInt64(rate * 1e6 / 8 * Double(interval * missed))
            reading.counters &+= SIMD8(octets, octets * 2, 0, 0, 1, 2, octets / 500, octets / 250)
            missed = 0
            all.append(reading)
        }
        return all
    }

    /// 2027-01-15T08:00:00Z, the begin of an hour.
    static let hour = Timestamp(seconds: 1_800_000_000)
}
