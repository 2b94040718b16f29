import Inventory
import Series
import SeriesEmbedded
import Synchronization
import Traffic

/// Reads an embedded store that `collect-insert` filled, as summaries, a page and baselines do.
enum CollectReadDriver {
    static let options: Set<String> = ["interfaces", "folder", "start", "hours", "what", "rounds"]

    static func run(_ options: DriverOptions) throws -> String {
        let start = Timestamp(seconds: Int64(try options.number("start")))
        let end = Timestamp(seconds: start.seconds + Int64(try options.number("hours", default: 24)) * 3600)
        let rounds = try options.number("rounds", default: 1)
        let folder = options.word("folder", default: "")
        let what = options.word("what", default: "summary")
        let data = CollectData(interfaces: try options.number("interfaces"), start: start)
        return try WardfluxBench.waiting {
            let store = try await EmbeddedSeriesStore.open(
                .init(directory: folder), now: { end.advanced(bySeconds: 8 * 3600) })
            var seconds: [Double] = []
            var values = 0
            let cpu = ProcessorTime.seconds
            for round in 0..<rounds {
                let begun = MonotonicTime.seconds
                values =
                    switch what {
                    case "summary": try await summaries(store, start, end)
                    case "one": try await one(store, data.interfaces[round * 7919 % data.interfaces.count], start, end)
                    case "weeks": try await weeks(store, start, end)
                    default: throw DriverError("what '\(what)' is not known here")
                    }
                seconds.append(MonotonicTime.seconds - begun)
            }
            let used = ProcessorTime.seconds - cpu
            await store.close()
            return #"{"seconds":[\#(seconds.map { "\($0)" }.joined(separator: ","))],"values":\#(values),"#
                + #""cpu_seconds":\#(used)}"#
        }
    }

    /// A day's summary of every interface, in and out: how many there are.
    private static func summaries(
        _ store: EmbeddedSeriesStore, _ start: Timestamp, _ end: Timestamp
    ) async throws -> Int {
        let made = Mutex<[MetricsSummary]>([])
        let query = SeriesQuery(.all, from: start, to: end, counters: .octets, leadSeconds: 600)
        _ = try await store.scan(query) { run in
            var accumulator = SummaryAccumulator(interfaceID: run.interface, from: start, to: end, law: RateLaw())
            for reading in run.readings { accumulator.add(reading) }
            let summary = accumulator.summary(updatedAt: end)
            made.withLock { $0.append(summary) }
        }
        return made.withLock { $0.count }
    }

    /// All readings of one interface: how many there are.
    private static func one(
        _ store: EmbeddedSeriesStore, _ interface: InterfaceID, _ start: Timestamp, _ end: Timestamp
    ) async throws -> Int {
        let count = Mutex(0)
        _ = try await store.scan(SeriesQuery(.ids([interface]), from: start, to: end, leadSeconds: 600)) { run in
            count.withLock { $0 += run.readings.count }
        }
        return count.withLock { $0 }
    }

    /// Means of every hour of the week of every interface, in and out: how many rates went into them.
    private static func weeks(_ store: EmbeddedSeriesStore, _ start: Timestamp, _ end: Timestamp) async throws -> Int {
        let count = Mutex(0)
        let query = SeriesQuery(.all, from: start, to: end, counters: .octets, leadSeconds: 600)
        _ = try await store.scan(query) { run in
            var buckets = HoursOfWeek()
            let law = RateLaw()
            for (earlier, later) in zip(run.readings, run.readings.dropFirst()) {
                buckets.add(law.step(from: earlier, to: later))
            }
            let rates = buckets.rates
            count.withLock { $0 += rates }
        }
        return count.withLock { $0 }
    }
}

/// Rates by hour of the week, as a baseline is learnt from them.
private struct HoursOfWeek {
    private var inbound = [Bucket](repeating: Bucket(), count: 168)
    private var outbound = [Bucket](repeating: Bucket(), count: 168)

    private struct Bucket {
        var count = 0
        var sum = 0.0
        var sumOfSquares = 0.0

        mutating func add(_ rate: Double) {
            count += 1
            sum += rate
            sumOfSquares += rate * rate
        }
    }

    mutating func add(_ step: CounterStep) {
        let hour = Int(step.to.seconds / 3600 % 168)
        if let rate = step.rate(.inOctets) { inbound[hour].add(rate * 8) }
        if let rate = step.rate(.outOctets) { outbound[hour].add(rate * 8) }
    }

    var rates: Int { inbound.reduce(0) { $0 + $1.count } + outbound.reduce(0) { $0 + $1.count } }
}
