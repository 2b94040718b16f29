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
    /// What the classic method expects: mean and threshold times the standard deviation of the hour of the week.
    static func classic(
        _ baselines: [Baseline], _ grid: RateGrid, _ source: AnomalySource
    ) -> ExpectedBand {
        var band = ExpectedBand(grid, .traffic)
        let rows = Dictionary(baselines.map { ($0.hourOfWeek, $0) }, uniquingKeysWith: { first, _ in first })
        var clock = HourClock(zone: source.zone, calendar: source.holidays)
        for moment in band.moments {
            guard let row = rows[clock.place(at: moment).hourOfWeek],
                row.confidence >= source.detection.minimumConfidence
            else { continue }
            for (direction, figures) in [(TrafficDirection.inbound, row.inbound), (.outbound, row.outbound)] {
                let spread = source.detection.classicThreshold * figures.standardDeviation * 1e6
                let mean = figures.average * 1e6
                band.add(direction, at: moment, mean, mean - spread, mean + spread)
            }
        }
        return band
    }
}
