import Inventory
import Testing

@testable import Baselines

/// What is said before enough was learnt, and how it goes together with what is.
@Suite
struct HardRuleTests {
    @Test
    func aFullLineOfTheFirstHoursIsOutOfItsBand() throws {
        var specimen = TrafficSpecimen.constant(300e6, days: 1)
        specimen.rates = Array(repeating: 300e6, count: 12) + Array(repeating: 970e6, count: 4)
        let finding = try #require(specimen.findings().inbound.first)
        #expect(finding.at == specimen.time(14))
        let verdict = try #require(finding.adaptive)
        #expect((verdict.expected, verdict.low, verdict.high) == (500e6, 0, 800e6))
        #expect(finding.episode?.pattern == .saturation)
    }

    /// Whatever a rule says, the rate is outside of what is said to be ordinary, and the expected one inside.
    @Test(arguments: [0.0, 990e6], [18, 40, 200])
    func whatARuleSaysAgreesWithItself(rate: Double, first: Int) throws {
        var specimen = TrafficSpecimen.ordinary(days: 2)
        specimen.change(first..<first + 5) { _ in rate }
        let starts = specimen.findings().inbound.filter { $0.event == .start && $0.at >= specimen.time(first) }
        let verdict = try #require(starts.first?.adaptive)
        #expect(rate < verdict.low || rate > verdict.high)
        #expect(verdict.low <= verdict.expected && verdict.expected <= verdict.high)
    }

    /// An operator's `expected` is of the duration that spoke; where a rule did, of none.
    @Test
    func whatARuleSaidRaisesNoLimit() {
        var specimen = TrafficSpecimen.ordinary(days: 20)
        // An anomaly of a duration, long ago.
        specimen.change(15 * 288..<15 * 288 + 12) { _ in 0 }
        var state = InterfaceState()
        _ = specimen.findings(&state)
        #expect(state.sides[0].lastSpoke != nil)
        // Then a line that fills so slowly that only the rule speaks.
        let detector = Detector(intervalSeconds: 300)
        var (clock, findings) = (HourClock(zone: .utc), [SideFinding]())
        let rates = Array(repeating: 600e6, count: 288) + Array(repeating: 960e6, count: 3)
        for (number, rate) in rates.enumerated() {
            let at = specimen.time(specimen.rates.count + number)
            findings = []
            state.sides[0].adaptive.coverage = 0.1
            detector.step(
                &state, InterfaceSample(at: at, rates: SIMD4(rate, .nan, .nan, .nan), capacity: 1e9),
                SampleContext(place: clock.place(at: at)), findings: &findings)
        }
        #expect(findings.first?.event == .start)
        #expect(state.sides[0].lastSpoke == nil)
        let before = state.sides[0].adaptive.limits
        state.noteExpected(side: TrafficSide(.inbound, .traffic))
        for place in 0..<5 { #expect(state.sides[0].adaptive.limits[place] == before[place]) }
    }

    /// With a threshold below the score of what is over, what is never raised is never raised all the same.
    @Test(arguments: [0.5, 1.5, 1.9, 3])
    func aLowThresholdRaisesNothingThatIsTooSmall(threshold: Double) {
        var specimen = TrafficSpecimen.ordinary(days: 16, mean: 1e6)
        specimen.settings.adaptive.threshold = threshold
        specimen.capacity = 10e9
        specimen.change(4_400..<4_406) { $0 * 10 }
        #expect(specimen.episodes().isEmpty)
    }

    /// 200 packets/s on a line of 1 Gbit/s that carries 20 otherwise: 2 Mbit/s at most.
    @Test
    func packetsHaveAFloorAsTrafficHas() {
        let findings = Self.packets(usual: 20, for: 6, 200, capacity: 1e9)
        #expect(findings.filter { $0.side.measure == .packets }.isEmpty)
        #expect(!Self.packets(usual: 20, for: 6, 200_000, capacity: 1e9).isEmpty)
        #expect(!Self.packets(usual: 20, for: 6, 200, capacity: 1e6).isEmpty)
        #expect(Self.packets(usual: 300, for: 6, 83_000, capacity: 1e9).allSatisfy { $0.episode?.pattern == .spike })
    }

    private static func packets(
        usual: Double, for count: Int, _ other: Double, capacity: Double
    ) -> [SideFinding] {
        var specimen = TrafficSpecimen.ordinary(days: 16, mean: usual)
        specimen.change(4_400..<4_400 + count) { _ in other }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in specimen.rates.indices {
            let rate = specimen.rates[number]
            let sample = InterfaceSample(
                at: specimen.time(number), rates: SIMD4(1e5, 1e5, rate, rate / 2), capacity: capacity)
            detector.step(&state, sample, SampleContext(place: clock.place(at: sample.at)), findings: &findings)
        }
        return findings
    }
}
