import Inventory
import Testing

@testable import Baselines

@Suite
struct ICalendarTests {
    private func dates(_ text: String, in years: ClosedRange<Int> = 2025...2028) throws -> [String] {
        try ICalendar.parse(text).dates.filter { date in years.contains { date.hasPrefix("\($0)-") } }
    }

    private func day(_ text: String) throws -> Int64 {
        try #require(Timestamp(text + "T00:00:00Z")).seconds / 86_400
    }

    @Test
    func googlesFileIsRead() throws {
        let calendar = try ICalendar.parse(CalendarFiles.google)
        #expect(calendar.dates == ["2026-12-25", "2027-01-01"])
        #expect(calendar.name(dayNumber: try day("2026-12-25")) == "Erster Weihnachtstag, ein Feiertag für alle")
        #expect(calendar.name(dayNumber: try day("2027-01-01")) == "Neujahr")
    }

    @Test
    func outlooksFileIsRead() throws {
        #expect(
            try dates(CalendarFiles.outlook) == [
                "2026-05-25", "2026-12-24", "2026-12-25", "2026-12-26", "2027-05-31", "2028-05-29",
            ])
    }

    @Test
    func applesFileIsRead() throws {
        let calendar = try ICalendar.parse(CalendarFiles.apple)
        let dates = calendar.dates.filter { $0 < "2029" && $0 >= "2025" }
        #expect(
            dates == [
                "2025-01-01", "2025-03-10", "2025-11-27", "2025-11-28", "2026-01-01", "2026-03-13", "2026-11-26",
                "2026-11-27", "2027-03-10", "2027-11-25", "2027-11-26", "2028-01-01", "2028-03-10", "2028-11-23",
                "2028-11-24",
            ])
        #expect(calendar.dates.last == "2100-11-26")
        #expect(calendar.name(dayNumber: try day("2026-03-13")) == "Founders’ Day (observed)")
    }

    @Test
    func lineEndsAndTheByteOrderMarkMakeNoDifference() throws {
        let apple = try ICalendar.parse(CalendarFiles.apple)
        let crlf = CalendarFiles.apple.split(separator: "\n").joined(separator: "\r\n")
        #expect(try ICalendar.parse(crlf) == apple)
        #expect(try ICalendar.parse("\u{FEFF}" + crlf + "\r\n\r\n") == apple)
    }

    /// A line may be folded after any octet, also within a character (RFC 5545, section 3.1).
    @Test
    func foldsAnywhereMakeNoDifference() throws {
        let whole = Array(CalendarFiles.google.utf8)
        let plain = try ICalendar.parse(whole)
        for place in whole.indices.dropFirst() where whole[place] > 32 && whole[place - 1] > 32 {
            let folded = whole[..<place] + Array("\r\n ".utf8) + whole[place...]
            #expect(try ICalendar.parse(Array(folded)) == plain, "\(place)")
        }
    }

    /// Rule of a holiday that began on 2024-02-29 or 2024-11-05; the days from 2025 to 2028.
    @Test(
        arguments: [
            ("20241105", "FREQ=YEARLY", ["2025-11-05", "2026-11-05", "2027-11-05", "2028-11-05"]),
            ("20240229", "FREQ=YEARLY", ["2028-02-29"]),
            ("20241105", "FREQ=YEARLY;INTERVAL=2", ["2026-11-05", "2028-11-05"]),
            ("20241105", "FREQ=YEARLY;COUNT=3", ["2025-11-05", "2026-11-05"]),
            ("20241105", "FREQ=YEARLY;UNTIL=20261105", ["2025-11-05", "2026-11-05"]),
            ("20241105", "FREQ=YEARLY;UNTIL=20261104T235959Z", ["2025-11-05"]),
            ("20241105", "FREQ=YEARLY;BYMONTH=3,11;UNTIL=20260401", ["2025-03-05", "2025-11-05", "2026-03-05"]),
            ("20241105", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24,-1;COUNT=4", ["2025-12-24"]),
            ("20241105", "FREQ=YEARLY;BYMONTHDAY=31;COUNT=2", []),
            (
                "20241105", "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
                ["2025-11-04", "2026-11-03", "2027-11-02", "2028-11-07"]
            ),
            (
                "20241105", "freq=yearly;bymonth=9;byday=1mo;wkst=su",
                ["2025-09-01", "2026-09-07", "2027-09-06", "2028-09-04"]
            ),
            ("20241105", "FREQ=YEARLY;BYMONTH=2;BYDAY=5TU;", ["2028-02-29"]),
        ] as [(String, String, [String])])
    func yearlyRulesAreFollowed(start: String, rule: String, expected: [String]) throws {
        #expect(try dates(CalendarFiles.event("DTSTART;VALUE=DATE:\(start)", "RRULE:\(rule)")) == expected)
    }

    /// Lines of an event; its days.
    @Test(arguments: [
        (["DTSTART:20260101"], ["2026-01-01"]),
        (["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260101"], ["2026-01-01"]),
        (["dtstart;value=date:20260101", "dtend;value=date:20260103"], ["2026-01-01", "2026-01-02"]),
        (["DTSTART;VALUE=DATE:20260101", "DURATION:P1D"], ["2026-01-01"]),
        (
            ["DTSTART;VALUE=DATE:20260101", "RDATE;VALUE=DATE:20260203,20260405"],
            ["2026-01-01", "2026-02-03", "2026-04-05"]
        ),
        (["DTSTART;VALUE=DATE:20260101", "EXDATE;VALUE=DATE:20260101"], []),
        (
            ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;COUNT=3", "EXDATE:20270101", "EXDATE:20280101"],
            ["2026-01-01"]
        ),
        (["DTSTART;X-A=\"a;b:c\";VALUE=DATE:20260101"], ["2026-01-01"]),
    ])
    func eventsTakeTheirDays(lines: [String], expected: [String]) throws {
        let text = (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"]).joined(
            separator: "\n")
        #expect(try dates(text) == expected)
    }

    @Test
    func aNameIsOneLineOfPlainText() throws {
        let long = String(repeating: "ä", count: 5000)
        let text = CalendarFiles.event(
            "DTSTART:20260101", "SUMMARY:a\\\\b\\, c\\; d\\ne \u{1B}[31m<b>\u{7}" + long)
        let name = try #require(try ICalendar.parse(text).name(dayNumber: try day("2026-01-01")))
        #expect(name.hasPrefix("a\\b, c; d e [31m<b>ää"))
        #expect(name.count <= 80)
    }
}
