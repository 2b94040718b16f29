/// How the load of an interface follows the hours of the week, as a factor of its mean.
public enum TrafficShape: UInt8, Sendable, CaseIterable {
    /// People at desks: nine to six on working days, a dip at lunch.
    case office
    /// A bank branch: ten to five, a short Saturday.
    case branch
    /// Internet use of offices with an evening tail of customers.
    case internet
    /// Backbone: the sum of all, never quiet.
    case backbone
    /// Servers: daytime load and the nightly back-up.
    case server
    /// Cameras and telemetry: the same at every hour.
    case steady

    /// Relative load at each hour of a working day, Saturday and Sunday, before scaling to a mean of 1.
    private var days: (working: [Double], saturday: [Double], sunday: [Double]) {
        switch self {
        case .office:
            let working = Self.day(night: 0.08, from: 9, to: 18, peak: 1.0, lunch: 0.72, evening: 0.22)
            return (working, working.map { 0.06 + $0 * 0.22 }, working.map { 0.06 + $0 * 0.08 })
        case .branch:
            let working = Self.day(night: 0.06, from: 10, to: 17, peak: 1.0, lunch: 0.85, evening: 0.12)
            let saturday = Self.day(night: 0.06, from: 10, to: 14, peak: 0.6, lunch: 0.55, evening: 0.08)
            return (working, saturday, Array(repeating: 0.07, count: 24))
        case .internet:
            let working = Self.day(night: 0.18, from: 9, to: 18, peak: 1.0, lunch: 0.9, evening: 0.62)
            return (working, working.map { 0.1 + $0 * 0.5 }, working.map { 0.12 + $0 * 0.42 })
        case .backbone:
            let working = Self.day(night: 0.3, from: 9, to: 19, peak: 1.0, lunch: 0.88, evening: 0.55)
            return (working, working.map { 0.2 + $0 * 0.45 }, working.map { 0.2 + $0 * 0.35 })
        case .server:
            var working = Self.day(night: 0.2, from: 9, to: 18, peak: 0.7, lunch: 0.62, evening: 0.35)
            for hour in 1...3 { working[hour] = 1.0 }
            return (working, working.map { 0.1 + $0 * 0.6 }, working.map { 0.1 + $0 * 0.55 })
        case .steady:
            let flat = Array(repeating: 1.0, count: 24)
            return (flat, flat, flat)
        }
    }

    private static func day(
        night: Double, from: Int, to: Int, peak: Double, lunch: Double, evening: Double
    ) -> [Double] {
        (0..<24).map { hour in
            switch hour {
            case from..<to: hour == 13 ? lunch : (hour == from ? (peak + night) * 0.6 : peak)
            case to..<23: evening + (night - evening) * Double(hour - to) / Double(23 - to)
            case (from - 2)..<from: night + (peak - night) * 0.2 * Double(hour - from + 3)
            default: night
            }
        }
    }

    /// Factors at the 168 full hours of a week from Monday 00:00, mean exactly 1 up to rounding.
    func hourlyFactors() -> [Double] {
        let days = self.days
        let week = (0..<7).flatMap { day in day < 5 ? days.working : (day == 5 ? days.saturday : days.sunday) }
        let mean = week.reduce(0, +) / Double(week.count)
        return week.map { $0 / mean }
    }
}

/// The largest whole number not above a value within the range of `Int64`; one instruction and a compare, where
/// `rounded(.down)` is a call.
@inline(__always)
func wholeBelow(_ value: Double) -> Int64 {
    let whole = Int64(value)
    return Double(whole) > value ? whole - 1 : whole
}

/// A shape ready for use: load factors and their running integral.
struct WeekCurve: Sendable {
    static let weekSeconds = 604_800.0
    /// Factor at each full hour, with the first repeated at the end.
    private let factors: [Double]
    /// Load-seconds from the week's start up to each full hour.
    private let sums: [Double]

    init(_ shape: TrafficShape) {
        let hourly = shape.hourlyFactors()
        factors = hourly + [hourly[0]]
        var sums = [0.0]
        for hour in 0..<168 { sums.append(sums[hour] + 1800 * (factors[hour] + factors[hour + 1])) }
        self.sums = sums
    }

    /// Every shape's curve, by raw value.
    static let all: [WeekCurve] = TrafficShape.allCases.map(WeekCurve.init)

    /// Load-seconds from the epoch (Monday 00:00) to `seconds`: the integral of the factor, which is linear between
    /// full hours.
    ///
    /// Strictly increasing.
    func load(at seconds: Double) -> Double {
        let week = Double(wholeBelow(seconds / Self.weekSeconds))
        let inWeek = seconds - week * Self.weekSeconds
        let hour = min(max(Int(inWeek / 3600), 0), 167)
        let x = inWeek - Double(hour) * 3600
        let (low, high) = (factors[hour], factors[hour + 1])
        return week * sums[168] + sums[hour] + x * (low + (high - low) * x / 7200)
    }

    /// The factor at a moment.
    func factor(at seconds: Double) -> Double {
        let week = Double(wholeBelow(seconds / Self.weekSeconds))
        let hours = (seconds - week * Self.weekSeconds) / 3600
        let hour = min(max(Int(hours), 0), 167)
        return factors[hour] + (factors[hour + 1] - factors[hour]) * (hours - Double(hour))
    }
}
