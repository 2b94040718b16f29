import Glibc
import Inventory
import Series

/// Made-up readings of many interfaces, the same for a seed: 30 % idle, the others lognormal with a daily shape, four
/// interfaces a device read at one moment, five-minute polls some milliseconds early or late.
struct CollectData {
    /// Seconds between two polls.
    static let intervalSeconds = 300
    /// Interfaces of a device.
    static let interfacesPerDevice = 4

    /// The interfaces in order.
    let interfaces: [InterfaceID]
    /// When the first interval begins.
    let start: Timestamp
    private let profiles: [Profile]
    private var readings: [CounterReading]
    private var noise: SeededGenerator

    /// What one interface carries on average.
    private struct Profile {
        var octets: (inbound: Double, outbound: Double)
        var octetsPerPacket: Double
        var errorShare: Double
        var discardShare: Double
        /// Hours by which its day is shifted.
        var shift: Double
        /// Milliseconds after the interval's begin at which its device is polled.
        var place: Int64
    }

    /// Readings of so many interfaces from a moment on.
    init(interfaces count: Int, start: Timestamp, seed: UInt64 = 876) {
        var random = SeededGenerator(seed: seed)
        self.start = start
        noise = SeededGenerator(seed: seed ^ 0x5EED)
        interfaces = (0..<count).map { _ in InterfaceID.random(using: &random) }
        var place: Int64 = 0
        profiles = (0..<count).map { number in
            if number % Self.interfacesPerDevice == 0 {
                place = Int64(random.uniform() * Double(Self.intervalSeconds - 1) * 1000) + 500
            }
            return Self.profile(place, &random)
        }
        readings = (0..<count).map { _ in
            var reading = CounterReading(at: start, intervalSeconds: UInt16(Self.intervalSeconds))
            reading.present = .all
            reading.narrow = CounterSet(rawValue: 0b0011_1100)
            reading.ifSpeed = 1_000_000_000
            reading.discontinuityTime = 0
            reading.adminStatus = 1
            reading.operStatus = 1
            for kind in 0..<8 { reading.counters[kind] = random.next() >> 24 }
            return reading
        }
    }

    private static func profile(_ place: Int64, _ random: inout SeededGenerator) -> Profile {
        let isIdle = random.uniform() < 0.3
        func mean() -> Double { isIdle ? 0 : random.lognormal(mu: 11, sigma: 1.6) }
        return Profile(
            octets: (mean(), mean()), octetsPerPacket: 200 + random.uniform() * 900,
            errorShare: random.uniform() < 0.04 ? 1e-5 : 0, discardShare: random.uniform() < 0.05 ? 1e-4 : 0,
            shift: random.uniform() * 3, place: place)
    }

    /// The readings of the next interval, in the order of interfaces.
    ///
    /// - Parameter cycle: number of the interval, 0 for the first; each is asked for once, in order.
    mutating func next(_ cycle: Int) -> [SeriesReading] {
        let begin = start.milliseconds + Int64(cycle * Self.intervalSeconds) * 1000
        let hour = Double(begin / 1000 % 86_400) / 3600
        var jitter: Int64 = 0
        return interfaces.indices.map { number in
            if number % Self.interfacesPerDevice == 0 { jitter = Int64(noise.next() % 61) - 30 }
            advance(number, to: begin + profiles[number].place + jitter, hour: hour)
            return SeriesReading(interfaces[number], readings[number])
        }
    }

    private mutating func advance(_ number: Int, to moment: Int64, hour: Double) {
        let profile = profiles[number]
        let seconds = Double(max(moment - readings[number].at.milliseconds, 0)) / 1000
        readings[number].at = Timestamp(milliseconds: moment)
        readings[number].sysUpTime = UInt32(truncatingIfNeeded: moment / 10)
        guard profile.octets.inbound > 0 else { return }
        let clock = (hour + profile.shift) / 24
        // A parabola over the day instead of a sine: what matters is that rates move.
        let shape = 0.2 + 3.2 * clock * max(0, 1 - clock)
        let load = seconds * shape * (0.6 + 0.8 * noise.uniform())
        let octets = (profile.octets.inbound * load, profile.octets.outbound * load * (0.8 + 0.4 * noise.uniform()))
        let packets = (octets.0 / profile.octetsPerPacket, octets.1 / profile.octetsPerPacket)
        let rises = SIMD8<Double>(
            octets.0, octets.1, packets.0 * profile.errorShare, packets.1 * profile.errorShare,
            packets.0 * profile.discardShare, packets.1 * profile.discardShare, packets.0, packets.1)
        readings[number].counters &+= SIMD8<UInt64>(rises, rounding: .towardZero)
    }
}

/// SplitMix64: the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// From 0 up to 1.
    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// e to a normal variate, which is the sum of twelve uniform ones.
    mutating func lognormal(mu: Double, sigma: Double) -> Double {
        let normal = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
        return exp(mu + sigma * normal)
    }
}
