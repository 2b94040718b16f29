import Inventory
import Testing

@testable import Baselines

@Suite
struct ReadingsTests {
    private static let day = 86_400

    /// Readings of weeks at another distance than the detector's are as good as its own.
    @Test(arguments: [(300, 60), (60, 300), (900, 300), (3_600, 300), (300, 900), (300, 3_600)])
    func historyOfAnotherIntervalIsLearnt(before: Int, now: Int) throws {
        var specimen = CounterSpecimen()
        specimen.poll(forSeconds: 22 * Self.day, every: before)
        var state = InterfaceState()
        #expect(specimen.findings(&state, intervalSeconds: now).isEmpty)
        specimen.poll(forSeconds: 2 * 3600, every: now)
        let start = specimen.at.advanced(bySeconds: Double(now))
        specimen.poll(forSeconds: 3600, every: now, factor: 0)
        let findings = specimen.findings(&state, intervalSeconds: now)
        let first = try #require(findings.inbound.first)
        #expect(first.event == .start)
        #expect(first.at == start)
        #expect(first.episode?.verdict.confidence ?? 0 > 0.6)
        let actual = CounterSpecimen.usual(at: start)
        #expect(abs((first.adaptive?.expected ?? 0) / actual - 1) < 0.15)
    }

    /// As many visits, and as much coverage, as with readings at the detector's own distance.
    @Test(arguments: [60, 900, 1_800, 3_600])
    func anIntervalLeavesItsMarkNeitherOnVisitsNorOnCoverage(interval: Int) {
        var (other, own) = (CounterSpecimen(), CounterSpecimen())
        other.poll(forSeconds: 15 * Self.day, every: interval)
        own.poll(forSeconds: 15 * Self.day, every: 300)
        var (state, expected) = (InterfaceState(), InterfaceState())
        _ = other.findings(&state, intervalSeconds: 300)
        _ = own.findings(&expected, intervalSeconds: 300)
        let (side, like) = (state.sides[0].adaptive, expected.sides[0].adaptive)
        // The end is within the hour before Monday, or at it.
        for hour in 4..<168 where hour != 23 { #expect(side.visits[hour] == like.visits[hour], "hour \(hour)") }
        #expect(side.coverage > 0.98)
        #expect(abs(Double(side.sampleCount) / Double(like.sampleCount) - 1) < 0.02)
    }

    /// Finer readings are thinned out: one sample for each interval, nothing left out, the cursor at the last.
    @Test(arguments: [10, 60, 100, 150])
    func finerReadingsAreThinnedOut(interval: Int) {
        var specimen = CounterSpecimen()
        specimen.poll(forSeconds: 6 * 3600, every: interval)
        var state = InterfaceState()
        let findings = specimen.findings(&state, intervalSeconds: 300, everySample: true).inbound
        let times = findings.map(\.at)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0.secondsSince($1) == 300 })
        #expect((70...72).contains(times.count))
        #expect(state.cursor == specimen.readings.last?.at)
        // Cut anywhere, the same is found.
        var (cut, found) = (InterfaceState(), [SideFinding]())
        var part = CounterSpecimen()
        for _ in 0..<36 {
            part.poll(forSeconds: 600, every: interval)
            found += part.findings(&cut, intervalSeconds: 300, everySample: true).inbound
        }
        #expect(found.map { "\($0)" } == findings.map { "\($0)" })
    }

    /// An interval and a half without a poll is an averaged rate, with whatever interval it was polled.
    @Test
    func aMissedPollOfFinerReadingsIsNoGap() {
        var specimen = CounterSpecimen()
        specimen.poll(forSeconds: 3600, every: 60)
        var state = InterfaceState()
        var readings = specimen.readings
        readings.removeSubrange(28..<31)
        var (clock, findings) = (HourClock(zone: .utc), [SideFinding]())
        Detector(intervalSeconds: 300).take(
            readings, into: &state, context: { SampleContext(place: clock.place(at: $1)) }, findings: &findings,
            everySample: true)
        let times = findings.inbound.map(\.at)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0.secondsSince($1) <= 480 })
    }

    /// Work that is planned until 23:00, and polls at 22:57:30 and 23:02:30: half of what lies between was excluded.
    @Test(arguments: [0.0, 3])
    func aRateThatIsPartlyOfAnExcludedTimeIsNeitherAlarmedNorLearnt(factor: Double) throws {
        var specimen = CounterSpecimen()
        specimen.poll(forSeconds: 150, every: 150)
        specimen.poll(forSeconds: 15 * Self.day + 22 * 3600, every: 300)
        let from = specimen.at.advanced(bySeconds: -150)
        specimen.poll(forSeconds: 3600 - 300, every: 300, factor: factor)
        // Up in the middle of an interval.
        specimen.poll(forSeconds: 300, every: 300, factor: (1 + factor) / 2)
        let excluded = ExcludedTimes([from..<specimen.at.advanced(bySeconds: -150)])
        specimen.poll(forSeconds: 1800, every: 300)
        var state = InterfaceState()
        #expect(specimen.findings(&state, intervalSeconds: 300, excluded: excluded).isEmpty)
        var other = CounterSpecimen()
        other.poll(forSeconds: 150, every: 150)
        other.poll(forSeconds: 15 * Self.day + 23 * 3600, every: 300)
        other.poll(forSeconds: 1800, every: 300)
        var expected = InterfaceState()
        _ = other.findings(&expected, intervalSeconds: 300, excluded: excluded)
        #expect(Self.octets(state) == Self.octets(expected))
    }

    private static func octets(_ state: InterfaceState) -> [UInt8] {
        var state = state
        state.lastReading = nil
        var writer = LittleEndianWriter(octets: [])
        writer.write(state)
        return writer.octets
    }
}
