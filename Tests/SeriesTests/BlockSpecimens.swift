import Inventory
import Series
import Traffic

/// SplitMix64: the same numbers for the same seed, on any machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `times`.
    mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}

/// Readings and hours to be written as blocks.
enum BlockSpecimens {
    static let start = Timestamp(seconds: 1_772_006_400)

    /// What a poll of a steady interface reads, some milliseconds late each time.
    static func steady(_ count: Int, seed: UInt64 = 1, idle: Bool = false) -> [CounterReading] {
        var random = SeededGenerator(seed)
        var counters = SIMD8<UInt64>(812_345_678_901, 91_234_567_890, 17, 0, 3, 0, 1_234_567_890, 345_678_901)
        return (0..<count).map { index in
            let late = Int64.random(in: 2...12, using: &random)
            var reading = CounterReading(
                at: Timestamp(milliseconds: start.milliseconds + Int64(index) * 300_000 + late))
            if !idle {
                counters[0] += UInt64.random(in: 1_500_000_000...2_500_000_000, using: &random)
                counters[1] += UInt64.random(in: 150_000_000...250_000_000, using: &random)
                counters[6] += UInt64.random(in: 2_000_000...3_000_000, using: &random)
                counters[7] += UInt64.random(in: 1_000_000...2_000_000, using: &random)
            }
            reading.counters = counters
            reading.present = .all
            reading.narrow = CounterSet(rawValue: 0b0011_1100)
            reading.ifSpeed = 1_000_000_000
            reading.sysUpTime = UInt32(truncatingIfNeeded: 123_456_789 + Int64(index) * 30_000 + late / 10)
            reading.discontinuityTime = 0
            reading.adminStatus = 1
            reading.operStatus = 1
            return reading
        }
    }

    /// Anything at all: values at the edges, counters that fall, fields that come and go.
    static func wild(_ count: Int, seed: UInt64) -> [CounterReading] {
        var random = SeededGenerator(seed)
        var reading = CounterReading(at: start)
        return (0..<count).map { _ in
            disturb(&reading, &random)
            return reading
        }
    }

    private static func disturb(_ reading: inout CounterReading, _ random: inout SeededGenerator) {
        reading.at.milliseconds &+= random.once(in: 50) ? edge(&random, as: Int64.self) : 10_000
        for index in 0..<8 where !random.once(in: 3) {
            reading.counters[index] = random.once(in: 4) ? edge(&random, as: UInt64.self) : reading.counters[index] &+ 7
        }
        if random.once(in: 5) { reading.sysUpTime = random.once(in: 2) ? nil : edge(&random, as: UInt32.self) }
        if random.once(in: 9) { reading.discontinuityTime = random.once(in: 2) ? nil : edge(&random, as: UInt32.self) }
        if random.once(in: 9) { reading.ifSpeed = random.once(in: 2) ? nil : edge(&random, as: Int64.self) }
        if random.once(in: 9) { reading.intervalSeconds = edge(&random, as: UInt16.self) }
        if random.once(in: 9) { reading.present = CounterSet(rawValue: edge(&random, as: UInt8.self)) }
        if random.once(in: 9) { reading.narrow = CounterSet(rawValue: edge(&random, as: UInt8.self)) }
        if random.once(in: 9) { reading.adminStatus = edge(&random, as: UInt8.self) }
        if random.once(in: 9) { reading.operStatus = edge(&random, as: UInt8.self) }
        reading.clockWasSet = random.once(in: 9)
    }

    /// A number near an end of its type, near a power of two, or anywhere.
    private static func edge<Number: FixedWidthInteger>(
        _ random: inout SeededGenerator, as type: Number.Type
    ) -> Number {
        let near = Number(truncatingIfNeeded: random.next() & 1)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return near
        case 1: return Number.max &- near
        case 2: return Number.min &+ near
        case 3: return (1 as Number) << Number(Int.random(in: 0..<Number.bitWidth - 1, using: &random)) &- near
        default: return Number(truncatingIfNeeded: random.next())
        }
    }

    /// A batch of two devices with some interfaces each, and one from afar.
    static func entries(_ count: Int, seed: UInt64 = 1) -> [ReadingBatch.Entry] {
        var random = SeededGenerator(seed)
        let steady = steady(count, seed: seed)
        return steady.enumerated().map { index, reading in
            var reading = reading
            reading.at.milliseconds = start.milliseconds + Int64(index / 5) * 3
            reading.sysUpTime = UInt32(index / 5 * 1000)
            return ReadingBatch.Entry(
                number: random.once(in: 10) ? UInt32.max - UInt32(index) : UInt32(index), reading: reading)
        }
    }

    /// Roll-ups as the accumulator makes them, of a steady interface.
    static func hours(_ count: Int, seed: UInt64 = 1, idle: Bool = false) -> [HourlyRollup] {
        let readings = steady(count * 12 + 1, seed: seed, idle: idle)
        var accumulator = RollupAccumulator()
        accumulator.begin(with: readings[0])
        for reading in readings.dropFirst() { accumulator.add(reading) }
        return Array(accumulator.finish().prefix(count))
    }
}
