/// A straight line through the levels of days that outliers, weekends and their number do not tilt.
///
/// Slope: the median of the slopes of all pairs of the same day of the week (Theil 1950, Sen 1968; by season after
/// Hirsch, Slack and Smith, 1982). Its variance: that of least squares with a level a weekday, of residuals drawn in at
/// three robust deviations, times 1.1 for the median's efficiency, times (1 + r) / (1 - r) for the resemblance r of one
/// day to the next, of which short histories show too little.
struct RobustTrend {
    /// Change a day, bit/s.
    let slope: Double
    /// The day in the middle.
    let middle: Double
    /// The level in the middle of the busier kind of days: Monday to Friday, or Saturday and Sunday.
    let level: Double
    /// Variances of both, and how many independent days stand behind them.
    let slopeVariance: Double
    let levelVariance: Double
    let degreesOfFreedom: Double

    /// The line through levels that ascend by day; nil where no two days of the same weekday are among them.
    init?(_ levels: [DayLevel]) {
        let weekdays = Dictionary(grouping: levels) { Int((($0.dayNumber + 4) % 7 + 7) % 7) }
        let slopes = weekdays.values.flatMap(Self.slopes)
        guard let slope = Self.median(slopes) else { return nil }
        let middle = levels.reduce(0) { $0 + Double($1.dayNumber) } / Double(levels.count)
        var centres: [Int: Double] = [:]
        for (weekday, days) in weekdays {
            centres[weekday] = Self.centre(days.map { $0.rate - slope * (Double($0.dayNumber) - middle) })
        }
        let spread = Spread(levels, centres: centres, slope: slope, middle: middle)
        let squares = weekdays.values.reduce(0) { $0 + Self.squares($1) }
        let kinds = [[1, 2, 3, 4, 5], [0, 6]].map { kind in kind.compactMap { centres[$0] } }.filter { !$0.isEmpty }
        self.slope = slope
        self.middle = middle
        level = kinds.map { $0.reduce(0, +) / Double($0.count) }.max() ?? 0
        let variance = 1.1 * spread.variance * spread.inflation
        slopeVariance = variance / squares
        levelVariance = variance / Double(levels.count) + spread.variance / (Double(levels.count) / 7 * 2)
        degreesOfFreedom = max(2, Double(levels.count) / spread.inflation - 2)
    }

    /// The level on a day, bit/s.
    func level(on day: Double) -> Double { level + slope * (day - middle) }

    private static func slopes(_ days: [DayLevel]) -> [Double] {
        var slopes: [Double] = []
        for late in days.indices {
            for early in 0..<late {
                let distance = Double(days[late].dayNumber - days[early].dayNumber)
                slopes.append((days[late].rate - days[early].rate) / distance)
            }
        }
        return slopes
    }

    /// The squares of the distances of days from their mean.
    private static func squares(_ days: [DayLevel]) -> Double {
        let mean = days.reduce(0) { $0 + Double($1.dayNumber) } / Double(days.count)
        return days.reduce(0) { $0 + (Double($1.dayNumber) - mean) * (Double($1.dayNumber) - mean) }
    }

    /// The median of the means of all pairs (Hodges and Lehmann, 1963): as robust as it need be, and of little noise.
    private static func centre(_ values: [Double]) -> Double {
        var means: [Double] = []
        for late in values.indices { for early in 0...late { means.append((values[late] + values[early]) / 2) } }
        return median(means) ?? 0
    }

    static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
}

/// How far days are from their line, and how much one is like the next.
private struct Spread {
    /// Variance of a day.
    let variance: Double
    /// By how much the likeness of neighbours makes a mean less certain than its number of days says.
    let inflation: Double

    init(_ levels: [DayLevel], centres: [Int: Double], slope: Double, middle: Double) {
        let rests = levels.map { day in
            let centre = centres[Int(((day.dayNumber + 4) % 7 + 7) % 7)] ?? 0
            return day.rate - centre - slope * (Double(day.dayNumber) - middle)
        }
        let limit = 3 * 1.4826 * (RobustTrend.median(rests.map(abs)) ?? 0)
        let drawn = limit > 0 ? rests.map { min(max($0, -limit), limit) } : rests
        let count = Double(levels.count)
        let squares = drawn.reduce(0) { $0 + $1 * $1 }
        variance = squares / max(1, count - Double(centres.count) - 1)
        // Days out of line are like nothing: they say nothing of how like the others are to each other.
        let isPlain = rests.map { limit == 0 || abs($0) < limit }
        var (products, parts) = (0.0, 0.0)
        for place in rests.indices.dropFirst() where isPlain[place] && isPlain[place - 1] {
            guard levels[place].dayNumber == levels[place - 1].dayNumber + 1 else { continue }
            products += rests[place] * rests[place - 1]
            parts += (rests[place] * rests[place] + rests[place - 1] * rests[place - 1]) / 2
        }
        let seen = parts > 0 ? products / parts : 0
        // Centres and slope taken out of few days take likeness out with them (Marriott and Pope, 1954), and few days
        // show little of it: they lean on what links were seen to have, as 20 days more.
        let corrected = seen + 2 * (1 + 4 * max(seen, 0)) / count
        let likeness = min(max((count * corrected + 20 * 0.6) / (count + 20), 0.3), 0.9)
        inflation = (1 + likeness) / (1 - likeness)
    }
}
