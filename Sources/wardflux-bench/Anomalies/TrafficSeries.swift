import Baselines
import Inventory

/// Rates of one direction of one interface at even steps, with what is known to have happened to them.
struct TrafficSeries {
    var name: String
    /// When the first sample was read.
    var start: Timestamp
    var intervalSeconds: Int
    /// bit/s; NaN where there is none.
    var rates: [Double]
    /// Line speed, bit/s; nil where it is not known.
    var capacity: Double?
    /// What a detector shall find.
    var events: [LabelledEvent] = []
    /// What it shall not take for an event: gaps, resets, late polls.
    var nuisances: [LabelledEvent] = []
    /// Samples at which the traffic itself doubled or halved: neither right nor wrong to raise.
    var natural: [Bool]
    /// First sample that is scored; what is before is for learning.
    var testFrom = 0
    /// How the samples lie in the local week.
    var clock: SampleClock

    var perHour: Int { max(1, 3600 / intervalSeconds) }
    var perDay: Int { 86400 / intervalSeconds }
    var perWeek: Int { 7 * perDay }
    var isIdle = false
}

/// What happened to a series from one sample to before another.
struct LabelledEvent {
    var kind: String
    var range: Range<Int>
}

/// How samples lie in the week that people live by.
struct SampleClock {
    /// Seconds east of UTC before and after a change of the clocks, and when they change.
    var offset = 0
    var offsetAfter = 0
    var changesAt = Timestamp(seconds: .max / 2000)
    /// Local days since 1970 that are holidays.
    var holidays: Set<Int64> = []

    func place(_ at: Timestamp) -> HourPlace {
        let local = at.seconds + Int64(at < changesAt ? offset : offsetAfter)
        let day = Int64((Double(local) / 86400).rounded(.down))
        let weekday = Int((day % 7 + 11) % 7)  // 1 January 1970 was a Thursday, 4.
        let second = local - day * 86400
        let isHoliday = holidays.contains(day)
        return HourPlace(
            hour: day * 24 + second / 3600, hourOfWeek: weekday * 24 + Int(second / 3600),
            fraction: Double(second % 3600) / 3600, isDayOff: isHoliday || weekday == 0 || weekday == 6,
            isHoliday: isHoliday)
    }
}

extension TrafficSeries {
    /// When a sample was read.
    func moment(_ index: Int) -> Timestamp { start.advanced(bySeconds: Double(index * intervalSeconds)) }
}
