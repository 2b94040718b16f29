import Inventory
import Testing

@testable import Baselines

@Suite
struct ICalendarRefusalTests {
    /// Third line of a file with one event; a word of the message, which tells the line and the property.
    @Test(arguments: [
        ("DTSTART:20260230", "no date"), ("DTSTART:2026-01-01", "no date"), ("DTSTART:", "no date"),
        ("DTSTART:20260101T090000", "time of day"), ("DTSTART:20260101T000000Z", "time of day"),
        ("DTSTART;TZID=Europe/Berlin:20260101T080000", "VALUE=DATE"), ("DTSTART:20260101T000000X", "time of day"),
        ("DTSTART:٢٠٢٦٠١٠١", "no date"),
    ])
    func aStartThatIsNoDayIsRefused(line: String, word: String) {
        let error = #expect(throws: CalendarError.self) { try ICalendar.parse(CalendarFiles.event(line)) }
        #expect(error?.line == 3)
        #expect(error?.property == "DTSTART")
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }

    /// Fourth line of a file, after DTSTART of 2026-03-01; a word of the message.
    @Test(arguments: [
        ("RRULE:FREQ=WEEKLY;BYDAY=SU", "FREQ=WEEKLY"), ("RRULE:FREQ=MONTHLY", "FREQ=MONTHLY"),
        ("RRULE:COUNT=3", "FREQ"),
        ("RRULE:FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"), ("RRULE:FREQ=YEARLY;BYYEARDAY=100", "BYYEARDAY"),
        ("RRULE:FREQ=YEARLY;BYDAY=SU", "BYMONTH"), ("RRULE:FREQ=YEARLY;BYMONTH=13", "BYMONTH=13"),
        ("RRULE:FREQ=YEARLY;BYMONTH=0", "BYMONTH=0"), ("RRULE:FREQ=YEARLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=XX", "BYDAY=XX"), ("RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=9MO", "BYDAY=9MO"),
        ("RRULE:FREQ=YEARLY;INTERVAL=0", "INTERVAL=0"), ("RRULE:FREQ=YEARLY;COUNT=1,2", "COUNT"),
        ("RRULE:FREQ=YEARLY;COUNT=99999999999999999999", "COUNT"), ("RRULE:FREQ=YEARLY;UNTIL=soon", "UNTIL"),
        ("RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20280101", "exclude"), ("RRULE:YEARLY", "YEARLY"), ("RRULE:", "FREQ"),
        ("RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYDAY=1MO", "BYMONTHDAY"), ("EXRULE:FREQ=YEARLY", "EXDATE"),
        ("DTEND;VALUE=DATE:20260228", "before DTSTART"), ("DTEND;VALUE=DATE:20270401", "366"),
        ("DTEND:never", "no date"),
        ("DTEND:20260302T120000", "time of day"), ("DURATION:PT1H", "whole days"), ("DURATION:P0D", "whole days"),
        ("DURATION:P900D", "whole days"), ("EXDATE:2026", "no date"), ("RDATE;VALUE=PERIOD:20260101/P1D", "no date"),
        ("DTSTART;VALUE=DATE:20260302", "twice"), ("no colon", "NAME:value"), ("RRULE;BROKEN", "NAME:value"),
        (":value", "NAME:value"), ("RECURRENCE-ID:x", "no date"),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260301", "RANGE"),
    ])
    func whatWouldMakeADayWrongIsToldByLine(line: String, word: String) {
        let file = CalendarFiles.event("DTSTART;VALUE=DATE:20260301", line)
        let error = #expect(throws: CalendarError.self, "\(line)") { try ICalendar.parse(file) }
        #expect(error?.line == 4, "\(error?.description ?? "")")
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(arguments: [
        ("", "VCALENDAR"), ("\r\n\r\n", "VCALENDAR"), ("<!DOCTYPE html>\n<html>", "iCalendar line"),
        ("HTTP:error", "outside"), ("BEGIN:VEVENT\nEND:VEVENT", "outside"), ("END:VCALENDAR", "not open"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR", "VEVENT"), ("BEGIN:VCALENDAR\nEND:VEVENT", "VCALENDAR"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR", "DTSTART is missing"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT", "within"),
    ])
    func whatIsNoCalendarIsToldSo(file: String, word: String) {
        let error = #expect(throws: CalendarError.self) { try ICalendar.parse(file) }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [CalendarFiles.google, CalendarFiles.outlook, CalendarFiles.apple])
    func aFileCutShortAnywhereIsRefused(file: String) throws {
        let octets = Array(file.utf8)
        let end = try #require(octets.lastIndex { $0 > 32 })
        // A step that is prime to every length of line.
        for length in stride(from: 0, through: end, by: 7) {
            #expect(throws: CalendarError.self, "\(length)") { try ICalendar.parse(Array(octets[..<length])) }
        }
        #expect(throws: CalendarError.self) { try ICalendar.parse(Array(octets[..<end])) }
        #expect(throws: Never.self) { try ICalendar.parse(octets) }
    }

    @Test
    func octetsThatWereChangedAreNoTrap() {
        var generator = TrafficDice(seed: 77)
        let files = [CalendarFiles.google, CalendarFiles.outlook, CalendarFiles.apple].map { Array($0.utf8) }
        for _ in 0..<1500 {
            var octets = files[Int.random(in: 0..<3, using: &generator)]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<octets.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: octets[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: octets.remove(at: place)
                default: octets.insert(octets[Int.random(in: 0..<octets.count, using: &generator)], at: place)
                }
            }
            guard let calendar = try? ICalendar.parse(octets) else { continue }
            #expect(calendar.count <= HolidayCalendar.knownDays.count, "seed 77")
        }
    }

    @Test
    func sizesHaveTheirLimits() {
        let big = [UInt8](repeating: 10, count: ICalendar.maximumBytes + 1)
        #expect(throws: CalendarError.self) { try ICalendar.parse(big) }
        let event = "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n"
        let many = "BEGIN:VCALENDAR\n" + String(repeating: event, count: ICalendar.maximumEvents + 1) + "END:VCALENDAR"
        #expect(throws: CalendarError.self) { try ICalendar.parse(many) }
        let deep = String(repeating: "BEGIN:VCALENDAR\n", count: 9)
        #expect(throws: CalendarError.self) { try ICalendar.parse(deep) }
    }

    @Test
    func rulesThatNameTooManyDaysAreRefused() {
        let event =
            "BEGIN:VEVENT\nDTSTART:00010101\nDURATION:P366D\n"
            + "RRULE:FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20\nEND:VEVENT\n"
        let error = #expect(throws: CalendarError.self) {
            try ICalendar.parse("BEGIN:VCALENDAR\n" + String(repeating: event, count: 20) + "END:VCALENDAR")
        }
        #expect(error?.reason.contains("more days") == true)
    }

    @Test
    func whatIsToldOfAFileHoldsNoControlCharacters() {
        let file = CalendarFiles.event("DTSTART:\u{1B}[2J\u{9B}" + String(repeating: "x", count: 9000))
        let error = #expect(throws: CalendarError.self) { try ICalendar.parse(file) }
        #expect((error?.description.count ?? 0) < 300)
        #expect(error?.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } == true)
    }
}
