public import Inventory
public import Traffic

/// The level of one day: the mean rate of its busiest hour.
public struct DayLevel: Codable, Sendable, Hashable {
    /// The day by the zone's calendar, counted from 1970-01-01.
    public var dayNumber: Int64
    /// Bit/s.
    public var rate: Double

    /// A level.
    public init(dayNumber: Int64, rate: Double) {
        self.dayNumber = dayNumber
        self.rate = rate
    }

    /// The day as it is written: `2026-11-23`.
    public var date: String { CivilTime(secondsSince1970: dayNumber * 86_400).isoDate }
}

/// Finds the busiest hour of each day of a zone from the hours of a history.
public struct BusyHours: Sendable {
    /// Hours that must be known of a day: of one that is half unknown, so is its busiest hour.
    public static let hoursNeeded = 20
    /// Seconds of an hour that its rates must cover.
    public static let secondsNeeded = 1800.0

    private struct Day {
        var highest = 0.0
        var hours = 0
    }

    private let zone: ZoneRules
    private var days: [Int64: Day] = [:]

    /// No hours yet.
    public init(zone: ZoneRules) {
        self.zone = zone
    }

    /// Adds the mean rate of an hour, bit/s, to the day in which the hour begins; one that is no rate is left out.
    public mutating func add(mean: Double, ofHourAt moment: Timestamp) {
        guard mean.isFinite, mean >= 0 else { return }
        var day = days[zone.civilTime(at: moment).dayNumber] ?? Day()
        day.highest = max(day.highest, mean)
        day.hours += 1
        days[zone.civilTime(at: moment).dayNumber] = day
    }

    /// Adds a direction of hours as they are stored; those are left out of which rates cover less than half.
    public mutating func add(_ rollups: [HourlyRollup], _ direction: TrafficDirection) {
        for rollup in rollups {
            let hour = direction == .inbound ? rollup.inbound : rollup.outbound
            guard hour.count > 0, hour.seconds >= Self.secondsNeeded else { continue }
            add(mean: hour.sum / Double(hour.count), ofHourAt: rollup.hour)
        }
    }

    /// The levels of the days before the one of `now`, in order: that day's busiest hour may be yet to come.
    public func levels(before now: Timestamp) -> [DayLevel] {
        let today = zone.civilTime(at: now).dayNumber
        return days.filter { $0.key < today && $0.value.hours >= Self.hoursNeeded }
            .map { DayLevel(dayNumber: $0.key, rate: $0.value.highest) }
            .sorted { $0.dayNumber < $1.dayNumber }
    }
}
