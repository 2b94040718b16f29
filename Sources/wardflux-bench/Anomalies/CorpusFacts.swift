import Baselines
import Glibc

/// What is measured of a corpus before events are put into it, to hold beside what was measured of real links.
struct CorpusFacts {
    static let names = [
        "step, robust deviation (log), median", "step P99.8 in robust deviations, median",
        "week-to-week deviation of an hour's mean (log), P10", "week-to-week deviation, median",
        "week-to-week deviation, P90", "residual correlation within an hour's visit, mean",
        "residual correlation over one sample", "residual correlation over an hour", "residual correlation over a day",
        "residual correlation over a week", "natural doublings and halvings an interface-week",
    ]
    /// In the order of `names`.
    let figures: [Double]

    init(_ corpus: [TrafficSeries]) {
        let facts = corpus.filter { !$0.isIdle }.map { SeriesFacts($0) }
        let weekly = facts.map(\.weekly).sorted()
        let middle = { (values: [Double]) in values.sorted()[values.count / 2] }
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(max(1, values.count)) }
        guard !facts.isEmpty else {
            figures = Self.names.map { _ in .nan }
            return
        }
        figures =
            [middle(facts.map(\.step)), middle(facts.map(\.tail))]
            + [weekly[weekly.count / 10], weekly[weekly.count / 2], weekly[weekly.count * 9 / 10]]
            + [mean(facts.map(\.within))] + (0..<4).map { lag in mean(facts.map { $0.correlations[lag] }) }
            + [mean(facts.map(\.naturalPerWeek))]
    }
}

/// The same of one series.
private struct SeriesFacts {
    var step: Double
    var tail: Double
    var weekly = 0.0
    var within = 0.0
    var correlations: [Double] = []
    var naturalPerWeek: Double

    init(_ series: TrafficSeries) {
        let logarithms = series.rates.map { log($0 + 1) }
        step = Hindsight.usualStep(logarithms)
        let steps = zip(logarithms.dropFirst(), logarithms).map { abs($0 - $1) }.filter { !$0.isNaN }.sorted()
        tail = steps[Int(Double(steps.count) * 0.998)] / max(step, 1e-9)
        let marks = series.natural
        let runs = marks.indices.count { marks[$0] && ($0 == 0 || !marks[$0 - 1]) }
        naturalPerWeek = Double(runs) / Double(series.rates.count) * Double(series.perWeek)
        let residuals = Self.residuals(logarithms, series)
        weekly = Self.betweenVisits(residuals, series.perHour)
        within = Self.withinVisits(residuals, series.perHour)
        correlations = [1, series.perHour, series.perDay, series.perWeek].map { Self.correlation(residuals, $0) }
    }

    /// What is left of the logarithms after the mean of their hour of the week.
    private static func residuals(_ logarithms: [Double], _ series: TrafficSeries) -> [Double] {
        var (sums, counts) = ([Double](repeating: 0, count: 168), [Double](repeating: 0, count: 168))
        let hours = logarithms.indices.map { series.clock.place(series.moment($0)).hourOfWeek }
        for (hour, value) in zip(hours, logarithms) where !value.isNaN {
            sums[hour] += value
            counts[hour] += 1
        }
        return zip(hours, logarithms).map { $1 - sums[$0] / max(1, counts[$0]) }
    }

    private static func betweenVisits(_ residuals: [Double], _ perHour: Int) -> Double {
        let means = stride(from: 0, to: residuals.count - perHour + 1, by: perHour).map { first in
            residuals[first..<(first + perHour)].reduce(0, +) / Double(perHour)
        }.filter { !$0.isNaN }
        let weeks = Double(means.count) / 168
        return (means.reduce(0) { $0 + $1 * $1 } / Double(means.count) * weeks / max(1, weeks - 1)).squareRoot()
    }

    /// Mean correlation of two samples of one visit: the share of the variance that is between visits.
    private static func withinVisits(_ residuals: [Double], _ perHour: Int) -> Double {
        guard perHour > 1 else { return .nan }
        var (between, total, count) = (0.0, 0.0, 0.0)
        for first in stride(from: 0, to: residuals.count - perHour + 1, by: perHour) {
            let visit = residuals[first..<(first + perHour)]
            let sum = visit.reduce(0, +)
            let squares = visit.reduce(0) { $0 + $1 * $1 }
            guard !sum.isNaN else { continue }
            between += (sum * sum - squares) / Double(perHour * (perHour - 1))
            total += squares / Double(perHour)
            count += 1
        }
        return count == 0 ? .nan : between / total
    }

    private static func correlation(_ residuals: [Double], _ lag: Int) -> Double {
        var (product, square) = (0.0, 0.0)
        for index in lag..<residuals.count where !(residuals[index] + residuals[index - lag]).isNaN {
            product += residuals[index] * residuals[index - lag]
            square += (residuals[index] * residuals[index] + residuals[index - lag] * residuals[index - lag]) / 2
        }
        return square == 0 ? .nan : product / square
    }
}
