import Inventory
import Testing

@testable import Traffic

/// Readings as no device and no clock would give them, but a damaged file or an import may.
@Suite("Whatever a reading says, there is an answer and no false rate")
struct WildReadingTests {
    private static func number(_ random: inout SeededRandom) -> UInt64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: random.pick([0, 1, 99, 100, 1 << 31, 0xFFFF_FFFF, 1 << 32, 1 << 63, .max - 1, .max])
        case 1: UInt64.random(in: 0...0xFFFF_FFFF, using: &random)
        case 2: UInt64.random(in: 0...1 << 45, using: &random)
        default: random.next()
        }
    }

    private static func reading(_ random: inout SeededRandom, after earlier: CounterReading?) -> CounterReading {
        var at = Int64(bitPattern: number(&random))
        let isNear = random.chance(0.6)
        if isNear, let earlier {
            at = earlier.at.milliseconds &+ Int64.random(in: -2_000...700_000, using: &random)
        }
        let interval = random.pick([0, 1, 10, 60, 300, 65_535] as [UInt16])
        var one = CounterReading(at: Timestamp(milliseconds: at), intervalSeconds: interval)
        for lane in 0..<8 {
            one.counters[lane] = number(&random)
            if let earlier, random.chance(0.5) {
                one.counters[lane] = earlier.counters[lane] &+ UInt64.random(in: 0...1 << 33, using: &random)
            }
        }
        one.present = random.chance(0.6) ? .all : CounterSet(rawValue: UInt8.random(in: 0...255, using: &random))
        one.narrow = random.pick([.errorsAndDiscards, .all, [], CounterSet(rawValue: 0b1010_0101)])
        one.ifSpeed = random.pick([nil, .min, -1, 0, 1, 10_000_000, 1_000_000_000, 100_000_000_000, .max])
        one.sysUpTime = random.chance(0.1) ? nil : UInt32(truncatingIfNeeded: number(&random))
        if isNear, let earlier, let before = earlier.sysUpTime {
            let ticks = (at &- earlier.at.milliseconds) / 10
            one.sysUpTime = before &+ UInt32(truncatingIfNeeded: ticks)
        }
        one.discontinuityTime = random.chance(0.6) ? nil : UInt32(truncatingIfNeeded: number(&random))
        one.clockWasSet = random.chance(0.2)
        return one
    }

    private static func readings(_ count: Int, seed: UInt64) -> [CounterReading] {
        var random = SeededRandom(seed: seed)
        var all: [CounterReading] = []
        for _ in 0..<count { all.append(reading(&random, after: all.last)) }
        return all
    }

    @Test("Every step is finite, within its own bounds, and the same by the short way")
    func steps() {
        let law = RateLaw()
        var rated = 0
        for seed in 0..<800 as Range<UInt64> {
            let readings = Self.readings(30, seed: seed)
            for (earlier, later) in zip(readings, readings.dropFirst()) {
                let step = law.step(from: earlier, to: later)
                #expect(step == law.carefulStep(earlier, later), "seed \(seed)")
                #expect(step.rated.isSubset(of: step.known) && step.seconds >= 0, "seed \(seed)")
                #expect(!step.rated.isEmpty || !step.origin.isSubset(of: .sources), "seed \(seed): no reason")
                let said = max(earlier.ifSpeed ?? 0, later.ifSpeed ?? 0)
                let most = 1.05 * (said > 0 ? Double(said) : 1e13) / 8 * (1 + 1e-9)
                for kind in CounterKind.allCases {
                    guard let rate = step.rate(kind) else { continue }
                    rated += 1
                    #expect(rate >= 0 && rate <= most, "seed \(seed): \(kind) \(rate) of \(most)")
                }
                let rates = InterfaceRates(.random(), later, step: step)
                #expect((rates.utilizationPercent ?? 0) <= 105.001 && (rates.errorPercent ?? 0) <= 100, "seed \(seed)")
            }
        }
        #expect(rated > 300)
    }

    @Test("Charts, hours and summaries of them end, whatever range is asked")
    func sums() {
        let times = [Int64.min, -1 << 60, -1, 0, 1_800_000_000_000, 1 << 60, .max].map { Timestamp(milliseconds: $0) }
        for seed in 0..<60 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let readings = Self.readings(20, seed: seed)
            let (from, to) = (random.pick(times), random.pick(times))
            let step = random.pick([.min, -1, 0, 1, 300, 86_400, .max])
            #expect(RateSeries.buckets(readings, from: from, to: to, stepSeconds: step).count <= RateGrid.bucketsMax)
            let grid = RateGrid.fitting(
                from: from, to: to, points: random.pick([.min, 0, 2, 7, .max]), finestSeconds: step)
            #expect(grid.count <= RateGrid.bucketsMax && grid.stepSeconds >= 1, "seed \(seed)")
            var rollup = RollupAccumulator()
            var summary = SummaryAccumulator(interfaceID: .random(), from: from, to: to)
            for reading in readings {
                rollup.add(reading)
                summary.add(reading)
            }
            let hours = rollup.finish()
            #expect(hours.allSatisfy { $0.inbound.sum.isFinite && $0.outbound.seconds >= 0 }, "seed \(seed)")
            _ = RateSeries.buckets(rollups: hours, from: from, to: to, stepSeconds: step)
            #expect(summary.summary(updatedAt: to).avgInMbps.isFinite, "seed \(seed)")
        }
    }

    @Test("A line that became slower shows no utilisation above it, one at its limit does")
    func slowerLine() {
        var pair = ReadingPair()
        pair.later[.inOctets] = (1 << 40) + 30_000_000_000
        var rates = InterfaceRates(.random(), pair.later, step: pair.step)
        #expect(abs((rates.utilizationPercent ?? 0) - 80) < 0.01)
        pair.later.ifSpeed = 100_000_000
        rates = InterfaceRates(.random(), pair.later, step: pair.step)
        #expect(abs((rates.inBitsPerSecond ?? 0) - 8e8) < 1e5 && rates.utilizationPercent == nil)
    }
}
