import Inventory
import Jobs
import Testing

struct ScheduleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var schedule: String
        var zone: ZoneRules
        var after: String
        /// What follows, in order, each after the one before.
        var due: [String]
        var testDescription: String { "\(schedule) in \(zone.name) after \(after)" }
    }

    static let rows: [Row] = [
        Row(
            schedule: "0 * * * *", zone: .tbilisi, after: "2026-11-22T13:30:00Z",
            due: ["2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z"]),
        Row(
            schedule: "0 4 * * *", zone: .tbilisi, after: "2026-11-22T13:30:00Z",
            due: ["2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"]),
        Row(
            schedule: "0 6 * * 0", zone: .tbilisi, after: "2026-11-22T02:00:00Z",
            due: ["2026-11-29T02:00:00Z", "2026-12-06T02:00:00Z"]),
        Row(
            schedule: "every 300 s", zone: .berlin, after: "2026-03-29T00:56:00.001Z",
            due: ["2026-03-29T01:00:00Z", "2026-03-29T01:05:00Z"]),
        // 02:30 does not exist on 29 March: once, when the clocks have jumped.
        Row(
            schedule: "30 2 * * *", zone: .berlin, after: "2026-03-28T12:00:00Z",
            due: ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]),
        // 02:30 exists twice on 25 October: the first time only.
        Row(
            schedule: "30 2 * * *", zone: .berlin, after: "2026-10-24T12:00:00Z",
            due: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]),
        Row(
            schedule: "0 * * * *", zone: .berlin, after: "2026-03-28T23:30:00Z",
            due: ["2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"]),
        Row(
            schedule: "0 * * * *", zone: .berlin, after: "2026-10-24T23:30:00Z",
            due: ["2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z"]),
        Row(
            schedule: "0 0 29 2 *", zone: .utc, after: "2026-01-01T00:00:00Z",
            due: ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]),
        // Both day fields given: either of them.
        Row(
            schedule: "0 0 13 * fri", zone: .utc, after: "2026-11-10T00:00:00Z",
            due: ["2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z"]),
    ]

    @Test("A schedule is due at the times its zone's clocks show", arguments: rows)
    func dueTimes(_ row: Row) throws {
        let schedule = try Schedule(parsing: row.schedule)
        var moment = try at(row.after)
        for expected in row.due {
            moment = schedule.next(after: moment, in: row.zone)
            #expect(moment.description == (try at(expected)).description)
        }
    }

    @Test(
        "Through clock changes a calendar schedule agrees with clocks watched minute by minute",
        arguments: ["0 * * * *", "30 2 * * *", "*/7 1-3 * * *", "15,45 23,0 * * 0", "0 0 * * *", "10 0 25 10 *"])
    func agreesWithWatchedClocks(_ text: String) throws {
        let schedule = try Schedule(parsing: text)
        for (zone, start) in [
            (ZoneRules.berlin, "2026-03-27T00:00:00Z"), (.berlin, "2026-10-23T00:00:00Z"),
            (.midnightJumps, "2026-03-30T00:00:00Z"), (.midnightJumps, "2026-09-19T00:00:00Z"),
            (.tbilisi, "2026-12-30T00:00:00Z"),
        ] {
            let begin = try at(start)
            let watched = try watchedTimes(schedule, zone, from: begin, days: 3)
            var found: [Timestamp] = []
            var moment = begin
            while true {
                moment = schedule.next(after: moment, in: zone)
                guard moment <= begin.advanced(bySeconds: 3 * 86_400) else { break }
                found.append(moment)
            }
            #expect(found == watched, "\(zone.name) from \(start)")
        }
    }

    /// Walks through every minute of UTC and looks at the local clock: an independent, slow statement of the rules.
    private func watchedTimes(
        _ schedule: Schedule, _ zone: ZoneRules, from begin: Timestamp, days: Int
    ) throws -> [Timestamp] {
        var due: [Timestamp] = []
        let meant = localTimesMeant(schedule, from: begin, days: days)
        func local(_ moment: Timestamp) -> Int64 { moment.seconds + Int64(zone.utcOffsetSeconds(moment)) }
        // The search counts local times already shown before the window as shown.
        var shown = local(begin)
        for minute in 1...(days * 1440) {
            let moment = begin.advanced(bySeconds: Double(minute) * 60)
            let now = local(moment)
            guard now > shown else { continue }
            if stride(from: shown + 60, through: now, by: 60).contains(where: meant.contains) { due.append(moment) }
            shown = now
        }
        return due
    }

    /// In UTC nothing is skipped or repeated, so there a schedule says which local times it means.
    private func localTimesMeant(_ schedule: Schedule, from begin: Timestamp, days: Int) -> Set<Int64> {
        var meant: Set<Int64> = []
        var moment = begin.advanced(bySeconds: -86_400)
        while moment < begin.advanced(bySeconds: Double(days + 1) * 86_400) {
            moment = schedule.next(after: moment, in: .utc)
            meant.insert(moment.seconds)
        }
        return meant
    }

    @Test("An interval is due at its multiples, before 1970 too")
    func intervals() {
        #expect(Schedule.every(seconds: 60).next(after: Timestamp(seconds: -61), in: .utc) == Timestamp(seconds: -60))
        #expect(Schedule.every(seconds: 60).next(after: Timestamp(seconds: 0), in: .utc) == Timestamp(seconds: 60))
        #expect(
            Schedule.every(seconds: 900).next(after: Timestamp(milliseconds: 899_999), in: .utc)
                == Timestamp(seconds: 900))
    }

    @Test("The zones of the system know the changes of clocks")
    func systemZones() throws {
        let berlin = try ZoneRules.named("Europe/Berlin")
        for text in ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"] {
            let moment = try at(text)
            #expect(berlin.utcOffsetSeconds(moment) == ZoneRules.berlin.utcOffsetSeconds(moment), "\(text)")
        }
        #expect(try ZoneRules.named("Asia/Tbilisi").text(of: at("2026-11-22T10:00:00Z")) == "2026-11-22 14:00:00")
        let error = #expect(throws: JobError.self) { _ = try ZoneRules.named("Asia/Tiflis-on-Kura") }
        #expect(error?.code == .invalidZone)
        #expect(error?.message.contains("Asia/Tiflis-on-Kura") == true)
    }
}
