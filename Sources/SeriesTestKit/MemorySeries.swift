import Inventory
import Series
import Traffic

/// What a `MemorySeriesStore` holds.
struct MemorySeries {
    var isClosed = false
    /// Ascending by time.
    var readings: [InterfaceID: [CounterReading]] = [:]
    /// What became of readings since the start.
    private(set) var total = AppendOutcome()
    /// The last reading that has gone, from which the first rate of those that stayed begins.
    private var gone: [InterfaceID: CounterReading] = [:]
    /// Hours whose readings have gone.
    private var pastHours: [InterfaceID: [HourlyRollup]] = [:]

    mutating func count(_ outcome: AppendOutcome) {
        total += outcome
    }

    /// The known ones among the selected, each once.
    func interfaces(_ selection: SeriesQuery.Selection) -> [InterfaceID] {
        let known = Set(readings.keys).union(pastHours.keys)
        switch selection {
        case .all: return known.sorted()
        case .ids(let ids): return known.intersection(ids).sorted()
        }
    }

    /// Whether the very same reading is there.
    func has(_ one: SeriesReading) -> Bool {
        readings[one.interface]?.last { $0.at <= one.reading.at } == one.reading
    }

    /// Puts a reading where it belongs by time, in place of another of that time.
    mutating func put(_ one: SeriesReading) {
        var known = readings[one.interface] ?? []
        known.removeAll { $0.at == one.reading.at }
        known.insert(one.reading, at: known.firstIndex { $0.at > one.reading.at } ?? known.count)
        readings[one.interface] = known
    }

    func run(of interface: InterfaceID, _ query: SeriesQuery) -> SeriesRun? {
        let known = readings[interface] ?? []
        var found = known.filter { $0.at >= query.from && $0.at < query.to }
        guard !found.isEmpty else { return nil }
        let earliest = query.from.advanced(bySeconds: -Double(query.leadSeconds))
        if let lead = known.last(where: { $0.at < query.from && $0.at >= earliest }) { found.insert(lead, at: 0) }
        let left = CounterKind.allCases.filter { !query.counters.contains($0) }
        for index in found.indices {
            for kind in left { found[index][kind] = nil }
            found[index].narrow.formIntersection(query.counters)
        }
        return SeriesRun(interface, found)
    }

    func hours(of interface: InterfaceID) -> [HourlyRollup] {
        var accumulator = RollupAccumulator()
        if let lead = gone[interface] { accumulator.begin(with: lead) }
        for reading in readings[interface] ?? [] { accumulator.add(reading) }
        return (pastHours[interface] ?? []) + accumulator.finish()
    }

    mutating func forget(_ interface: InterfaceID) {
        readings[interface] = nil
        gone[interface] = nil
        pastHours[interface] = nil
    }

    /// Drops the readings before the begin of a day; says whether there were any.
    mutating func expire(before oldest: Timestamp) -> Bool {
        var isAnyGone = false
        for (interface, known) in readings {
            guard let last = known.last(where: { $0.at < oldest }) else { continue }
            isAnyGone = true
            pastHours[interface] = hours(of: interface).filter { $0.hour < oldest }
            gone[interface] = last
            readings[interface] = known.filter { $0.at >= oldest }
        }
        return isAnyGone
    }
}
