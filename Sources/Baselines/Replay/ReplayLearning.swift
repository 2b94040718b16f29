import Inventory

/// When the classic method learns in a replay: as the schedule has it, told by the hours of the samples.
struct ReplayLearning: Sendable {
    /// Sunday 06:00 in hours of the week.
    private static let sundayHour: Int64 = 6
    /// The first one since Thursday 1970-01-01 00:00, in local hours.
    private static let firstSunday: Int64 = 3 * 24 + sundayHour

    private var hasLearnt = false
    private var hour: Int64?

    /// As of which hour to learn before a sample is judged; nil for not.
    ///
    /// - Parameter isReady: whether an hour of the week has 7 samples before a place.
    mutating func due(_ place: HourPlace, isReady: (HourPlace) -> Bool) -> HourPlace? {
        defer { hour = place.hour }
        guard let hour, hour != place.hour else { return nil }
        let sunday = Self.sunday(before: place.hour)
        let isSunday = hour < sunday
        let moment = isSunday ? Self.sundayPlace(sunday) : place
        // The Sunday's job forgets hours that have too few samples by now; the first one waits until there is something.
        guard isSunday || !hasLearnt, (isSunday && hasLearnt) || isReady(moment) else { return nil }
        hasLearnt = true
        return moment
    }

    /// The last Sunday 06:00 that is not after an hour.
    private static func sunday(before hour: Int64) -> Int64 {
        let since = hour - firstSunday
        return firstSunday + (since >= 0 ? since / 168 : (since - 167) / 168) * 168
    }

    private static func sundayPlace(_ hour: Int64) -> HourPlace {
        HourPlace(hour: hour, hourOfWeek: Int(sundayHour), fraction: 0, isDayOff: true)
    }
}
