import SNMP

/// Walks ifTable and ifXTable of every address on standard input, as the peers in `bench/peers` do.
enum WalkDriver {
    /// All columns of ifTable (1-22) and ifXTable (1-19), IF-MIB (RFC 2863).
    static let columns: [ObjectIdentifier] =
        (1...22).map { ObjectIdentifier([1, 3, 6, 1, 2, 1, 2, 2, 1, $0]) }
        + (1...19).map { ObjectIdentifier([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, $0]) }
    private static let request = TableRequest(columns: columns)

    static func run(port: UInt16, repetitions: Int, concurrency: Int) async throws -> String {
        let engine = try Engine()
        defer { engine.shutdown() }
        var addresses: [String] = []
        while let line = readLine() { addresses.append(line) }
        let (varBinds, failures) = await walk(
            addresses, engine: engine, port: port, repetitions: repetitions, concurrency: concurrency)
        let engineSeconds = Double(engine.statistics.processorNanoseconds) / 1e9
        return """
            {"varbinds":\(varBinds),"failures":\(failures),"cpu_seconds":\(ProcessorTime.seconds),\
            "io_thread_seconds":\(engineSeconds)}
            """
    }

    private static func walk(
        _ addresses: [String], engine: Engine, port: UInt16, repetitions: Int, concurrency: Int
    ) async -> (varBinds: Int, failures: Int) {
        await withTaskGroup(of: Int?.self) { group in
            var waiting = addresses.makeIterator()
            var (varBinds, failures) = (0, 0)
            func startNext() {
                guard let text = waiting.next() else { return }
                group.addTask { await walkOne(text, engine: engine, port: port, repetitions: repetitions) }
            }
            for _ in 0..<concurrency { startNext() }
            while let count = await group.next() {
                if let count { varBinds += count } else { failures += 1 }
                startNext()
            }
            return (varBinds, failures)
        }
    }

    /// The number of varbinds one device answered; nil where a column is not complete.
    private static func walkOne(_ text: String, engine: Engine, port: UInt16, repetitions: Int) async -> Int? {
        guard let address = TransportAddress(parsing: text, defaultPort: port) else { return nil }
        var target = Target(address, .v2c(community: Community("public")))
        target.maxRepetitions = repetitions
        guard let table = try? await engine.table(request, from: target), table.isComplete
        else { return nil }
        return table.columns.reduce(0) { $0 + $1.count }
    }
}
