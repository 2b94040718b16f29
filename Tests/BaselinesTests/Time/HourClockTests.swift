import Baselines
import Inventory
import Testing

@Suite
struct HourClockTests {
    @Test(arguments: TestZone.all)
    func aMomentBelongsToTheHourThatClocksShow(zone: TestZone) throws {
        for change in zone.changes {
            var clock = HourClock(zone: zone.rules)
            let start = try #require(Timestamp(change)).seconds - 8 * 86_400
            for step in 0..<(16 * 288) {
                let moment = Timestamp(seconds: start + Int64(step) * 300)
                let civil = zone.rules.civilTime(at: moment)
                let place = clock.place(at: moment)
                let expected = civil.dayOfWeek * 24 + Int(civil.hour)
                try #require(place.hourOfWeek == expected, "\(zone.name) \(moment)")
                try #require(place.hour * 3600 == civil.secondsSince1970 - civil.minute * 60 - civil.second)
                try #require(abs(place.fraction - Double(civil.minute) / 60) < 1e-9)
                try #require(place.isDayOff == [0, 6].contains(civil.dayOfWeek))
            }
        }
    }

    /// Local times as newspapers and almanacs print them: zone, moment, hour of the week (Sunday 00:00 is 0), minute.
    @Test(arguments: [
        ("Europe/Berlin", "2026-10-25T00:30:00Z", 2, 30), ("Europe/Berlin", "2026-10-25T01:30:00Z", 2, 30),
        ("Europe/Berlin", "2026-10-25T02:00:00Z", 3, 0), ("Europe/Berlin", "2026-03-29T00:59:00Z", 1, 59),
        ("Europe/Berlin", "2026-03-29T01:00:00Z", 3, 0), ("America/New_York", "2026-11-01T05:30:00Z", 1, 30),
        ("America/New_York", "2026-11-01T06:30:00Z", 1, 30), ("America/New_York", "2026-03-08T07:00:00Z", 3, 0),
        ("Australia/Lord_Howe", "2026-04-04T14:59:00Z", 1, 59), ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 1, 30),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z", 2, 30), ("Asia/Tbilisi", "2026-11-22T20:00:00Z", 24, 0),
        ("Asia/Kolkata", "2026-11-22T18:45:00Z", 24, 15),
    ])
    func theHourIsTheOneOnTheWall(zone: String, moment: String, hourOfWeek: Int, minute: Int) throws {
        let rules = try #require(TestZone.all.first { $0.name == zone }).rules
        var clock = HourClock(zone: rules)
        let place = clock.place(at: try #require(Timestamp(moment)))
        #expect(place.hourOfWeek == hourOfWeek)
        #expect(Int((place.fraction * 60).rounded()) == minute)
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
    ])
    func bothHalvesOfARepeatedHourAreOneVisit(zone: String, first: String, second: String) throws {
        var clock = HourClock(zone: try #require(TestZone.all.first { $0.name == zone }).rules)
        let before = clock.place(at: try #require(Timestamp(first)))
        let after = clock.place(at: try #require(Timestamp(second)))
        #expect(before.hour == after.hour)
        #expect(before.hourOfWeek == after.hourOfWeek)
    }

    @Test
    func timesBefore1970AndFarOnesHavePlaces() {
        var clock = HourClock(zone: .utc)
        // 1969-12-31 was a Wednesday.
        #expect(clock.place(at: Timestamp(milliseconds: -1)).hourOfWeek == 3 * 24 + 23)
        #expect(clock.place(at: Timestamp(milliseconds: -1)).fraction > 0.999)
        for milliseconds in [Int64.min + 1_000, Int64.max] {
            #expect((0..<168).contains(clock.place(at: Timestamp(milliseconds: milliseconds)).hourOfWeek))
        }
    }

    @Test
    func aCallDoesNotDependOnTheCallsBefore() throws {
        let zone = try #require(TestZone.all.first)
        var generator = TrafficDice(seed: 7)
        var clock = HourClock(zone: zone.rules)
        for _ in 0..<2_000 {
            let moment = Timestamp(
                milliseconds: Int64.random(in: 1_760_000_000_000...1_800_000_000_000, using: &generator))
            var fresh = HourClock(zone: zone.rules)
            #expect(clock.place(at: moment) == fresh.place(at: moment), "seed 7, \(moment)")
        }
    }
}
