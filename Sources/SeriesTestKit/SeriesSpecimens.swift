public import Inventory

/// Readings made up for checks and tests; the same seed gives the same ones.
public enum SeriesSpecimens {
    /// The readings of a busy interface of 1 Gbit/s, polled every `stepSeconds` from `from` on, each some ms late.
    public static func readings(
        _ count: Int, from: Timestamp, stepSeconds: Int = 300, seed: UInt64 = 1
    ) -> [CounterReading] {
        var random = SplitMix(state: seed)
        var counters = SIMD8<UInt64>(
            random.next() >> 24, random.next() >> 24, 7, 0, 3, 0, random.next() >> 34, random.next() >> 34)
        let bootHundredths = Int64(random.next() >> 40)
        return (0..<count).map { index in
            let late = Int64.random(in: 0...20, using: &random)
            let elapsed = Int64(index) * Int64(stepSeconds) * 1000 + late
            for (place, rise) in [(0, 20_000_000), (1, 3_000_000), (6, 30_000), (7, 9_000)] {
                let most = UInt64(rise * stepSeconds)
                counters[place] += UInt64.random(in: most / 4...most, using: &random)
            }
            for place in 2..<6 where Int.random(in: 0..<10, using: &random) == 0 { counters[place] += 1 }
            var reading = CounterReading(
                at: Timestamp(milliseconds: from.milliseconds + elapsed), intervalSeconds: UInt16(stepSeconds))
            reading.counters = counters
            reading.present = .all
            reading.ifSpeed = 1_000_000_000
            reading.sysUpTime = UInt32(truncatingIfNeeded: bootHundredths + elapsed / 10)
            reading.discontinuityTime = 0
            reading.adminStatus = 1
            reading.operStatus = 1
            return reading
        }
    }

    /// Readings whose every field changes, with counters up to `counterMax` that rise, fall and begin anew.
    static func changing(_ count: Int, from: Timestamp, counterMax: UInt64) -> [CounterReading] {
        readings(count, from: from, seed: 5).enumerated().map { index, reading in
            var reading = reading
            switch index % 6 {
            case 0: reading.counters = SIMD8(repeating: counterMax)
            case 1: reading[.inErrors] = nil
            case 2:
                reading.narrow = CounterSet(rawValue: 0b0011_1100)
                reading.clockWasSet = true
                reading.ifSpeed = nil
            case 3:
                reading.sysUpTime = nil
                reading.discontinuityTime = nil
                reading.operStatus = 2
            case 4:
                reading.sysUpTime = UInt32.max
                reading.discontinuityTime = UInt32.max
                reading.adminStatus = 255
                reading.ifSpeed = 12_345
            default: reading.intervalSeconds = 301
            }
            return reading
        }
    }
}

/// SplitMix64: the same numbers for the same seed, on any machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
