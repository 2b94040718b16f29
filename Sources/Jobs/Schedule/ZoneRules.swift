public import Inventory

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

    /// The first moment at which the zone's clocks show a local time, given as seconds since 1970 as if it were UTC.
    ///
    /// For a local time that no clock ever shows, the moment the gap ends. Exact while changes are at least two days
    /// apart, as they are in every zone in use.
    func firstMoment(showing localSeconds: Int64) -> Timestamp {
        let before = offset(at: localSeconds - 86_400)
        let after = offset(at: localSeconds + 86_400)
        let candidates = [localSeconds - before, localSeconds - after].filter { offset(at: $0) + $0 == localSeconds }
        if let first = candidates.min() { return Timestamp(seconds: first) }
        return Timestamp(seconds: gapEnd(between: localSeconds - after, and: localSeconds - before, before: before))
    }

    /// The first second in a span whose offset is no longer the one before the change.
    private func gapEnd(between low: Int64, and high: Int64, before: Int64) -> Int64 {
        var (low, high) = (min(low, high), max(low, high))
        while low < high {
            let middle = low + (high - low) / 2
            if offset(at: middle) == before { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func offset(at utcSeconds: Int64) -> Int64 {
        Int64(utcOffsetSeconds(Timestamp(seconds: utcSeconds)))
    }
}
