import Inventory

extension HolidayCalendar {
    /// Entries a list may have.
    public static let maximumEntries = 10_000

    /// The holidays of a list: `2026-01-01`, `2026-12-24/2026-12-26` (both included), `--01-07` and `--12-31/--01-02`
    /// every year from 1970 to 2100.
    ///
    /// Throws for what is no date of those years, a span that ends before it begins or takes more than 366 days.
    public init(parsing entries: [String]) throws(CalendarError) {
        self.init()
        guard entries.count <= Self.maximumEntries else {
            throw CalendarError(
                property: "holidays", reason: "\(entries.count) entries are more than \(Self.maximumEntries)",
                remedy: "write spans, or a calendar file")
        }
        for entry in entries {
            let text = entry.filter { $0 != " " }
            for days in try Self.spans(text) {
                for day in days { insert(Int32(clamping: day)) }
            }
        }
    }

    /// The spans of days that an entry names: one, or one a year.
    private static func spans(_ entry: String) throws(CalendarError) -> [ClosedRange<Int>] {
        let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let first = parts.first, let last = parts.last else {
            throw noDate(entry)
        }
        if first.hasPrefix("--") { return try yearly(entry, first, last) }
        guard let start = day(first), let end = day(last) else { throw noDate(entry) }
        guard start <= end, end - start < 366 else {
            throw CalendarError(
                property: CalendarError.clipped(entry),
                reason: start > end ? "it ends before it begins" : "it takes more than 366 days",
                remedy: "write the first and the last day, such as 2026-12-24/2026-12-26")
        }
        return [start...end]
    }

    private static func yearly(
        _ entry: String, _ first: Substring, _ last: Substring
    ) throws(CalendarError) -> [ClosedRange<Int>] {
        // 2000 has every day there is.
        guard last.hasPrefix("--"), day("2000" + first.dropFirst()) != nil, day("2000" + last.dropFirst()) != nil else {
            throw noDate(entry)
        }
        return (1970...2100).compactMap { year in
            // 29 February is no holiday in a year that does not have it.
            guard let start = day("\(year)" + first.dropFirst()) else { return nil }
            if let end = day("\(year)" + last.dropFirst()), end >= start { return start...end }
            return day("\(year + 1)" + last.dropFirst(), through: 2101).map { start...$0 }
        }
    }

    /// The day of `2026-12-24`; nil for anything else.
    private static func day(_ text: some StringProtocol, through lastYear: Int64 = 2100) -> Int? {
        let octets = Array(text.utf8)
        guard octets.count == 10, octets[4] == UInt8(ascii: "-"), octets[7] == UInt8(ascii: "-") else { return nil }
        let digits = (octets[..<4] + octets[5..<7] + octets[8...]).map { Int64($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let year = digits[..<4].reduce(0) { $0 * 10 + $1 }
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        guard (1970...lastYear).contains(year) else { return nil }
        return CivilTime(year: year, month: month, day: day).map { Int($0.dayNumber) }
    }

    private static func noDate(_ entry: String) -> CalendarError {
        CalendarError(
            property: CalendarError.clipped(entry), reason: "it is no date of the years 1970 to 2100",
            remedy: "write 2026-01-01, 2026-12-24/2026-12-26, or --01-07 for every year")
    }
}
