public import Inventory

/// When the busy hour of an uplink reaches its capacity, each way.
public struct UplinkForecast: Codable, Sendable, Hashable {
    /// What comes in.
    public var inbound: DirectionForecast
    /// What goes out.
    public var outbound: DirectionForecast

    /// The forecast from the levels of both directions, and the capacity of each, bit/s.
    public init(inbound: [DayLevel], outbound: [DayLevel], capacity: Double?) {
        self.inbound = DirectionForecast(levels: inbound, capacity: capacity)
        self.outbound = DirectionForecast(levels: outbound, capacity: capacity)
    }

    /// The direction that is there first: the one to act on.
    public var leading: TrafficDirection {
        let (left, right) = (inbound.urgency, outbound.urgency)
        if left.rank != right.rank { return left.rank < right.rank ? .inbound : .outbound }
        return left.date <= right.date ? .inbound : .outbound
    }

    /// The forecast of the leading direction.
    public var leadingForecast: DirectionForecast { leading == .inbound ? inbound : outbound }
}

/// What a forecast says.
public enum ForecastOutcome: String, CaseIterable, Codable, Sendable, Hashable {
    /// There is a date.
    case reaches
    /// The busy hour is at 95 % of the capacity or above.
    case alreadyThere = "already_there"
    /// It grows, but reaches the capacity later than in five years.
    case beyondHorizon = "beyond_five_years"
    /// There is no growth that stands out from the differences between days.
    case notGrowing = "not_growing"
    /// Fewer than 14 days are known.
    case tooLittleHistory = "too_little_history"
    /// The line speed is not known.
    case capacityUnknown = "capacity_unknown"
}

/// When the busy hour of one direction reaches the capacity, if it goes on as it did.
///
/// A straight line through the busiest hour of each of the last 180 days (`RobustTrend`); which day of the week is
/// busy, single days out of line and the number of weekends do not tilt it. The level is that of the busier kind of
/// days, Monday to Friday or the weekend. The interval holds the day on which that line crosses the capacity in 90 of
/// 100 cases, where growth is steady; it knows nothing of customers to come.
public struct DirectionForecast: Codable, Sendable, Hashable {
    /// Days that must be known.
    public static let daysNeeded = 14
    /// Days that are looked back at most: what was before says little of what comes.
    public static let daysUsed: Int64 = 180
    /// Days that are looked ahead: five years.
    public static let horizonDays = 1826.0
    /// The share of the capacity at which a link is full: more hardly passes.
    public static let fullShare = 0.95
    /// How often the interval holds the day, 0 to 1.
    public static let intervalConfidence = 0.9

    /// What it says.
    public var outcome: ForecastOutcome
    /// The day on which the level reaches the capacity, `2027-03-04`; only where the outcome is `reaches`.
    public var date: String?
    /// The first day of the interval; nil where it is beyond five years.
    public var earliest: String?
    /// The last day of the interval; nil where it is beyond five years.
    public var latest: String?
    /// Days the line goes through.
    public var days: Int
    /// The busy-hour level on the last of them, bit/s; nil with too little history.
    public var level: Double?
    /// Growth, bit/s a day; nil with too little history.
    public var growthPerDay: Double?
    /// Lower end of the growth's interval.
    public var growthLow: Double?
    /// Upper end of the growth's interval.
    public var growthHigh: Double?
    /// The capacity, bit/s.
    public var capacity: Double?

    /// The forecast from levels in any order, at most one a day (of more, the highest counts), and the capacity, bit/s.
    public init(levels: [DayLevel], capacity: Double?) {
        let known = Self.lastDays(of: levels)
        days = known.count
        self.capacity = capacity.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
        outcome = self.capacity == nil ? .capacityUnknown : .tooLittleHistory
        guard days >= Self.daysNeeded, let last = known.last, let trend = RobustTrend(known) else { return }
        let reach = StudentQuantile.above5Percent(degreesOfFreedom: trend.degreesOfFreedom)
        let slopeReach = reach * trend.slopeVariance.squareRoot()
        level = max(0, trend.level(on: Double(last.dayNumber)))
        growthPerDay = trend.slope
        (growthLow, growthHigh) = (trend.slope - slopeReach, trend.slope + slopeReach)
        guard let capacity = self.capacity else { return }
        outcome = judge(trend, capacity: capacity, last: last.dayNumber)
    }

    private mutating func judge(_ trend: RobustTrend, capacity: Double, last: Int64) -> ForecastOutcome {
        guard (level ?? 0) < Self.fullShare * capacity else { return .alreadyThere }
        guard trend.slope > 0, let growthLow, growthLow > 0 else { return .notGrowing }
        let crossing = Crossing(of: trend, at: capacity)
        let limit = Double(last) + Self.horizonDays
        // The level of today is below: an end of the interval before today is today.
        earliest = Self.date(max(crossing.earliest, Double(last)), limit)
        latest = Self.date(crossing.latest, limit)
        date = Self.date(max(crossing.day, Double(last)), limit)
        return date == nil ? .beyondHorizon : .reaches
    }

    /// The day as it is written; nil beyond the limit.
    private static func date(_ day: Double, _ limit: Double) -> String? {
        guard day <= limit else { return nil }
        return DayLevel(dayNumber: Int64(day.rounded(.up)), rate: 0).date
    }

    /// The levels of the last 180 days, one a day, in order; what is no level is left out.
    private static func lastDays(of levels: [DayLevel]) -> [DayLevel] {
        let possible = Int64(-1_000_000)...1_000_000
        var byDay: [Int64: Double] = [:]
        for level in levels where level.rate.isFinite && level.rate >= 0 && possible.contains(level.dayNumber) {
            byDay[level.dayNumber] = max(byDay[level.dayNumber] ?? 0, level.rate)
        }
        let first = (byDay.keys.max() ?? 0) - daysUsed
        return byDay.filter { $0.key > first }.map { DayLevel(dayNumber: $0.key, rate: $0.value) }
            .sorted { $0.dayNumber < $1.dayNumber }
    }
}

/// The day on which a line crosses the capacity, and between which days it does in 9 cases of 10.
///
/// The interval of a quotient after Fieller (1954). Growth is told only where it stands out, and what stands out by
/// chance stands out too far: the true day is then later. So the late end is the stricter one, of 1 case in 100 rather
/// than 5.
private struct Crossing {
    let day: Double
    let earliest: Double
    /// Infinite where growth is not that certain.
    let latest: Double

    /// The crossing of a line that rises.
    init(of trend: RobustTrend, at capacity: Double) {
        let height = capacity - trend.level
        let (near, far) = (
            StudentQuantile.above5Percent(degreesOfFreedom: trend.degreesOfFreedom),
            StudentQuantile.above1Percent(degreesOfFreedom: trend.degreesOfFreedom)
        )
        day = trend.middle + height / trend.slope
        earliest = trend.middle + Self.root(trend, height, reach: near, isLate: false)
        latest = trend.middle + Self.root(trend, height, reach: far, isLate: true)
    }

    /// Where (height - slope x)^2 = reach^2 (levelVariance + x^2 slopeVariance), x in days from the middle.
    private static func root(_ trend: RobustTrend, _ height: Double, reach: Double, isLate: Bool) -> Double {
        let square = reach * reach
        let a = trend.slope * trend.slope - square * trend.slopeVariance
        let b = trend.slope * height
        let c = height * height - square * trend.levelVariance
        let root = max(0, b * b - a * c).squareRoot()
        guard a > 0 else { return .infinity }
        return isLate ? (b + root) / a : (b - root) / a
    }
}
