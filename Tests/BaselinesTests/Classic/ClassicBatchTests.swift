import Inventory
import Testing

@testable import Baselines

/// Accumulators kept as samples arrive against the samples themselves, read twice.
@Suite
struct ClassicBatchTests {
    private struct Sample {
        var at: Timestamp
        var inbound: Double
        var outbound: Double
    }

    /// One hour of the week as the definition has it.
    private struct Batch {
        var samples: [Double] = []

        var figures: BaselineFigures {
            guard !samples.isEmpty else { return BaselineFigures() }
            let mean = samples.reduce(0, +) / Double(samples.count)
            let squares = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return BaselineFigures(
                average: mean / 1e6, standardDeviation: (squares / Double(samples.count)).squareRoot() / 1e6,
                minimum: (samples.min() ?? 0) / 1e6, maximum: (samples.max() ?? 0) / 1e6, sampleCount: samples.count)
        }
    }

    /// Samples around a moment: late polls, gaps, rates that are not known, a quiet and a busy time of the day.
    private func samples(from start: Int64, days: Int, every seconds: Int64, seed: UInt64) -> [Sample] {
        var generator = TrafficDice(seed: seed)
        var samples: [Sample] = []
        var second = start
        while second < start + Int64(days) * 86_400 {
            let inbound =
                3e9 + 2e9 * Double((second / 3600) % 24) / 24 * Double.random(in: 0.5..<1.5, using: &generator)
            let isKnown = Int.random(in: 0..<50, using: &generator) > 0
            samples.append(
                Sample(
                    at: Timestamp(milliseconds: second * 1000 + Int64.random(in: 0..<1000, using: &generator)),
                    inbound: isKnown ? inbound : .nan,
                    outbound: inbound * Double.random(in: 0.1..<0.2, using: &generator)))
            second += seconds
            if Int.random(in: 0..<400, using: &generator) == 0 {
                second += Int64.random(in: 0..<40_000, using: &generator)
            }
        }
        return samples
    }

    /// Whole hours of the wall clock of the last days, each sample put where the wall clock had it.
    private func batch(
        _ samples: [Sample], zone: ZoneRules, at moment: Timestamp, days: Int64
    ) -> [(inbound: Batch, outbound: Batch)] {
        func wallHour(_ moment: Timestamp) -> Int64 {
            let civil = zone.civilTime(at: moment)
            return (civil.secondsSince1970 - civil.minute * 60 - civil.second) / 3600
        }
        let end = wallHour(moment)
        var week = (0..<168).map { _ in (inbound: Batch(), outbound: Batch()) }
        for sample in samples where (end - days * 24..<end).contains(wallHour(sample.at)) {
            let civil = zone.civilTime(at: sample.at)
            let place = civil.dayOfWeek * 24 + Int(civil.hour)
            if sample.inbound.isFinite { week[place].inbound.samples.append(sample.inbound) }
            if sample.outbound.isFinite { week[place].outbound.samples.append(sample.outbound) }
        }
        return week
    }

    private func isEqual(_ left: BaselineFigures, _ right: BaselineFigures) -> Bool {
        func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(abs(a), abs(b)) }
        return left.sampleCount == right.sampleCount && near(left.average, right.average)
            && near(left.standardDeviation, right.standardDeviation) && left.minimum == right.minimum
            && left.maximum == right.maximum
    }

    /// Seconds between polls and days that are looked back.
    static let rhythms: [(seconds: Int, days: Int)] = [(300, 14), (900, 28), (60, 7)]

    @Test(arguments: TestZone.all + [.santiago], rhythms)
    func streamedEqualsBatch(zone: TestZone, rhythm: (seconds: Int, days: Int)) throws {
        for (index, change) in zone.changes.enumerated() {
            let middle = try #require(Timestamp(change)).seconds
            let span = rhythm.days + 10
            let seed = UInt64(1000 + index)
            let all = samples(
                from: middle - Int64(rhythm.days + 2) * 86_400, days: span, every: Int64(rhythm.seconds), seed: seed)
            var state = ClassicState(lookBackDays: rhythm.days)
            var clock = HourClock(zone: zone.rules)
            var taken: [Sample] = []
            // Learnt in the night of the change, in the hour that comes twice, and a week later.
            var learnings = [-3600, 0, 1800, 3600, 5400, 6 * 3600, 6 * 86_400].map {
                Timestamp(seconds: middle + Int64($0))
            }
            for sample in all {
                while let next = learnings.first, sample.at >= next {
                    let rows = state.baselines(
                        of: ClassicSpecimens.interface, at: next, place: clock.place(at: next))
                    let expected = batch(taken, zone: zone.rules, at: next, days: Int64(rhythm.days))
                    for hour in 0..<168 {
                        try #require(
                            isEqual(rows[hour].inbound, expected[hour].inbound.figures)
                                && isEqual(rows[hour].outbound, expected[hour].outbound.figures),
                            "\(zone.name) \(next) hour \(hour) seed \(seed)")
                    }
                    learnings.removeFirst()
                }
                state.add(
                    inbound: sample.inbound, outbound: sample.outbound, at: sample.at, place: clock.place(at: sample.at)
                )
                taken.append(sample)
            }
            #expect(learnings.isEmpty)
        }
    }

    /// Zone; the change; hours of the week with what 14 days of polls every 300 seconds give there, all else 24.
    static let changes: [(zone: String, change: String, counts: [Int: Int])] = [
        ("Europe/Berlin", "2026-10-25T01:00:00Z", [2: 36]), ("Europe/Berlin", "2026-03-29T01:00:00Z", [2: 12]),
        ("America/New_York", "2026-11-01T06:00:00Z", [1: 36]), ("America/New_York", "2026-03-08T07:00:00Z", [2: 12]),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", [1: 30]),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", [2: 18]),
        ("America/Santiago", "2026-04-05T03:00:00Z", [167: 36]), ("America/Santiago", "2026-09-06T04:00:00Z", [0: 12]),
        ("Asia/Tbilisi", "2026-03-29T01:00:00Z", [:]),
    ]

    @Test(arguments: changes)
    func theRepeatedHourIsOneVisitAndTheSkippedOneNone(zone: String, change: String, counts: [Int: Int]) throws {
        let rules = try #require((TestZone.all + [.santiago]).first { $0.name == zone }).rules
        let middle = try #require(Timestamp(change)).seconds
        var state = ClassicState()
        var clock = HourClock(zone: rules)
        for second in stride(from: middle - 16 * 86_400, to: middle + 2 * 86_400, by: 300) {
            let moment = Timestamp(seconds: second)
            state.add(inbound: 1e6, outbound: 1e6, at: moment, place: clock.place(at: moment))
        }
        let end = Timestamp(seconds: middle + 2 * 86_400)
        let rows = state.baselines(of: ClassicSpecimens.interface, at: end, place: clock.place(at: end))
        for row in rows { #expect(row.sampleCount == counts[row.hourOfWeek] ?? 24, "hour \(row.hourOfWeek)") }
    }

    /// A rate that tells the hour on the wall is judged by that hour: 0 everywhere, through both changes of the clocks.
    @Test(arguments: TestZone.all + [.santiago])
    func theBucketIsThatOfTheLocalHour(zone: TestZone) throws {
        for change in zone.changes {
            let middle = try #require(Timestamp(change)).seconds
            var state = ClassicState()
            var clock = HourClock(zone: zone.rules)
            func rate(_ moment: Timestamp) -> Double {
                let civil = zone.rules.civilTime(at: moment)
                // Minutes lend it a spread that is the same in each half hour.
                return Double(civil.dayOfWeek * 24 + Int(civil.hour) + 1) * 1e8 + Double(civil.minute / 5 % 2) * 1e6
            }
            for second in stride(from: middle - 16 * 86_400, to: middle - 86_400, by: 300) {
                let moment = Timestamp(seconds: second)
                state.add(inbound: rate(moment), outbound: rate(moment), at: moment, place: clock.place(at: moment))
            }
            ClassicSpecimens.learn(&state, at: Timestamp(seconds: middle - 86_400), zone: zone.rules)
            for second in stride(from: middle - 86_400, to: middle + 7 * 86_400, by: 300) {
                let moment = Timestamp(seconds: second)
                let verdict = try #require(
                    state.verdict(
                        .inbound, rate: rate(moment), place: clock.place(at: moment), capacity: 1e11, isYoung: false),
                    "\(zone.name) \(moment)")
                try #require(abs(verdict.score) < 1.0001, "\(zone.name) \(moment)")
            }
        }
    }
}
