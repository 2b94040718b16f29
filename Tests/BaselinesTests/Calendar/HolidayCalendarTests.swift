import Inventory
import Testing

@testable import Baselines

@Suite
struct HolidayCalendarTests {
    @Test
    func datesSpansAndYearlyDatesAreRead() throws {
        let calendar = try HolidayCalendar(parsing: [
            "2026-01-01", "2026-12-24/2026-12-26", "--05-01", " --12-31/--01-02",
        ])
        let dates = calendar.dates.filter { $0.hasPrefix("2026") }
        #expect(
            dates == [
                "2026-01-01", "2026-01-02", "2026-05-01", "2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31",
            ])
        #expect(calendar.dates.first == "1970-05-01")
        #expect(calendar.dates.last == "2100-12-31")
    }

    @Test
    func theLeapDayIsAHolidayInLeapYearsOnly() throws {
        let dates = try HolidayCalendar(parsing: ["--02-29"]).dates
        #expect(dates.count == 32)
        #expect(dates.prefix(2) == ["1972-02-29", "1976-02-29"])
        #expect(dates.last == "2096-02-29")
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-30", "2026-1-1", "01.01.2026", "2026-01-01/", "/2026-01-01", "tomorrow",
        "1969-12-31", "2101-01-01", "--13-01", "--02-30", "-02-01", "--01-01/2026-01-02", "2026-01-01/--01-02",
        "2026-01-02/2026-01-01", "2026-01-01/2027-01-02", "2026-01-01/2026-01-02/2026-01-03", "２０２６-01-01",
        "2026-01-0\u{1B}",
    ])
    func whatIsNoDateIsRefused(entry: String) {
        let error = #expect(throws: CalendarError.self) { try HolidayCalendar(parsing: ["2026-01-01", entry]) }
        #expect(error?.remedy.contains("2026-") == true)
        #expect(error?.line == nil)
        #expect(error?.description.contains("\u{1B}") == false)
    }

    @Test
    func aListHasItsLimit() {
        let many = Array(repeating: "2026-01-01", count: HolidayCalendar.maximumEntries + 1)
        #expect(throws: CalendarError.self) { try HolidayCalendar(parsing: many) }
    }

    @Test
    func calendarsAreJoined() throws {
        var calendar = try HolidayCalendar(parsing: ["2026-12-25", "2026-12-26"])
        calendar.formUnion(try ICalendar.parse(CalendarFiles.google))
        #expect(calendar.dates == ["2026-12-25", "2026-12-26", "2027-01-01"])
        let christmas = try #require(Timestamp("2026-12-25T00:00:00Z")).seconds / 86_400
        #expect(calendar.name(dayNumber: christmas)?.hasPrefix("Erster Weihnachtstag") == true)
        #expect(calendar.name(dayNumber: christmas + 1) == nil)
        #expect(calendar.isHoliday(dayNumber: christmas + 1))
    }

    @Test
    func theDayIsThatOfTheZone() throws {
        let calendar = try HolidayCalendar(parsing: ["2026-12-25"])
        let tbilisi = try #require(TestZone.all.first { $0.name == "Asia/Tbilisi" }).rules
        var clock = HourClock(zone: tbilisi, calendar: calendar)
        for (moment, isHoliday) in [
            ("2026-12-24T19:59:59Z", false), ("2026-12-24T20:00:00Z", true), ("2026-12-25T19:59:59Z", true),
            ("2026-12-25T20:00:00Z", false),
        ] {
            let place = clock.place(at: try #require(Timestamp(moment)))
            #expect(place.isHoliday == isHoliday, "\(moment)")
        }
    }

    @Test
    func absurdDaysAreNoHolidays() throws {
        let calendar = try HolidayCalendar(parsing: ["2026-12-25"])
        for day in [Int64.min, -1, 0, .max] { #expect(!calendar.isHoliday(dayNumber: day)) }
        #expect(!HolidayCalendar().isHoliday(dayNumber: 20_000))
        #expect(HolidayCalendar().isEmpty)
        #expect(CivilTime(secondsSince1970: -1).dayNumber == -1)
    }
}
