import Glibc
import SNMP
import Synchronization

/// Keeps a timetable: the counters of every address on standard input at a fixed interval, for some intervals.
///
/// Tells how many polls were on time, how late they began and ended, and what the engine used: processor and memory.
/// An agent that never answered counts as dead; all others are live, and every poll due must have been seen.
enum ScheduleDriver {
    static let options: Set<String> = [
        "port", "in-flight", "repetitions", "window", "threads", "segmentation", "user", "interval", "intervals",
        "rows",
    ]
    /// How long the polls that are due last have to end.
    static let graceMilliseconds: UInt64 = 15_000

    static func run(_ options: DriverOptions) throws -> String {
        let targets = try options.targets()
        let interval = UInt64(try options.number("interval", default: 60_000))
        let intervals = try options.number("intervals")
        let engine = try Engine(try options.configuration())
        let receiver = ScheduleReceiver(
            devices: targets.count, intervals: intervals, intervalMilliseconds: interval,
            rows: try options.number("rows"))
        let residentBefore = ResidentMemory.octets
        let subscription = try engine.poll(
            CountersDriver.request, everyMilliseconds: UInt32(clamping: interval), receiver: receiver)
        for (key, target) in targets.enumerated() { subscription.add(target, key: UInt64(key)) }
        let before = (process: ProcessorTime.seconds, engine: engine.statistics.processorNanoseconds)
        let measured = UInt64(intervals) * interval
        pause(milliseconds: measured)
        let after = (process: ProcessorTime.seconds, engine: engine.statistics.processorNanoseconds)
        pause(milliseconds: graceMilliseconds)
        let residentAfter = ResidentMemory.octets
        let statistics = engine.statistics
        subscription.end()
        engine.shutdown()
        let seconds = Double(measured) / 1000
        return """
            {"devices":\(targets.count),"intervals":\(intervals),\(receiver.report()),\
            "process_share":\((after.process - before.process) / seconds),\
            "engine_share":\(Double(after.engine - before.engine) / 1e9 / seconds),\
            "resident_before":\(residentBefore),\
            "resident_after":\(residentAfter),"requests":\(statistics.requests),\
            "responses":\(statistics.responses),"retransmissions":\(statistics.retransmissions),\
            "timeouts":\(statistics.timeouts),"kernel_drops":\(statistics.kernelDrops)}
            """
    }

    private static func pause(milliseconds: UInt64) {
        var wanted = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
        var left = timespec()
        while nanosleep(&wanted, &left) != 0, errno == EINTR { wanted = left }
    }
}

/// Judges every poll by its timetable.
private final class ScheduleReceiver: PollReceiver {
    /// A poll that begins later than this after it was due is overdue.
    static let overdueMilliseconds: UInt64 = 1000

    /// What one agent's polls came to.
    private struct Device {
        var seen: UInt16 = 0
        var onTime: UInt16 = 0
        var complete: UInt16 = 0
    }

    private struct State {
        var devices: [Device]
        var lateness = Histogram()
        var completion = Histogram()
        var overdue = 0
        var missed = 0
        var failures = 0
    }

    private let state: Mutex<State>
    private let intervals: Int
    private let intervalMilliseconds: UInt64
    private let rows: Int

    init(devices: Int, intervals: Int, intervalMilliseconds: UInt64, rows: Int) {
        state = Mutex(State(devices: Array(repeating: Device(), count: devices)))
        self.intervals = intervals
        self.intervalMilliseconds = intervalMilliseconds
        self.rows = rows
    }

    func pollEnded(_ outcome: borrowing PollOutcome) {
        let key = Int(outcome.key)
        let lateness = outcome.startedMilliseconds &- min(outcome.dueMilliseconds, outcome.startedMilliseconds)
        let completion = outcome.endedMilliseconds - min(outcome.dueMilliseconds, outcome.endedMilliseconds)
        let isComplete = hasEveryRow(outcome.table)
        let missed = Int(outcome.missed)
        state.withLock { state in
            guard state.devices[key].seen < intervals else { return }
            state.devices[key].seen += 1
            state.lateness.add(lateness)
            state.missed += missed
            let isOverdue = lateness > Self.overdueMilliseconds || missed > 0
            if isOverdue { state.overdue += 1 }
            guard isComplete else {
                state.failures += 1
                return
            }
            state.devices[key].complete += 1
            state.completion.add(completion)
            if !isOverdue, completion <= intervalMilliseconds { state.devices[key].onTime += 1 }
        }
    }

    private func hasEveryRow(_ table: borrowing Table?) -> Bool {
        switch table {
        case .some(let table): table.isComplete && table.columns.allSatisfy { $0.count == rows }
        case .none: false
        }
    }

    /// The members of a JSON object.
    func report() -> String {
        state.withLock { state in
            let live = state.devices.lazy.filter { $0.complete > 0 }
            let (onTime, complete) = live.reduce(into: (0, 0)) {
                $0.0 += Int($1.onTime)
                $0.1 += Int($1.complete)
            }
            let seen = state.devices.reduce(0) { $0 + Int($1.seen) }
            return """
                "live":\(live.count),"live_polls_due":\(live.count * intervals),"live_polls_on_time":\(onTime),\
                "live_polls_complete":\(complete),"polls_seen":\(seen),"overdue":\(state.overdue),\
                "missed":\(state.missed),"failures":\(state.failures),\
                "lateness_p99_ms":\(state.lateness.percentile(99)),"lateness_max_ms":\(state.lateness.maximum),\
                "completion_p50_ms":\(state.completion.percentile(50)),\
                "completion_p99_ms":\(state.completion.percentile(99)),\
                "completion_max_ms":\(state.completion.maximum)
                """
        }
    }
}

/// Milliseconds, counted exactly up to a minute and together above.
private struct Histogram {
    private var bins = [UInt32](repeating: 0, count: 60_001)
    private(set) var maximum: UInt64 = 0

    mutating func add(_ milliseconds: UInt64) {
        bins[Int(min(milliseconds, 60_000))] += 1
        maximum = max(maximum, milliseconds)
    }

    func percentile(_ share: Int) -> Int {
        let wanted = bins.reduce(0) { $0 + Int($1) } * share / 100
        var sum = 0
        for (milliseconds, count) in bins.enumerated() {
            sum += Int(count)
            if sum > wanted { return milliseconds }
        }
        return Int(maximum)
    }
}
