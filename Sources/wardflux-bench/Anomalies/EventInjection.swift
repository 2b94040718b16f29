import Glibc

/// Puts one event a week into a series, and nuisances that are no events.
struct EventInjection {
    static let kinds = ["saturate", "outage", "partial", "night", "flap", "shift", "drift"]

    var warmWeeks = 4

    func inject(into series: inout TrafficSeries, _ random: inout SeededRandom) {
        let week = series.perWeek
        let before = series.rates
        let warm = min(before.count, warmWeeks * week)
        series.testFrom = warm
        let known = before[..<max(1, warm)].filter { !$0.isNaN }.sorted()
        let record = known.isEmpty ? 0 : known[min(known.count - 1, Int(Double(known.count) * 0.999))]
        var from = warm
        while from + week <= before.count {
            let kind = kind(series.isIdle, &random)
            let place = from + random.below(week - 5 * series.perDay / 2)
            let event = Event(kind: kind, place: place, record: record, before: before)
            let range = apply(event, to: &series, &random)
            series.events.append(LabelledEvent(kind: kind, range: range))
            addNuisances(to: &series, week: from..<(from + week), apart: range, &random)
            from += week
        }
    }

    struct Event {
        var kind: String
        var place: Int
        var record: Double
        var before: [Double]
    }

    /// An idle port has no traffic that could fall, and no night.
    private func kind(_ isIdle: Bool, _ random: inout SeededRandom) -> String {
        isIdle ? "saturate" : Self.kinds[random.below(Self.kinds.count)]
    }

    private func apply(_ event: Event, to series: inout TrafficSeries, _ random: inout SeededRandom) -> Range<Int> {
        let seconds = Double(series.intervalSeconds)
        let minutes = { (low: Double, high: Double, random: inout SeededRandom) in
            max(1, Int((random.between(low, high) * 60 / seconds).rounded()))
        }
        let limit = series.capacity ?? .infinity
        var range = event.place..<event.place
        switch event.kind {
        case "saturate":
            range = event.place..<(event.place + minutes(30, 120, &random))
            let level = min(limit, 1.3 * event.record)
            change(&series, range) { rate, _ in max(rate, level * (1 - 0.03 * random.unit())) }
        case "outage":
            range = event.place..<(event.place + minutes(15, 180, &random))
            change(&series, range) { _, _ in 0 }
        case "partial":
            range = event.place..<(event.place + minutes(60, 240, &random))
            let share = random.between(0.3, 0.5)
            change(&series, range) { rate, _ in rate * share }
        case "night":
            let first = quietest(event.before, event.place, series)
            range = first..<(first + minutes(60, 300, &random))
            let day = dayLevel(event.before, event.place, series)
            change(&series, range) { rate, _ in min(limit, max(rate, day * exp(0.1 * random.normal()))) }
        case "flap":
            range = event.place..<(event.place + minutes(60, 120, &random))
            let isDown = flaps(range, &random)
            change(&series, range) { rate, index in isDown[index - range.lowerBound] ? 0 : rate }
        case "shift":
            range = event.place..<(event.place + 2 * series.perDay)
            let share = random.happens(0.5) ? 1.7 : 0.5
            change(&series, range) { rate, _ in min(limit, rate * share) }
        default:
            range = event.place..<(event.place + 2 * series.perDay)
            let day = Double(series.perDay)
            change(&series, range) { rate, index in
                min(limit, rate * (1 + 0.9 * min(1, Double(index - range.lowerBound) / day)))
            }
        }
        return range
    }

    private func change(_ series: inout TrafficSeries, _ range: Range<Int>, _ made: (Double, Int) -> Double) {
        for index in range where series.rates.indices.contains(index) && !series.rates[index].isNaN {
            series.rates[index] = made(series.rates[index], index)
        }
    }

    /// Down and up again every one or two samples.
    private func flaps(_ range: Range<Int>, _ random: inout SeededRandom) -> [Bool] {
        var states: [Bool] = []
        var isDown = true
        while states.count < range.count {
            states += [Bool](repeating: isDown, count: 1 + random.below(2))
            isDown.toggle()
        }
        return Array(states.prefix(range.count))
    }

    /// First sample of the five hours in which the day of a sample is quietest.
    private func quietest(_ rates: [Double], _ index: Int, _ series: TrafficSeries) -> Int {
        let day = index / series.perDay * series.perDay
        let length = 5 * series.perHour
        let starts = (0..<19).map { day + $0 * series.perHour }.filter { $0 + length <= rates.count }
        let sums = starts.map { start in rates[start..<(start + length)].reduce(0) { $0 + ($1.isNaN ? 0 : $1) } }
        guard let least = sums.min(), let place = sums.firstIndex(of: least) else { return day }
        return starts[place]
    }

    /// What the day of a sample carries when it is busy: its upper quartile.
    private func dayLevel(_ rates: [Double], _ index: Int, _ series: TrafficSeries) -> Double {
        let day = index / series.perDay * series.perDay
        let known = rates[day..<min(rates.count, day + series.perDay)].filter { !$0.isNaN }.sorted()
        return known.isEmpty ? 0 : known[known.count * 3 / 4]
    }

    /// A gap of up to an hour, a reset and a late poll, away from the event of the week.
    private func addNuisances(
        to series: inout TrafficSeries, week: Range<Int>, apart event: Range<Int>, _ random: inout SeededRandom
    ) {
        let margin = 2 * series.perHour
        for kind in ["gap", "reset", "late"] {
            let length = kind == "gap" ? 1 + random.below(series.perHour) : kind == "late" ? 2 : 1
            let first = week.lowerBound + random.below(week.count - 2 * series.perHour)
            let range = first..<(first + length)
            guard range.upperBound + margin < event.lowerBound || first > event.upperBound + margin else { continue }
            if kind == "late" {
                // One rate over the spacing of both, as a late reading gives it.
                series.rates[first + 1] = (series.rates[first] + series.rates[first + 1]) / 2
                series.rates[first] = .nan
            } else {
                for index in range { series.rates[index] = .nan }
            }
            series.nuisances.append(LabelledEvent(kind: kind, range: range))
        }
    }
}
