public import Inventory

/// What the classic method knows of one interface: what its hours carried of late, and what it learnt of them last.
///
/// Samples are gathered a visit (one hour on one day) as they arrive, so that learning reads nothing; what was learnt
/// changes by `adopt` only, and verdicts are given against that. Both directions of traffic, no packets.
/// Equal inputs in equal order give equal states.
public struct ClassicState: Sendable, Hashable {
    /// Days of samples below which an interface is young, and its threshold the higher one.
    public static let daysOfYouth = 14

    var ring: VisitRing
    var learnt: LearntWeek?
    /// When the last sample was taken; nil before the first.
    public internal(set) var lastAt: Timestamp?

    /// Nothing is known; samples of so many days, 1 to 366, will be.
    public init(lookBackDays: Int = 14) {
        ring = VisitRing(days: lookBackDays)
    }

    /// Days whose samples are kept.
    public var lookBackDays: Int { ring.days }

    /// When what is known was learnt; nil while nothing is.
    public var learntAt: Timestamp? { learnt?.at }

    /// Adds a sample: bit/s of each direction, NaN where it is not known.
    ///
    /// One taken no later than the sample before it is left out, so that nothing counts twice; so is a rate that is
    /// negative or not finite. A holiday is not learnt as the weekday it falls on.
    public mutating func add(inbound: Double, outbound: Double, at moment: Timestamp, place: HourPlace) {
        guard lastAt.map({ moment > $0 }) ?? true else { return }
        lastAt = moment
        guard !place.isHoliday || place.isSunday else { return }
        ring.add(inbound: inbound, outbound: outbound, hour: place.hour)
    }

    /// Whether fewer than 14 days of an interface are known, whose first sample was taken at `since`.
    public static func isYoung(since: Timestamp?, at moment: Timestamp) -> Bool {
        guard let since else { return true }
        return moment.secondsSince(since) < Double(daysOfYouth) * 86_400
    }
}

extension HourPlace {
    /// Whether the day is a Sunday by name.
    var isSunday: Bool { hourOfWeek < 24 }

    /// The hour of the week a sample is compared with: on a holiday that of a Sunday.
    var comparedHourOfWeek: Int { isHoliday ? hourOfDay : hourOfWeek }
}
