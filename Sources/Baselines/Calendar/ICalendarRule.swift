import Inventory

/// A rule by which a holiday comes back every year: `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH` (RFC 5545, section 3.3.10).
///
/// Known are FREQ=YEARLY, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY within BYMONTH, BYSETPOS and WKST.
/// Anything else is refused, since a rule that is half understood names wrong days.
struct ICalendarRule {
    /// A day of the week, 0 = Sunday; its ordinal within the month, negative from the end, 0 for every one.
    struct Weekday: Equatable {
        var ordinal: Int
        var day: Int
    }

    var interval = 1
    var count: Int?
    /// The last day on which it may begin.
    var until: Int?
    var months: [Int] = []
    var monthDays: [Int] = []
    var weekdays: [Weekday] = []
    var positions: [Int] = []

    private static let names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]

    /// Reads an RRULE.
    init(_ line: ICalendarLine) throws(CalendarError) {
        var isYearly = false
        for part in line.value.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { throw Self.unknown(part, line) }
            if halves[0].uppercased() == "FREQ" {
                guard halves[1].uppercased() == "YEARLY" else { throw Self.unknown(part, line) }
                isYearly = true
            } else {
                try read(halves[0].uppercased(), halves[1].uppercased(), line)
            }
        }
        guard isYearly else { throw line.refusal("FREQ is missing", "write FREQ=YEARLY or single dates") }
        guard count == nil || until == nil else {
            throw line.refusal("COUNT and UNTIL exclude each other", "keep one of them")
        }
        guard weekdays.isEmpty || !months.isEmpty else {
            throw line.refusal("BYDAY without BYMONTH is not known", "add BYMONTH, or write single dates")
        }
        guard monthDays.isEmpty || weekdays.allSatisfy({ $0.ordinal == 0 }) else {
            throw line.refusal("BYMONTHDAY with an ordinal in BYDAY is not known", "leave one of them out")
        }
    }

    private mutating func read(_ name: String, _ value: String, _ line: ICalendarLine) throws(CalendarError) {
        switch name {
        case "INTERVAL": interval = try Self.numbers(name, value, 1...1000, line)[0]
        case "COUNT": count = try Self.numbers(name, value, 1...100_000, line)[0]
        case "UNTIL": until = try ICalendarDate.lastDay(value, of: line)
        case "BYMONTH": months = try Self.numbers(name, value, 1...12, line)
        case "BYMONTHDAY": monthDays = try Self.numbers(name, value, -31...31, line)
        case "BYSETPOS": positions = try Self.numbers(name, value, -366...366, line)
        case "BYDAY":
            weekdays = []
            for text in value.split(separator: ",", omittingEmptySubsequences: false) {
                weekdays.append(try Self.weekday(text, line))
            }
        case "WKST": break
        default: throw Self.unknown("\(name)=\(value)", line)
        }
    }

    private static func numbers(
        _ name: String, _ value: String, _ range: ClosedRange<Int>, _ line: ICalendarLine
    ) throws(CalendarError) -> [Int] {
        let texts = value.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = texts.compactMap { Int($0) }.filter { range.contains($0) && $0 != 0 }
        let isList = name.hasPrefix("BY")
        guard numbers.count == texts.count, isList || numbers.count == 1, numbers.count <= 366 else {
            throw line.refusal(
                "\(CalendarError.clipped("\(name)=\(value)")) is out of \(range.lowerBound) to \(range.upperBound)",
                "correct the rule, or write single dates")
        }
        return numbers
    }

    private static func weekday(_ text: Substring, _ line: ICalendarLine) throws(CalendarError) -> Weekday {
        let (ordinal, name) = (text.dropLast(2), String(text.suffix(2)))
        guard let day = names.firstIndex(of: name) else { throw unknown("BYDAY=\(text)", line) }
        if ordinal.isEmpty { return Weekday(ordinal: 0, day: day) }
        guard let number = Int(ordinal), (1...5).contains(abs(number)) else { throw unknown("BYDAY=\(text)", line) }
        return Weekday(ordinal: number, day: day)
    }

    private static func unknown(_ part: some StringProtocol, _ line: ICalendarLine) -> CalendarError {
        line.refusal(
            "\(CalendarError.clipped(String(part))) is not known",
            "known are FREQ=YEARLY, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY and BYSETPOS; "
                + "write single dates instead")
    }
}
