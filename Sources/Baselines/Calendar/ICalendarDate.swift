import Inventory

/// Dates as they stand in iCalendar files, as days since 1970-01-01.
enum ICalendarDate {
    /// The day of `20261225`, or of `20261225T000000` where the property is no date but a local midnight.
    ///
    /// Throws for a time of day, since a holiday is a whole day, and for a moment in UTC, whose local day is not known.
    static func day(_ text: some StringProtocol, of line: ICalendarLine) throws(CalendarError) -> Int {
        let octets = Array(text.utf8)
        guard let day = number(octets.prefix(8)), octets.count == 8 || octets.count == 15 || octets.count == 16 else {
            throw line.refusal("\(CalendarError.clipped(String(text))) is no date", "write a date such as 20261225")
        }
        guard octets.count > 8 else { return day }
        guard octets[8...].elementsEqual("T000000".utf8) else {
            throw line.refusal(
                "\(CalendarError.clipped(String(text))) is a time of day, and a holiday a whole day",
                "write \(line.name);VALUE=DATE:\(String(decoding: octets.prefix(8), as: UTF8.self)), take the event "
                    + "out, or enter an exclusion for a part of a day")
        }
        return day
    }

    /// The date part of `20261225` or `20261225T235959Z`: an end up to which a rule holds.
    static func lastDay(_ text: some StringProtocol, of line: ICalendarLine) throws(CalendarError) -> Int {
        let octets = Array(text.utf8)
        guard let day = number(octets.prefix(8)), octets.count == 8 || octets[8] == UInt8(ascii: "T") else {
            throw line.refusal("UNTIL=\(CalendarError.clipped(String(text))) is no date", "write UNTIL=20301231")
        }
        return day
    }

    /// The days of `P3D` or `P1W`, at least 1.
    static func durationDays(of line: ICalendarLine) throws(CalendarError) -> Int {
        let text = line.value.hasPrefix("+") ? line.value.dropFirst() : line.value[...]
        let digits = text.dropFirst().dropLast()
        guard text.first == "P", let unit = text.last, unit == "D" || unit == "W", digits.allSatisfy(\.isASCII),
            digits.allSatisfy(\.isNumber), let count = Int(digits), (1...366).contains(count)
        else {
            throw line.refusal(
                "\(CalendarError.clipped(line.value)) is no number of whole days from 1 to 366",
                "write DURATION:P1D, or DTEND with the day after the last")
        }
        return unit == "W" ? count * 7 : count
    }

    /// The day of eight digits; nil where they are none or name no day.
    private static func number(_ octets: ArraySlice<UInt8>) -> Int? {
        guard octets.count == 8, octets.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let digits = octets.map { Int64($0 - 48) }
        let year = digits[..<4].reduce(0) { $0 * 10 + $1 }
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        return CivilTime(year: year, month: month, day: day).map { Int($0.dayNumber) }
    }
}
