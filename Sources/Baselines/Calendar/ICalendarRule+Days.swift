import Inventory

extension ICalendarRule {
    /// The days on which a holiday begins that first began on `start`: in order, up to the last that calendars hold.
    ///
    /// `start` is the first of them whatever the rule says (RFC 5545, section 3.8.5.3). `steps` counts down for each
    /// day looked at; nil where it does not suffice.
    func days(from start: Int, steps: inout Int) -> [Int]? {
        let first = CivilTime(secondsSince1970: Int64(start) * 86_400)
        var days = [start]
        var year = first.year
        while year <= 2100, days.count < count ?? .max {
            for day in self.days(ofYear: year, like: first) {
                steps -= 1
                guard steps >= 0 else { return nil }
                if day > until ?? .max || days.count >= count ?? .max { return days }
                if day > start { days.append(day) }
            }
            steps -= 1
            guard steps >= 0 else { return nil }
            year += Int64(interval)
        }
        return days
    }

    /// The days of a year that the rule names, in order.
    private func days(ofYear year: Int64, like first: CivilTime) -> [Int] {
        let allMonths = months.isEmpty && !monthDays.isEmpty ? Array(1...12) : months
        let months = allMonths.isEmpty ? [Int(first.month)] : allMonths
        let days = Set(months).sorted().flatMap { self.days(ofMonth: $0, year, like: first) }
        guard !positions.isEmpty else { return days }
        let chosen = positions.map { $0 > 0 ? $0 - 1 : days.count + $0 }
        return Set(chosen.filter(days.indices.contains)).sorted().map { days[$0] }
    }

    /// The days of a month that the rule names, in order.
    private func days(ofMonth month: Int, _ year: Int64, like first: CivilTime) -> [Int] {
        guard let start = CivilTime(year: year, month: Int64(month), day: 1) else { return [] }
        let length = (28...31).last { CivilTime(year: year, month: Int64(month), day: $0) != nil } ?? 28
        let numbers = (1...Int(length)).filter { number in
            if monthDays.isEmpty && weekdays.isEmpty { return number == Int(first.day) }
            let isListed = monthDays.contains(number) || monthDays.contains(number - Int(length) - 1)
            guard monthDays.isEmpty || isListed else { return false }
            return weekdays.isEmpty || weekdays.contains { isDay(number, $0, of: start, length: Int(length)) }
        }
        return numbers.map { Int(start.dayNumber) + $0 - 1 }
    }

    /// Whether a day of a month is such a weekday.
    private func isDay(_ number: Int, _ weekday: Weekday, of start: CivilTime, length: Int) -> Bool {
        guard (start.dayOfWeek + number - 1) % 7 == weekday.day else { return false }
        switch weekday.ordinal {
        case 0: return true
        case 1...: return (number - 1) / 7 + 1 == weekday.ordinal
        default: return (length - number) / 7 + 1 == -weekday.ordinal
        }
    }
}
