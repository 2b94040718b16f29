import Inventory
import Series
import SeriesEmbedded
import Synchronization

/// Compares what an embedded store holds with what the ledger on standard input says was acknowledged.
///
/// Prints one JSON object: readings required and not `missing` are all there; `wrong` ones differ from the seed's of
/// their time; `stray` ones nobody ever appended; `damaged` counts blocks the store left out.
struct SeriesVerifyDriver {
    static let options: Set<String> = SeriesLedgerSetting.options.union(["last"])

    /// The lines of the ledger that count: `ack`, `partial`, `refused` and `merged` with their cycles.
    private struct Ledger {
        var acknowledged: Set<Int> = []
        var merged: Set<Int> = []
        var last = -1

        static func read() -> Ledger {
            var ledger = Ledger()
            while let line = readLine() {
                let words = line.split(separator: " ")
                guard words.count >= 2, let cycle = Int(words[1]) else { continue }
                switch words[0] {
                case "ack": ledger.acknowledged.insert(cycle)
                case "merged": ledger.merged.insert(cycle)
                case "partial", "refused": break
                default: continue
                }
                if words[0] != "merged" { ledger.last = max(ledger.last, cycle) }
            }
            return ledger
        }
    }

    static func run(_ options: DriverOptions) throws -> String {
        let setting = try SeriesLedgerSetting(options)
        let ledger = Ledger.read()
        let last = try options.number("last", default: max(0, ledger.last))
        return try WardfluxBench.waiting {
            setting.begin(last)
            let store = try await setting.open()
            let found = Mutex<[InterfaceID: [CounterReading]]>([:])
            let year = 366.0 * 86_400
            let range = (setting.clock.time.advanced(bySeconds: -year), setting.clock.time.advanced(bySeconds: year))
            let outcome = try await store.scan(SeriesQuery(.all, from: range.0, to: range.1)) { run in
                found.withLock { $0[run.interface, default: []] += run.readings }
            }
            let verdict = compare(found.withLock { $0 }, ledger, setting, last)
            await store.close()
            return verdict.json(damaged: outcome.damagedBlocks)
        }
    }

    private static func compare(
        _ found: [InterfaceID: [CounterReading]], _ ledger: Ledger, _ setting: SeriesLedgerSetting, _ last: Int
    ) -> Verdict {
        var verdict = Verdict()
        let truth = setting.truth
        // Days by the true clock and by the one that was set: what either still needs has to be there.
        let now = min(truth.trueTime(last), truth.wallClock(last))
        let keptFrom = now.advanced(bySeconds: Double(-setting.configuration.readingDays) * 86_400)
        var strangers = found
        for interface in 0..<truth.interfaces {
            let id = truth.id(interface)
            var candidates: [Timestamp: (reading: CounterReading, isRequired: Bool)] = [:]
            for cycle in 0...last + 1 {
                let place = SeriesTruth.Place(interface: interface, cycle: cycle)
                note(truth.reading(place), ledger.acknowledged.contains(cycle), &candidates)
            }
            if interface % 4 == 0 {
                for late in Set((0...last + 1).flatMap { truth.backfilled(with: $0) }) {
                    let place = SeriesTruth.Place(interface: interface, cycle: late, isBackfill: true)
                    note(truth.reading(place), ledger.merged.contains(late), &candidates)
                }
            }
            verdict.add(found[id] ?? [], candidates, keptFrom: keptFrom)
            strangers[id] = nil
        }
        verdict.stray += strangers.values.reduce(0) { $0 + $1.count }
        return verdict
    }

    /// After a clock that was set back two cycles may have the same time: the acknowledged one is it.
    private static func note(
        _ reading: CounterReading, _ isRequired: Bool,
        _ candidates: inout [Timestamp: (reading: CounterReading, isRequired: Bool)]
    ) {
        if let other = candidates[reading.at], other.isRequired { return }
        candidates[reading.at] = (reading, isRequired)
    }
}

/// How readings that were found compare with those that should be there.
private struct Verdict: Sendable {
    var found = 0
    var required = 0
    var missing = 0
    var wrong = 0
    var stray = 0
    var oldest: Timestamp?
    var first: String?

    mutating func add(
        _ readings: [CounterReading], _ candidates: [Timestamp: (reading: CounterReading, isRequired: Bool)],
        keptFrom: Timestamp
    ) {
        found += readings.count
        var seen: Set<Timestamp> = []
        for reading in readings {
            oldest = min(oldest ?? reading.at, reading.at)
            guard let candidate = candidates[reading.at], seen.insert(reading.at).inserted else {
                stray += 1
                tell("stray \(reading)")
                continue
            }
            if candidate.reading == reading { continue }
            wrong += 1
            tell("wrong \(reading), should be \(candidate.reading)")
        }
        for (at, candidate) in candidates where candidate.isRequired && at >= keptFrom {
            required += 1
            if seen.contains(at) { continue }
            missing += 1
            tell("missing \(at)")
        }
    }

    private mutating func tell(_ text: String) {
        if first == nil { first = text }
    }

    func json(damaged: Int) -> String {
        let said = (first ?? "").replacing("\"", with: "'").replacing("\\", with: "/")
        let numbers: [(String, Int)] = [
            ("found", found), ("required", required), ("missing", missing), ("wrong", wrong), ("stray", stray),
            ("damaged", damaged), ("oldest", Int(oldest?.seconds ?? 0)),
        ]
        let fields = numbers.map { "\"\($0)\": \($1)" } + ["\"first\": \"\(said)\""]
        return "{\(fields.joined(separator: ", "))}"
    }
}
