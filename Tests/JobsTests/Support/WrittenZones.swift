import Inventory
import Jobs

extension ZoneRules {
    /// Central European time by its law: summer time from the last Sunday of March to that of October, 01:00 UTC.
    static let berlin = ZoneRules(name: "Europe/Berlin") { moment in
        let year = CivilTime(secondsSince1970: moment.seconds).year
        guard let start = lastSunday(of: 3, year: year), let end = lastSunday(of: 10, year: year) else { return 3600 }
        return (start..<end).contains(moment.seconds) ? 7200 : 3600
    }

    /// Georgian time: always four hours ahead.
    static let tbilisi = ZoneRules.fixed(name: "Asia/Tbilisi", offsetSeconds: 4 * 3600)

    /// A zone whose clocks jump by half an hour, at midnight: skipped and repeated times span two dates.
    static let midnightJumps = ZoneRules(name: "Test/Midnight") { moment in
        (1_775_001_600..<1_789_947_000).contains(moment.seconds) ? 1800 : 0
    }

    private static func lastSunday(of month: Int64, year: Int64) -> Int64? {
        guard let last = CivilTime(year: year, month: month, day: 31, hour: 1) else { return nil }
        return last.secondsSince1970 - Int64(last.dayOfWeek) * 86_400
    }
}
