import Inventory

/// What is read of a VEVENT (RFC 5545, section 3.6.1): whole days, and how they come back.
struct ICalendarEvent {
    /// Where it begins in the file.
    let line: Int
    var start: ICalendarLine?
    var end: ICalendarLine?
    var duration: ICalendarLine?
    var rule: ICalendarLine?
    var recurrence: ICalendarLine?
    /// EXDATE and RDATE.
    var exceptions: [ICalendarLine] = []
    var additions: [ICalendarLine] = []
    var uid = ""
    var summary = ""
    var isCancelled = false

    /// An event that begins on a line.
    init(line: Int) {
        self.line = line
    }

    /// Takes a property; those that say nothing of days are skipped.
    mutating func take(_ property: ICalendarLine) throws(CalendarError) {
        switch property.name {
        case "DTSTART": try put(property, in: &start)
        case "DTEND": try put(property, in: &end)
        case "DURATION": try put(property, in: &duration)
        case "RRULE": try put(property, in: &rule)
        case "RECURRENCE-ID":
            guard property.parameters["RANGE"] == nil else {
                throw property.refusal("RANGE is not known", "write an event for each day that was moved")
            }
            try put(property, in: &recurrence)
        case "EXDATE": exceptions.append(property)
        case "RDATE": additions.append(property)
        case "UID": uid = property.value
        case "SUMMARY": summary = Self.plain(property.value)
        case "STATUS": isCancelled = property.value.uppercased() == "CANCELLED"
        case "EXRULE":
            throw property.refusal("rules of exceptions are not known", "write EXDATE with single dates")
        default: break
        }
    }

    private func put(_ property: ICalendarLine, in place: inout ICalendarLine?) throws(CalendarError) {
        guard place == nil else {
            throw property.refusal("it stands twice in the event of line \(line)", "keep one of them")
        }
        place = property
    }

    /// The first day of the event, and how many days it takes, 1 to 366.
    func span() throws(CalendarError) -> (start: Int, days: Int) {
        guard let start else {
            throw CalendarError(
                line: line, property: "VEVENT", reason: "DTSTART is missing",
                remedy: "write DTSTART;VALUE=DATE:20261225")
        }
        let first = try ICalendarDate.day(start.value, of: start)
        var days = 1
        if let end {
            // The day after the last; the same day, as some programs write it, is one day.
            days = max(try ICalendarDate.day(end.value, of: end) - first, 0)
            let isReversed = try ICalendarDate.day(end.value, of: end) < first
            guard !isReversed, days <= 366 else {
                throw end.refusal(
                    isReversed ? "it is before DTSTART" : "\(days) days are more than 366",
                    "write the day after the last")
            }
            days = max(days, 1)
        } else if let duration {
            days = try ICalendarDate.durationDays(of: duration)
        }
        return (first, days)
    }

    /// The days on which the event begins, with RRULE and RDATE, without EXDATE; in order.
    func starts(from first: Int, steps: inout Int) throws(CalendarError) -> [Int] {
        var starts = [first]
        if let rule {
            guard let days = try ICalendarRule(rule).days(from: first, steps: &steps) else {
                throw ICalendar.tooMuch(line: rule.number, property: "RRULE")
            }
            starts = days
        }
        for addition in additions { starts += try Self.days(of: addition) }
        var removed: Set<Int> = []
        for exception in exceptions { removed.formUnion(try Self.days(of: exception)) }
        return Set(starts).subtracting(removed).sorted()
    }

    private static func days(of line: ICalendarLine) throws(CalendarError) -> [Int] {
        var days: [Int] = []
        for text in line.value.split(separator: ",") { days.append(try ICalendarDate.day(text, of: line)) }
        return days
    }

    /// A text without its escapes (RFC 5545, section 3.3.11), on one line, 80 characters at most.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var isEscaped = false
        for scalar in text.unicodeScalars.prefix(200) {
            if isEscaped {
                plain.unicodeScalars.append(scalar == "n" || scalar == "N" ? " " : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar.properties.generalCategory != .control {
                plain.unicodeScalars.append(scalar)
            }
        }
        return String(plain.prefix(80)).split(separator: " ").joined(separator: " ")
    }
}
