import Inventory

@testable import Baselines

/// Growth of which the truth is known.
struct TrendSpecimen {
    /// A Tuesday.
    static let firstDay: Int64 = 20_605
    static let capacity = 10e9

    var base = 4e9
    var growthPerDay = 10e6
    /// What a weekend carries of a working day's level less the growth.
    var weekendShare = 0.6
    /// Standard deviation of a day as a share of the base, and how like one day is to the next.
    var spread = 0.05
    var likeness = 0.5
    /// Share of days that go wrong.
    var outliers = 0.0

    func levels(days: Int, seed: UInt64) -> [DayLevel] {
        var generator = SeededGenerator(seed: seed)
        var noise = Self.normal(&generator)
        return (0..<days).map { day in
            let number = Self.firstDay + Int64(day)
            noise = likeness * noise + (1 - likeness * likeness).squareRoot() * Self.normal(&generator)
            let isWeekend = [0, 6].contains((number + 4) % 7)
            let usual = base * (isWeekend ? weekendShare : 1) + growthPerDay * Double(day)
            let isOutlier = Double.random(in: 0..<1, using: &generator) < outliers
            return DayLevel(dayNumber: number, rate: max(0, usual + base * spread * noise) * (isOutlier ? 0.2 : 1))
        }
    }

    /// The day on which the line of working days reaches the capacity.
    var trueDay: Double { Double(Self.firstDay) + (Self.capacity - base) / growthPerDay }

    /// A day of the written form.
    static func day(_ date: String?) -> Double? {
        date.flatMap { Timestamp($0 + "T00:00:00Z") }.map { Double($0.seconds / 86_400) }
    }

    /// A number that is nearly normal: twelve equal ones, of a variance of a twelfth each.
    private static func normal(_ generator: inout SeededGenerator) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
}
