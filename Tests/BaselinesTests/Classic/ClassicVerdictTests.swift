import Inventory
import Testing

@testable import Baselines

@Suite
struct ClassicVerdictTests {
    /// Twenty-four samples, half of them 8 and half 12: mean 10, standard deviation 2.
    static let usual = (0..<24).map { $0 % 2 == 0 ? 8.0 : 12.0 }

    private func judge(
        _ state: ClassicState, mbps: Double, capacity: Double? = 1e9, settings: DetectionSettings = DetectionSettings(),
        isYoung: Bool = false, place: HourPlace = ClassicSpecimens.nextSunday
    ) -> ModeVerdict? {
        state.verdict(
            .inbound, rate: mbps * 1e6, place: place, capacity: capacity, settings: settings, isYoung: isYoung)
    }

    /// Rate in Mbps; z; severity by SPEC 7, none for exactly 3.
    static let scores: [(rate: Double, z: Double, severity: AnomalySeverity?)] = [
        (16, 3, nil), (16.0002, 3.0001, .low), (17.98, 3.99, .low), (18, 4, .medium), (20, 5, .high),
        (21.98, 5.99, .high),
        (22, 6, .critical), (4, -3, nil), (3.9998, -3.0001, .low), (2, -4, .medium), (0, -5, .high), (10, 0, nil),
    ]

    @Test(arguments: scores)
    func theScoreIsTheDistanceInStandardDeviations(rate: Double, z: Double, severity: AnomalySeverity?) throws {
        let verdict = try #require(judge(ClassicSpecimens.learnt(Self.usual), mbps: rate))
        #expect(abs(verdict.score - z) < 1e-9)
        #expect(verdict.isAnomaly == (severity != nil))
        #expect(AnomalySeverity(score: verdict.score) == severity)
        #expect(verdict.expected == 10e6)
        #expect((verdict.low, verdict.high) == (4e6, 16e6))
        #expect(verdict.duration == nil)
        #expect(verdict.offsetFactor == 1)
    }

    @Test
    func aYoungInterfaceHasTheHigherThreshold() throws {
        let state = ClassicSpecimens.learnt(Self.usual)
        #expect(try #require(judge(state, mbps: 17, isYoung: true)).isAnomaly == false)
        #expect(try #require(judge(state, mbps: 17.0002, isYoung: true)).isAnomaly)
        #expect(try #require(judge(state, mbps: 17, isYoung: false)).isAnomaly)
        var settings = DetectionSettings()
        settings.classicThreshold = 5
        #expect(try #require(judge(state, mbps: 19, settings: settings, isYoung: true)).isAnomaly == false)
    }

    /// 13, 14 and 15 days after the first sample, and the millisecond before 14.
    @Test
    func youthEndsWith14Days() {
        let since = ClassicSpecimens.sunday
        let day: Int64 = 86_400_000
        for (after, isYoung) in [(13 * day, true), (14 * day - 1, true), (14 * day, false), (15 * day, false)] {
            let moment = Timestamp(milliseconds: since.milliseconds + after)
            #expect(ClassicState.isYoung(since: since, at: moment) == isYoung, "\(after)")
        }
        #expect(ClassicState.isYoung(since: nil, at: since))
    }

    /// Samples; confidence by SPEC 7.
    static let confidences: [(samples: Int, confidence: Double)] = [
        (7, 0.3), (24, 0.595652), (30, 0.7), (31, 0.8), (36, 0.834483), (60, 1),
    ]

    @Test(arguments: confidences)
    func confidenceFollowsFromTheSamples(samples: Int, confidence: Double) throws {
        let state = ClassicSpecimens.learnt((0..<samples).map { $0 % 2 == 0 ? 8 : 12 })
        let verdict = try #require(judge(state, mbps: 100))
        #expect(abs(verdict.confidence - confidence) < 1e-6)
        #expect(verdict.isAnomaly)
    }

    @Test
    func sixSamplesRaiseNothing() {
        #expect(judge(ClassicSpecimens.learnt([8, 12, 8, 12, 8, 12]), mbps: 1000) == nil)
    }

    @Test
    func confidenceBelowTheMinimumRaisesNothing() throws {
        let state = ClassicSpecimens.learnt(Self.usual)
        var settings = DetectionSettings()
        settings.minimumConfidence = 0.6
        let verdict = try #require(judge(state, mbps: 1000, settings: settings))
        #expect(verdict.score > 6)
        #expect(!verdict.isAnomaly)
    }

    @Test
    func nothingLearntAndNoRateAreNoOpinion() {
        let state = ClassicSpecimens.learnt(Self.usual)
        #expect(judge(ClassicState(), mbps: 10) == nil)
        for rate in [Double.nan, .infinity, -1] { #expect(judge(state, mbps: rate) == nil) }
        var other = ClassicSpecimens.nextSunday
        other.hourOfWeek = 1
        #expect(judge(state, mbps: 10, place: other) == nil)
    }

    /// Distance from the constant 100 Mbps on a line of 1 Gbps, of which 1 % is 10 Mbps; whether it is told.
    @Test(arguments: [
        (0.0, false), (9.99, false), (10, false), (10.01, true), (-10.01, true), (-100, true), (900, true),
    ])
    func whereAllSamplesWereEqualOnePercentOfTheLineIsTold(distance: Double, isTold: Bool) throws {
        let state = ClassicSpecimens.learnt(Array(repeating: 100, count: 24))
        let verdict = try #require(judge(state, mbps: 100 + distance))
        #expect(verdict.score.isFinite)
        #expect(verdict.isAnomaly == isTold)
        #expect((verdict.score < 0) == (distance < 0))
        #expect((verdict.low, verdict.high) == (90e6, 110e6))
        #expect(AnomalySeverity(score: verdict.score) == (isTold ? .low : nil))
        #expect(
            state.kind(.inbound, rate: (100 + distance) * 1e6, place: ClassicSpecimens.nextSunday) == .unusualPattern)
        let young = try #require(judge(state, mbps: 1000, isYoung: true))
        #expect(AnomalySeverity(score: young.score, threshold: 3.5) == .low)
    }

    @Test
    func anIdlePortIsNotAnomalousByAFewPackets() throws {
        let state = ClassicSpecimens.learnt(Array(repeating: 0, count: 24))
        #expect(try #require(judge(state, mbps: 0)).score == 0)
        #expect(try #require(judge(state, mbps: 0.001)).isAnomaly == false)
        #expect(try #require(judge(state, mbps: 20)).isAnomaly)
        #expect(try #require(judge(state, mbps: 20)).low == 0)
    }

    @Test
    func whereNeitherSpreadNorLineSpeedAreKnownNothingIsRaised() throws {
        let state = ClassicSpecimens.learnt(Array(repeating: 100, count: 24))
        for capacity in [nil, 0, .nan, .infinity, -1] as [Double?] {
            let verdict = try #require(judge(state, mbps: 5000, capacity: capacity))
            #expect(verdict.score == 0)
            #expect(!verdict.isAnomaly)
        }
    }

    @Test
    func aSpreadThatIsRoundingIsNone() throws {
        var rates = Array(repeating: 100.0, count: 24)
        rates[3] = 100.nextUp
        let verdict = try #require(judge(ClassicSpecimens.learnt(rates), mbps: 101))
        #expect(abs(verdict.score) < 3)
    }

    @Test
    func withinWhatWasSeenItIsUnusualRatherThanASpike() {
        // 23 samples of 10 and one of 40: mean 11.25, standard deviation 6; 40 is 4.8 of them away, and yet was seen.
        let state = ClassicSpecimens.learnt(Array(repeating: 10, count: 23) + [40])
        let place = ClassicSpecimens.nextSunday
        #expect(state.kind(.inbound, rate: 40e6, place: place) == .unusualPattern)
        #expect(state.kind(.inbound, rate: 40.1e6, place: place) == .trafficSpike)
        #expect(state.kind(.inbound, rate: 9.9e6, place: place) == .trafficDrop)
        #expect(ClassicState().kind(.inbound, rate: 9.9e6, place: place) == nil)
    }

    @Test
    func directionsAreJudgedApart() throws {
        let state = ClassicSpecimens.learnt(Self.usual, outbound: Self.usual.map { $0 * 10 })
        let place = ClassicSpecimens.nextSunday
        let inbound = try #require(state.verdict(.inbound, rate: 100e6, place: place, capacity: 1e9, isYoung: false))
        let outbound = try #require(state.verdict(.outbound, rate: 100e6, place: place, capacity: 1e9, isYoung: false))
        #expect(inbound.score == 45)
        #expect(outbound.score == 0)
    }

    @Test
    func aHolidayIsComparedWithASunday() throws {
        let state = ClassicSpecimens.learnt(Self.usual)
        var wednesday = ClassicSpecimens.nextSunday
        wednesday.hourOfWeek = 3 * 24
        #expect(judge(state, mbps: 16, place: wednesday) == nil)
        wednesday.isHoliday = true
        #expect(try #require(judge(state, mbps: 16, place: wednesday)).score == 3)
    }
}
