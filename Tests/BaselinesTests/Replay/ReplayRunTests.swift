import Inventory
import Testing

@testable import Baselines

@Suite struct ReplayRunTests {
    /// Sunday, 2026-03-01 00:00 UTC.
    private static let sunday = Timestamp(seconds: 1_772_323_200)

    /// Traffic of a link in bit/s: more by day than by night, with noise that a seed repeats.
    private static func traffic(days: Int, seed: UInt64 = 6) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        return (0..<days * 288).map { place in
            let hour = Double(place % 288) / 12
            let noise = Double(generator.next() % 1000) / 1000 - 0.5
            return (300e6 + 200e6 * (hour > 8 && hour < 20 ? 1 : 0)) * (1 + 0.1 * noise)
        }
    }

    private static func settings(_ mode: DetectionMode = .adaptive) -> ReplaySettings {
        var settings = ReplaySettings(zone: .utc)
        settings.mode = mode
        settings.capacity = 1e9
        return settings
    }

    private static func run(
        _ values: [Double], _ settings: ReplaySettings = settings(), from: Timestamp = sunday
    ) -> [ReplayLine] {
        var run = ReplayRun(series: "link", settings: settings)
        return values.enumerated().compactMap { place, value in
            run.take(at: from.advanced(bySeconds: Double(place * settings.intervalSeconds)), value: value)
        }
    }

    private static func place(_ line: ReplayLine) -> Int { Int(line.at.secondsSince(sunday)) / 300 }

    @Test(arguments: [DetectionMode.adaptive, .classic])
    func `an outage is one anomaly, from its first sample to its end`(_ mode: DetectionMode) throws {
        var values = Self.traffic(days: 23)
        let outage = 22 * 288 + 150..<22 * 288 + 162
        for place in outage { values[place] = 0 }
        let lines = Self.run(values, Self.settings(mode)).filter { Self.place($0) >= outage.lowerBound - 12 }
        let starts = lines.filter { $0.event == .start }
        #expect(starts.map(Self.place) == [outage.lowerBound] && lines.first?.event == .start)
        let first = try #require(lines.first)
        #expect(first.value == 0 && first.severity == .critical && first.mode == mode)
        #expect(first.episode?.kind == .trafficDrop && (first.verdict?.score ?? 0) < -6)
        #expect((first.verdict?.low ?? 0) <= (first.verdict?.expected ?? 0))
        let last = try #require(lines.last)
        #expect(
            last.event == .end && Self.place(last) >= outage.upperBound && Self.place(last) <= outage.upperBound + 12)
        #expect(lines.dropFirst().dropLast().allSatisfy { $0.event == .ongoing })
    }

    @Test(arguments: [DetectionMode.adaptive, .classic])
    func `a line of a file is what the detector says of the same sample`(_ mode: DetectionMode) {
        let settings = Self.settings(mode)
        var values = Self.traffic(days: 18)
        for place in 17 * 288 + 100..<17 * 288 + 120 { values[place] *= 1.8 }
        let lines = Self.run(values, settings)
        let detector = Detector(intervalSeconds: 300, settings: settings.detection)
        var state = InterfaceState()
        state.classic = ClassicState()
        var clock = HourClock(zone: .utc)
        var learning = ReplayLearning()
        var findings: [SideFinding] = []
        for (place, value) in values.enumerated() {
            let at = Self.sunday.advanced(bySeconds: Double(place * 300))
            let hour = clock.place(at: at)
            let due = learning.due(hour) { (state.classic?.mostSamples(before: $0) ?? 0) >= 7 }
            if let due, let classic = state.classic {
                state.classic?.adopt(classic.baselines(of: .random(), at: at, place: due))
            }
            detector.step(
                &state, InterfaceSample(at: at, rates: SIMD4(value, value, .nan, .nan), capacity: 1e9),
                SampleContext(place: hour, raising: mode), findings: &findings)
        }
        let live = findings.filter { $0.side == TrafficSide(.inbound, .traffic) }
        #expect(!lines.isEmpty && lines.map(\.at) == live.map(\.at))
        #expect(lines.map(\.verdict) == live.map(\.verdict) && lines.map(\.event) == live.map(\.event))
    }

    @Test func `the classic method learns when an hour has seven samples, then on Sundays at six`() {
        var settings = Self.settings(.classic)
        settings.everySample = true
        let lines = Self.run(Self.traffic(days: 15), settings)
        #expect(lines.count == 15 * 288)
        // Of the first Sunday 00:00 there is a baseline from 01:00 on, and that hour comes back after a week.
        let known = lines.filter { $0.verdict != nil }.map(Self.place)
        #expect(known.first == 7 * 288)
        let perVisit = lines.filter { Self.place($0) == 8 * 288 + 150 }
        #expect(perVisit.first?.verdict?.confidence == Baseline.confidence(samples: 12))
        let afterTwo = lines.filter { Self.place($0) == 14 * 288 + 100 }
        #expect(afterTwo.first?.verdict?.confidence == Baseline.confidence(samples: 24))
    }

    @Test func `a Sunday in a gap is learnt at six all the same`() throws {
        var learning = ReplayLearning()
        var clock = HourClock(zone: .utc)
        var due: [HourPlace?] = []
        for hours: Double in [0, 1, 2, 144, 221, 222] {
            let place = clock.place(at: Self.sunday.advanced(bySeconds: hours * 3600))
            due.append(learning.due(place) { _ in true })
        }
        // The first one as soon as an hour is over, then that of the Sunday, as of six o'clock.
        let hours: [Int?] = due.map { $0?.hourOfWeek }
        #expect(hours == [nil, 1, nil, 6, 6, nil])
        let first = try #require(due[3])
        let second = try #require(due[4])
        #expect(second.hour - first.hour == 168)
    }

    @Test func `what was learnt long ago is not held against traffic after a gap of weeks, as in the server`() {
        var values = Self.traffic(days: 38)
        for place in 14 * 288..<36 * 288 { values[place] = .nan }
        for place in 37 * 288 + 150..<37 * 288 + 162 { values[place] = 0 }
        var settings = Self.settings(.classic)
        settings.everySample = true
        let lines = Self.run(values, settings)
        // Monday 2026-04-06 and Tuesday: the Sunday before had 14 days without samples, so nothing is known of any hour.
        #expect(lines[14 * 288 - 1].verdict != nil)
        #expect(lines.dropFirst(36 * 288).allSatisfy { $0.verdict == nil && $0.event == nil })
    }

    @Test func `a Sunday on which no hour has enough samples is due once something was learnt, the first time is not`()
    {
        var clock = HourClock(zone: .utc)
        let monday = clock.place(at: Self.sunday.advanced(bySeconds: 86_400))
        let next = clock.place(at: Self.sunday.advanced(bySeconds: 8 * 86_400))
        var fresh = ReplayLearning()
        _ = fresh.due(monday) { _ in false }
        #expect(fresh.due(next) { _ in false } == nil)
        var learnt = ReplayLearning()
        _ = learnt.due(clock.place(at: Self.sunday)) { _ in true }
        #expect(learnt.due(monday) { _ in true } != nil)
        #expect(learnt.due(next) { _ in false }?.hourOfWeek == 6)
    }

    @Test(arguments: [-1.0, 1.06e9, .infinity, -.infinity, .nan])
    func `what is no rate of the line is neither judged nor learnt`(_ value: Double) {
        var settings = Self.settings()
        settings.everySample = true
        var values = Self.traffic(days: 10)
        let ordinary = Self.run(values, settings)
        values[9 * 288 + 100] = value
        let lines = Self.run(values, settings)
        #expect(lines.count == ordinary.count)
        let told = lines[9 * 288 + 100]
        #expect(told.value.isNaN && told.verdict == nil && told.event == nil && told.severity == nil)
        #expect(lines.allSatisfy { $0.event == nil } == ordinary.allSatisfy { $0.event == nil })
    }

    @Test func `a sample that is not later is left out`() {
        var settings = Self.settings()
        settings.everySample = true
        var run = ReplayRun(series: "a", settings: settings)
        #expect(run.take(at: Timestamp(seconds: 600), value: 1) != nil)
        #expect(run.take(at: Timestamp(seconds: 600), value: 1) == nil)
        #expect(run.take(at: Timestamp(seconds: 300), value: 1) == nil)
        #expect(run.last == Timestamp(seconds: 600))
    }

    @Test func `the method that does not raise is not asked, and changes nothing of what is told`() {
        var values = Self.traffic(days: 23)
        for place in 22 * 288 + 150..<22 * 288 + 162 { values[place] = 0 }
        let lines = Self.run(values)
        #expect(!lines.isEmpty && lines.allSatisfy { $0.episode?.other?.score == nil })
    }

    @Test func `the sample that reaches into an excluded time is neither alarmed nor learnt`() {
        var values = Self.traffic(days: 23)
        let from = 22 * 288 + 150
        // The work ends a minute after the sample before; what is left of its five minutes is a fifth.
        for place in from..<from + 12 { values[place] = 0 }
        values[from + 12] *= 0.2
        var settings = Self.settings()
        let start = Self.sunday.advanced(bySeconds: Double(from * 300 - 60))
        settings.excluded = ExcludedTimes([start..<start.advanced(bySeconds: 12 * 300 + 120)])
        settings.everySample = true
        let lines = Self.run(values, settings)
        #expect(lines.dropFirst(from).allSatisfy { $0.event == nil })
        var other = values
        other[from + 12] *= 40
        #expect(Self.run(other, settings).last?.verdict == lines.last?.verdict)
    }

    @Test func `an excluded time raises nothing`() {
        var values = Self.traffic(days: 23)
        for place in 22 * 288 + 150..<22 * 288 + 162 { values[place] = 0 }
        var settings = Self.settings()
        let from = Self.sunday.advanced(bySeconds: Double(22 * 86_400 + 12 * 3600))
        settings.excluded = ExcludedTimes([from..<from.advanced(bySeconds: 7200)])
        #expect(Self.run(values, settings).allSatisfy { !(from..<from.advanced(bySeconds: 7200)).contains($0.at) })
    }
}
