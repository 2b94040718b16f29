import Baselines
import Glibc
import Inventory
import Traffic

/// Readings with what is no event in them - gaps, reboots, counters set anew, late polls - through the rate law and the
/// detector, beside the same readings without: the alarms they cause.
struct NuisanceTrial {
    var kind: LinkKind
    var count: Int
    var seed: UInt64
    static let kinds = ["gap", "reboot", "discontinuity", "late"]

    var result: JSONLine {
        var (all, caused) = ([String: Int](), [String: Int]())
        for series in Corpus.series(kind, count: count, seed: seed, weeks: 6, hasEvents: false) {
            var random = SeededRandom(seed: seed &+ 77, stream: Int(series.name) ?? 0)
            let nuisances = Self.nuisances(series, &random)
            let clean = Self.starts(readings(series, []), series)
            let marred = Self.starts(readings(series, nuisances), series)
            for nuisance in nuisances {
                all[nuisance.kind, default: 0] += 1
                let first = series.moment(nuisance.range.lowerBound)
                let last = series.moment(nuisance.range.upperBound).advanced(bySeconds: 1800)
                let near = first.advanced(bySeconds: -600)...last.advanced(bySeconds: 600)
                let begun = marred.contains { $0 >= first && $0 <= last }
                if begun, !clean.contains(where: { near.contains($0) }) { caused[nuisance.kind, default: 0] += 1 }
            }
        }
        var line = JSONLine()
        for kind in Self.kinds {
            var pair = JSONLine()
            pair.add("nuisances", all[kind] ?? 0)
            pair.add("alarms", caused[kind] ?? 0)
            line.add(kind, pair)
        }
        return line
    }

    /// Two of each kind a week, after four weeks of learning.
    private static func nuisances(_ series: TrafficSeries, _ random: inout SeededRandom) -> [LabelledEvent] {
        var nuisances: [LabelledEvent] = []
        let slot = series.perWeek / (2 * kinds.count)
        var from = series.testFrom
        var number = 0
        while from + slot <= series.rates.count {
            let kind = kinds[number % kinds.count]
            let first = from + random.below(slot - 2 * series.perHour)
            let length = kind == "gap" ? 1 + random.below(series.perHour) : 1
            nuisances.append(LabelledEvent(kind: kind, range: first..<(first + length)))
            (from, number) = (from + slot, number + 1)
        }
        return nuisances
    }

    /// Counters that rise as the rates say, in both directions.
    private func readings(_ series: TrafficSeries, _ nuisances: [LabelledEvent]) -> [CounterReading] {
        var marks = [Int: String]()
        for nuisance in nuisances { for index in nuisance.range { marks[index] = nuisance.kind } }
        var octets: UInt64 = 1 << 40
        var (booted, discontinuity) = (series.start.advanced(bySeconds: -86400), UInt32(0))
        var readings: [CounterReading] = []
        for (index, rate) in series.rates.enumerated() {
            var at = series.moment(index)
            var carried = rate * Double(series.intervalSeconds) / 8
            octets &+= UInt64(carried)
            switch marks[index] {
            case "gap": continue
            case "reboot":
                booted = at.advanced(bySeconds: -Double(series.intervalSeconds) / 2)
                (octets, discontinuity) = (UInt64(carried / 2), 0)
            case "discontinuity":
                octets = octets &* 3 &+ 1 << 50
                discontinuity = UInt32(at.secondsSince(booted) * 100)
            case "late":
                let late = Double(series.intervalSeconds) * 0.45
                at = at.advanced(bySeconds: late)
                carried = rate * late / 8
            default: break
            }
            var reading = CounterReading(at: at, intervalSeconds: UInt16(series.intervalSeconds))
            let seen = marks[index] == "late" ? octets &+ UInt64(carried) : octets
            (reading[.inOctets], reading[.outOctets]) = (seen, seen)
            reading.ifSpeed = series.capacity.map { Int64($0) }
            reading.sysUpTime = UInt32(truncatingIfNeeded: Int64(at.secondsSince(booted) * 100))
            reading.discontinuityTime = discontinuity
            (reading.adminStatus, reading.operStatus) = (1, 1)
            readings.append(reading)
        }
        return readings
    }

    /// When alarms of the adaptive method begin.
    private static func starts(_ readings: [CounterReading], _ series: TrafficSeries) -> [Timestamp] {
        let detector = Detector(intervalSeconds: series.intervalSeconds)
        var state = InterfaceState()
        var findings: [SideFinding] = []
        detector.take(
            readings, into: &state, context: { SampleContext(place: series.clock.place($1)) }, findings: &findings)
        return findings.filter { $0.event == .start }.map(\.at)
    }
}
