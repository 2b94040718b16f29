/// The five fields of a cron line: minute, hour, day of month, month, day of week.
///
/// As in cron, where both day fields are restricted a day fits when either does; a field is restricted when it does
/// not allow all of its values.
struct CronFields: Sendable, Hashable, CustomStringConvertible {
    var minutes = CronValues.all(of: .minute)
    var hours = CronValues.all(of: .hour)
    var daysOfMonth = CronValues.all(of: .dayOfMonth)
    var months = CronValues.all(of: .month)
    var daysOfWeek = CronValues.all(of: .dayOfWeek)

    /// Whether a date of the calendar is allowed.
    func allows(month: Int, day: Int, dayOfWeek: Int) -> Bool {
        guard months.contains(month) else { return false }
        let anyDate = daysOfMonth == .all(of: .dayOfMonth)
        let anyWeekday = daysOfWeek == .all(of: .dayOfWeek)
        if !anyDate && !anyWeekday { return daysOfMonth.contains(day) || daysOfWeek.contains(dayOfWeek) }
        return daysOfMonth.contains(day) && daysOfWeek.contains(dayOfWeek)
    }

    /// Whether any year has an allowed date; `0 0 31 2 *` has none.
    var everOccurs: Bool {
        if daysOfWeek != .all(of: .dayOfWeek) { return true }
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let firstDay = daysOfMonth.members(of: .dayOfMonth).first ?? 32
        return months.members(of: .month).contains { firstDay <= longest[$0 - 1] }
    }

    /// The common forms in words, any other as the five fields.
    var description: String {
        let everyDate = daysOfMonth == .all(of: .dayOfMonth) && months == .all(of: .month)
        guard everyDate, let minute = minutes.single(of: .minute) else { return cronText }
        let everyWeekday = daysOfWeek == .all(of: .dayOfWeek)
        if hours == .all(of: .hour) && everyWeekday { return "hourly at :\(Self.twoDigits(minute))" }
        guard let hour = hours.single(of: .hour) else { return cronText }
        let time = "\(Self.twoDigits(hour)):\(Self.twoDigits(minute))"
        if everyWeekday { return "daily at \(time)" }
        guard let day = daysOfWeek.single(of: .dayOfWeek) else { return cronText }
        return "\(Self.weekdays[day]) at \(time)"
    }

    /// `0 4 * * *`.
    var cronText: String {
        [
            minutes.text(of: .minute), hours.text(of: .hour), daysOfMonth.text(of: .dayOfMonth),
            months.text(of: .month), daysOfWeek.text(of: .dayOfWeek),
        ].joined(separator: " ")
    }

    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
