import Inventory

/// Finds when the local calendar next shows a time that cron fields allow.
struct LocalCalendarSearch {
    let fields: CronFields
    let zone: ZoneRules

    /// How far clocks may be put back; the search starts that much before the local time of the moment asked about.
    private static let setBackSecondsMax: Int64 = 3 * 3600
    /// 29 February is at most eight years away, so every expression that occurs at all occurs within this.
    private static let daysMax = 9 * 366

    /// The first moment after `moment` that the fields allow.
    func firstMoment(after moment: Timestamp) -> Timestamp {
        let local = moment.seconds + Int64(zone.utcOffsetSeconds(moment)) - Self.setBackSecondsMax
        var day = Self.dayStart(of: local)
        for _ in 0..<Self.daysMax {
            if let found = firstMoment(onDayStartingAt: day, notBefore: local, after: moment) { return found }
            day += 86_400
        }
        // Unreachable: parsing refuses fields that never occur. A day later is wrong by little and stops no job.
        return moment.advanced(bySeconds: 86_400)
    }

    private func firstMoment(
        onDayStartingAt day: Int64, notBefore local: Int64, after moment: Timestamp
    ) -> Timestamp? {
        let date = CivilTime(secondsSince1970: day)
        guard fields.allows(month: Int(date.month), day: Int(date.day), dayOfWeek: date.dayOfWeek) else { return nil }
        for hour in fields.hours.members(of: .hour) {
            let start = day + Int64(hour) * 3600
            guard start + 3600 > local else { continue }
            for minute in fields.minutes.members(of: .minute) {
                let candidate = start + Int64(minute) * 60
                guard candidate >= local else { continue }
                let found = zone.firstMoment(showing: candidate)
                if found > moment { return found }
            }
        }
        return nil
    }

    private static func dayStart(of local: Int64) -> Int64 {
        let rest = local % 86_400
        return local - (rest < 0 ? rest + 86_400 : rest)
    }
}
