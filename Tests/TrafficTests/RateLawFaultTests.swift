import Inventory
import Testing

@testable import Traffic

/// Counters whose truth is known, with every fault injected: what a rate may never be, whatever happens.
@Suite("No rate is false, whatever happens")
struct RateLawFaultTests {
    private static let kinds = 3_000

    @Test("Seeded runs with every fault: rates are true, never above line speed, never across a reset or a gap")
    func faults() {
        var rated = 0
        var reasons: [RateOrigin: Int] = [:]
        for seed in 0..<UInt64(Self.kinds) {
            let kind = Self.randomKind(seed)
            var interface = SimulatedInterface(kind, seed: seed)
            let readings = interface.readings(polls: 30)
            for step in Self.check(readings, kind, seed) {
                rated += step.rated.isDisjoint(with: .octets) ? 0 : 1
                for one in RateOrigin.names where step.origin.contains(one.origin) {
                    reasons[one.origin, default: 0] += 1
                }
            }
        }
        // The runs must have gone through every branch, else they show nothing.
        #expect(rated > Self.kinds * 8)
        for one in RateOrigin.names where one.origin != .tooShort && one.origin != .overLineSpeed {
            #expect(reasons[one.origin, default: 0] > 20, "\(one.name) hardly ever happened")
        }
    }

    @Test("Without faults every interval has every rate, exact, whatever the width, speed and interval")
    func noFaults() {
        for seed in 0..<600 as Range<UInt64> {
            var kind = Self.randomKind(seed)
            (kind.faults, kind.refreshSeconds, kind.countsOnly32Bits) = ([], 0, false)
            // 32-bit octets at speeds at which they wrap more than once between polls cannot be told.
            if kind.narrow == .all { kind.speed = min(kind.speed, kind.interval == 300 ? 100_000_000 : 500_000_000) }
            if kind.narrow != .errorsAndDiscards { kind.speed = min(kind.speed, 1_000_000_000) }
            if !kind.saysSpeed { kind.speed = 100_000_000 }
            var interface = SimulatedInterface(kind, seed: seed)
            let readings = interface.readings(polls: 30)
            for (step, pair) in zip(Self.check(readings, kind, seed), zip(readings, readings.dropFirst())) {
                guard Self.youngUptime(pair.1.reading) == false else { continue }
                #expect(step.rated == .all, "seed \(seed) \(kind): \(step.origin.names) \(step.known)")
            }
        }
    }

    // MARK: - The laws

    /// Checks every step of a run and its totals; returns the steps.
    private static func check(_ readings: [TrueReading], _ kind: DeviceKind, _ seed: UInt64) -> [CounterStep] {
        let law = RateLaw()
        var steps: [CounterStep] = []
        var totals = SIMD8<Double>()
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            let step = law.step(from: earlier.reading, to: later.reading)
            steps.append(step)
            for lane in 0..<8 { totals[lane] += Double(step.increases[lane]) }
            let context = { "seed \(seed) at \(earlier.time) to \(later.time): \(kind) -> \(step.origin.names)" }
            checkShape(step, earlier, later, kind, context)
            checkRates(step, earlier, later, kind, context)
        }
        guard let first = readings.first, let last = readings.last else { return steps }
        for lane in 0..<8 {
            let most = last.truth[lane] - first.truth[lane] + slack(lane, first, kind) + Double(readings.count)
            #expect(totals[lane] <= most, "seed \(seed) \(kind): total of \(lane) above the truth")
        }
        return steps
    }

    private static func checkShape(
        _ step: CounterStep, _ earlier: TrueReading, _ later: TrueReading, _ kind: DeviceKind, _ context: () -> String
    ) {
        #expect(step.rated.isSubset(of: step.known), "\(context())")
        #expect(step.known.isSubset(of: earlier.reading.present.intersection(later.reading.present)), "\(context())")
        #expect(!step.rated.isEmpty == !step.origin.isDisjoint(with: .sources), "\(context())")
        #expect(step.rated == .all || !step.origin.isSubset(of: .sources), "no reason given: \(context())")
        if isHidden(earlier, later) {
            // No reading shows it.
        } else if earlier.announcedEpoch != later.announcedEpoch {
            #expect(step.known.isEmpty, "an announced reset: \(context())")
        } else if earlier.epoch != later.epoch && showsReset(earlier, later) {
            #expect(step.known.isEmpty, "a reset that the counters show: \(context())")
        }
        let elapsed = later.time - earlier.time
        if elapsed > 2.2 * Double(kind.interval) + 2 { #expect(step.rated.isEmpty, "a gap: \(context())") }
    }

    private static func checkRates(
        _ step: CounterStep, _ earlier: TrueReading, _ later: TrueReading, _ kind: DeviceKind, _ context: () -> String
    ) {
        let elapsed = later.time - earlier.time
        let speed = Double(max(earlier.reading.ifSpeed ?? 0, later.reading.ifSpeed ?? 0))
        for counter in CounterKind.allCases {
            let lane = Int(counter.rawValue)
            let truth = later.truth[lane] - earlier.truth[lane]
            let slack = slack(lane, earlier, kind)
            if let increase = step.increase(counter) {
                #expect(Double(increase) <= truth + slack, "\(counter) rose by \(increase) of \(truth): \(context())")
                // Two things that no reading shows: a reset after which all counters are higher than before, and a
                // wrap of a counter that is said to have 64 bits.
                if earlier.epoch == later.epoch && !kind.countsOnly32Bits {
                    #expect(
                        Double(increase) >= truth - slack, "\(counter) rose by \(increase) of \(truth): \(context())")
                }
            }
            guard let rate = step.rate(counter) else { continue }
            if isHidden(earlier, later) { continue }
            if counter == .inOctets || counter == .outOctets, speed > 0 {
                #expect(rate * 8 <= 1.05 * speed * (1 + 1e-12), "above line speed: \(context())")
            }
            let expected = truth / elapsed
            let clock = clockError(earlier, later, kind)
            let shortest = elapsed - min(clock, elapsed * 0.9)
            let error = (expected * clock + slack) / shortest
            #expect(rate <= expected + error, "\(counter) \(rate) of \(expected): \(context())")
            if earlier.epoch == later.epoch && !kind.countsOnly32Bits {
                #expect(rate >= expected - error, "\(counter) \(rate) of \(expected): \(context())")
            }
        }
    }

    /// How far counters may be from the truth: rounding, and what flows between two refreshes.
    private static func slack(_ lane: Int, _ reading: TrueReading, _ kind: DeviceKind) -> Double {
        let octets = Double(kind.speed) * (kind.faults.contains(.speedChange) ? 10 : 1) / 8 * kind.load
        return 2 + octets * Double(kind.refreshSeconds) / (lane < 2 ? 1 : kind.meanPacket)
    }

    /// Restarts that no reading shows: while the wall clock was set and nobody noticed, and at the very time at which
    /// sysUpTime passes 2^32.
    private static func isHidden(_ earlier: TrueReading, _ later: TrueReading) -> Bool {
        guard earlier.epoch != later.epoch else { return false }
        if earlier.unnoticedSteps != later.unnoticedSteps { return true }
        guard let before = earlier.reading.sysUpTime, let after = later.reading.sysUpTime, after < before
        else { return false }
        let elapsed = later.time - earlier.time
        return abs(Double(after &- before) / 100 - elapsed) < 3 + 0.06 * elapsed
    }

    /// Seconds by which the law may be wrong about the length of a step.
    private static func clockError(_ earlier: TrueReading, _ later: TrueReading, _ kind: DeviceKind) -> Double {
        guard let before = earlier.reading.sysUpTime, let after = later.reading.sysUpTime else {
            return 0.12 + (kind.faults.contains(.lateAnswers) ? Double(kind.interval) * 0.7 : 0)
        }
        guard kind.uptimeInWholeSeconds || (after &- before) % 100 == 0 else { return 0.03 }
        let isWallRight = earlier.unnoticedSteps == later.unnoticedSteps && !kind.faults.contains(.lateAnswers)
        return isWallRight ? 1.01 : 2.01
    }

    /// Whether a counter fell that 64 bits are not enough to wrap.
    private static func showsReset(_ earlier: TrueReading, _ later: TrueReading) -> Bool {
        let narrow = earlier.reading.narrow.union(later.reading.narrow)
        return CounterKind.allCases.contains { counter in
            guard !narrow.contains(counter), let old = earlier.reading[counter], let new = later.reading[counter]
            else { return false }
            return new < old
        }
    }

    /// Whether the device started so shortly before that a clock that was set looks like a restart.
    private static func youngUptime(_ reading: CounterReading) -> Bool {
        guard let uptime = reading.sysUpTime else { return false }
        return Double(uptime) / 100 < 3 * Double(reading.intervalSeconds)
    }

    // MARK: - The devices

    private static func randomKind(_ seed: UInt64) -> DeviceKind {
        var random = SeededRandom(seed: seed ^ 0x5EED)
        var kind = DeviceKind()
        kind.speed = random.pick([10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000])
        kind.interval = random.pick([10, 30, 60, 300])
        let packets = CounterSet.errorsAndDiscards.union(.unicastPackets)
        kind.narrow = random.pick([.errorsAndDiscards, .errorsAndDiscards, packets, .all])
        kind.refreshSeconds = random.pick([0, 0, 0, 3, 15])
        kind.hasUptime = random.chance(0.85)
        kind.uptimeInWholeSeconds = random.chance(0.1)
        kind.hasDiscontinuityTime = random.chance(0.7)
        kind.uptimeAtStart = random.pick([100, 50_000, 400_000_000, 4_294_900_000, 4_294_960_000])
        kind.countsOnly32Bits = random.chance(0.08)
        kind.saysSpeed = random.chance(0.9)
        kind.meanPacket = random.pick([64, 200, 700, 1_400, 9_000])
        kind.load = random.pick([0, 0.001, 0.05, 0.4, 0.95])
        kind.faults = Set(Fault.allCases.filter { _ in random.chance(0.2) })
        // The assumption of the law about interfaces with 32-bit counters that do not say their speed.
        let mayBeNarrow = kind.narrow == .all || kind.faults.contains(.swappedWidth)
        if !kind.saysSpeed && mayBeNarrow {
            kind.speed = min(kind.speed, 100_000_000)
            kind.faults.remove(.speedChange)
        }
        return kind
    }
}
