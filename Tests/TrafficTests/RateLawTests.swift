import Inventory
import Testing

@testable import Traffic

/// A pair of readings 300 s apart of a busy 1 Gbit/s interface, to be changed by a case.
struct ReadingPair {
    var earlier: CounterReading
    var later: CounterReading

    init(seconds: Double = 300) {
        earlier = CounterReading(at: Timestamp(seconds: 1_800_000_000))
        earlier.present = .all
        earlier.narrow = .errorsAndDiscards
        earlier.counters = SIMD8(1 << 40, 1 << 41, 100, 200, 300, 400, 1 << 30, 1 << 31)
        earlier.ifSpeed = 1_000_000_000
        earlier.sysUpTime = 500_000_000
        earlier.discontinuityTime = 0
        later = earlier
        later.at = earlier.at.advanced(bySeconds: seconds)
        later.sysUpTime = 500_000_000 + UInt32(seconds * 100)
        later.counters &+= SIMD8(3_000_000_000, 6_000_000_000, 3, 6, 9, 12, 3_000_000, 6_000_000)
    }

    var step: CounterStep { RateLaw().step(from: earlier, to: later) }
}

/// One case of a table: what is done to the pair, and what the law makes of it.
struct RateLawCase: Sendable, CustomTestStringConvertible {
    var name: String
    var origin: RateOrigin
    var known: CounterSet
    var rated: CounterSet
    var seconds: Double?
    var change: @Sendable (inout ReadingPair) -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ origin: RateOrigin, known: CounterSet = .all, rated: CounterSet? = nil,
        seconds: Double? = nil, _ change: @escaping @Sendable (inout ReadingPair) -> Void
    ) {
        self.name = name
        self.origin = origin
        self.known = known
        self.rated = rated ?? known
        self.seconds = seconds
        self.change = change
    }
}

@Suite("From two readings to rates")
struct RateLawTests {
    @Test("Each rule, by its case", arguments: RateLawCase.clocks + RateLawCase.resets + RateLawCase.counters)
    func rule(_ one: RateLawCase) {
        var pair = ReadingPair()
        one.change(&pair)
        let step = pair.step
        #expect(step.origin == one.origin, "\(step.origin.names) instead of \(one.origin.names)")
        #expect(step.known == one.known)
        #expect(step.rated == one.rated)
        if let seconds = one.seconds { #expect(abs(step.seconds - seconds) < 0.005) }
        for kind in CounterKind.allCases where !step.known.contains(kind) {
            #expect(step.increases[Int(kind.rawValue)] == 0)
        }
    }

    @Test("A rate is the increase over the time, octets and packets a second")
    func plain() {
        let step = ReadingPair().step
        #expect(step.rate(.inOctets) == 10_000_000)
        #expect(step.rate(.outOctets) == 20_000_000)
        #expect(step.rate(.inUnicastPackets) == 10_000)
        #expect(step.increase(.outErrors) == 6)
    }

    @Test("The short way and the careful way agree wherever the short one is taken")
    func usualIsCareful() {
        let law = RateLaw()
        var taken = 0
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var kind = DeviceKind(interval: random.pick([10, 60, 300]), load: random.pick([0, 0.01, 0.9]))
            kind.narrow = random.pick([.errorsAndDiscards, CounterSet.all.subtracting(.octets), .all])
            kind.speed = random.pick([10_000_000, 1_000_000_000, 100_000_000_000])
            kind.uptimeInWholeSeconds = random.chance(0.3)
            kind.faults = random.chance(0.5) ? [] : Set(Fault.allCases)
            var interface = SimulatedInterface(kind, seed: seed)
            let readings = interface.readings(polls: 20).map(\.reading)
            for (earlier, later) in zip(readings, readings.dropFirst()) {
                guard let usual = law.usualStep(earlier, later) else { continue }
                taken += 1
                #expect(usual == law.carefulStep(earlier, later), "seed \(seed)")
            }
        }
        #expect(taken > 1_500)
    }

    @Test("32-bit octets over several wraps: the packets tell which, or nothing is told")
    func severalWraps() {
        var pair = ReadingPair()
        (pair.earlier.narrow, pair.later.narrow) = (.all, .all)
        pair.earlier.counters = SIMD8(4_000_000_000, 100, 0, 0, 0, 0, 1_000, 1_000)
        // 2 x 2^32 + 500,000,000 octets in 1,020,000 packets of 8,911 octets: one wrap less would be 4,700 octets.
        pair.later.counters = SIMD8(205_032_704, 200, 0, 0, 0, 0, 1_001_000, 1_001)
        #expect(pair.step.origin.contains(.ambiguous))
        #expect(pair.step.increase(.inOctets) == nil)
        // 400,000 packets are at most 3.7 GB: only the increase without another wrap fits.
        pair.later[.inUnicastPackets] = 401_000
        #expect(pair.step.increase(.inOctets) == 500_000_000)
        // Too many packets for so few octets: 250 million of them have 5 GB at least.
        pair.later[.inUnicastPackets] = 250_001_000
        #expect(pair.step.increase(.inOctets) == nil)
    }

    @Test("An agent that reads its counters and its clock every 15 s gives true rates at polls of 10 s")
    func cachedAnswers() {
        var first = ReadingPair(seconds: 10).earlier
        first.intervalSeconds = 10
        var previous = first
        for poll in 1...30 {
            var reading = first
            reading.at = first.at.advanced(bySeconds: Double(poll) * 10)
            let refreshed = UInt64(poll * 10 / 15 * 15)
            reading.sysUpTime = 500_000_000 + UInt32(refreshed) * 100
            reading.counters[0] += refreshed * 100_000_000
            let rate = RateLaw().step(from: previous, to: reading).rate(.inOctets)
            #expect(rate == nil || abs((rate ?? 0) - 100_000_000) < 1, "poll \(poll)")
            previous = reading
        }
    }
}

extension RateLawCase {
    static let clocks = [
        RateLawCase("nothing amiss", .wide, seconds: 300) { _ in },
        .init("an answer 1.5 s late: the device's time", .wide, seconds: 300) {
            $0.later.at = $0.later.at.advanced(bySeconds: 1.5)
        },
        .init("an answer 40 s late", [.wide, .deviceClock], seconds: 300) {
            $0.later.at = $0.later.at.advanced(bySeconds: 40)
        },
        .init("wall clock an hour forward", [.wide, .deviceClock], seconds: 300) {
            $0.later.at = $0.later.at.advanced(bySeconds: 3_600)
        },
        .init("wall clock an hour back, noticed", [.wide, .deviceClock], seconds: 300) {
            $0.later.at = $0.later.at.advanced(bySeconds: -3_600)
            $0.later.clockWasSet = true
        },
        .init("wall clock set, no sysUpTime", .clockUnknown, rated: [], seconds: 0) {
            $0.later.sysUpTime = nil
            $0.later.clockWasSet = true
        },
        .init("time goes back, no sysUpTime", .clockUnknown, rated: [], seconds: 0) {
            $0.earlier.sysUpTime = nil
            $0.later.at = $0.earlier.at.advanced(bySeconds: -1)
        },
        .init("no sysUpTime: the wall clock", .wide, seconds: 300) { $0.later.sysUpTime = nil },
        .init("sysUpTime always 0: the wall clock", .wide, seconds: 300) {
            ($0.earlier.sysUpTime, $0.later.sysUpTime) = (0, 0)
        },
        .init("sysUpTime counts seconds, not hundredths: the wall clock", .wide, seconds: 300) {
            $0.later.sysUpTime = 500_000_300
        },
        .init("sysUpTime passes 2^32", .wide, seconds: 300) {
            ($0.earlier.sysUpTime, $0.later.sysUpTime) = (4_294_957_296, 19_999 + 1)
        },
        .init("one poll missed", [.wide, .averaged], seconds: 600) { $0 = ReadingPair(seconds: 600) },
        .init("a little more than two intervals, late", [.wide, .averaged], seconds: 620) {
            $0 = ReadingPair(seconds: 620)
        },
        .init("two polls missed", .gap, rated: []) { $0 = ReadingPair(seconds: 900) },
        .init("the longer interval of both counts", .wide) {
            $0 = ReadingPair(seconds: 600)
            $0.later.intervalSeconds = 600
        },
        .init("polled again at once", .tooShort, rated: []) {
            $0 = ReadingPair(seconds: 5)
            $0.later.counters = $0.earlier.counters &+ SIMD8(1_000, 1_000, 0, 0, 0, 0, 1, 1)
        },
    ]

    static let resets = [
        RateLawCase("sysUpTime fell", .resetAnnounced, known: []) { $0.later.sysUpTime = 20_000 },
        .init("restarted early in life, sysUpTime higher than before", .resetAnnounced, known: []) {
            ($0.earlier.sysUpTime, $0.later.sysUpTime) = (6_000, 18_000)
        },
        .init("a clock set forward on a device that just started counts as a restart", .resetAnnounced, known: []) {
            ($0.earlier.sysUpTime, $0.later.sysUpTime) = (6_000, 36_000)
            $0.later.at = $0.later.at.advanced(bySeconds: 3_600)
        },
        .init("ifCounterDiscontinuityTime changed", .resetAnnounced, known: []) {
            $0.later.discontinuityTime = 500_010_000
        },
        .init("ifCounterDiscontinuityTime went to 0", .resetAnnounced, known: []) {
            $0.earlier.discontinuityTime = 77_000_000
        },
        .init("an old ifCounterDiscontinuityTime shifted by a second", .wide) {
            ($0.earlier.discontinuityTime, $0.later.discontinuityTime) = (77_000_000, 77_000_100)
        },
        .init("it appears, from before the first reading", .wide) {
            ($0.earlier.discontinuityTime, $0.later.discontinuityTime) = (nil, 77_000_000)
        },
        .init("it appears, from between the readings", .resetAnnounced, known: []) {
            ($0.earlier.discontinuityTime, $0.later.discontinuityTime) = (nil, 500_010_000)
        },
        .init("it is not answered now", .wide) {
            ($0.earlier.discontinuityTime, $0.later.discontinuityTime) = (77_000_000, nil)
        },
        .init("64-bit octets fell", .resetInferred, known: []) { $0.later[.outOctets] = 5_000 },
        .init("64-bit packets fell", .resetInferred, known: []) { $0.later[.inUnicastPackets] = 5 },
        .init("errors fell to little, nothing proves the octets", .resetInferred, known: []) {
            ($0.earlier[.inOctets], $0.later[.inOctets]) = (10, 3_000_000_000)
            ($0.earlier[.outOctets], $0.later[.outOctets]) = (10, 3_000_000_000)
            $0.later[.inErrors] = 1
        },
        .init(
            "errors fell while octets go on: only they are not known",
            [.wide, .ambiguous], known: CounterSet.all.subtracting(CounterSet(.inErrors))
        ) { $0.later[.inErrors] = 1 },
        .init("errors wrapped", .wide) {
            ($0.earlier[.inErrors], $0.later[.inErrors]) = (4_294_967_290, 5)
        },
        .init("32-bit octets and packets fell together", .resetInferred, known: []) {
            ($0.earlier.narrow, $0.later.narrow) = (.all, .all)
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (100_000_000, 100_000_000)
            $0.earlier.counters = SIMD8(4_000_000_000, 0, 0, 0, 0, 0, 4_294_900_000, 0)
            $0.later.counters = SIMD8(1_000_000, 0, 0, 0, 0, 0, 1_000, 0)
        },
        .init("a reset in a gap", [.gap, .resetInferred], known: []) {
            $0 = ReadingPair(seconds: 3_000)
            $0.later[.inOctets] = 5
        },
        .init("64 bits said, 32 counted: its wrap is no spike", .resetInferred, known: []) {
            ($0.earlier[.inOctets], $0.later[.inOctets]) = (4_294_000_000, 500_000_000)
        },
    ]

    static let counters = [
        RateLawCase("32-bit octets that wrapped", .narrow) {
            ($0.earlier.narrow, $0.later.narrow) = (.all, .all)
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (100_000_000, 100_000_000)
            $0.earlier.counters = SIMD8(4_294_000_000, 0, 0, 0, 0, 0, 7_000, 0)
            $0.later.counters = SIMD8(500_000_000, 0, 0, 0, 0, 0, 707_000, 0)
        },
        .init("32-bit octets that fell further than 10 Mbit/s can wrap", .resetInferred, known: []) {
            ($0.earlier.narrow, $0.later.narrow) = (.all, .all)
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (10_000_000, 10_000_000)
            $0.earlier.counters = SIMD8(3_000_000_000, 0, 0, 0, 0, 0, 7_000, 0)
            $0.later.counters = SIMD8(100_000_000, 0, 0, 0, 0, 0, 707_000, 0)
        },
        .init("32-bit, a packet between the reading of the octets and of the packets", .narrow) {
            ($0.earlier.narrow, $0.later.narrow) = (.all, .all)
            $0.earlier.counters = SIMD8(4_000, 4_000, 0, 0, 0, 0, 50, 50)
            $0.later.counters = SIMD8(4_000, 4_064, 0, 0, 0, 0, 51, 60)
        },
        .init("32-bit, packets are counted and octets are not", .narrow) {
            ($0.earlier.narrow, $0.later.narrow) = (.all, .all)
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (100_000_000, 100_000_000)
            $0.earlier.counters = SIMD8(0, 0, 0, 0, 0, 0, 5_000, 5_000)
            $0.later.counters = SIMD8(0, 0, 0, 0, 0, 0, 95_000, 95_000)
        },
        .init(
            "32-bit octets fell, neither speed nor packets", [.narrow, .ambiguous], known: CounterSet(.outOctets)
        ) {
            ($0.earlier.present, $0.later.present) = (.octets, .octets)
            ($0.earlier.narrow, $0.later.narrow) = (.octets, .octets)
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (nil, nil)
            $0.earlier.counters = SIMD8(4_294_000_000, 0, 0, 0, 0, 0, 0, 0)
            $0.later.counters = SIMD8(500_000_000, 5, 0, 0, 0, 0, 0, 0)
        },
        .init(
            "more than the line carries", [.wide, .overLineSpeed],
            known: CounterSet.all.subtracting(CounterSet(.inOctets))
        ) { $0.later[.inOctets] = (1 << 40) + 39_375_000_001 },
        .init("1.05 times line speed to the octet", .wide) { $0.later[.inOctets] = (1 << 40) + 39_375_000_000 },
        .init("the greater speed of both counts", .wide) {
            $0.later[.inOctets] = (1 << 40) + 39_375_000_000
            $0.later.ifSpeed = 10_000_000
        },
        .init(
            "no speed: only what nothing carries is dropped", [.wide, .overLineSpeed],
            known: CounterSet.all.subtracting(CounterSet(.inOctets))
        ) {
            ($0.earlier.ifSpeed, $0.later.ifSpeed) = (nil, 0)
            $0.later[.inOctets] = 1 << 60
            $0.later[.outOctets] = (1 << 41) + (1 << 44)
        },
        .init(
            "more packets than fit", [.wide, .overLineSpeed],
            known: CounterSet.all.subtracting(CounterSet(.inUnicastPackets))
        ) { $0.later[.inUnicastPackets] = 1 << 40 },
        .init(
            "a counter that is not answered", [.wide, .notAnswered],
            known: CounterSet.all.subtracting(CounterSet(.inOctets))
        ) { $0.later[.inOctets] = nil },
        .init(
            "a counter that changed its width", [.wide, .notAnswered],
            known: CounterSet.all.subtracting(CounterSet(.inOctets))
        ) {
            $0.later.narrow.insert(CounterSet(.inOctets)); $0.later[.inOctets] = 7
        },
        .init("no counter at all", .notAnswered, known: []) {
            ($0.earlier.present, $0.later.present) = ([], [])
            ($0.earlier.counters, $0.later.counters) = (.zero, .zero)
        },
        .init("octets stand still while packets are counted", .wide) { $0.later[.inOctets] = 1 << 40 },
    ]
}
