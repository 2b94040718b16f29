import Glibc
import Inventory
import Series
import SeriesEmbedded
import Synchronization

/// Appends the readings of a seeded network to an embedded store by a simulated clock, and tells what was acknowledged.
///
/// Lines, each written at once: `begin WHAT CYCLE` before a step (append, merge, maintain, seal at the end of a chunk,
/// rollover at the end of a day, compact six hours later, when the blocks of that day become one), `ack CYCLE`,
/// `refused CYCLE`, `partial CYCLE`, `merged CYCLE`, `removed FILES`, `failed CODE CYCLE WHAT`. Whoever reads them has the ledger that `series-verify` is given.
struct SeriesLedgerDriver {
    static let options: Set<String> = SeriesLedgerSetting.options.union(["cycles", "from", "tries", "pause"])

    private let setting: SeriesLedgerSetting
    private let store: EmbeddedSeriesStore
    private let triesMax: Int
    private let pauseMilliseconds: Int

    /// Runs to the last cycle, or until a step failed as often as `tries` says.
    static func run(_ options: DriverOptions) throws -> String {
        let setting = try SeriesLedgerSetting(options)
        let (from, cycles) = (try options.number("from", default: 0), try options.number("cycles"))
        let (tries, pause) = (try options.number("tries", default: 1), try options.number("pause", default: 0))
        return try WardfluxBench.waiting {
            setting.begin(max(0, from - 1))
            let store = try await setting.open()
            let driver = SeriesLedgerDriver(
                setting: setting, store: store, triesMax: max(1, tries), pauseMilliseconds: pause)
            for cycle in from..<max(from, cycles) { try await driver.run(cycle) }
            await store.close()
            return "closed"
        }
    }

    private func run(_ cycle: Int) async throws {
        setting.begin(cycle)
        try await append(cycle)
        for late in setting.truth.backfilled(with: cycle) { try await merge(late, with: cycle) }
        try await attempt("\(maintenance(cycle))", cycle) { try await maintain() }
    }

    /// In two calls, as a writer hands over what it has.
    private func append(_ cycle: Int) async throws {
        let readings = (0..<setting.truth.interfaces).map { interface in
            setting.reading(SeriesTruth.Place(interface: interface, cycle: cycle))
        }
        let middle = readings.count / 2
        var outcome = AppendOutcome()
        for piece in [readings[..<middle], readings[middle...]] where !piece.isEmpty {
            outcome += try await attempt("append", cycle) { try await store.append(Array(piece)) }
        }
        let kept = outcome.accepted + outcome.repeated
        Self.say(kept == readings.count ? "ack \(cycle)" : kept == 0 ? "refused \(cycle)" : "partial \(cycle)")
    }

    private func merge(_ late: Int, with cycle: Int) async throws {
        let readings = setting.truth.backfilledInterfaces().map { interface in
            setting.reading(SeriesTruth.Place(interface: interface, cycle: late, isBackfill: true))
        }
        let outcome = try await attempt("merge", cycle) { try await store.merge(readings) }
        if outcome.accepted + outcome.repeated == readings.count { Self.say("merged \(late)") }
    }

    private func maintain() async throws {
        for _ in 0..<200 {
            let outcome = try await store.maintain(now: setting.clock.time)
            if outcome.removedFiles > 0 { Self.say("removed \(outcome.removedFiles)") }
            if !outcome.isMoreDue { return }
        }
    }

    /// What maintenance of a cycle has most to do with.
    private func maintenance(_ cycle: Int) -> String {
        let (before, now) = (setting.truth.wallClock(cycle - 1).seconds, setting.truth.wallClock(cycle).seconds)
        if before / 86_400 != now / 86_400 { return "rollover" }
        let delay: Int64 = 6 * 3600
        if (before - delay) / 86_400 != (now - delay) / 86_400 { return "compact" }
        return before / 7_200 != now / 7_200 ? "seal" : "maintain"
    }

    /// Tries a step as often as it may; what it failed with is told each time.
    private func attempt<Outcome>(
        _ what: String, _ cycle: Int, _ body: () async throws -> Outcome
    ) async throws -> Outcome {
        var tries = 0
        while true {
            Self.say("begin \(what) \(cycle)")
            do {
                return try await body()
            } catch let error as SeriesError {
                Self.say("failed \(error.code.rawValue) \(cycle) \(what): \(error.message)")
                tries += 1
                if tries >= triesMax { throw error }
                usleep(UInt32(pauseMilliseconds) * 1_000)
            }
        }
    }

    /// One write, so that a kill leaves whole lines.
    private static func say(_ line: String) {
        let octets = Array("\(line)\n".utf8)
        _ = write(STDOUT_FILENO, octets, octets.count)
    }
}

/// The store and the network of the ledger's drivers.
struct SeriesLedgerSetting: Sendable {
    static let options: Set<String> = [
        "directory", "interfaces", "seed", "start", "interval", "days", "jumps", "reserve",
    ]

    let truth: SeriesTruth
    let configuration: EmbeddedSeriesConfiguration
    let clock = SimulatedClock()

    init(_ options: DriverOptions) throws {
        let start = Timestamp(seconds: Int64(try options.number("start", default: 1_772_323_200)))
        truth = SeriesTruth(
            seed: UInt64(try options.number("seed", default: 1)), interfaces: try options.number("interfaces"),
            start: start, intervalSeconds: try options.number("interval", default: 600),
            jumps: try Self.jumps(options.word("jumps", default: "")))
        var configuration = EmbeddedSeriesConfiguration(directory: options.word("directory", default: ""))
        configuration.readingDays = try options.number("days", default: 2)
        configuration.reserveOctets = Int64(try options.number("reserve", default: 0))
        self.configuration = configuration
    }

    /// Sets the clocks as they are at the end of a cycle.
    func begin(_ cycle: Int) {
        clock.set(truth.wallClock(cycle), true: truth.trueTime(cycle))
    }

    func open() async throws -> EmbeddedSeriesStore {
        try await EmbeddedSeriesStore.open(configuration, now: { [clock] in clock.time }) { [clock] in
            clock.monotonicSeconds
        }
    }

    func reading(_ place: SeriesTruth.Place) -> SeriesReading {
        SeriesReading(truth.id(place.interface), truth.reading(place))
    }

    /// `20:3600,40:-600`: the wall clock is set at cycle 20 by an hour, at cycle 40 back by ten minutes.
    private static func jumps(_ text: String) throws -> [SeriesTruth.ClockJump] {
        try text.split(separator: ",").map { word in
            let parts = word.split(separator: ":").compactMap { Int($0) }
            guard parts.count == 2 else { throw DriverError("'jumps=\(text)' is not CYCLE:SECONDS,...") }
            return SeriesTruth.ClockJump(cycle: parts[0], seconds: parts[1])
        }
    }
}

/// A wall clock that shows what it was set to, and a monotonic one that nobody sets.
final class SimulatedClock: Sendable {
    private let wall = Atomic<Int64>(0)
    private let monotonic = Atomic<Int64>(0)

    var time: Timestamp { Timestamp(milliseconds: wall.load(ordering: .relaxed)) }
    var monotonicSeconds: Double { Double(monotonic.load(ordering: .relaxed)) / 1000 }

    func set(_ time: Timestamp, true trueTime: Timestamp) {
        wall.store(time.milliseconds, ordering: .relaxed)
        monotonic.store(trueTime.milliseconds, ordering: .relaxed)
    }
}
