import Inventory
import Testing

@testable import Baselines

@Suite
struct ClassicStateTests {
    private let interface = ClassicSpecimens.interface

    private func rows(_ state: ClassicState, at seconds: Int64) -> [Baseline] {
        var clock = HourClock(zone: .utc)
        let moment = Timestamp(seconds: seconds)
        return state.baselines(of: interface, at: moment, place: clock.place(at: moment))
    }

    private func fill(_ state: inout ClassicState, days: Range<Int>, rate: (Int64) -> Double = { Double($0) }) {
        var clock = HourClock(zone: .utc)
        let start = ClassicSpecimens.sunday.seconds
        for second in stride(
            from: start + Int64(days.lowerBound) * 86_400, to: start + Int64(days.upperBound) * 86_400, by: 300)
        {
            let moment = Timestamp(seconds: second)
            state.add(inbound: rate(second), outbound: 1, at: moment, place: clock.place(at: moment))
        }
    }

    @Test
    func aWeekHas168RowsInOrderWhateverWasSeen() {
        let rows = rows(ClassicState(), at: ClassicSpecimens.sunday.seconds)
        #expect(rows.map(\.hourOfWeek) == Array(0..<168))
        #expect(rows.allSatisfy { $0.sampleCount == 0 && $0.confidence == 0 && $0.inbound == BaselineFigures() })
        #expect(Set(rows.map(\.id)).count == 168)
        #expect(rows.allSatisfy { $0.lastUpdated == ClassicSpecimens.sunday && $0.interfaceID == interface })
    }

    /// 14 days of polls every 300 seconds are 24 samples an hour of the week: the confidence can be no more than 0.60.
    @Test
    func fourteenDaysGive24SamplesEach() {
        var state = ClassicState()
        fill(&state, days: 0..<14)
        let rows = rows(state, at: ClassicSpecimens.sunday.seconds + 14 * 86_400)
        #expect(rows.allSatisfy { $0.sampleCount == 24 })
        #expect(rows.allSatisfy { abs($0.confidence - 0.5957) < 1e-4 })
    }

    @Test
    func twentyEightDaysReachTheReliable() {
        var state = ClassicState(lookBackDays: 28)
        fill(&state, days: 0..<28)
        let end = ClassicSpecimens.sunday.seconds + 28 * 86_400
        #expect(rows(state, at: end).allSatisfy { $0.sampleCount == 48 && $0.confidence > 0.9 })
    }

    /// What is older than the look-back leaves no trace, hour by hour; the hour under way does not count yet.
    @Test
    func theLookBackEndsWithTheLastWholeHour() {
        var state = ClassicState()
        fill(&state, days: 0..<15) { $0 < ClassicSpecimens.sunday.seconds + 86_400 ? 1e9 : 1e6 }
        let start = ClassicSpecimens.sunday.seconds
        for row in rows(state, at: start + 15 * 86_400) {
            #expect(row.sampleCount == 24)
            #expect(row.inbound.maximum == 1, "\(row.hourOfWeek)")
        }
        var open = ClassicState()
        fill(&open, days: 0..<14)
        let inTheHour = rows(open, at: start + 14 * 86_400 - 1)
        #expect(inTheHour[167].sampleCount == 12)
        #expect(inTheHour[0].sampleCount == 24)
    }

    @Test(arguments: [6, 7, 30, 31])
    func samplesBelowSevenAreNoBaseline(samples: Int) {
        let state = ClassicSpecimens.learnt((0..<samples).map { Double($0) })
        let row = rows(state, at: ClassicSpecimens.sunday.seconds + 7200)[0]
        #expect(row.sampleCount == samples)
        let expected = [6: 0, 7: 0.3, 30: 0.7, 31: 0.8][samples]
        #expect(abs(row.confidence - (expected ?? -1)) < 1e-12)
        #expect(abs(row.inbound.average - Double(samples - 1) / 2) < 1e-12)
    }

    @Test
    func aRateThatIsNotKnownCountsForItsDirectionOnly() {
        let state = ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6, 7, .nan], outbound: [1, 2, 3, 4, 5, 6, -7, 8])
        let row = rows(state, at: ClassicSpecimens.sunday.seconds + 7200)[0]
        #expect(row.inbound.sampleCount == 7)
        #expect(row.inbound.average == 4)
        #expect(row.outbound.sampleCount == 7)
        #expect(row.outbound.minimum == 1)
        #expect(row.sampleCount == 7)
        let one = ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6, 7], outbound: [1, 2, 3, .nan, 5, 6, 7])
        #expect(rows(one, at: ClassicSpecimens.sunday.seconds + 7200)[0].sampleCount == 6)
    }

    @Test
    func aSampleGivenTwiceCountsOnce() {
        var state = ClassicState()
        fill(&state, days: 0..<2)
        let once = state
        fill(&state, days: 0..<2)
        #expect(state == once)
    }

    @Test
    func aHolidayIsNotLearntAsAWeekday() throws {
        let tuesday = try HolidayCalendar(parsing: ["2026-06-09", "2026-06-14"])
        var clock = HourClock(zone: .utc, calendar: tuesday)
        var state = ClassicState()
        for step in 0..<(14 * 288) {
            let moment = ClassicSpecimens.sunday.advanced(bySeconds: Double(step) * 300)
            state.add(inbound: 1, outbound: 1, at: moment, place: clock.place(at: moment))
        }
        let rows = rows(state, at: ClassicSpecimens.sunday.seconds + 14 * 86_400)
        #expect(rows.filter { $0.dayOfWeek == 2 }.allSatisfy { $0.sampleCount == 12 })
        // A Sunday that is a holiday is a Sunday.
        #expect(rows.filter { $0.dayOfWeek != 2 }.allSatisfy { $0.sampleCount == 24 })
    }

    /// Verdicts follow what was learnt, not what came since.
    @Test
    func whatCameSinceTheLearningDoesNotCount() throws {
        var state = ClassicSpecimens.learnt((0..<24).map { $0 % 2 == 0 ? 8 : 12 })
        let place = ClassicSpecimens.nextSunday
        let before = state.verdict(.inbound, rate: 16.1e6, place: place, capacity: nil, isYoung: false)
        fill(&state, days: 1..<9) { _ in 16.1e6 }
        #expect(state.verdict(.inbound, rate: 16.1e6, place: place, capacity: nil, isYoung: false) == before)
        ClassicSpecimens.learn(&state, at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 9 * 86_400))
        let after = try #require(state.verdict(.inbound, rate: 16.1e6, place: place, capacity: nil, isYoung: false))
        #expect(try #require(before).isAnomaly)
        #expect(!after.isAnomaly)
        #expect(state.learntAt == Timestamp(seconds: ClassicSpecimens.sunday.seconds + 9 * 86_400))
    }

    @Test
    func rowsThatCannotBeAreNotAdopted() {
        var state = ClassicState()
        func row(_ day: Int, _ hour: Int, _ average: Double) -> Baseline {
            let figures = BaselineFigures(
                average: average, standardDeviation: 1, minimum: 0, maximum: 9, sampleCount: 20)
            return Baseline(
                interfaceID: interface, hourOfDay: hour, dayOfWeek: day, inbound: figures, outbound: figures,
                lastUpdated: ClassicSpecimens.sunday)
        }
        state.adopt([row(7, 0, 1), row(0, 24, 1), row(-1, 0, 1), row(0, -1, 1), row(0, 0, .nan), row(0, 1, -1)])
        #expect(state == ClassicState())
        state.adopt([row(0, 0, 1)])
        #expect(state.learntAt == ClassicSpecimens.sunday)
        state.adopt([])
        #expect(state.learntAt == nil)
    }

    @Test
    func rowsKeepTheirIdentity() {
        let state = ClassicSpecimens.learnt([1, 2, 3])
        let first = rows(state, at: ClassicSpecimens.sunday.seconds + 7200)
        #expect(rows(state, at: ClassicSpecimens.sunday.seconds + 9000).map(\.id) == first.map(\.id))
        let other = BaselineID.derived(from: .random(), hourOfWeek: 6)
        #expect(other != first[6].id)
    }

    @Test
    func theFullestHourTellsWhetherLearningIsWorthIt() {
        var clock = HourClock(zone: .utc)
        let after = clock.place(at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 7200))
        let during = clock.place(at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 1800))
        #expect(ClassicState().mostSamples(before: after) == 0)
        #expect(ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6]).mostSamples(before: after) == 6)
        #expect(ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6, .nan]).mostSamples(before: after) == 6)
        #expect(ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6, 7]).mostSamples(before: after) == 7)
        #expect(ClassicSpecimens.learnt([1, 2, 3, 4, 5, 6, 7]).mostSamples(before: during) == 0)
    }

    @Test
    func visitsAreToldAboutRight() throws {
        var state = ClassicState()
        fill(&state, days: 0..<9)
        ClassicSpecimens.learn(&state, at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 9 * 86_400))
        var place = ClassicSpecimens.nextSunday
        #expect(try #require(state.verdict(.inbound, rate: 1, place: place, capacity: 1e9, isYoung: true)).visits == 2)
        place.hourOfWeek = 100
        #expect(try #require(state.verdict(.inbound, rate: 1, place: place, capacity: 1e9, isYoung: true)).visits == 1)
    }

    @Test
    func absurdTimesAreNoTrap() {
        var state = ClassicState(lookBackDays: 1_000_000)
        for hour in [Int64.min, Int64(Int32.min), -1, 0, Int64(Int32.max), .max] {
            let place = HourPlace(hour: hour, hourOfWeek: 0, fraction: 0, isDayOff: true)
            let seconds = max(min(hour, 1 << 40), -(1 << 40))
            state.add(inbound: 1, outbound: 1, at: Timestamp(seconds: seconds), place: place)
            let rows = state.baselines(of: interface, at: ClassicSpecimens.sunday, place: place)
            #expect(rows.count == 168)
        }
        #expect(state.lookBackDays == 366)
        #expect(ClassicState(lookBackDays: -5).lookBackDays == 1)
    }
}
