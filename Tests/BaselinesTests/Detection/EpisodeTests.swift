import Inventory
import Testing

@testable import Baselines

/// The classic method is exact, so episodes are tested with it: mean 320, deviation 80, of 60 samples in every hour.
@Suite
struct EpisodeTests {
    private static func state(since: Int64 = 0, spread: Double = 80) -> InterfaceState {
        var state = InterfaceState()
        state.since = Timestamp(seconds: since)
        let figures = BaselineFigures(
            average: 320, standardDeviation: spread, minimum: 320 - 1.5 * spread, maximum: 320 + 1.5 * spread,
            sampleCount: 60)
        var classic = ClassicState()
        classic.adopt(
            (0..<168).map {
                Baseline(
                    interfaceID: InterfaceID.random(), hourOfDay: $0 % 24, dayOfWeek: $0 / 24, inbound: figures,
                    outbound: figures, lastUpdated: Timestamp(seconds: TrafficSpecimen.start - 86_400))
            })
        state.classic = classic
        return state
    }

    /// Findings of inbound rates in Mbit/s.
    private static func findings(_ rates: [Double], intervalSeconds: Int = 300, since: Int64 = 0) -> [SideFinding] {
        var specimen = TrafficSpecimen()
        specimen.intervalSeconds = intervalSeconds
        specimen.raising = .classic
        specimen.rates = rates.map { $0 * 1e6 }
        var state = state(since: since)
        let detector = Detector(intervalSeconds: intervalSeconds)
        var clock = HourClock(zone: .utc)
        var findings: [SideFinding] = []
        for number in rates.indices {
            var sample = specimen.sample(number)
            sample.rates[1] = .nan
            let context = SampleContext(place: clock.place(at: sample.at), raising: .classic)
            detector.step(&state, sample, context, findings: &findings, everySample: false)
        }
        return findings
    }

    @Test(arguments: [
        (560.0, nil as AnomalySeverity?), (560.01, .low), (639.99, .low), (640, .medium), (719.99, .medium),
        (720, .high),
        (799.99, .high), (800, .critical), (80, nil), (79.99, .low), (0, .medium),
    ])
    func severityFollowsTheScoreExactly(rate: Double, severity: AnomalySeverity?) {
        let findings = Self.findings([320, rate])
        #expect(findings.first?.episode?.severity == severity)
        #expect(findings.map(\.event) == (severity == nil ? [] : [.start]))
    }

    @Test
    func aYoungInterfaceNeedsMore() {
        let young = TrafficSpecimen.start - 13 * 86_400
        let old = TrafficSpecimen.start - 14 * 86_400
        #expect(Self.findings([320, 590], since: young).isEmpty)
        #expect(Self.findings([320, 590], since: old).count == 1)
    }

    @Test(arguments: [(300, 6), (60, 30), (900, 2), (1800, 1), (3600, 1), (10, 180)])
    func itIsOverAfterHalfAnHourOfQuietSamples(intervalSeconds: Int, quiet: Int) {
        let rates = [320, 850.0] + Array(repeating: 320, count: quiet + 2)
        let events = Self.findings(rates, intervalSeconds: intervalSeconds).map(\.event)
        #expect(events == [.start] + Array(repeating: .ongoing, count: quiet - 1) + [.end])
    }

    @Test
    func whatBeginsAgainSoonGoesOn() throws {
        let rates = [850.0] + Array(repeating: 320, count: 6 + 5) + [900] + Array(repeating: 320, count: 6)
        let findings = Self.findings(rates)
        let events: [EpisodeEvent] =
            [.start] + Array(repeating: .ongoing, count: 5) + [.end] + Array(repeating: .ongoing, count: 6) + [.end]
        #expect(findings.map(\.event) == events)
        #expect(Set(findings.compactMap(\.episode?.startedAt)).count == 1)
        #expect(findings[7].episode?.endedAt == nil)
        #expect(try #require(findings.last?.episode).actual == 900e6)
    }

    @Test
    func whatBeginsAgainLaterIsAnother() {
        let rates = [850.0] + Array(repeating: 320, count: 6 + 6) + [900]
        let findings = Self.findings(rates)
        #expect(findings.filter { $0.event == .start }.count == 2)
        #expect(Set(findings.compactMap(\.episode?.startedAt)).count == 2)
    }

    @Test
    func itTellsOfItsWorstMoment() throws {
        let episode = try #require(Self.findings([600, 850, 700, 320]).last?.episode)
        #expect(episode.actual == 850e6)
        #expect(episode.peakAt == Timestamp(seconds: TrafficSpecimen.start + 300))
        #expect(episode.lastAt == Timestamp(seconds: TrafficSpecimen.start + 600))
        #expect(episode.severity == .critical)
        #expect(episode.verdict.expected == 320e6)
        #expect(episode.other?.mode == .adaptive)
        #expect(episode.peerActual.isNaN)
    }

    @Test(arguments: [
        ([850.0], AnomalyKind.trafficSpike, AnomalyPattern.spike), ([20], .trafficDrop, .drop),
        ([0], .trafficDrop, .outage),
        ([960], .trafficSpike, .saturation), ([20, 850], .trafficSpike, .spike),
        ([20, 850, 20], .unusualPattern, .unusual), ([0, 320, 0], .trafficDrop, .flapping),
        ([0, 320, 320, 0, 320], .trafficDrop, .flapping),
    ])
    func itHasAKindAndAPattern(rates: [Double], kind: AnomalyKind, pattern: AnomalyPattern) throws {
        let episode = try #require(Self.findings(rates).last?.episode)
        #expect(episode.kind == kind)
        #expect(episode.pattern == pattern)
    }

    @Test
    func toAndFroOverMoreThanAnHourIsNoFlapping() throws {
        // Quiet samples in between would end it: 600 keeps it open.
        let rates = [0.0] + Array(repeating: 600, count: 15) + [0] + Array(repeating: 600, count: 15)
        #expect(try #require(Self.findings(rates).last?.episode).pattern != .flapping)
    }

    /// The next hour has no baseline: without an opinion nothing holds an anomaly open.
    @Test
    func withoutAnOpinionItIsOverAfterHalfAnHour() {
        var specimen = TrafficSpecimen()
        specimen.raising = .classic
        specimen.rates = Array(repeating: 320e6, count: 11) + [850e6] + Array(repeating: 850e6, count: 40)
        var state = Self.state()
        for hour in 1...4 { state.classic?.learnt?[hour] = LearntHour() }
        let findings = specimen.findings(&state).inbound
        #expect(findings.map(\.event) == [.start] + Array(repeating: .ongoing, count: 5) + [.end])
        #expect(findings.last?.episode?.endedAt == specimen.time(17))
        #expect(findings.last?.verdict == nil)
    }

    /// What departs from the constant is of the lowest severity, at every threshold that may be set.
    @Test(arguments: [3.0, 3.7, 4, 6, 20])
    func aDepartureFromTheConstantIsOfTheLowestSeverity(threshold: Double) throws {
        var specimen = TrafficSpecimen()
        specimen.raising = .classic
        specimen.settings.classicThreshold = threshold
        specimen.rates = Array(repeating: 320e6, count: 3) + [850e6, 850e6]
        var state = Self.state(spread: 0)
        let episode = try #require(specimen.findings(&state).episodes.last)
        #expect(episode.severity == .low)
        #expect(episode.kind == .unusualPattern)
    }

    @Test
    func itIsOverWithItsLastSampleAfterADayOfSilence() throws {
        var rates = [850.0] + Array(repeating: Double.nan, count: 288)
        rates += [320]
        let last = try #require(Self.findings(rates).last)
        #expect(last.event == .end)
        #expect(last.episode?.endedAt == Timestamp(seconds: TrafficSpecimen.start))
        #expect(Self.findings([850.0] + Array(repeating: .nan, count: 287) + [320]).last?.event == .ongoing)
    }

    @Test
    func anUnknownRateIsNoSampleOfIt() {
        #expect(Self.findings([850, .nan, -1, .infinity, 1e16]).map(\.event) == [.start])
    }
}
