public import Inventory

/// Days that are like Sundays: the holidays of a place.
///
/// Days are those of the configured zone's calendar, counted from 1970-01-01; known to the end of the year 2100.
/// Made of dates (`init(parsing:)`), of an iCalendar file (`ICalendar.parse`), or of both (`formUnion`).
public struct HolidayCalendar: Sendable, Hashable {
    /// The days a calendar can hold: those of 1970-01-01 to 2100-12-31.
    public static let knownDays: Range<Int32> = 0..<47_847

    /// Names of holidays by day; empty where a day has none.
    private(set) var names: [Int32: String] = [:]

    /// No holidays.
    public init() {}

    /// Whether no day is a holiday.
    public var isEmpty: Bool { names.isEmpty }

    /// How many days are holidays.
    public var count: Int { names.count }

    /// The holidays in order: `2026-12-25`.
    public var dates: [String] {
        names.keys.sorted().map { CivilTime(secondsSince1970: Int64($0) * 86_400).isoDate }
    }

    /// Whether a day is a holiday, counted from 1970-01-01.
    public func isHoliday(dayNumber: Int64) -> Bool {
        guard !names.isEmpty, let day = Int32(exactly: dayNumber) else { return false }
        return names[day] != nil
    }

    /// Whether the day of a local date and time is a holiday.
    public func isHoliday(_ moment: CivilTime) -> Bool {
        !names.isEmpty && isHoliday(dayNumber: moment.dayNumber)
    }

    /// What the holiday on a day is called: `Christmas Day`; nil where there is none or it has no name.
    public func name(dayNumber: Int64) -> String? {
        guard let day = Int32(exactly: dayNumber), let name = names[day], !name.isEmpty else { return nil }
        return name
    }

    /// Adds the holidays of another calendar; a day that has a name keeps it.
    public mutating func formUnion(_ other: HolidayCalendar) {
        names.merge(other.names) { $0.isEmpty ? $1 : $0 }
    }

    /// Adds a holiday; days that cannot be held are left out.
    mutating func insert(_ day: Int32, name: String = "") {
        guard Self.knownDays.contains(day), names[day]?.isEmpty ?? true else { return }
        names[day] = name
    }
}

extension CivilTime {
    /// Days from 1970-01-01 to the date.
    var dayNumber: Int64 {
        let seconds = secondsSince1970
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }
}
