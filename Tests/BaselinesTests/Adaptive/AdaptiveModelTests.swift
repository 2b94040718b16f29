import Glibc
import Inventory
import Testing

@testable import Baselines

@Suite
struct AdaptiveModelTests {
    /// The rate expected is that of the sample's local hour, in every zone, in the weeks of both clock changes.
    @Test(arguments: TestZone.all)
    func theLevelIsThatOfTheLocalHour(zone: TestZone) throws {
        for change in zone.changes {
            let end = try #require(Timestamp(change)).seconds + 7 * 86_400
            var (state, clock, findings) = (InterfaceState(), HourClock(zone: zone.rules), [SideFinding]())
            let detector = Detector(intervalSeconds: 900)
            for step in 0..<(35 * 96) {
                let moment = Timestamp(seconds: end - 35 * 86_400 + Int64(step) * 900)
                let rate = Self.rate(zone.rules.civilTime(at: moment))
                detector.step(
                    &state, InterfaceSample(at: moment, rates: SIMD4(rate, rate, .nan, .nan), capacity: 1e9),
                    SampleContext(place: clock.place(at: moment)), findings: &findings, everySample: step > 21 * 96)
            }
            // The first Monday comes before anything is known of working days.
            let late = findings.inbound.filter { $0.at >= Timestamp(seconds: end - 14 * 86_400) }
            for finding in late {
                let expected = try #require(finding.adaptive).expected
                #expect(abs(expected / finding.value - 1) < 0.15, "\(zone.name) \(finding.at) \(expected)")
            }
            #expect(late.count > 1_300)
            #expect(late.episodes.isEmpty)
        }
    }

    /// A rate that tells the hour of the week, as clocks show it, without a jump.
    private static func rate(_ civil: CivilTime) -> Double {
        let hour = Double(civil.hour) + Double(civil.minute) / 60
        let weekday = civil.dayOfWeek == 0 || civil.dayOfWeek == 6 ? 0.6 : 1.0
        return 200e6 * (1 + 0.5 * sin((hour - 9) / 24 * 2 * .pi)) * (hour >= 5 ? weekday : 0.8)
    }

    @Test
    func anHourIsLearntOnceAVisit() {
        // Berlin's autumn week: the repeated hour has 24 samples and is one visit.
        let zone = TestZone.all[0]
        var clock = HourClock(zone: zone.rules)
        let model = AdaptiveModel(intervalSeconds: 300)
        var state = AdaptiveState()
        guard let start = Timestamp("2026-10-18T00:00:00Z")?.seconds else { return }
        for step in 0..<(8 * 288) {
            let moment = Timestamp(seconds: start + Int64(step) * 300)
            _ = model.step(
                &state, rate: 1e8, at: moment.milliseconds, place: clock.place(at: moment), capacity: 1e9)
        }
        // Sunday 02:00 was on the 18th (while nothing was scored yet) and on the 25th; Sunday 05:00 on both.
        #expect(state.visits[2] == 1)
        #expect(state.visits[5] == 2)
        #expect(state.visits[26] == 1)
    }

    @Test
    func theHourLeftOutInSpringIsNotVisited() {
        let zone = TestZone.all[0]
        var clock = HourClock(zone: zone.rules)
        let model = AdaptiveModel(intervalSeconds: 300)
        var state = AdaptiveState()
        guard let start = Timestamp("2026-03-28T00:00:00Z")?.seconds else { return }
        for step in 0..<(2 * 288) {
            let moment = Timestamp(seconds: start + Int64(step) * 300)
            _ = model.step(
                &state, rate: 1e8, at: moment.milliseconds, place: clock.place(at: moment), capacity: 1e9)
        }
        #expect((0..<5).map { state.visits[$0] } == [1, 1, 0, 1, 1])
    }

    @Test
    func aHolidayIsComparedWithSundayAndLearntByNoDay() {
        let model = AdaptiveModel(intervalSeconds: 900)
        var state = AdaptiveState()
        var step: Int64 = 0
        func rate(_ day: Int, _ hour: Int) -> Float { day == 0 ? 1e7 : 2e8 }
        var last: AdaptiveScore?
        for day in 0..<29 {
            let isHoliday = day == 25
            for quarter in 0..<96 {
                let place = HourPlace(
                    hour: Int64(day * 24 + quarter / 4), hourOfWeek: day % 7 * 24 + quarter / 4,
                    fraction: Double(quarter % 4) / 4, isDayOff: day % 7 == 0 || day % 7 == 6 || isHoliday,
                    isHoliday: isHoliday)
                let score = model.step(
                    &state, rate: isHoliday ? 1e7 : rate(day % 7, quarter / 4), at: step * 900_000, place: place,
                    capacity: 1e9)
                if isHoliday, quarter == 48 { last = score }
                step += 1
            }
        }
        #expect(abs(last?.score ?? 9) < 3)
        // Thursday (25 % 7 = 4) was visited on days 4, 11, 18, but for the holiday.
        #expect(state.visits[4 * 24 + 12] == 3)
    }

    /// Easter Sunday is a Sunday.
    @Test
    func aHolidayOnASundayIsLearntAsTheSundayItIs() {
        let model = AdaptiveModel(intervalSeconds: 900)
        var state = AdaptiveState()
        for step in 0..<(15 * 96) {
            let (day, hour) = (step / 96, step / 4 % 24)
            let place = HourPlace(
                hour: Int64(step / 4), hourOfWeek: day % 7 * 24 + hour, fraction: Double(step % 4) / 4,
                isDayOff: day % 7 == 0 || day % 7 == 6, isHoliday: day == 7 || day == 8)
            _ = model.step(&state, rate: 1e8, at: Int64(step) * 900_000, place: place, capacity: 1e9)
        }
        // Sunday 12:00 on days 0, 7 and 14; Monday on day 1, as day 8 is a holiday.
        #expect(state.visits[12] == 3)
        #expect(state.visits[24 + 12] == 1)
    }

    /// Two hours of samples, however many those are, with a gap in them or without: the median of all.
    @Test(arguments: [10, 60, 250, 300, 900, 3_600], [0, 1])
    func theFirstLevelIsTheMedianOfTheFirstHours(intervalSeconds: Int, gapHours: Int) {
        let model = AdaptiveModel(intervalSeconds: intervalSeconds)
        var (state, clock) = (AdaptiveState(), HourClock(zone: .utc))
        let count = Int(model.firstSamples)
        for number in 0..<count {
            // It grows from 100 to 200; the gap comes shortly before the end.
            let late = number >= count - 2 ? Int64(gapHours) * 4 * 3_600 : 0
            let moment = Timestamp(seconds: TrafficSpecimen.start + Int64(number * intervalSeconds) + late)
            let rate = Float(100 + 100 * number / count)
            #expect(state.offsetRate == 0)
            _ = model.step(&state, rate: rate, at: moment.milliseconds, place: clock.place(at: moment), capacity: 0)
        }
        #expect(state.offsetRate > 0)
        #expect(abs(state.firstMedian - 150) <= 100 / Float(min(24, count)) + 5)
    }

    @Test
    func confidenceGrowsWithVisitsAndSinksWithGaps() throws {
        var specimen = TrafficSpecimen.ordinary(days: 36)
        let early = specimen.findings(everySampleFrom: 2 * 288).inbound
        let confidence = { (day: Int) in early[(day - 2) * 288 + 140].adaptive?.confidence ?? 0 }
        #expect(confidence(3) >= 0.3)
        #expect(confidence(3) < 0.5)
        #expect(confidence(10) > confidence(3))
        #expect(confidence(35) > 0.7)
        for sample in specimen.rates.indices where sample % 3 != 0 { specimen.rates[sample] = .nan }
        let sparse = specimen.findings(everySampleFrom: 35 * 288).inbound
        #expect(sparse[40].adaptive?.confidence ?? 1 < 0.8 * confidence(35))
    }

    /// Deviations before a gap of more than half an hour (or 2.5 intervals) are not judged together with those after
    /// it.
    @Test(arguments: [
        (300, 1_800, 13), (300, 1_801, 1), (900, 2_250, 13), (900, 2_251, 1), (3_600, 9_000, 13), (3_600, 9_001, 1),
    ])
    func aGapClearsTheRing(intervalSeconds: Int, gapSeconds: Int, count: Int) {
        let model = AdaptiveModel(intervalSeconds: intervalSeconds)
        var (state, clock) = (AdaptiveState(), HourClock(zone: .utc))
        var seconds: Int64 = TrafficSpecimen.start
        func step() {
            let moment = Timestamp(seconds: seconds)
            _ = model.step(&state, rate: 1e8, at: moment.milliseconds, place: clock.place(at: moment), capacity: 1e9)
        }
        while state.offsetRate == 0 || state.ringCount < 12 {
            step()
            seconds += Int64(intervalSeconds)
        }
        seconds += Int64(gapSeconds - intervalSeconds)
        step()
        #expect(Int(state.ringCount) == count)
    }

    @Test
    func nothingIsSaidInTheFirstTwoHours() {
        let findings = TrafficSpecimen.ordinary(days: 1).findings(everySampleFrom: 0).inbound
        #expect(findings.prefix(24).allSatisfy { $0.adaptive == nil })
        #expect(findings[24].adaptive != nil)
        #expect(findings.count == 288)
    }

    @Test
    func trafficThatStopsInTheFirstHoursIsAnOutage() throws {
        var specimen = TrafficSpecimen.ordinary(days: 1)
        specimen.change(18..<23) { _ in 0 }
        let episode = try #require(specimen.episodes().first)
        #expect(episode.startedAt == specimen.time(20))
        #expect(episode.pattern == .outage)
        #expect(episode.severity == .medium)
        #expect(episode.verdict.score == -4)
    }

    @Test
    func visitsCountToFifteenEach() {
        var counts = VisitCounts<2>()
        for _ in 0..<20 { counts.count(1) }
        for _ in 0..<3 { counts.count(2) }
        #expect((0..<4).map { counts[$0] } == [0, 15, 3, 0])
    }

    @Test(arguments: 1...20)
    func theRingKnowsTheMedianAndTheWeakest(seed: UInt64) {
        var dice = TrafficDice(seed: seed)
        var state = AdaptiveState()
        var all: [Float] = []
        for count in 1...60 {
            // Runs on one side, now and then on the other.
            let sign: Float = Int.random(in: 0..<25, using: &dice) == 0 ? -1 : 1
            let standing = sign * Float(Int.random(in: 1...900, using: &dice)) / 256
            state.push(standing)
            all.append(standing)
            #expect(state.medianOfThree == (count < 3 ? 0 : all.suffix(3).sorted()[1]), "seed \(seed)")
            #expect(state.weakest.six == Self.weakest(all, 6), "seed \(seed)")
            #expect(state.weakest.twentyFour == Self.weakest(all, 24), "seed \(seed)")
        }
    }

    private static func weakest(_ all: [Float], _ count: Int) -> Float {
        let last = all.suffix(count)
        guard last.count == count else { return 0 }
        if last.allSatisfy({ $0 > 0 }) { return last.min() ?? 0 }
        return last.allSatisfy { $0 < 0 } ? last.max() ?? 0 : 0
    }
}
