import Baselines
import Glibc
import Inventory

/// Makes the traffic of a link: a usual week, wanders with memory, heavy-tailed noise, natural doublings and halvings,
/// nightly copies, idle ports with bursts.
struct TrafficGenerator {
    let kind: LinkKind
    var weeks = 12
    /// Sunday, 7 January 2024, in the middle of the first sample.
    var start = Timestamp(seconds: 1_704_585_600)
    var clock = SampleClock()

    private var perHour: Int { 3600 / kind.intervalSeconds }

    /// A link's traffic in one direction, before anything is done to it.
    func series(_ name: String, _ random: inout SeededRandom) -> TrafficSeries {
        let link = MadeLink(kind, &random)
        return series(name, link, &random)
    }

    func series(_ name: String, _ link: MadeLink, _ random: inout SeededRandom) -> TrafficSeries {
        let count = weeks * 168 * perHour
        let begin = start.advanced(bySeconds: Double(kind.intervalSeconds) / 2)
        var series = TrafficSeries(
            name: name, start: begin, intervalSeconds: kind.intervalSeconds, rates: [], capacity: link.capacity,
            natural: [], clock: clock)
        series.isIdle = link.isIdle
        let limit = link.capacity * 0.98
        let logarithms = link.isIdle ? idle(link, count, &random) : busy(link, series, count, &random)
        series.rates = logarithms.map { min(limit, exp($0)) }
        series.natural = Hindsight.natural(series.rates, perHour: series.perHour)
        return series
    }

    private func busy(
        _ link: MadeLink, _ series: TrafficSeries, _ count: Int, _ random: inout SeededRandom
    ) -> [Double] {
        var wanders = kind.wanders.map {
            Wander(
                deviation: $0.deviation * link.restlessness, memorySamples: $0.hours * Double(perHour), &random)
        }
        let natural = naturalEvents(link, count, &random)
        let shifts = levelShifts(link, count, &random)
        var mood = Wander(deviation: kind.moodiness, memorySamples: 20 * Double(perHour), &random)
        var values = [Double](repeating: 0, count: count)
        var copyAt = 0.0
        var copyDay = -1
        for index in 0..<count {
            let place = series.clock.place(series.moment(index))
            var value = level(link.season, place) + natural[index] + shifts[index]
            for part in wanders.indices { value += wanders[part].next(&random) }
            // Some days are more restless than others.
            let noise = link.noise * exp(mood.next(&random))
            value += max(-1.2, min(1.2, noise * random.studentT(link.noiseFreedom)))
            if let backup = link.backup {
                let day = Int(place.hour / 24)
                if day != copyDay { (copyDay, copyAt) = (day, Double(backup.hour) + 0.15 * random.normal()) }
                let hour = Double(place.hourOfDay) + place.fraction
                if hour >= copyAt, hour < copyAt + 1.5 { value += backup.gain }
            }
            values[index] = value
        }
        return values
    }

    /// The usual logarithm at a place in the week, straight between the centres of hours.
    private func level(_ season: [Double], _ place: HourPlace) -> Double {
        let hour = place.isHoliday ? place.hourOfDay : place.hourOfWeek
        let isEarly = place.fraction < 0.5
        let other = season[(hour + (isEarly ? 167 : 1)) % 168]
        let share = isEarly ? 0.5 - place.fraction : place.fraction - 0.5
        return season[hour] + (other - season[hour]) * share
    }

    /// Reroutes, transfers and failures elsewhere: the traffic doubles or halves for minutes to hours.
    private func naturalEvents(_ link: MadeLink, _ count: Int, _ random: inout SeededRandom) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        let perSample = link.naturalPerWeek / Double(168 * perHour)
        for index in 0..<count where random.happens(perSample) {
            let size = random.between(0.8, 3) * (random.happens(0.55) ? 1 : -1)
            let hours = kind.naturalHours * exp(random.normal())
            let length = random.happens(0.3) ? 1 : max(1, Int(hours * Double(perHour)))
            // Most of them are ragged: the load jumps while they last.
            let isRagged = random.happens(0.75)
            for place in index..<min(count, index + length) {
                values[place] += size * (isRagged ? random.between(0, 1.3) : 1)
            }
        }
        return values
    }

    /// Changes of routes and of customers: another level for days to weeks, less than a doubling.
    private func levelShifts(_ link: MadeLink, _ count: Int, _ random: inout SeededRandom) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        var shift = 0.0
        for index in 0..<count {
            if random.happens(kind.shiftsPerWeek / Double(168 * perHour)) {
                shift = kind.shiftDeviation * link.restlessness * random.normal()
            }
            values[index] = max(-0.6, min(0.6, shift))
        }
        return values
    }

    /// Almost nothing, and bursts of a few samples about six times a week.
    private func idle(_ link: MadeLink, _ count: Int, _ random: inout SeededRandom) -> [Double] {
        let level = link.season.reduce(0, +) / 168
        var burst = 0
        return (0..<count).map { _ in
            if burst <= 0, random.happens(6 / Double(168 * perHour)) { burst = 1 + random.below(6) }
            burst -= 1
            return burst >= 0 ? level + 0.5 * random.normal() : level + log(0.004) + 0.3 * random.normal()
        }
    }
}

/// Marks, knowing what came after, where traffic itself doubled or halved.
enum Hindsight {
    /// Samples at which the rate is double or half that of the hour before, by more than six usual steps, and either
    /// the hour after agrees with it or differs from it as much.
    static func natural(_ rates: [Double], perHour: Int) -> [Bool] {
        var marks = [Bool](repeating: false, count: rates.count)
        let window = max(4, perHour)
        guard rates.count > 4 * window else { return marks }
        let logarithms = rates.map { $0.isNaN ? .nan : log($0 + 1) }
        let step = usualStep(logarithms)
        var before = [Double](repeating: .nan, count: rates.count + 1)
        for index in window...rates.count { before[index] = median(logarithms[(index - window)..<index]) }
        for index in window..<(rates.count - window) {
            let (value, earlier, later) = (logarithms[index], before[index], before[index + window])
            guard !value.isNaN, !earlier.isNaN, !later.isNaN else { continue }
            let stands = max(abs(value - later), abs(later - earlier))
            let size = min(abs(value - earlier), stands)
            guard size > 0.69, size > 6 * step else { continue }
            for mark in max(0, index - 1)...min(rates.count - 1, index + 3) { marks[mark] = true }
        }
        return marks
    }

    /// The robust deviation of one step of the logarithm.
    static func usualStep(_ logarithms: [Double]) -> Double {
        let steps = zip(logarithms.dropFirst(), logarithms).map { abs($0 - $1) }.filter { !$0.isNaN }.sorted()
        return steps.isEmpty ? 0 : steps[steps.count / 2] / 0.6745
    }

    private static func median(_ values: ArraySlice<Double>) -> Double {
        let known = values.filter { !$0.isNaN }.sorted()
        return known.count * 2 < values.count ? .nan : known[known.count / 2]
    }
}
