import Inventory

/// A change of the clocks, and a Wednesday that is like a Sunday: the alarms that there are more for it.
struct CalendarTrial {
    var kind: LinkKind
    var count: Int
    var seed: UInt64

    private static let day = 86_400
    /// The Sunday on which the sixth week begins.
    private static let sunday = 1_704_585_600 + 5 * 7 * day

    var result: JSONLine {
        var line = JSONLine()
        for method in [Contestant.adaptive, .classic, .holtWinters] {
            var pair = JSONLine()
            pair.add("clock_change_extra", clockChange(method))
            let holiday = holiday(method)
            pair.add("holiday_known_extra", holiday.known)
            pair.add("holiday_unknown_extra", holiday.unknown)
            line.add(method.rawValue, pair)
        }
        return line
    }

    private func corpus(_ clock: SampleClock) -> [TrafficSeries] {
        Corpus.series(kind, count: count, seed: seed, weeks: 7, warmWeeks: 5, hasEvents: false, clock: clock)
    }

    /// Alarms an interface in so many days from the Sunday on.
    private func alarms(_ corpus: [TrafficSeries], _ method: Contestant, from first: Int, days: Int) -> Double {
        var alarms = 0
        for series in corpus {
            let start = series.testFrom + first * series.perDay
            let range = start..<(start + days * series.perDay)
            let starts = EventScore.starts(
                method.alarms(series, to: range.upperBound), range, apart: 1800 / series.intervalSeconds)
            alarms += starts.count { !series.natural[$0] }
        }
        return Double(alarms) / Double(corpus.count)
    }

    /// In the week after clocks went forward by an hour, above the same week without.
    private func clockChange(_ method: Contestant) -> Double {
        var clock = SampleClock()
        clock.changesAt = Timestamp(seconds: Int64(Self.sunday + 3600))
        clock.offsetAfter = 3600
        return alarms(corpus(clock), method, from: 0, days: 7) - alarms(corpus(SampleClock()), method, from: 0, days: 7)
    }

    /// On a Wednesday that is a holiday and in the calendar, and on one that is not in it.
    private func holiday(_ method: Contestant) -> (known: Double, unknown: Double) {
        var clock = SampleClock()
        clock.holidays = [Int64((Self.sunday + 3 * Self.day) / Self.day)]
        let ordinary = alarms(corpus(SampleClock()), method, from: 3, days: 2)
        var corpus = corpus(clock)
        let known = alarms(corpus, method, from: 3, days: 2)
        for place in corpus.indices { corpus[place].clock.holidays = [] }
        return (known - ordinary, alarms(corpus, method, from: 3, days: 2) - ordinary)
    }
}
