import Inventory

/// What a seeded network counts: readings that a test can make anew from the seed wherever it compares.
///
/// Cycles follow each other by an interval of true time; the wall clock of the machine may be set at some of them.
struct SeriesTruth: Sendable {
    /// A wall clock set at a cycle, by some seconds for good.
    struct ClockJump: Sendable {
        var cycle: Int
        var seconds: Int
    }

    /// One answer of one interface: of a cycle, or between it and the next, learnt of later.
    struct Place: Sendable, Hashable {
        var interface: Int
        var cycle: Int
        var isBackfill = false
    }

    var seed: UInt64
    var interfaces: Int
    var start: Timestamp
    var intervalSeconds: Int
    var jumps: [ClockJump]

    func id(_ interface: Int) -> InterfaceID {
        var generator = Mixer(seed, interface, 0, 0)
        return .random(using: &generator)
    }

    /// The wall clock when all answers of a cycle are there.
    func wallClock(_ cycle: Int) -> Timestamp {
        let jumped = jumps.reduce(0) { $1.cycle <= cycle ? $0 + $1.seconds : $0 }
        return trueTime(cycle).advanced(bySeconds: Double(jumped))
    }

    /// What a clock nobody sets would show then.
    func trueTime(_ cycle: Int) -> Timestamp {
        start.advanced(bySeconds: Double(cycle * intervalSeconds) + Double(intervalSeconds) / 2)
    }

    /// Cycles whose late answers are learnt with a cycle: of the open chunk, of a sealed one, of the day before.
    func backfilled(with cycle: Int) -> [Int] {
        let day = 86_400 / intervalSeconds
        let cycles =
            switch cycle % 16 {
            case 7: [cycle - 1]
            case 15: [cycle - 10, cycle - day - day / 8]
            default: [Int]()
            }
        return cycles.filter { $0 >= 0 }
    }

    /// Which interfaces answer late.
    func backfilledInterfaces() -> [Int] {
        Array(stride(from: 0, to: interfaces, by: 4))
    }

    func reading(_ place: Place) -> CounterReading {
        var mixer = Mixer(seed, place.interface, place.cycle, place.isBackfill ? 2 : 1)
        let half = Double(intervalSeconds) / 2
        let begin = wallClock(place.cycle).advanced(bySeconds: place.isBackfill ? 0 : -half)
        let spread = UInt64(intervalSeconds) * 400
        let at = Timestamp(milliseconds: begin.milliseconds + 1 + Int64(mixer.next() % spread))
        var reading = CounterReading(at: at, intervalSeconds: UInt16(clamping: intervalSeconds))
        count(place, &mixer, &reading)
        tell(place, &mixer, &reading)
        return reading
    }

    /// Counters that rise, some never, some 32 bits wide, some not there.
    private func count(_ place: Place, _ mixer: inout Mixer, _ reading: inout CounterReading) {
        let halves = UInt64(2 * place.cycle + (place.isBackfill ? 1 : 0))
        for kind in CounterKind.allCases {
            var own = Mixer(seed, place.interface, Int(kind.rawValue), 3)
            let isOctets = kind == .inOctets || kind == .outOctets
            let step = place.interface % 3 == 0 ? 0 : own.next() % (isOctets ? 1 << 33 : 1 << 12)
            let value = (own.next() >> 8) &+ halves &* step &+ mixer.next() % (step + 1)
            let isNarrow = place.interface % 5 == 1 || kind == .inErrors || kind == .outErrors
            if place.interface % 7 == 2, kind == .inDiscards || kind == .outDiscards { continue }
            reading[kind] = isNarrow ? value & 0xFFFF_FFFF : value
            if isNarrow { reading.narrow.insert(CounterSet(kind)) }
        }
    }

    /// All but the counters.
    private func tell(_ place: Place, _ mixer: inout Mixer, _ reading: inout CounterReading) {
        let restarts = place.interface % 4 == 3
        let cyclesUp = restarts ? place.cycle % 97 : place.cycle
        let ticks = UInt64(cyclesUp * intervalSeconds * 100) + UInt64(place.isBackfill ? intervalSeconds * 50 : 0)
        reading.sysUpTime = UInt32(truncatingIfNeeded: (restarts ? 50 : 4_294_000_000) + ticks)
        reading.discontinuityTime = place.interface % 2 == 0 ? UInt32(place.cycle / 50 * 1_000) : nil
        let fast = place.cycle / 100 % 2 == 1 && place.interface % 13 == 5
        reading.ifSpeed = place.interface % 11 == 3 ? nil : fast ? 10_000_000_000 : 1_000_000_000
        reading.adminStatus = 1
        reading.operStatus = mixer.next() % 16 == 0 ? 2 : 1
        reading.clockWasSet = jumps.contains { $0.cycle == place.cycle } && !place.isBackfill
    }
}

/// SplitMix64 from a seed and a place: the same numbers for the same ones, everywhere.
struct Mixer: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64, _ first: Int, _ second: Int, _ third: Int) {
        state = seed
        for number in [first, second, third] { state = next() ^ UInt64(bitPattern: Int64(number)) }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
