public import Inventory

/// Tells where in the week of a zone moments lie, and which days are holidays.
///
/// A moment belongs to the hour that clocks of the zone show then. Of the repeated hour in autumn both halves have the
/// same number, so they are one visit; the hour that is left out in spring is not visited. The offset is asked once a
/// quarter of an hour, on which all zones in use change their clocks: a further call in the same one costs nanoseconds.
public struct HourClock: Sendable {
    private let zone: ZoneRules
    private let calendar: HolidayCalendar
    private var quarter = Int64.min
    private var offsetSeconds: Int64 = 0
    private var hour = Int64.min
    private var hourOfWeek = 0
    private var isHoliday = false

    /// The clock of a zone.
    public init(zone: ZoneRules, calendar: HolidayCalendar = HolidayCalendar()) {
        self.zone = zone
        self.calendar = calendar
    }

    /// Where in the week a moment lies.
    public mutating func place(at moment: Timestamp) -> HourPlace {
        let seconds = moment.seconds
        let quarter = Self.floor(seconds, 900)
        if quarter != self.quarter {
            self.quarter = quarter
            offsetSeconds = Int64(zone.utcOffsetSeconds(moment))
        }
        let local = seconds &+ offsetSeconds
        let hour = Self.floor(local, 3600)
        if hour != self.hour { enter(hour) }
        let milliseconds = (local &- hour &* 3600) * 1000 + (moment.milliseconds &- seconds &* 1000)
        let day = hourOfWeek / 24
        return HourPlace(
            hour: hour, hourOfWeek: hourOfWeek, fraction: Double(milliseconds) / 3_600_000,
            isDayOff: isHoliday || day == 0 || day == 6, isHoliday: isHoliday)
    }

    private mutating func enter(_ hour: Int64) {
        let day = Self.floor(hour, 24)
        let isSameDay = self.hour != .min && Self.floor(self.hour, 24) == day
        self.hour = hour
        // 1970-01-01 was a Thursday.
        let dayOfWeek = Int(((day &+ 4) % 7 + 7) % 7)
        hourOfWeek = dayOfWeek * 24 + Int(hour &- day &* 24)
        if !isSameDay { isHoliday = calendar.isHoliday(dayNumber: day) }
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
