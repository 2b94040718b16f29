import SNMP

/// Reads the eight 64-bit counters of ifXTable of every address on standard input, again and again.
///
/// `mode=poll` as a collector does, by recurring polls: all agents are due together, `timetables` times in `every`
/// milliseconds; `mode=table` by `Engine.table`, one task an agent.
enum CountersDriver {
    static let options: Set<String> = [
        "mode", "port", "polls", "in-flight", "repetitions", "window", "threads", "segmentation", "user", "every",
        "timetables",
    ]
    /// ifHCInOctets to ifHCOutBroadcastPkts (6-13) of ifXTable, IF-MIB (RFC 2863).
    static let columns: [ObjectIdentifier] = (6...13).map { ObjectIdentifier([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, $0]) }
    static let request = TableRequest(columns: columns)

    /// What came of the polls.
    struct Count: Sendable {
        var polls = 0
        var varBinds = 0
        /// Polls with an error, or without every row of every column.
        var failures = 0

        mutating func add(_ table: borrowing Table?) {
            polls += 1
            switch table {
            case .some(let table):
                if !table.isComplete { failures += 1 }
                for column in table.columns { varBinds += column.count }
            case .none: failures += 1
            }
        }
    }

    static func run(_ options: DriverOptions) throws -> String {
        let targets = try options.targets()
        let polls = try options.number("polls")
        let engine = try Engine(try options.configuration())
        let count: Count
        switch options.word("mode", default: "poll") {
        case "table": count = try adHoc(targets, polls: polls, engine)
        case "poll":
            let timetable = Timetable(
                every: try options.number("every", default: 100),
                phases: try options.number("timetables", default: 3))
            count = try recurring(targets, polls: polls * targets.count, timetable, engine)
        case let mode: throw DriverError("mode '\(mode)' is not known here")
        }
        let statistics = engine.statistics
        engine.shutdown()
        return """
            {"varbinds":\(count.varBinds),"polls":\(count.polls),"failures":\(count.failures),\
            "requests":\(statistics.requests),"responses":\(statistics.responses),\
            "retransmissions":\(statistics.retransmissions),"kernel_drops":\(statistics.kernelDrops),\
            "cpu_seconds":\(ProcessorTime.seconds),\
            "io_thread_seconds":\(Double(statistics.processorNanoseconds) / 1e9)}
            """
    }

    private static func adHoc(_ targets: [Target], polls: Int, _ engine: Engine) throws -> Count {
        try WardfluxBench.waiting {
            await withTaskGroup(of: Count.self) { group in
                for target in targets {
                    group.addTask {
                        var count = Count()
                        for _ in 0..<polls { count.add(try? await engine.table(request, from: target)) }
                        return count
                    }
                }
                return await group.reduce(into: Count()) {
                    $0.polls += $1.polls
                    $0.varBinds += $1.varBinds
                    $0.failures += $1.failures
                }
            }
        }
    }
}
