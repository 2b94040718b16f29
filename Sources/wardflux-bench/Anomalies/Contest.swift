import Baselines
import Inventory

/// The methods that are held against each other, each new for each series.
enum Contestant: String, CaseIterable {
    case adaptive
    case classic
    case holtWinters = "holt-winters"
    case seasonDeviation = "season-deviation"
    case consensus
    case movingAverage = "moving-average"

    /// Whether each sample of a series is in alarm.
    func alarms(_ series: TrafficSeries, from first: Int = 0, to last: Int? = nil) -> [Bool] {
        switch self {
        case .adaptive: Self.run(ModeDetector(.adaptive, series), series, first, last)
        case .classic: Self.run(ModeDetector(.classic, series), series, first, last)
        case .holtWinters: Self.run(HoltWintersPeer(period: series.perDay), series, first, last)
        case .seasonDeviation: Self.run(SeasonDeviationPeer(), series, first, last)
        case .consensus: Self.run(ConsensusPeer(perDay: series.perDay), series, first, last)
        case .movingAverage: Self.run(MovingAveragePeer(perHour: series.perHour), series, first, last)
        }
    }

    private static func run(
        _ detector: some SeriesDetector, _ series: TrafficSeries, _ first: Int, _ last: Int?
    ) -> [Bool] {
        var detector = detector
        return detector.alarms(series, from: first, to: last)
    }
}

/// A corpus: links of one kind with events.
enum Corpus {
    static func series(
        _ kind: LinkKind, count: Int, seed: UInt64, weeks: Int = 12, warmWeeks: Int = 4, hasEvents: Bool = true,
        clock: SampleClock = SampleClock()
    ) -> [TrafficSeries] {
        (0..<count).map { number in
            var random = SeededRandom(seed: seed, stream: number)
            var generator = TrafficGenerator(kind: kind, weeks: weeks)
            generator.clock = clock
            var series = generator.series("\(number)", &random)
            if hasEvents { EventInjection(warmWeeks: warmWeeks).inject(into: &series, &random) }
            series.testFrom = min(series.rates.count, warmWeeks * series.perWeek)
            return series
        }
    }
}
