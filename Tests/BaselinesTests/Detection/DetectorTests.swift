import Baselines
import Inventory
import Testing

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
    func aDeviationOfDaysBecomesTheNewNormal() throws {
        var specimen = TrafficSpecimen.ordinary(days: 30)
        let start = 21 * specimen.perDay
        specimen.change(start..<specimen.rates.count) { $0 * 1.9 }
        let findings = specimen.findings()
        let episode = try #require(findings.episodes.first { $0.becameNormal })
        let end = try #require(findings.inbound.filter(\.isNewNormal).first)
        #expect(end.event == .end)
        #expect(episode.pattern == .levelShift || episode.pattern == .drift)
        let hours = end.at.secondsSince(specimen.time(start)) / 3600
        #expect((36...72).contains(hours), "after \(hours) hours")
        #expect(findings.filter { $0.at > end.at.advanced(bySeconds: 86_400) }.isEmpty)
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
        specimen.capacity = nil
        #expect(specimen.episodes().isEmpty)
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

    @Test
    func ratesThatCannotBeAreNotLearntFrom() {
        var clean = TrafficSpecimen.ordinary(days: 16)
        clean.change(4_400..<4_403) { _ in .nan }
        for rate in [Double.infinity, -Double.infinity, -1, 1e300] {
            var specimen = clean
            specimen.change(4_400..<4_403) { _ in rate }
            #expect(Self.text(specimen) == Self.text(clean))
        }
    }

    private static func text(_ specimen: TrafficSpecimen) -> [String] {
        specimen.findings(everySampleFrom: specimen.rates.count - 20).map { "\($0)" }
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
        for number in specimen.rates.indices {
            let context = SampleContext(
                place: clock.place(at: specimen.time(number)), isExcluded: excluded.contains(number))
            detector.step(
                &state, specimen.sample(number), context, findings: &findings, everySample: excluded.contains(number))
        }
        let inside = findings.inbound.filter { $0.at < specimen.time(4_400) }
        #expect(inside.count == 80)
        #expect(inside.allSatisfy { $0.event == nil })
        #expect(try #require(inside.first?.adaptive).score < -3)
        #expect(findings.episodes.isEmpty)
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
