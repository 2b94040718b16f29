import Inventory
import Testing

@testable import Baselines

@Suite
struct UplinkForecastTests {
    private func forecast(_ specimen: TrendSpecimen, days: Int = 60, seed: UInt64 = 1) -> DirectionForecast {
        DirectionForecast(levels: specimen.levels(days: days, seed: seed), capacity: TrendSpecimen.capacity)
    }

    /// Without noise the day is the true one, wherever in the week the history begins and ends.
    @Test(arguments: 14...40)
    func weekendsDoNotTiltTheLine(days: Int) throws {
        let specimen = TrendSpecimen(spread: 0)
        let forecast = forecast(specimen, days: days)
        #expect(forecast.outcome == .reaches)
        #expect(abs(try #require(forecast.growthPerDay) - 10e6) < 1)
        #expect(TrendSpecimen.day(forecast.date) == specimen.trueDay)
        let flat = self.forecast(TrendSpecimen(growthPerDay: 0, spread: 0), days: days)
        #expect(flat.outcome == .notGrowing)
        #expect(flat.growthPerDay == 0)
        #expect(flat.level == 4e9)
    }

    @Test
    func theWeekendIsTheLevelWhereItIsBusier() throws {
        let forecast = forecast(TrendSpecimen(growthPerDay: 0, weekendShare: 1.5, spread: 0))
        #expect(abs(try #require(forecast.level) - 6e9) < 1)
    }

    @Test
    func singleDaysOutOfLineDoNotTiltIt() throws {
        let specimen = TrendSpecimen(spread: 0.02)
        var levels = specimen.levels(days: 60, seed: 3)
        let plain = DirectionForecast(levels: levels, capacity: TrendSpecimen.capacity)
        for day in [2, 20, 21, 58, 59] { levels[day].rate = 0 }
        levels[57].rate = 1e12
        let disturbed = DirectionForecast(levels: levels, capacity: TrendSpecimen.capacity)
        #expect(disturbed.outcome == .reaches)
        let difference = try #require(TrendSpecimen.day(disturbed.date)) - (try #require(TrendSpecimen.day(plain.date)))
        #expect(abs(difference) < 100)
    }

    /// Days; likeness of neighbours; 9 of 10 intervals that are told hold the true day.
    @Test(arguments: [(28, 0.0), (28, 0.5), (60, 0.0), (60, 0.5), (90, 0.6), (180, 0.3), (180, 0.6)])
    func theIntervalHoldsTheTrueDay(days: Int, likeness: Double) {
        // A month tells only what grows fast.
        let growth = days < 60 ? 25e6 : 10e6
        let specimen = TrendSpecimen(growthPerDay: growth, spread: 0.06, likeness: likeness, outliers: 0.03)
        var (told, held) = (0, 0)
        for seed in 0..<60 {
            let forecast = forecast(specimen, days: days, seed: UInt64(seed) * 7919 + UInt64(days))
            guard forecast.outcome == .reaches || forecast.outcome == .beyondHorizon else { continue }
            told += 1
            let early = TrendSpecimen.day(forecast.earliest) ?? .infinity
            let late = TrendSpecimen.day(forecast.latest) ?? .infinity
            if early - 1 <= specimen.trueDay, specimen.trueDay <= late { held += 1 }
        }
        #expect(told >= 30, "told \(told)")
        #expect(Double(held) >= 0.9 * Double(told) - 1, "held \(held) of \(told)")
    }

    @Test
    func whereNothingGrowsADateIsHardlyEverTold() {
        for (days, growth) in [(28, 0.0), (90, 0), (90, -5e6)] {
            let specimen = TrendSpecimen(growthPerDay: growth, likeness: 0.3, outliers: 0.03)
            let told = (0..<60).filter { forecast(specimen, days: days, seed: UInt64($0)).outcome != .notGrowing }
            #expect(told.count <= 5, "\(days) days, growth \(growth): seeds \(told)")
        }
    }

    @Test
    func tooLittleHistoryTellsHowMuchThereIs() {
        let levels = TrendSpecimen(spread: 0).levels(days: 13, seed: 1)
        let forecast = DirectionForecast(levels: levels, capacity: 10e9)
        #expect(forecast.outcome == .tooLittleHistory)
        #expect(forecast.days == 13)
        #expect(forecast.level == nil)
        #expect(forecast.description == "Too little history: 13 of 14 days.")
        #expect(DirectionForecast(levels: [], capacity: 10e9).outcome == .tooLittleHistory)
        // The same day twice is one day.
        #expect(DirectionForecast(levels: levels + levels, capacity: 10e9).days == 13)
    }

    @Test
    func withoutACapacityThereIsALevelButNoDate() {
        for capacity in [nil, 0, -1, .nan, .infinity] as [Double?] {
            let forecast = DirectionForecast(levels: TrendSpecimen().levels(days: 60, seed: 1), capacity: capacity)
            #expect(forecast.outcome == .capacityUnknown)
            #expect(forecast.date == nil)
            #expect(forecast.level != nil)
            #expect(forecast.capacity == nil)
        }
    }

    @Test
    func aFullLinkIsThereAlready() {
        for growth in [0.0, 10e6, -1e6] {
            let forecast = forecast(TrendSpecimen(base: 9.7e9, growthPerDay: growth, spread: 0.001), days: 20)
            #expect(forecast.outcome == .alreadyThere, "\(growth)")
            #expect(forecast.date == nil)
        }
    }

    @Test
    func whatIsMoreThanFiveYearsOffHasNoDate() throws {
        let slow = forecast(TrendSpecimen(growthPerDay: 3e6, spread: 0.0001), days: 90)
        #expect(slow.outcome == .beyondHorizon)
        #expect(slow.date == nil)
        #expect(slow.latest == nil)
        let near = forecast(TrendSpecimen(growthPerDay: 3.4e6, spread: 0.0001), days: 90)
        #expect(near.outcome == .reaches)
        #expect(slow.description.contains("more than five years"))
    }

    @Test
    func olderDaysThanHalfAYearDoNotCount() throws {
        // Two years of growth, then half a year without.
        let old = TrendSpecimen(spread: 0).levels(days: 400, seed: 1)
        let last = try #require(old.last).dayNumber
        let flat = (1...180).map { DayLevel(dayNumber: last + Int64($0), rate: 3e9) }
        let forecast = DirectionForecast(levels: old + flat, capacity: 10e9)
        #expect(forecast.days == 180)
        #expect(forecast.outcome == .notGrowing)
    }

    @Test
    func orderDoesNotMatterNorWhatIsNoLevel() {
        let levels = TrendSpecimen().levels(days: 60, seed: 5)
        let plain = DirectionForecast(levels: levels, capacity: 10e9)
        let strange = [
            DayLevel(dayNumber: .max, rate: 1), DayLevel(dayNumber: 20_700, rate: .nan),
            DayLevel(dayNumber: 20_701, rate: -1), DayLevel(dayNumber: .min, rate: .infinity),
        ]
        #expect(DirectionForecast(levels: levels.reversed() + strange, capacity: 10e9) == plain)
    }

    @Test
    func theDirectionThatIsThereFirstLeads() {
        func levels(_ growth: Double, base: Double = 4e9) -> [DayLevel] {
            TrendSpecimen(base: base, growthPerDay: growth, spread: 0).levels(days: 30, seed: 1)
        }
        func leading(_ inbound: [DayLevel], _ outbound: [DayLevel]) -> TrafficDirection {
            UplinkForecast(inbound: inbound, outbound: outbound, capacity: 10e9).leading
        }
        #expect(leading(levels(10e6), levels(20e6)) == .outbound)
        #expect(leading(levels(20e6), levels(10e6)) == .inbound)
        #expect(leading(levels(20e6), levels(0, base: 9.9e9)) == .outbound)
        #expect(leading(levels(0), levels(3.4e6)) == .outbound)
        #expect(leading([], levels(0)) == .outbound)
        #expect(leading([], []) == .inbound)
        let forecast = UplinkForecast(inbound: levels(10e6), outbound: levels(20e6), capacity: 10e9)
        #expect(forecast.leadingForecast == forecast.outbound)
    }

    @Test
    func theSentenceTellsTheDayAndTheInterval() throws {
        let forecast = forecast(TrendSpecimen())
        let date = try #require(forecast.date)
        let earliest = try #require(forecast.earliest)
        #expect(
            forecast.description.hasPrefix("Reaches capacity about \(date) (9 times of 10 between \(earliest) and "))
    }

    /// t-tables: degrees of freedom, 5 %, 1 %.
    @Test(arguments: [
        (2.0, 2.920, 6.965), (3, 2.353, 4.541), (5, 2.015, 3.365), (10, 1.812, 2.764), (60, 1.671, 2.390),
    ])
    func theQuantilesAreThoseOfTheTables(freedom: Double, five: Double, one: Double) {
        #expect(abs(StudentQuantile.above5Percent(degreesOfFreedom: freedom) / five - 1) < 0.013)
        #expect(abs(StudentQuantile.above1Percent(degreesOfFreedom: freedom) / one - 1) < 0.075)
    }
}
