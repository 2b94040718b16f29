import Baselines
import Catalog
import Inventory
import Listing
import Traffic

/// What is ordinary in one bucket of a chart: the means of what was expected of its samples.
struct BandPoint: Sendable, Hashable {
    private(set) var expected = 0.0
    private(set) var low = 0.0
    private(set) var high = 0.0
    private(set) var count = 0

    /// Adds what was expected of a sample.
    mutating func add(expected: Double, low: Double, high: Double) {
        guard expected.isFinite, low.isFinite, high.isFinite else { return }
        count += 1
        let share = 1 / Double(count)
        self.expected += (expected - self.expected) * share
        self.low += (low - self.low) * share
        self.high += (high - self.high) * share
    }
}

/// What is ordinary in the buckets of a grid, both directions of one measure.
struct ExpectedBand: Sendable {
    let grid: RateGrid
    let measure: TrafficMeasure
    private(set) var inbound: [BandPoint]
    private(set) var outbound: [BandPoint]

    init(_ grid: RateGrid, _ measure: TrafficMeasure) {
        self.grid = grid
        self.measure = measure
        inbound = Array(repeating: BandPoint(), count: grid.count)
        outbound = inbound
    }

    /// Adds what a method said of samples; those of the other measure are left out.
    mutating func add(_ findings: [SideFinding]) {
        for finding in findings where finding.side.measure == measure {
            guard let verdict = finding.verdict else { continue }
            add(finding.side.direction, at: finding.at, verdict.expected, verdict.low, verdict.high)
        }
    }

    /// Adds what was expected of one moment.
    mutating func add(
        _ direction: TrafficDirection, at moment: Timestamp, _ expected: Double, _ low: Double, _ high: Double
    ) {
        let place = grid.index(of: moment)
        guard inbound.indices.contains(place) else { return }
        switch direction {
        case .inbound: inbound[place].add(expected: expected, low: max(0, low), high: high)
        case .outbound: outbound[place].add(expected: expected, low: max(0, low), high: high)
        }
    }

    /// Moments that stand for the buckets: the middle of each, and of each hour of wider ones.
    var moments: [Timestamp] {
        (0..<grid.count).flatMap { place -> [Timestamp] in
            let start = grid.start(place)
            let hours = min(max(1, grid.stepSeconds / 3_600), 168)
            let width = Double(grid.stepSeconds) / Double(hours)
            return (0..<hours).map { start.advanced(bySeconds: (Double($0) + 0.5) * width) }
        }
    }
}

extension ExpectedBand {
    /// What the classic method says of each moment by these rows, of an interface whose first sample is of a time.
    static func classic(
        _ baselines: [Baseline], _ grid: RateGrid, _ source: AnomalySource, since: Timestamp?, capacity: Double?
    ) -> ExpectedBand {
        var band = ExpectedBand(grid, .traffic)
        var learnt = ClassicState(lookBackDays: source.detection.lookBackDays)
        learnt.adopt(baselines)
        var clock = HourClock(zone: source.zone, calendar: source.holidays())
        for moment in band.moments {
            let place = clock.place(at: moment)
            for direction in TrafficDirection.allCases {
                // The band does not depend on the rate that is judged.
                let verdict = learnt.verdict(
                    direction, rate: 0, place: place, capacity: capacity, settings: source.detection,
                    isYoung: ClassicState.isYoung(since: since, at: moment))
                guard let verdict, verdict.confidence >= source.detection.minimumConfidence else { continue }
                band.add(direction, at: moment, verdict.expected, verdict.low, verdict.high)
            }
        }
        return band
    }
}
