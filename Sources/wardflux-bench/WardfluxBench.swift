import Glibc

/// The processor time this process has used.
enum ProcessorTime {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The memory this process occupies.
enum ResidentMemory {
    static var octets: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = String(decoding: line.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }
}

/// Drivers that `script/bench` runs beside the peers; each prints one JSON object.
@main
enum WardfluxBench {
    static let usage = """
        usage: wardflux-bench walk PORT MAX_REPETITIONS CONCURRENCY < addresses
               wardflux-bench counters port=P polls=N [mode=poll|table] [NAME=VALUE]... < addresses
               wardflux-bench schedule port=P intervals=N rows=N [interval=MILLISECONDS] [NAME=VALUE]... < addresses
               wardflux-bench memory port=P < addresses
               wardflux-bench classify INTERFACES RULES
               wardflux-bench collect-insert interfaces=N cycles=N folder=DIR start=SECONDS [NAME=VALUE]...
               wardflux-bench collect-read interfaces=N folder=DIR start=SECONDS [what=summary|one|weeks] [NAME=VALUE]...
               wardflux-bench collect-text interfaces=N cycles=N start=SECONDS [format=csv|prometheus|values] [counters=N]
               wardflux-bench series-ledger directory=DIR interfaces=N cycles=N [from=N] [NAME=VALUE]...
               wardflux-bench series-verify directory=DIR interfaces=N [last=N] [NAME=VALUE]... < ledger
               wardflux-bench anomalies [kind=NAME] [what=score|facts|cold|nuisances|calendar|incidents]
               wardflux-bench anomalies data=FOLDER
               wardflux-bench anomaly-speed what=judge|learn|watch [interfaces=N] [rounds=N] [folder=DIR] [days=N]
               wardflux-bench topology catalog=FILE [rounds=N] | layout=DEVICES [seed=N]
               wardflux-bench alerts [what=evaluate] [interfaces=N] [rounds=N]
               wardflux-bench upsert url=POSTGRESQL [interfaces=N] [per-device=N] [batch=DEVICES] [rounds=N]
               wardflux-bench alerts what=storm folder=DIR url=ADDRESS [interfaces=N]
        names: in-flight, repetitions, window, threads, segmentation=automatic|off, user=NAME,AUTH_PASS,PRIV_PASS
        """

    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        do {
            guard let report = try report(words.first, Array(words.dropFirst())) else { return fail(usage, 64) }
            print(report)
        } catch {
            fail("\(error)", 1)
        }
    }

    private static func report(_ driver: String?, _ words: [String]) throws -> String? {
        let numbers = words.compactMap { Int($0) }
        switch (driver, numbers.count) {
        case ("walk", 3):
            guard let port = UInt16(exactly: numbers[0]) else { return nil }
            return try waiting {
                try await WalkDriver.run(port: port, repetitions: numbers[1], concurrency: numbers[2])
            }
        case ("counters", _):
            guard let options = DriverOptions(words, known: CountersDriver.options) else { return nil }
            return try CountersDriver.run(options)
        case ("schedule", _):
            guard let options = DriverOptions(words, known: ScheduleDriver.options) else { return nil }
            return try ScheduleDriver.run(options)
        case ("memory", _):
            guard let options = DriverOptions(words, known: MemoryDriver.options) else { return nil }
            return try MemoryDriver.run(options)
        case ("collect-insert", _):
            guard let options = DriverOptions(words, known: CollectInsertDriver.options) else { return nil }
            return try CollectInsertDriver.run(options)
        case ("collect-read", _):
            guard let options = DriverOptions(words, known: CollectReadDriver.options) else { return nil }
            return try CollectReadDriver.run(options)
        case ("collect-text", _):
            guard let options = DriverOptions(words, known: CollectTextDriver.options) else { return nil }
            return try CollectTextDriver.run(options)
        case ("series-ledger", _):
            guard let options = DriverOptions(words, known: SeriesLedgerDriver.options) else { return nil }
            return try SeriesLedgerDriver.run(options)
        case ("series-verify", _):
            guard let options = DriverOptions(words, known: SeriesVerifyDriver.options) else { return nil }
            return try SeriesVerifyDriver.run(options)
        case ("topology", _):
            guard let options = DriverOptions(words, known: TopologyDriver.options) else { return nil }
            return try TopologyDriver.run(options)
        case ("anomalies", _):
            guard let options = DriverOptions(words, known: AnomaliesDriver.options) else { return nil }
            return try AnomaliesDriver.run(options)
        case ("anomaly-speed", _):
            guard let options = DriverOptions(words, known: AnomalySpeedDriver.options) else { return nil }
            return try AnomalySpeedDriver.run(options)
        case ("alerts", _):
            guard let options = DriverOptions(words, known: AlertsDriver.options) else { return nil }
            return try AlertsDriver.run(options)
        case ("upsert", _):
            guard let options = DriverOptions(words, known: UpsertDriver.options) else { return nil }
            return try UpsertDriver.run(options)
        case ("classify", 2): return try ClassifyDriver.run(interfaces: numbers[0], rules: numbers[1])
        default: return nil
        }
    }

    /// Runs asynchronous work to its end while this thread waits.
    ///
    /// An asynchronous `main` would leave the main thread to libdispatch, which valgrind does not survive.
    static func waiting<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws -> Result {
        let ended = Signal<Swift.Result<Result, any Error>>()
        Task {
            do { ended.give(.success(try await work())) } catch { ended.give(.failure(error)) }
        }
        return try ended.take().get()
    }

    private static func fail(_ text: String, _ status: Int32) {
        let message = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
        exit(status)
    }
}
