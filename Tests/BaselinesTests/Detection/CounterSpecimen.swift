import Baselines
import Glibc
import Inventory

/// Counters of an ordinary link as polls read them, at a distance that may change.
struct CounterSpecimen {
    private(set) var readings: [CounterReading] = []
    /// Where the next span begins.
    private(set) var at = Timestamp(seconds: TrafficSpecimen.start)
    private var octets: UInt64 = 0
    private var packets: UInt64 = 0
    private var dice = TrafficDice(seed: 7)

    /// Bit/s by the hour of the day: 300 Mbit/s that swing by half.
    static func usual(at moment: Timestamp) -> Double {
        300e6 * (1 + 0.5 * sin((Double(moment.seconds % 86_400) / 3600 - 8) / 24 * 2 * .pi))
    }

    /// Adds readings for so many seconds; what is carried is `factor` times the usual, with noise of some percent.
    mutating func poll(forSeconds seconds: Int, every interval: Int, factor: Double = 1) {
        for _ in 0..<(seconds / interval) {
            at = at.advanced(bySeconds: Double(interval))
            let jitter = 1 + 0.04 * (0..<3).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &dice) }
            let carried = factor * Self.usual(at: at) * jitter * Double(interval) / 8
            // Even numbers: of the half of them, nothing is rounded.
            octets &+= UInt64(carried / 2) * 2
            packets &+= UInt64(carried / 1600) * 2
            var reading = CounterReading(at: at, intervalSeconds: UInt16(interval))
            (reading[.inOctets], reading[.outOctets]) = (octets, octets / 2)
            (reading[.inUnicastPackets], reading[.outUnicastPackets]) = (packets, packets / 2)
            reading.ifSpeed = 1_000_000_000
            reading.sysUpTime = UInt32(at.seconds - TrafficSpecimen.start + 1_000_000) * 100
            readings.append(reading)
        }
    }

    /// Takes readings into a state; those up to its cursor are left out.
    func findings(
        _ state: inout InterfaceState, intervalSeconds: Int, excluded: ExcludedTimes = ExcludedTimes(),
        everySample: Bool = false
    ) -> [SideFinding] {
        var clock = HourClock(zone: .utc)
        var findings: [SideFinding] = []
        Detector(intervalSeconds: intervalSeconds).take(
            readings, into: &state,
            context: {
                SampleContext(place: clock.place(at: $1), isExcluded: excluded.overlaps(from: $0, to: $1))
            }, findings: &findings, everySample: everySample)
        return findings
    }
}
