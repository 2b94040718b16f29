import Inventory
import Testing

@testable import Baselines

@Suite
struct InterfaceStateTests {
    @Test
    func aSideTakesAKilobyte() {
        #expect(MemoryLayout<AdaptiveState>.stride <= 1_024)
        #expect(MemoryLayout<SideState>.stride <= 1_040)
    }

    @Test
    func anOperatorsNewNormalHoldsAtOnce() throws {
        var specimen = TrafficSpecimen.ordinary(days: 20)
        let start = 15 * 288
        specimen.change(start..<specimen.rates.count) { $0 * 0.4 }
        let whole = specimen.rates
        specimen.rates = Array(whole[..<(start + 12)])
        var state = InterfaceState()
        let before = specimen.findings(&state).inbound
        #expect(before.last?.event == .ongoing)
        state.takeAsNewNormal(side: TrafficSide(.inbound, .traffic))
        state.takeAsNewNormal(side: TrafficSide(.outbound, .traffic))
        specimen.rates = whole
        let after = specimen.findings(&state, from: start + 12).inbound
        #expect(after.first?.event == .end)
        #expect(after.first?.episode?.becameNormal == true)
        #expect(after.count == 1)
    }

    @Test
    func whatWasExpectedRaisesTheLimitThatSpoke() throws {
        var specimen = TrafficSpecimen.ordinary(days: 15)
        specimen.change(specimen.rates.count - 2..<specimen.rates.count) { _ in 0 }
        var state = InterfaceState()
        _ = specimen.findings(&state)
        let spoke = Int(try #require(state.sides[0].lastSpoke))
        let before = state.sides[0].adaptive.limits
        state.noteExpected(side: TrafficSide(.inbound, .traffic))
        let after = state.sides[0].adaptive.limits
        for place in 0..<5 where place != spoke { #expect(after[place] == before[place]) }
        #expect(after[spoke] > before[spoke])
        for _ in 0..<100 { state.noteExpected(side: TrafficSide(.inbound, .traffic)) }
        #expect(state.sides[0].adaptive.limits[spoke] == AdaptiveSettings().limitMaximum)
    }

    @Test
    func actionsOnWhatIsNotKnownDoNothing() {
        var state = InterfaceState()
        for side in TrafficSide.all {
            state.takeAsNewNormal(side: side)
            state.noteExpected(side: side)
        }
        #expect(TrafficSpecimen.ordinary(days: 3).findings(&state).isEmpty)
    }

    @Test
    func anInterfaceThatMeansSomethingElseIsLearntAnew() {
        let specimen = TrafficSpecimen.ordinary(days: 15)
        var state = InterfaceState()
        state.classic = ClassicState(lookBackDays: 28)
        _ = specimen.findings(&state)
        state.cursor = specimen.time(4_319)
        state.lastReading = CounterReading(at: specimen.time(4_319))
        state.restart()
        #expect(state.cursor == specimen.time(4_319))
        #expect(state.lastReading != nil)
        #expect(state.since == nil)
        #expect(state.classic == ClassicState(lookBackDays: 28))
        #expect(state.sides[0].adaptive.sampleCount == 0)
        // Ten times the traffic is no anomaly to whom nothing is known.
        let other = TrafficSpecimen.ordinary(days: 3, mean: 30e6)
        #expect(other.findings(&state).isEmpty)
    }

    /// What goes on when an interface becomes another ends at its last own sample, with the first of the other.
    @Test(arguments: [DetectionMode.adaptive, .classic])
    func whatGoesOnEndsWhereAnInterfaceMeansSomethingElse(mode: DetectionMode) throws {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_600..<specimen.rates.count) { _ in 0 }
        var state = InterfaceState()
        _ = specimen.findings(&state)
        #expect(state.openEpisodes.count == 2)
        let last = specimen.time(specimen.rates.count - 1)
        let side = TrafficSide(.inbound, .traffic)
        #expect(state.isGoing(side, since: last))
        state.restart()
        #expect(state.isGoing(side, since: last))
        // It can be written and read in between.
        let id = InterfaceID.random()
        let octets = DetectionArchive.encode([(id, state)], fingerprint: 1)
        state = try #require(try DetectionArchive.decode(octets, fingerprint: 1).first).1
        specimen.rates += Array(repeating: 50e6, count: 40)
        specimen.raising = mode
        let findings = specimen.findings(&state, from: 16 * 288)
        #expect(findings.map(\.event) == [.end, .end])
        #expect(findings.allSatisfy { $0.episode?.endedAt == last })
        #expect(findings.allSatisfy { $0.at == specimen.time(16 * 288) })
        #expect(!state.isGoing(side, since: Timestamp(milliseconds: .min)))
    }

    /// A side whose counters are gone for a day ends what it was in; others go on.
    @Test
    func aSideThatIsKnownNoMoreEndsWhatItWasIn() throws {
        var specimen = TrafficSpecimen.ordinary(days: 18)
        specimen.change(4_500..<4_510) { _ in 0 }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in 0..<4_900 {
            var sample = specimen.sample(number)
            if number < 4_510 { (sample.rates[2], sample.rates[3]) = (sample.rates[0] / 6400, sample.rates[1] / 6400) }
            detector.step(&state, sample, SampleContext(place: clock.place(at: sample.at)), findings: &findings)
        }
        let packets = TrafficSide(.inbound, .packets)
        let last = try #require(findings.last { $0.side == packets })
        #expect(last.event == .end)
        #expect(last.episode?.endedAt == specimen.time(4_509))
        #expect(last.at == specimen.time(4_509 + 289))
        #expect(last.value.isNaN)
        #expect(state.episodes.isEmpty)
        #expect(!state.isGoing(packets, since: specimen.time(0)))
        #expect(findings.filter { $0.side == packets && $0.event == .end }.count == 1)
    }

    @Test
    func whatGoesOnIsKnownBySideAndTime() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_600..<specimen.rates.count) { _ in 0 }
        var state = InterfaceState()
        let side = TrafficSide(.inbound, .traffic)
        #expect(!state.isGoing(side, since: Timestamp(seconds: 0)))
        _ = specimen.findings(&state)
        let last = specimen.time(specimen.rates.count - 1)
        #expect(state.isGoing(side, since: last))
        #expect(!state.isGoing(side, since: last.advanced(bySeconds: 1)))
        #expect(!state.isGoing(TrafficSide(.inbound, .packets), since: last))
    }

    @Test
    func readingsAreTakenOnceAndTheFirstIsNoSample() {
        var readings: [CounterReading] = []
        for number in 0..<20 {
            var reading = CounterReading(at: Timestamp(seconds: TrafficSpecimen.start + Int64(number) * 300))
            reading[.inOctets] = UInt64(number) * 3_750_000_000
            reading[.outOctets] = UInt64(number) * 375_000_000
            reading.ifSpeed = 1_000_000_000
            readings.append(reading)
        }
        var (state, findings) = (InterfaceState(), [SideFinding]())
        var clock = HourClock(zone: .utc)
        let detector = Detector(intervalSeconds: 300)
        for range in [0..<5, 0..<12, 3..<20, 0..<20] {
            detector.take(
                Array(readings[range]), into: &state, context: { SampleContext(place: clock.place(at: $1)) },
                findings: &findings, everySample: true)
        }
        #expect(state.cursor == readings[19].at)
        #expect(state.lastReading == readings[19])
        #expect(state.since == readings[1].at)
        #expect(findings.inbound.map(\.at) == readings[1...].map(\.at))
        #expect(findings.inbound.allSatisfy { $0.value == 100e6 })
    }
}
