import Inventory
import Testing

@testable import Baselines

@Suite
struct NewNormalTests {
    /// What is taken over is all of the step, and nothing of it is told again; half a day needs a while to see a small one.
    @Test(arguments: [1.9, 0.4], [0, 7, 14, 21])
    func aDeviationOfDaysBecomesTheNewNormal(factor: Double, hour: Int) throws {
        var specimen = TrafficSpecimen.ordinary(days: 30)
        let start = 21 * specimen.perDay + hour * 12
        specimen.change(start..<specimen.rates.count) { $0 * factor }
        let findings = specimen.findings().inbound.filter { $0.at >= specimen.time(start) }
        let last = try #require(findings.last)
        #expect(last.isNewNormal && last.event == .end && last.episode?.becameNormal == true)
        let hours = last.at.secondsSince(specimen.time(start)) / 3600
        #expect((36...54).contains(hours), "after \(hours) hours")
    }

    /// A port of 1 Mbit/s that comes into service, a link that is switched off for good, one that is as good as unused:
    /// one anomaly, then the usual.
    @Test(arguments: [(1e6, 500.0), (300e6, 0), (300e6, 1.0 / 300)], [0, 7, 14, 21])
    func aLargeStepIsToldOnce(step: (mean: Double, factor: Double), hour: Int) throws {
        var specimen = TrafficSpecimen.ordinary(days: 30, mean: step.mean)
        let start = 21 * specimen.perDay + hour * 12
        specimen.change(start..<specimen.rates.count) { $0 * step.factor }
        for capacity in [1e9, nil] {
            specimen.capacity = capacity
            let findings = specimen.findings().inbound.filter { $0.at >= specimen.time(start) }
            #expect(findings.episodes.map(\.startedAt) == [specimen.time(start)])
            let last = try #require(findings.last)
            #expect(last.isNewNormal && last.event == .end && last.episode?.becameNormal == true)
            let hours = last.at.secondsSince(specimen.time(start)) / 3600
            #expect((36...48).contains(hours), "after \(hours) hours")
        }
    }

    /// A link that is off for days comes back to the shape of its days, not to one level for all hours.
    @Test(arguments: [0, 7, 14, 21])
    func whatComesBackAfterDaysHasTheShapeOfItsDays(hour: Int) {
        var specimen = TrafficSpecimen.ordinary(days: 30)
        let (start, end) = (21 * specimen.perDay + hour * 12, 25 * specimen.perDay + hour * 12)
        specimen.change(start..<end) { _ in 0 }
        let late = specimen.findings(everySampleFrom: end + 30).inbound.filter { $0.at >= specimen.time(end + 30) }
        #expect(late.count > 1_000)
        #expect(late.allSatisfy { $0.event == nil })
    }

    /// An operator says so of a link that was switched off at night: its busy hours are over too.
    @Test(arguments: [2, 14])
    func anOperatorsNewNormalOfNothingHoldsAtAllHours(hour: Int) {
        var specimen = TrafficSpecimen.ordinary(days: 24)
        let start = 21 * specimen.perDay + hour * 12
        specimen.change(start..<specimen.rates.count) { _ in 0 }
        let whole = specimen.rates
        specimen.rates = Array(whole[..<(start + 12)])
        var state = InterfaceState()
        #expect(specimen.findings(&state).inbound.last?.event == .ongoing)
        for side in TrafficSide.all { state.takeAsNewNormal(side: side) }
        specimen.rates = whole
        #expect(specimen.findings(&state, from: start + 12).inbound.map(\.event) == [.end])
    }

    /// What an operator said of a later level is not taken back by what became normal before.
    @Test
    func anOperatorsNewNormalForgetsTheShiftBeforeIt() throws {
        var specimen = TrafficSpecimen.ordinary(days: 33)
        let (fall, rise, surge) = (21 * 288, 25 * 288, 26 * 288 + 100)
        specimen.change(fall..<rise) { $0 * 0.4 }
        specimen.change(rise..<specimen.rates.count) { $0 * 0.7 }
        specimen.change(surge..<surge + 36) { $0 * 2.4 }
        let whole = specimen.rates
        specimen.rates = Array(whole[..<(rise + 12)])
        var state = InterfaceState()
        let before = specimen.findings(&state).inbound
        #expect(before.contains { $0.isNewNormal })
        for side in TrafficSide.all { state.takeAsNewNormal(side: side) }
        specimen.rates = whole
        let findings = specimen.findings(&state, from: rise + 12).inbound
        #expect(findings.allSatisfy { !$0.isNewNormal })
        let starts = findings.filter { $0.event == .start }.map(\.at)
        #expect(starts == [specimen.time(surge)])
        let episode = try #require(findings.episodes.last)
        #expect(!episode.becameNormal)
        #expect(try #require(episode.endedAt) >= specimen.time(surge + 36))
    }

    /// After the operator's word it is over with its next quiet sample, whatever comes before that.
    @Test(arguments: [[], [640.0], [850.0], [850, 640, 600]])
    func anOperatorsWordEndsItWithTheNextQuietSample(between: [Double]) {
        let tracked = TrackedEpisode(Self.moment(850), side: 0)
        var state = InterfaceState()
        state.episodes = [tracked]
        state.takeAsNewNormal(side: TrafficSide(.inbound, .traffic))
        var episode = state.episodes[0]
        for rate in between {
            if rate > 700 {
                episode.proceed(Self.moment(rate))
            } else {
                let isOver = Self.rest(&episode, rate, isQuiet: false)
                #expect(!isOver)
            }
        }
        let isOver = Self.rest(&episode, 320, isQuiet: true)
        #expect(isOver && episode.episode.becameNormal)
        // What goes on after its end is no new normal, and rests as long as any.
        episode.proceed(Self.moment(850))
        #expect(!episode.episode.becameNormal)
        let isOverAgain = Self.rest(&episode, 320, isQuiet: true)
        #expect(!isOverAgain)
    }

    private static func rest(_ episode: inout TrackedEpisode, _ rate: Double, isQuiet: Bool) -> Bool {
        episode.rest(at: Timestamp(seconds: 0), moment(rate), isQuiet: isQuiet, quietSamples: 6)
    }

    private static func moment(_ rate: Double) -> EpisodeMoment {
        let verdict = ModeVerdict(
            expected: 320, low: 80, high: 560, score: (rate - 320) / 80, isAnomaly: rate > 700, confidence: 1, visits: 5
        )
        return EpisodeMoment(
            mode: .adaptive, at: Timestamp(seconds: 0), value: rate, verdict: verdict, kind: .trafficSpike,
            severity: .low, other: nil, peerActual: .nan, peerExpected: .nan, evidence: SampleEvidence(),
            isSaturated: false)
    }
}
