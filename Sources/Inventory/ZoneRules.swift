/// What a time zone's clocks show: how far they are from UTC at each moment.
///
/// A value made of a function, so that schedules can be tested with rules written down in the test.
public struct ZoneRules: Sendable {
    /// The zone's name, such as `Europe/Berlin`.
    public let name: String
    /// Seconds east of UTC at a moment.
    public let utcOffsetSeconds: @Sendable (Timestamp) -> Int

    /// A zone by its rules.
    public init(name: String, utcOffsetSeconds: @escaping @Sendable (Timestamp) -> Int) {
        self.name = name
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    /// A zone that never changes its clocks.
    public static func fixed(name: String, offsetSeconds: Int) -> ZoneRules {
        ZoneRules(name: name) { _ in offsetSeconds }
    }

    /// Coordinated Universal Time.
    public static let utc = ZoneRules.fixed(name: "UTC", offsetSeconds: 0)

    /// What the clocks of the zone show at a moment.
    public func civilTime(at moment: Timestamp) -> CivilTime {
        CivilTime(secondsSince1970: moment.seconds + Int64(utcOffsetSeconds(moment)))
    }

    /// A moment as people of the zone write it: `2026-11-22 14:00:00`.
    public func text(of moment: Timestamp) -> String {
        let civil = civilTime(at: moment)
        return "\(civil.isoDate) \(civil.isoTime)"
    }
}
