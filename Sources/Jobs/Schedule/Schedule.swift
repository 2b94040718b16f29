public import Inventory

/// When a job is due: at a fixed interval, or at times of the local calendar.
///
/// Written and read as text; `description` is a form that `init(parsing:)` reads back to an equal value.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
    /// The two ways of being due.
    enum Kind: Sendable, Hashable {
        /// At multiples of this many seconds since 1970-01-01T00:00:00Z.
        case interval(seconds: Int)
        /// At the local minutes these fields allow.
        case calendar(CronFields)
    }

    let kind: Kind

    /// The longest interval: one week.
    public static let intervalSecondsMax = 604_800

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// Due at multiples of an interval since 1970 in UTC, so that runs are equally far apart through clock changes.
    ///
    /// - Parameter seconds: 1 to 604,800.
    public static func every(seconds: Int) -> Schedule {
        precondition((1...intervalSecondsMax).contains(seconds), "an interval is 1 to 604,800 seconds, not \(seconds)")
        return Schedule(.interval(seconds: seconds))
    }

    /// Due once in every hour of the local clock, at a minute from 0 to 59.
    public static func hourly(minute: Int) -> Schedule {
        Schedule(.calendar(CronFields(minutes: .only(minute, in: .minute))))
    }

    /// Due once a day of the local calendar, at an hour from 0 to 23 and a minute from 0 to 59.
    public static func daily(hour: Int, minute: Int) -> Schedule {
        Schedule(.calendar(CronFields(minutes: .only(minute, in: .minute), hours: .only(hour, in: .hour))))
    }

    /// Due once a week, on a day from 0 (Sunday) to 6 (Saturday), at an hour and a minute of the local clock.
    public static func weekly(day: Int, hour: Int, minute: Int) -> Schedule {
        Schedule(
            .calendar(
                CronFields(
                    minutes: .only(minute, in: .minute), hours: .only(hour, in: .hour),
                    daysOfWeek: .only(day, in: .dayOfWeek))))
    }

    /// How people say it: `every 300 s`, `hourly at :00`, `daily at 04:00`, `Sunday at 06:00`, else the five fields.
    public var description: String {
        switch kind {
        case .interval(let seconds): return "every \(seconds) s"
        case .calendar(let fields): return fields.description
        }
    }

    /// The first moment after `moment` at which the job is due.
    ///
    /// A local time that a clock change skips is due when the gap ends, once with whatever else is due then; a local
    /// time that occurs twice is due the first time only.
    public func next(after moment: Timestamp, in zone: ZoneRules) -> Timestamp {
        switch kind {
        case .interval(let seconds):
            let step = Int64(seconds)
            let whole = moment.seconds
            let rest = ((whole % step) + step) % step
            return Timestamp(seconds: whole - rest + step)
        case .calendar(let fields):
            return LocalCalendarSearch(fields: fields, zone: zone).firstMoment(after: moment)
        }
    }
}
