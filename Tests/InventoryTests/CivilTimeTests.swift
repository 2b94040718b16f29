import Inventory
import Testing

@Suite("Dates and times of day")
struct CivilTimeTests {
    @Test("every day of four centuries follows the one before it, and counts back to itself")
    func everyDay() throws {
        var previous = CivilTime(secondsSince1970: -86_400)
        for day in 0..<146_097 as Range<Int64> {
            let civil = CivilTime(secondsSince1970: day * 86_400)
            try #require(civil.secondsSince1970 == day * 86_400, "day \(day)")
            try #require(civil.dayOfWeek == (previous.dayOfWeek + 1) % 7, "day \(day)")
            let isNextDay = civil.day == previous.day + 1 && civil.month == previous.month
            try #require(isNextDay || (civil.day == 1 && previous.day >= 28), "day \(day)")
            try #require(
                CivilTime(year: civil.year, month: civil.month, day: civil.day) == civil, "day \(day)")
            previous = civil
        }
    }

    @Test(
        "known moments have their known names",
        arguments: [
            (0, "1970-01-01", "00:00:00", 4), (-1, "1969-12-31", "23:59:59", 3),
            (951_782_400, "2000-02-29", "00:00:00", 2),
            (1_772_337_600, "2026-03-01", "04:00:00", 0), (4_107_542_399, "2100-02-28", "23:59:59", 0),
            (-62_135_596_800, "0001-01-01", "00:00:00", 1),
        ] as [(Int64, String, String, Int)])
    func known(seconds: Int64, date: String, time: String, dayOfWeek: Int) {
        let civil = CivilTime(secondsSince1970: seconds)
        #expect(civil.isoDate == date)
        #expect(civil.isoTime == time)
        #expect(civil.dayOfWeek == dayOfWeek)
        #expect(civil.secondsSince1970 == seconds)
    }

    @Test(
        "February has 29 days in leap years of the Gregorian calendar only",
        arguments: [(2024, true), (2026, false), (1900, false), (2000, true), (2100, false), (2400, true)]
            as [(Int64, Bool)])
    func leapYears(year: Int64, isLeap: Bool) {
        #expect((CivilTime(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CivilTime(year: year, month: 2, day: 30) == nil)
    }

    @Test("parts out of range make no time")
    func refused() {
        #expect(CivilTime(year: 2026, month: 0, day: 1) == nil)
        #expect(CivilTime(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilTime(year: 2026, month: 4, day: 31) == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 0) == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 1, hour: 24) == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 1, minute: 60) == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 1, second: 60) == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 1, hour: -1) == nil)
        #expect(CivilTime(year: 2026, month: 12, day: 31, hour: 23, minute: 59, second: 59) != nil)
    }
}
