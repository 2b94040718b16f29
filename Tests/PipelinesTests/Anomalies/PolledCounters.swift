import FoundationEssentials
import Inventory
import Synchronization

/// The counters of interfaces whose traffic follows the day, as polls read them.
final class PolledCounters: Sendable {
    private let last = Mutex<[InterfaceID: CounterReading]>([:])

    /// What a poll reads now: traffic multiplied by a factor since the poll before.
    func reading(
        of id: InterfaceID, at now: Timestamp, factor: Double, interval: Double, speed: Int64? = 1_000_000_000
    ) -> CounterReading {
        last.withLock { last in
            var reading = last[id] ?? Self.first(of: id, at: now)
            if last[id] != nil { Self.advance(&reading, Self.bits(of: id, at: now) * factor, to: now) }
            reading.intervalSeconds = UInt16(interval)
            reading.ifSpeed = speed
            last[id] = reading
            return reading
        }
    }

    /// 40 to 200 Mbit/s by the hour of the day, a tenth of noise that only the time decides.
    static func bits(of id: InterfaceID, at now: Timestamp) -> Double {
        let day = 120 + 80 * sine(2 * .pi * (Double(now.seconds) / 86_400 - 0.4))
        var noise = Seeded(UInt64(bitPattern: now.seconds) ^ UInt64(truncatingIfNeeded: id.uuid.uuid.0) << 40)
        let share = Double(noise.next() >> 11) / Double(UInt64(1) << 53)
        return max(0, day * 1e6 * (0.95 + 0.1 * share))
    }

    /// Counters that stand anywhere: what an interface carried before it was known is no traffic.
    private static func first(of id: InterfaceID, at now: Timestamp) -> CounterReading {
        var reading = CounterReading(at: now, intervalSeconds: 0)
        reading.sysUpTime = 1_000_000
        reading.operStatus = 1
        var counts = Seeded(UInt64(id.uuid.uuid.0))
        for kind in CounterKind.allCases { reading[kind] = kind.isError ? 0 : counts.next() >> 20 }
        return reading
    }

    private static func advance(_ reading: inout CounterReading, _ bits: Double, to now: Timestamp) {
        let seconds = now.secondsSince(reading.at)
        let octets = UInt64(bits * seconds / 8)
        reading.at = now
        reading.sysUpTime = (reading.sysUpTime ?? 0) &+ UInt32(seconds * 100)
        reading[.inOctets] = (reading[.inOctets] ?? 0) + octets
        reading[.outOctets] = (reading[.outOctets] ?? 0) + octets / 2
        reading[.inUnicastPackets] = (reading[.inUnicastPackets] ?? 0) + octets / 800
        reading[.outUnicastPackets] = (reading[.outUnicastPackets] ?? 0) + octets / 1600
    }

    /// Bhaskara's approximation: the shape of a day without the library.
    private static func sine(_ angle: Double) -> Double {
        let turn = angle.truncatingRemainder(dividingBy: 2 * .pi)
        let x = turn < 0 ? turn + 2 * .pi : turn
        let half = x > .pi ? x - .pi : x
        let value = 16 * half * (.pi - half) / (5 * .pi * .pi - 4 * half * (.pi - half))
        return x > .pi ? -value : value
    }
}

extension CounterKind {
    fileprivate var isError: Bool { [.inErrors, .outErrors, .inDiscards, .outDiscards].contains(self) }
}
