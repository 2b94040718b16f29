import Baselines
import Inventory
import Testing
import Traffic

@Suite
struct BusyHoursTests {
    private let start = Timestamp(seconds: 1_780_790_400)

    private func hours(_ count: Int, zone: ZoneRules = .utc, rate: (Int) -> Double) -> BusyHours {
        var hours = BusyHours(zone: zone)
        for hour in 0..<count {
            hours.add(mean: rate(hour), ofHourAt: start.advanced(bySeconds: Double(hour) * 3600))
        }
        return hours
    }

    private func day(_ count: Double) -> Timestamp { start.advanced(bySeconds: count * 86_400) }

    @Test
    func theLevelOfADayIsItsBusiestHour() {
        let levels = hours(48) { Double($0 % 24 == 20 ? 900 + $0 : $0) }.levels(before: day(2))
        #expect(levels.map(\.rate) == [920, 944])
        #expect(levels.map(\.date) == ["2026-06-07", "2026-06-08"])
    }

    @Test
    func theDayUnderWayIsLeftOut() {
        let hours = hours(48) { Double($0) }
        #expect(hours.levels(before: day(1.99)).count == 1)
        #expect(hours.levels(before: day(0.5)).isEmpty)
    }

    @Test
    func aDayOfWhichHoursAreMissingIsLeftOut() {
        #expect(hours(24 + 19) { _ in 1 }.levels(before: day(3)).count == 1)
        #expect(hours(24 + 20) { _ in 1 }.levels(before: day(3)).count == 2)
        #expect(hours(24) { $0 < 5 ? .nan : 1 }.levels(before: day(3)).isEmpty)
    }

    @Test
    func daysAreThoseOfTheZone() throws {
        let tbilisi = try #require(TestZone.all.first { $0.name == "Asia/Tbilisi" }).rules
        // 20:00 UTC is midnight there: the busy hour at 21:00 UTC is the next day's.
        let levels = hours(72, zone: tbilisi) { $0 == 21 ? 500 : 1 }.levels(before: day(3))
        #expect(levels.map(\.rate) == [1, 500, 1])
        #expect(levels.map(\.date) == ["2026-06-07", "2026-06-08", "2026-06-09"])
    }

    @Test
    func storedHoursCountWhereTheyAreHalfCovered() {
        var rollups = (0..<24).map { hour in
            var rollup = HourlyRollup(hour: start.advanced(bySeconds: Double(hour) * 3600))
            (rollup.inbound.count, rollup.inbound.sum, rollup.inbound.seconds) = (12, 1200, 3600)
            (rollup.outbound.count, rollup.outbound.sum, rollup.outbound.seconds) = (12, 2400, 3600)
            return rollup
        }
        (rollups[3].inbound.count, rollups[3].inbound.sum, rollups[3].inbound.seconds) = (5, 5e9, 1500)
        rollups[4].outbound = DirectionRollup()
        for (direction, rate) in [(TrafficDirection.inbound, 100.0), (.outbound, 200)] {
            var hours = BusyHours(zone: .utc)
            hours.add(rollups, direction)
            #expect(hours.levels(before: day(1)) == [DayLevel(dayNumber: 20_611, rate: rate)])
        }
    }
}
