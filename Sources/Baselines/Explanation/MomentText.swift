import Inventory

/// Moments and durations as people say them.
enum MomentText {
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// The day of the week: `Monday`.
    static func day(_ moment: Timestamp, _ zone: ZoneRules) -> String {
        let place = zone.civilTime(at: moment).dayOfWeek
        return days.indices.contains(place) ? days[place] : days[0]
    }

    /// The hour of the week: `Monday 14:00`.
    static func hour(_ moment: Timestamp, _ zone: ZoneRules) -> String {
        "\(day(moment, zone)) \(zone.civilTime(at: moment).isoTime.prefix(2)):00"
    }

    /// A moment as it is told until another: `Monday 14:05`, with the date where that is more than six days later.
    static func moment(_ moment: Timestamp, seenFrom now: Timestamp, _ zone: ZoneRules) -> String {
        let civil = zone.civilTime(at: moment)
        let isFar = now.secondsSince(moment) > 6 * 86_400
        return "\(isFar ? civil.isoDate : day(moment, zone)) \(civil.isoTime.prefix(5))"
    }

    /// The end of a time that began at a moment: `14:35`, with day or date where that is another.
    static func end(_ moment: Timestamp, after start: Timestamp, _ zone: ZoneRules) -> String {
        let (first, last) = (zone.civilTime(at: start), zone.civilTime(at: moment))
        let isSameDay = first.isoDate == last.isoDate
        return isSameDay ? String(last.isoTime.prefix(5)) : Self.moment(moment, seenFrom: start, zone)
    }

    /// A duration in the two units that matter: `30 minutes`, `2 hours 5 minutes`, `3 days 4 hours`.
    static func duration(seconds: Double) -> String {
        let minutes = Int(min(1e9, max(0, seconds / 60)).rounded())
        if minutes < 1 { return "less than a minute" }
        let parts = [(minutes / 1440, "day"), (minutes % 1440 / 60, "hour"), (minutes % 60, "minute")]
        let counted = parts.drop { $0.0 == 0 }.prefix(2).filter { $0.0 > 0 }
        return counted.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " ")
    }
}
