public import Inventory

/// How a series is replayed.
public struct ReplaySettings: Sendable {
    /// Seconds between samples, 10 to 3600.
    public var intervalSeconds = 300
    /// What the line carries, bit/s; nil where it is not known.
    public var capacity: Double?
    /// The method that raises anomalies; the other one is not asked, as no line tells what it says.
    public var mode = DetectionMode.adaptive
    /// The zone whose hours of the week are learnt.
    public var zone: ZoneRules
    /// Days that are compared with Sundays and not learnt as weekdays.
    public var calendar = HolidayCalendar()
    /// Times that are neither alarmed nor learnt.
    public var excluded = ExcludedTimes()
    /// How the methods judge.
    public var detection = DetectionSettings()
    /// Whether there is a line for every sample, not only for those of anomalies.
    public var everySample = false

    /// The usual, in a zone.
    public init(zone: ZoneRules) {
        self.zone = zone
    }
}
