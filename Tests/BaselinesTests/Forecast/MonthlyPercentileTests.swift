import Baselines
import Inventory
import Testing

@Suite
struct MonthlyPercentileTests {
    private func at(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    /// Samples; the figure: n / 20 of the highest are dropped.
    @Test
    func fivePercentAreDroppedAndTheNextIsTheFigure() {
        func figure(_ count: Int) -> Double? {
            MonthlyPercentile.percentile((0..<count).map { Double($0 + 1) }.shuffled())
        }
        #expect(figure(0) == nil)
        #expect(figure(1) == 1)
        #expect(figure(19) == 19)
        #expect(figure(20) == 19)
        #expect(figure(39) == 38)
        #expect(figure(40) == 38)
        #expect(figure(100) == 95)
        // 8,640 of 30 days: 432 are dropped, the 433rd highest is the figure.
        #expect(figure(8640) == 8208)
    }

    /// 36 hours of a burst are 5 % of 30 days: one more span of five minutes and it is paid for.
    @Test
    func a36HourBurstIsFree() throws {
        let start = try at("2026-06-01T00:00:00Z")
        for (spans, figure) in [(432, 1e9), (433, 9e9)] {
            var month = MonthlyPercentile(monthOf: start, zone: .utc)
            for span in 0..<8640 {
                let from = start.advanced(bySeconds: Double(span) * 300)
                let rate = span < spans ? 9e9 : 1e9
                month.add(inbound: rate, outbound: 5e8, from: from, to: from.advanced(bySeconds: 300))
            }
            let figures = month.figures
            #expect(figures.inbound == figure)
            #expect(figures.outbound == 5e8)
            #expect(figures.billed == figure)
            #expect(figures.samples == 8640)
            #expect(figures.spans == 8640)
        }
    }

    @Test(arguments: [10.0, 60, 100, 300, 900, 3600])
    func anyIntervalGivesSamplesOfFiveMinutes(seconds: Double) throws {
        let start = try at("2026-06-01T00:00:00Z")
        var month = MonthlyPercentile(monthOf: start, zone: .utc)
        var moment = start
        while moment < start.advanced(bySeconds: 86_400) {
            let next = moment.advanced(bySeconds: seconds)
            // The shortest rates alternate; their mean over five minutes is 2, as the others are.
            let isOdd = Int(moment.secondsSince(start) / seconds) % 2 == 1
            let rate = seconds > 10 ? 2 : isOdd ? 3.0 : 1
            month.add(inbound: rate, outbound: .nan, from: moment, to: next)
            moment = next
        }
        #expect(month.figures.samples == 288)
        #expect(month.figures.inbound == 2)
        #expect(month.figures.outbound == nil)
        #expect(month.figures.billed == 2)
    }

    @Test
    func ratesAreWeightedByTheirTimeInTheSpan() throws {
        let start = try at("2026-06-01T00:00:00Z")
        var month = MonthlyPercentile(monthOf: start, zone: .utc)
        month.add(inbound: 10, outbound: 0, from: start.advanced(bySeconds: -100), to: start.advanced(bySeconds: 100))
        month.add(inbound: 40, outbound: 0, from: start.advanced(bySeconds: 100), to: start.advanced(bySeconds: 300))
        #expect(month.figures.inbound == 30)
        #expect(month.figures.samples == 1)
    }

    @Test
    func aSpanThatIsNotHalfCoveredIsNoSample() throws {
        let start = try at("2026-06-01T00:00:00Z")
        var month = MonthlyPercentile(monthOf: start, zone: .utc)
        month.add(inbound: 7, outbound: 7, from: start, to: start.advanced(bySeconds: 149.9))
        #expect(month.figures.inbound == nil)
        #expect(month.figures.samples == 0)
        month.add(
            inbound: 7, outbound: .infinity, from: start.advanced(bySeconds: 149.9), to: start.advanced(bySeconds: 150))
        #expect(month.figures.inbound == 7)
        #expect(month.figures.outbound == nil)
        month.add(inbound: -1, outbound: 7, from: start.advanced(bySeconds: 150), to: start.advanced(bySeconds: 300))
        #expect(month.figures.inbound == 7)
    }

    @Test
    func whatIsOutsideOfTheMonthDoesNotCount() throws {
        var month = MonthlyPercentile(monthOf: try at("2026-02-10T00:00:00Z"), zone: .utc)
        month.add(inbound: 1, outbound: 1, from: try at("2026-01-01T00:00:00Z"), to: try at("2026-02-01T00:00:00Z"))
        month.add(inbound: 1, outbound: 1, from: try at("2026-03-01T00:00:00Z"), to: try at("2026-04-01T00:00:00Z"))
        month.add(inbound: 1, outbound: 1, from: try at("2026-02-03T00:00:00Z"), to: try at("2026-02-02T00:00:00Z"))
        #expect(month.figures.samples == 0)
        month.add(inbound: 1, outbound: 1, from: try at("2020-01-01T00:00:00Z"), to: try at("2040-01-01T00:00:00Z"))
        #expect(month.figures.samples == 28 * 288)
    }

    /// Zone; a moment; the month's first moment and the next one's; its spans of five minutes.
    @Test(arguments: [
        ("Europe/Berlin", "2026-10-31T22:59:59Z", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", 31 * 288 + 12),
        ("Europe/Berlin", "2026-03-15T00:00:00Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", 31 * 288 - 12),
        ("America/New_York", "2026-11-01T03:59:59Z", "2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z", 31 * 288),
        ("Australia/Lord_Howe", "2026-04-20T00:00:00Z", "2026-03-31T13:00:00Z", "2026-04-30T13:30:00Z", 30 * 288 + 6),
        ("Asia/Kolkata", "2026-12-31T18:29:59Z", "2026-11-30T18:30:00Z", "2026-12-31T18:30:00Z", 31 * 288),
    ])
    func theMonthIsThatOfTheZone(zone: String, moment: String, from: String, to: String, spans: Int) throws {
        let rules = try #require(TestZone.all.first { $0.name == zone }).rules
        let month = MonthlyPercentile(monthOf: try at(moment), zone: rules)
        #expect(month.from == (try at(from)))
        #expect(month.to == (try at(to)))
        #expect(month.spanCount == spans)
    }
}
