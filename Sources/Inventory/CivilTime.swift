/// A date and time of day in the proleptic Gregorian calendar, without a zone.
///
/// Arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"; exact for all years.
public struct CivilTime: Hashable, Sendable {
    /// Year, for example 2026.
    public let year: Int64
    /// Month, 1 to 12.
    public let month: Int64
    /// Day of the month, 1 to 31.
    public let day: Int64
    /// Hour, 0 to 23.
    public let hour: Int64
    /// Minute, 0 to 59.
    public let minute: Int64
    /// Second, 0 to 59.
    public let second: Int64

    /// A checked date and time; nil where a part is out of its range (30 February, 24:00, second 60).
    public init?(year: Int64, month: Int64, day: Int64, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The date and time that a count of seconds since 1970-01-01T00:00:00 names.
    public init(secondsSince1970: Int64) {
        var days = secondsSince1970 / 86_400
        var rest = secondsSince1970 % 86_400
        if rest < 0 {
            rest += 86_400
            days -= 1
        }
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3600
        minute = rest % 3600 / 60
        second = rest % 60
    }

    /// Seconds since 1970-01-01T00:00:00 as if this were UTC.
    public var secondsSince1970: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// Day of the week, 0 = Sunday to 6 = Saturday, as cron and PostgreSQL's DOW count.
    public var dayOfWeek: Int {
        let days = (secondsSince1970 - hour * 3600 - minute * 60 - second) / 86_400
        return Int(((days + 4) % 7 + 7) % 7)
    }

    /// `2026-03-01`.
    public var isoDate: String {
        "\(Timestamp.padded(Int(year), 4))-\(Timestamp.padded(Int(month), 2))-\(Timestamp.padded(Int(day), 2))"
    }

    /// `04:00:00`.
    public var isoTime: String {
        "\(Timestamp.padded(Int(hour), 2)):\(Timestamp.padded(Int(minute), 2)):\(Timestamp.padded(Int(second), 2))"
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }
}
