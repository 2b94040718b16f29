/// Where in the week of a zone a moment lies.
public struct HourPlace: Sendable, Hashable {
    /// Local hours since 1970: the same number for all moments of one hour that clocks show once.
    public var hour: Int64
    /// Hour of the week as clocks show it, 0 to 167; 0 is Sunday 00:00.
    public var hourOfWeek: Int
    /// How much of that hour has passed, 0 to below 1.
    public var fraction: Double
    /// Whether the day is one on which people do not work: Saturday, Sunday, or a holiday of the calendar.
    public var isDayOff: Bool
    /// Whether the day is a holiday: compared with a Sunday, and not learnt as a weekday.
    public var isHoliday: Bool

    /// A place in the week.
    public init(hour: Int64, hourOfWeek: Int, fraction: Double, isDayOff: Bool, isHoliday: Bool = false) {
        self.hour = hour
        self.hourOfWeek = hourOfWeek
        self.fraction = fraction
        self.isDayOff = isDayOff
        self.isHoliday = isHoliday
    }

    /// Hour of the day, 0 to 23.
    public var hourOfDay: Int { hourOfWeek % 24 }
}
