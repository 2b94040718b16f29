import Inventory
import Testing

@testable import Baselines

@Suite
struct DetectorTests {
    @Test(arguments: [60, 300, 900, 3600])
    func ordinaryTrafficIsNoAnomaly(intervalSeconds: Int) {
        let specimen = TrafficSpecimen.ordinary(
            days: intervalSeconds == 60 ? 6 : 28, intervalSeconds: intervalSeconds)
        #expect(specimen.episodes().isEmpty)
    }

    @Test(arguments: [300, 900, 3600])
    func anOutageIsFoundAtOnce(intervalSeconds: Int) throws {
        var specimen = TrafficSpecimen.ordinary(days: 22, intervalSeconds: intervalSeconds)
        let start = 20 * specimen.perDay + specimen.perDay / 2
        specimen.change(start..<start + max(2, Int(specimen.perHour))) { _ in 0 }
        let episode = try #require(specimen.episodes().first)
        #expect(episode.startedAt == specimen.time(start))
        #expect(episode.pattern == .outage)
        #expect(episode.kind == .trafficDrop)
        #expect(episode.endedAt != nil)
        #expect(specimen.episodes().count == 1)
        #expect(episode.peerActual == 0)
        #expect(episode.peerExpected > 100e6)
    }

    @Test
    func bothDirectionsAreFound() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_412) { _ in 0 }
        let starts = specimen.findings().filter { $0.event == .start }
        #expect(starts.map(\.side) == [TrafficSide(.inbound, .traffic), TrafficSide(.outbound, .traffic)])
        #expect(Set(starts.map(\.at)) == [specimen.time(4_400)])
    }

    @Test
    func aFullLineIsSaturation() throws {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_412) { _ in 970e6 }
        let episode = try #require(specimen.episodes().first)
        #expect(episode.pattern == .saturation)
        #expect(episode.kind == .trafficSpike)
    }

    @Test
    func nothingAndTheUsualInTurnIsFlapping() throws {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        for sample in stride(from: 4_400, to: 4_416, by: 2) { specimen.rates[sample] = 0 }
        let episode = try #require(specimen.episodes().first)
        #expect(episode.pattern == .flapping)
        #expect(specimen.episodes().count == 1)
    }

    @Test
    func aDeviationOfDaysIsAnotherLevel() throws {
        var specimen = TrafficSpecimen.ordinary(days: 30)
        let start = 21 * specimen.perDay
        specimen.change(start..<specimen.rates.count) { $0 * 1.9 }
        let episode = try #require(specimen.episodes().first { $0.becameNormal })
        #expect(episode.pattern == .levelShift || episode.pattern == .drift)
    }

    /// Zeros, and any other value that never changes, on any port.
    @Test(arguments: [0.0, 1, 1e4, 5e8], [nil, 1e9])
    func whatNeverChangesIsNoAnomaly(rate: Double, capacity: Double?) {
        var specimen = TrafficSpecimen.constant(rate, days: 16)
        specimen.capacity = capacity
        #expect(specimen.episodes().isEmpty)
        let last = specimen.findings(everySampleFrom: specimen.rates.count - 1).first?.adaptive
        #expect(abs((last?.expected ?? -1) - rate) <= max(1, 0.01 * rate))
        #expect(last?.score.isFinite == true)
    }

    /// Whatever the distance of polls; where nothing is carried, nothing is missing.
    @Test(arguments: [0.0, 0.05, 0.5, 3], [60, 300, 900, 3_600])
    func aPortWithoutTrafficIsNoOutage(rate: Double, intervalSeconds: Int) {
        var specimen = TrafficSpecimen.constant(rate, days: 4, intervalSeconds: intervalSeconds)
        for capacity in [nil, 1e9] {
            specimen.capacity = capacity
            #expect(specimen.episodes().isEmpty)
            let detector = Detector(intervalSeconds: intervalSeconds)
            var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
            for number in specimen.rates.indices {
                var sample = specimen.sample(number)
                (sample.rates[2], sample.rates[3]) = (rate, rate / 2)
                detector.step(&state, sample, SampleContext(place: clock.place(at: sample.at)), findings: &findings)
            }
            #expect(findings.isEmpty)
            #expect(state.sides.count == 4)
        }
    }

    @Test
    func aDepartureFromTheConstantIsTold() {
        var specimen = TrafficSpecimen.constant(5e8, days: 16)
        specimen.change(4_400..<4_406) { _ in 1e8 }
        #expect(specimen.episodes().first?.startedAt == specimen.time(4_400))
    }

    @Test
    func burstsOfAnIdlePortAreOrdinary() {
        var specimen = TrafficSpecimen.constant(1e5, days: 28)
        var dice = TrafficDice(seed: 3)
        for day in 0..<28 {
            for _ in 0..<3 {
                let at = day * 288 + Int.random(in: 0..<280, using: &dice)
                specimen.change(at..<at + 3) { _ in Double.random(in: 100e6...200e6, using: &dice) }
            }
        }
        let late = specimen.episodes().filter { $0.startedAt >= specimen.time(14 * 288) }
        // 42 bursts came in that time.
        #expect(late.count <= 6)
        specimen.change(7_990..<8_000) { _ in 900e6 }
        #expect(specimen.episodes().contains { $0.startedAt == specimen.time(7_990) })
    }

    @Test
    func withoutACapacityDropsAndRisesAreFoundAllTheSame() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.capacity = nil
        specimen.change(4_400..<4_406) { $0 * 0.2 }
        specimen.change(4_500..<4_506) { $0 * 4 }
        let starts = specimen.episodes().map(\.startedAt)
        #expect(starts.contains(specimen.time(4_400)))
        #expect(starts.contains(specimen.time(4_500)))
    }

    @Test
    func aSmallPartOfTheLineIsNotWorthAWord() {
        var specimen = TrafficSpecimen.ordinary(days: 16, mean: 1e6)
        specimen.capacity = 10e9
        specimen.change(4_400..<4_406) { $0 * 10 }
        #expect(specimen.episodes().isEmpty)
    }

    @Test(arguments: [0, -1, Double.nan, Double.infinity, 1e300])
    func aCapacityThatCannotBeIsNotKnown(capacity: Double) {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_406) { $0 * 4 }
        specimen.capacity = nil
        let expected = specimen.findings().map { "\($0)" }
        specimen.capacity = capacity
        #expect(specimen.findings().map { "\($0)" } == expected)
        #expect(!expected.isEmpty)
    }

    /// After a deviation became the new normal, traffic goes back to where it was: so do the levels.
    @Test
    func whatGoesBackTakesItsLevelsWithIt() throws {
        var specimen = TrafficSpecimen.ordinary(days: 30)
        let (start, end) = (21 * specimen.perDay, 25 * specimen.perDay)
        specimen.change(start..<end) { $0 * 0.4 }
        let findings = specimen.findings(everySampleFrom: end + 18).inbound
        #expect(findings.contains { $0.isNewNormal && $0.at < specimen.time(end) })
        let late = findings.filter { $0.at >= specimen.time(end + 18) }
        #expect(late.count > 1_000)
        #expect(late.allSatisfy { $0.event == nil })
        #expect(late.allSatisfy { abs(($0.adaptive?.expected ?? 0) / $0.value - 1) < 0.3 })
    }

    @Test
    func anotherLineSpeedChangesNoLevel() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        var state = InterfaceState()
        let whole = specimen.rates
        specimen.rates = Array(whole[..<4_400])
        _ = specimen.findings(&state)
        specimen.rates = whole
        specimen.capacity = 10e9
        #expect(specimen.findings(&state, from: 4_400).isEmpty)
    }

    /// A reset, a gap, a late poll: the sample has no rate, and what comes after it is judged as ever.
    @Test(arguments: [1, 3, 12, 60, 600])
    func samplesThatAreMissingAreNoAnomaly(count: Int) {
        var specimen = TrafficSpecimen.ordinary(days: 18)
        specimen.change(4_400..<4_400 + count) { _ in .nan }
        #expect(specimen.episodes().isEmpty)
    }

    /// It was busier since noon, and is as ever when samples come again: what was true of yesterday is not of today.
    @Test(arguments: [24, 48, 96, 144, 300], [true, false])
    func whatWasTodaysBeforeAGapIsNotAppliedAfterIt(count: Int, isExcluded: Bool) throws {
        var specimen = TrafficSpecimen.ordinary(days: 18)
        let noon = 15 * 288 + 144
        for step in 0..<72 { specimen.rates[noon + step] *= 1 + 0.65 * min(1, Double(step) / 60) }
        let gap = noon + 72..<noon + 72 + count
        if !isExcluded { specimen.change(gap) { _ in .nan } }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in specimen.rates.indices {
            if number == gap.lowerBound { #expect(state.sides[0].adaptive.offset > 0.3) }
            if number == gap.upperBound, isExcluded { #expect(state.sides[0].adaptive.recentOffset == 0) }
            let context = SampleContext(
                place: clock.place(at: specimen.time(number)), isExcluded: isExcluded && gap.contains(number))
            detector.step(&state, specimen.sample(number), context, findings: &findings)
        }
        #expect(findings.filter { $0.event == .start && $0.at >= specimen.time(gap.upperBound) }.isEmpty)
    }

    @Test
    func ratesThatCannotBeAreNotLearntFrom() {
        var clean = TrafficSpecimen.ordinary(days: 16)
        clean.change(4_400..<4_403) { _ in .nan }
        for rate in [Double.infinity, -Double.infinity, -1, 1e300, 3e15] {
            var specimen = clean
            specimen.change(4_400..<4_403) { _ in rate }
            let (found, expected) = (Self.learnt(specimen), Self.learnt(clean))
            #expect(found.text == expected.text)
            #expect(found.classic == expected.classic)
        }
    }

    /// What is said at the end, and what the classic method knows then.
    private static func learnt(_ specimen: TrafficSpecimen) -> (text: [String], classic: ClassicState?) {
        var state = InterfaceState()
        state.classic = ClassicState()
        let findings = specimen.findings(&state, everySampleFrom: specimen.rates.count - 20)
        return (findings.map { "\($0)" }, state.classic)
    }

    @Test
    func anExcludedTimeIsScoredButNeitherAlarmedNorLearnt() throws {
        var specimen = TrafficSpecimen.ordinary(days: 17)
        let excluded = 4_320..<4_400
        var state = InterfaceState()
        let detector = Detector(intervalSeconds: 300)
        var clock = HourClock(zone: .utc)
        var findings: [SideFinding] = []
        specimen.change(excluded) { _ in 0 }
        state.classic = ClassicState()
        var before = state
        for number in specimen.rates.indices {
            if number == excluded.lowerBound { before = state }
            let context = SampleContext(
                place: clock.place(at: specimen.time(number)), isExcluded: excluded.contains(number))
            detector.step(
                &state, specimen.sample(number), context, findings: &findings, everySample: excluded.contains(number))
            if number == excluded.upperBound - 1 { Self.expectSame(before, state) }
        }
        let inside = findings.inbound.filter { $0.at < specimen.time(4_400) }
        #expect(inside.count == 80)
        #expect(inside.allSatisfy { $0.event == nil })
        #expect(try #require(inside.first?.adaptive).score < -3)
        #expect(findings.episodes.isEmpty)
    }

    /// Nothing was learnt between two states; only time went by.
    private static func expectSame(_ before: InterfaceState, _ after: InterfaceState) {
        #expect(before.classic == after.classic)
        for place in before.sides.indices {
            let (one, other) = (before.sides[place], after.sides[place])
            #expect(one.runs == other.runs)
            for hour in 0..<168 { #expect(one.adaptive.levels[hour] == other.adaptive.levels[hour]) }
            for hour in 0..<24 {
                let (scale, later) = (one.adaptive.scales[hour], other.adaptive.scales[hour])
                #expect(
                    (scale.fall, scale.rise, scale.visit, scale.count) == (
                        later.fall, later.rise, later.visit, later.count
                    ))
            }
            for place in 0..<5 { #expect(one.adaptive.limits[place] == other.adaptive.limits[place]) }
            #expect(one.adaptive.record == other.adaptive.record)
            #expect(one.adaptive.slowOffset == other.adaptive.slowOffset)
            #expect(one.adaptive.hourCount == other.adaptive.hourCount)
            #expect(one.adaptive.sampleCount == other.adaptive.sampleCount)
            #expect(abs(other.adaptive.offset) <= abs(one.adaptive.offset))
        }
    }

    @Test
    func anExclusionEndsWhatGoesOn() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_420) { _ in 0 }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in specimen.rates.indices {
            let context = SampleContext(place: clock.place(at: specimen.time(number)), isExcluded: number >= 4_405)
            detector.step(&state, specimen.sample(number), context, findings: &findings)
        }
        #expect(findings.inbound.map(\.event) == [.start, .ongoing, .ongoing, .ongoing, .ongoing, .end])
    }

    @Test
    func anotherRaisingMethodEndsWhatGoesOn() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_420) { _ in 0 }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in specimen.rates.indices {
            let mode: DetectionMode = number < 4_403 ? .adaptive : .classic
            let context = SampleContext(place: clock.place(at: specimen.time(number)), raising: mode)
            detector.step(&state, specimen.sample(number), context, findings: &findings)
        }
        #expect(findings.inbound.map(\.event) == [.start, .ongoing, .ongoing, .end])
    }

    @Test
    func packetsAreJudgedOnceTheyAreCounted() {
        var specimen = TrafficSpecimen.ordinary(days: 16)
        specimen.change(4_400..<4_406) { _ in 0 }
        let detector = Detector(intervalSeconds: 300)
        var (state, clock, findings) = (InterfaceState(), HourClock(zone: .utc), [SideFinding]())
        for number in specimen.rates.indices {
            var sample = specimen.sample(number)
            if number > 100 { (sample.rates[2], sample.rates[3]) = (sample.rates[0] / 6400, sample.rates[1] / 6400) }
            detector.step(
                &state, sample, SampleContext(place: clock.place(at: sample.at)), findings: &findings)
        }
        #expect(findings.filter { $0.event == .start }.map(\.side) == TrafficSide.all)
    }
}
