import Baselines
import Inventory
import Testing

@Suite struct ReplayReadingsTests {
    /// Four weeks every 300 s, an outage of an hour at their end.
    private static func specimen() -> CounterSpecimen {
        var counters = CounterSpecimen()
        counters.poll(forSeconds: 27 * 86_400, every: 300)
        counters.poll(forSeconds: 3600, every: 300, factor: 0)
        counters.poll(forSeconds: 6 * 3600, every: 300)
        return counters
    }

    private static func lines(
        _ counters: CounterSpecimen, interval: Int = 300, excluded: ExcludedTimes = ExcludedTimes()
    ) -> [ReplayLine] {
        var settings = ReplaySettings(zone: .utc)
        settings.intervalSeconds = interval
        settings.excluded = excluded
        var run = ReplayRun(series: "A Gi0/1", settings: settings)
        return counters.readings.flatMap { run.take($0) }
    }

    @Test(arguments: [60, 300])
    func `stored readings are judged as the live check judges them`(_ interval: Int) {
        let counters = Self.specimen()
        var state = InterfaceState()
        let live = counters.findings(&state, intervalSeconds: interval)
        let lines = Self.lines(counters, interval: interval)
        #expect(!live.isEmpty && lines.map(\.at) == live.map(\.at) && lines.map(\.side) == live.map(\.side))
        #expect(lines.map(\.verdict) == live.map(\.verdict) && lines.map(\.event) == live.map(\.event))
    }

    @Test func `of readings around an excluded time those are left out whose span reaches into it, late polls too`() {
        var counters = CounterSpecimen()
        counters.poll(forSeconds: 27 * 86_400, every: 300)
        let start = counters.at.advanced(bySeconds: 60)
        counters.poll(forSeconds: 3600, every: 300, factor: 0)
        // Two polls are missed: the next one tells of a quarter of an hour, most of it after the work.
        counters.poll(forSeconds: 900, every: 900, factor: 0.3)
        counters.poll(forSeconds: 3 * 3600, every: 300)
        let excluded = ExcludedTimes([start..<start.advanced(bySeconds: 3600 - 60 + 120)])
        #expect(Self.lines(counters, excluded: excluded).isEmpty)
        #expect(!Self.lines(counters).isEmpty)
    }

    @Test func `a reading that is not later is left out`() throws {
        let counters = Self.specimen()
        var run = ReplayRun(series: "a", settings: ReplaySettings(zone: .utc))
        let reading = try #require(counters.readings.first)
        _ = run.take(reading)
        #expect(run.take(reading).isEmpty && run.last == reading.at)
    }
}
