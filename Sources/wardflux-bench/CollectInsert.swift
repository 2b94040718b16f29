import Glibc
import Inventory
import Series
import SeriesEmbedded
import Synchronization

/// Appends made-up readings to an embedded store, interval by interval, as collection does.
///
/// Tells what appending, sealing and all other upkeep took; making the readings is not counted.
enum CollectInsertDriver {
    static let options: Set<String> = ["interfaces", "cycles", "folder", "start", "batch", "together", "settle"]

    /// What a run took.
    struct Cost: Sendable {
        var wall = 0.0
        var cpu = 0.0
        var longestAppend = 0.0
        var longestCycle = 0.0
        var longestStep = 0.0
        var accepted = 0
    }

    static func run(_ options: DriverOptions) throws -> String {
        let interfaces = try options.number("interfaces")
        let cycles = try options.number("cycles")
        let batch = try options.number("batch", default: 4096)
        // Intervals that are appended at once, for filling a store quickly.
        let together = max(1, try options.number("together", default: 1))
        // Hours that pass after the last interval: after three all is sealed, after six days are in one block each.
        let hours = try options.number("settle", default: 8)
        let folder = options.word("folder", default: "")
        let start = Timestamp(seconds: Int64(try options.number("start")))
        let before = WrittenOctets.ofThisProcess
        let cost = try WardfluxBench.waiting {
            let clock = CollectClock(start)
            let store = try await EmbeddedSeriesStore.open(.init(directory: folder), now: { clock.now })
            var data = CollectData(interfaces: interfaces, start: start)
            var cost = Cost()
            for first in stride(from: 0, to: cycles, by: together) {
                let last = min(first + together, cycles) - 1
                let readings = (first...last).flatMap { data.next($0) }
                clock.now = Timestamp(seconds: start.seconds + Int64((last + 1) * CollectData.intervalSeconds))
                try await append(readings, batch, to: store, clock, &cost)
            }
            clock.now = clock.now.advanced(bySeconds: Double(hours) * 3600)
            try await timed(&cost) { cost in
                if hours > 0 { try await maintain(store, clock.now, &cost) }
                await store.close()
            }
            return cost
        }
        guard cost.accepted == interfaces * cycles else {
            throw DriverError("\(cost.accepted) of \(interfaces * cycles) readings were accepted")
        }
        return """
            {"interfaces":\(interfaces),"readings":\(cost.accepted),"samples":\(cost.accepted * 8),\
            "wall_seconds":\(cost.wall),"cpu_seconds":\(cost.cpu),\
            "longest_append_seconds":\(cost.longestAppend),"longest_cycle_seconds":\(cost.longestCycle),\
            "longest_step_seconds":\(cost.longestStep),\
            "written_octets":\(WrittenOctets.ofThisProcess - before),"resident":\(ResidentMemory.octets)}
            """
    }

    private static func append(
        _ readings: [SeriesReading], _ batch: Int, to store: EmbeddedSeriesStore, _ clock: CollectClock,
        _ cost: inout Cost
    ) async throws {
        let wallBefore = cost.wall
        try await timed(&cost) { cost in
            for first in stride(from: 0, to: readings.count, by: batch) {
                let begun = MonotonicTime.seconds
                let slice = Array(readings[first..<min(first + batch, readings.count)])
                cost.accepted += try await store.append(slice).accepted
                cost.longestAppend = max(cost.longestAppend, MonotonicTime.seconds - begun)
            }
            try await maintain(store, clock.now, &cost)
        }
        cost.longestCycle = max(cost.longestCycle, cost.wall - wallBefore)
    }

    private static func maintain(
        _ store: EmbeddedSeriesStore, _ now: Timestamp, _ cost: inout Cost
    ) async throws {
        var isMore = true
        while isMore {
            let begun = MonotonicTime.seconds
            isMore = try await store.maintain(now: now).isMoreDue
            cost.longestStep = max(cost.longestStep, MonotonicTime.seconds - begun)
        }
    }

    private static func timed(_ cost: inout Cost, _ body: (inout Cost) async throws -> Void) async throws {
        let (wall, cpu) = (MonotonicTime.seconds, ProcessorTime.seconds)
        try await body(&cost)
        cost.wall += MonotonicTime.seconds - wall
        cost.cpu += ProcessorTime.seconds - cpu
    }
}

/// The time of the readings, which the store takes for its own.
final class CollectClock: Sendable {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    var now: Timestamp {
        get { moment.withLock { $0 } }
        set { moment.withLock { $0 = newValue } }
    }
}

/// Seconds that only go forward.
enum MonotonicTime {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What this process caused to be written to storage, as the kernel counts it.
enum WrittenOctets {
    static var ofThisProcess: Int {
        guard let file = fopen("/proc/self/io", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.lazy.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("write_bytes:") { return Int(text.dropFirst(12).filter(\.isNumber)) ?? 0 }
        }
        return 0
    }
}
