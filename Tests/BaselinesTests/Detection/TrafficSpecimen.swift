import Baselines
import Glibc
import Inventory

/// Draws the same numbers from the same seed.
struct TrafficDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Traffic of an ordinary link, and what is made of it.
struct TrafficSpecimen {
    /// Sunday 2026-06-07 00:00 UTC.
    static let start: Int64 = 1_780_790_400

    var intervalSeconds = 300
    var capacity: Double? = 1e9
    var raising = DetectionMode.adaptive
    var settings = DetectionSettings()
    var zone = ZoneRules.utc
    /// Rates, bit/s, inbound; outbound is the half of them.
    var rates: [Double] = []

    var perDay: Int { 86_400 / intervalSeconds }
    var perHour: Double { 3600 / Double(intervalSeconds) }

    /// So many days of 300 Mbit/s that swing by half over the day, with noise of some percent.
    static func ordinary(
        days: Int, seed: UInt64 = 1, intervalSeconds: Int = 300, mean: Double = 300e6, noise: Double = 0.04
    ) -> TrafficSpecimen {
        var specimen = TrafficSpecimen()
        specimen.intervalSeconds = intervalSeconds
        var dice = TrafficDice(seed: seed)
        for sample in 0..<(days * specimen.perDay) {
            let hour = Double(sample) / specimen.perHour
            let swing = 1 + 0.5 * sin((hour - 8) / 24 * 2 * .pi)
            let jitter = (0..<3).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &dice) }
            specimen.rates.append(mean * swing * (1 + noise * jitter))
        }
        return specimen
    }

    /// So many days of one rate.
    static func constant(_ rate: Double, days: Int, intervalSeconds: Int = 300) -> TrafficSpecimen {
        var specimen = TrafficSpecimen()
        specimen.intervalSeconds = intervalSeconds
        specimen.rates = Array(repeating: rate, count: days * specimen.perDay)
        return specimen
    }

    func time(_ sample: Int) -> Timestamp {
        Timestamp(seconds: Self.start + Int64(sample * intervalSeconds))
    }

    /// Changes samples of a range; the numbers count from the first sample.
    mutating func change(_ range: Range<Int>, _ change: (Double) -> Double) {
        for sample in range { rates[sample] = change(rates[sample]) }
    }

    func sample(_ number: Int) -> InterfaceSample {
        let rate = rates[number]
        return InterfaceSample(at: time(number), rates: SIMD4(rate, rate / 2, .nan, .nan), capacity: capacity)
    }

    /// What is found, with every sample from `from` on where it is given.
    func findings(everySampleFrom from: Int = .max) -> [SideFinding] {
        var state = InterfaceState()
        return findings(&state, everySampleFrom: from)
    }

    func findings(_ state: inout InterfaceState, from first: Int = 0, everySampleFrom from: Int = .max) -> [SideFinding]
    {
        let detector = Detector(intervalSeconds: intervalSeconds, settings: settings)
        var clock = HourClock(zone: zone)
        var findings: [SideFinding] = []
        for number in first..<rates.count {
            let context = SampleContext(place: clock.place(at: time(number)), raising: raising)
            detector.step(&state, sample(number), context, findings: &findings, everySample: number >= from)
        }
        return findings
    }

    /// The anomalies of inbound traffic, as they were when they were last told of.
    func episodes() -> [Episode] {
        findings().episodes
    }
}

extension [SideFinding] {
    /// The inbound ones.
    var inbound: [SideFinding] {
        filter { $0.side == TrafficSide(.inbound, .traffic) }
    }

    /// The anomalies of inbound traffic, as they were when they were last told of, in order.
    var episodes: [Episode] {
        var episodes: [Episode] = []
        for finding in inbound {
            guard let episode = finding.episode else { continue }
            if episodes.last?.startedAt == episode.startedAt { episodes.removeLast() }
            episodes.append(episode)
        }
        return episodes
    }
}
