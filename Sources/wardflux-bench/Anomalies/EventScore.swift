/// How well alarms meet events: an event is found when an alarm begins within it or 15 minutes after.
///
/// Alarms less than 30 minutes apart are one. What begins in the rebound of an event (as long as the event, 1 to 24
/// hours) or where the traffic itself doubled or halved is neither right nor wrong.
struct EventScore {
    var found = 0
    var missed = 0
    var falseAlarms = 0
    /// False alarms with those at natural doublings and halvings.
    var rawFalseAlarms = 0
    var weeks = 0.0
    var nuisances = 0
    var nuisanceAlarms = 0
    var byKind: [String: (found: Int, all: Int)] = [:]
    /// Minutes from the beginning of an event to the reading that told of it: one interval where the first did.
    var delayMinutes: [Int] = []

    var precision: Double { Double(found) / Double(max(1, found + falseAlarms)) }
    var recall: Double { Double(found) / Double(max(1, found + missed)) }
    var harmonic: Double { 2 * precision * recall / max(1e-9, precision + recall) }
    var falsePerWeek: Double { Double(falseAlarms) / max(1e-9, weeks) }
    var rawPerWeek: Double { Double(rawFalseAlarms) / max(1e-9, weeks) }
    var nuisanceShare: Double { Double(nuisanceAlarms) / Double(max(1, nuisances)) }

    func recall(of kind: String) -> Double? {
        byKind[kind].map { Double($0.found) / Double(max(1, $0.all)) }
    }

    /// A place in the sorted delays, in minutes.
    func delay(_ share: Double) -> Int {
        let sorted = delayMinutes.sorted()
        return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// Adds what alarms of a series make of its events; `alarms` say for each sample whether it is in alarm.
    mutating func add(_ series: TrafficSeries, alarms: [Bool], range: Range<Int>? = nil) {
        let range = range ?? series.testFrom..<series.rates.count
        let quarter = max(1, 900 / series.intervalSeconds)
        let starts = Self.starts(alarms, range, apart: max(1, 1800 / series.intervalSeconds))
        let (owner, isIgnored) = places(series, quarter)
        var seen = [Int?](repeating: nil, count: series.events.count)
        for start in starts {
            if let event = owner[start] {
                seen[event] = seen[event] ?? start
            } else if !isIgnored[start] {
                rawFalseAlarms += 1
                if !series.natural[start] { falseAlarms += 1 }
            }
        }
        for (event, start) in zip(series.events, seen) where range.contains(event.range.lowerBound) {
            note(event, start, series.intervalSeconds)
        }
        for nuisance in series.nuisances where range.contains(nuisance.range.lowerBound) {
            let touched = nuisance.range.lowerBound..<(nuisance.range.upperBound + 2 * quarter)
            nuisances += 1
            nuisanceAlarms +=
                starts.contains { touched.contains($0) && owner[$0] == nil && !series.natural[$0] } ? 1 : 0
        }
        weeks += Double(range.count) / Double(series.perWeek)
    }

    private mutating func note(_ event: LabelledEvent, _ start: Int?, _ intervalSeconds: Int) {
        let before = byKind[event.kind] ?? (0, 0)
        byKind[event.kind] = (before.found + (start == nil ? 0 : 1), before.all + 1)
        guard let start else {
            missed += 1
            return
        }
        found += 1
        delayMinutes.append((start - event.range.lowerBound + 1) * intervalSeconds / 60)
    }

    /// The event each sample belongs to, and whether it lies in a rebound.
    private func places(_ series: TrafficSeries, _ quarter: Int) -> ([Int?], [Bool]) {
        let count = series.rates.count
        var owner = [Int?](repeating: nil, count: count)
        var isIgnored = [Bool](repeating: false, count: count)
        for (number, event) in series.events.enumerated() {
            let rebound = min(series.perDay, max(series.perHour, event.range.count))
            let end = event.range.upperBound
            for index in min(count, end)..<min(count, end + rebound) { isIgnored[index] = true }
            for index in event.range.lowerBound..<min(count, end + quarter) { owner[index] = number }
        }
        return (owner, isIgnored)
    }

    /// First samples of alarms, those less than `apart` samples after another taken with it.
    static func starts(_ alarms: [Bool], _ range: Range<Int>, apart: Int) -> [Int] {
        var starts: [Int] = []
        var last = -1000
        for index in range where alarms[index] {
            if index - last > apart { starts.append(index) }
            last = index
        }
        return starts
    }
}
