/// Reads the holidays of iCalendar files, as Google, Outlook and Apple write them (RFC 5545).
///
/// Every VEVENT that is not cancelled is a holiday of whole days: DTSTART with VALUE=DATE, or at local midnight; DTEND,
/// the day after the last, or DURATION; RRULE of FREQ=YEARLY, RDATE, EXDATE, and RECURRENCE-ID for one that was moved.
/// Other components (time zones, alarms, tasks) and properties are skipped. What would make a day wrong is refused.
public enum ICalendar {
    /// Octets a file may have.
    public static let maximumBytes = 4 << 20
    /// Events a file may have.
    public static let maximumEvents = 10_000
    /// Days that may be looked at while rules are followed: far more than any true calendar needs.
    static let maximumSteps = 2_000_000

    /// The holidays of a file; throws with line, property and remedy.
    public static func parse(_ text: String) throws(CalendarError) -> HolidayCalendar {
        try parse(Array(text.utf8))
    }

    /// The holidays of a file's octets; throws with line, property and remedy.
    public static func parse(_ file: [UInt8]) throws(CalendarError) -> HolidayCalendar {
        guard file.count <= maximumBytes else {
            throw CalendarError(
                property: "file", reason: "\(file.count) octets are more than \(maximumBytes)",
                remedy: "export the holidays alone")
        }
        var reader = ICalendarReader()
        for (number, octets) in ICalendarLine.unfolded(file) {
            try reader.take(try ICalendarLine(number: number, octets: octets))
        }
        return try holidays(of: try reader.finish())
    }

    private static func holidays(of events: [ICalendarEvent]) throws(CalendarError) -> HolidayCalendar {
        var calendar = HolidayCalendar()
        var steps = maximumSteps
        let moved = try movedDays(events)
        for event in events {
            let (first, days) = try event.span()
            let starts = try event.starts(from: first, steps: &steps)
            guard !event.isCancelled else { continue }
            for start in starts {
                if event.recurrence == nil, moved[event.uid]?.contains(start) == true { continue }
                steps -= days
                guard steps >= 0 else { throw tooMuch(line: event.line, property: "VEVENT") }
                for day in start..<(start + days) { calendar.insert(Int32(clamping: day), name: event.summary) }
            }
        }
        return calendar
    }

    /// The days of events that come back on which an event of its own stands for them, by UID.
    private static func movedDays(_ events: [ICalendarEvent]) throws(CalendarError) -> [String: Set<Int>] {
        var moved: [String: Set<Int>] = [:]
        for event in events {
            guard let recurrence = event.recurrence else { continue }
            moved[event.uid, default: []].insert(try ICalendarDate.day(recurrence.value, of: recurrence))
        }
        return moved
    }

    static func tooMuch(line: Int, property: String) -> CalendarError {
        CalendarError(
            line: line, property: property, reason: "up to here the file names more days than can be looked at",
            remedy: "export the holidays alone, or write single dates")
    }
}

/// Finds the events among the lines of a file, and holds it to its nesting.
private struct ICalendarReader {
    private var open: [(name: String, line: Int)] = []
    private var events: [ICalendarEvent] = []
    private var hasCalendar = false

    mutating func take(_ line: ICalendarLine) throws(CalendarError) {
        switch line.name {
        case "BEGIN": try begin(line.value.uppercased(), line)
        case "END":
            guard let last = open.last, last.name == line.value.uppercased() else {
                throw line.refusal(
                    "\(CalendarError.clipped(line.value)) ends what is not open"
                        + (open.last.map { "; open is \($0.name) of line \($0.line)" } ?? ""),
                    "export the calendar again")
            }
            open.removeLast()
        default:
            guard !open.isEmpty else { throw noCalendar(line) }
            // Properties of an alarm within an event are not the event's.
            if open.last?.name == "VEVENT" { try events[events.count - 1].take(line) }
        }
    }

    private mutating func begin(_ name: String, _ line: ICalendarLine) throws(CalendarError) {
        guard !open.isEmpty || name == "VCALENDAR" else { throw noCalendar(line) }
        guard open.count < 8 else { throw line.refusal("9 components within each other", "export the calendar again") }
        let isEvent = name == "VEVENT"
        guard !isEvent || open.count == 1 else {
            throw line.refusal("an event within \(open[open.count - 1].name)", "export the calendar again")
        }
        if isEvent {
            guard events.count < ICalendar.maximumEvents else {
                throw line.refusal("more than \(ICalendar.maximumEvents) events", "export the holidays alone")
            }
            events.append(ICalendarEvent(line: line.number))
        }
        hasCalendar = true
        open.append((CalendarError.clipped(name).filter { $0 != "'" }, line.number))
    }

    /// The events, where the file is whole.
    func finish() throws(CalendarError) -> [ICalendarEvent] {
        if let last = open.last {
            throw CalendarError(
                line: last.line, property: last.name, reason: "it is begun here and never ended: the file is cut short",
                remedy: "copy or export the file again")
        }
        guard hasCalendar else {
            throw CalendarError(
                property: "file", reason: "it holds no VCALENDAR", remedy: "export the calendar as an iCalendar file")
        }
        return events
    }

    private func noCalendar(_ line: ICalendarLine) -> CalendarError {
        line.refusal("it stands outside of BEGIN:VCALENDAR", "export the calendar as an iCalendar (.ics) file")
    }
}
