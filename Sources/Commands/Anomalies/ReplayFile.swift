import Baselines
import Inventory

/// Replays a file or standard input, and prints what is found.
struct ReplayFile {
    private let path: String
    private let isJSON: Bool
    private let console = Console.current
    private var replay: TableReplay
    private var output: [UInt8] = []
    private var found = FoundAnomalies()

    /// Octets of lines that are gathered before they are written.
    private static let writeOctets = 1 << 16

    init(path: String, options: TableReplayOptions, isJSON: Bool) {
        self.path = path
        self.isJSON = isJSON
        replay = TableReplay(options)
    }

    /// Replays all of it; false where something could not be read.
    consuming func run() throws -> Bool {
        let given = replay.options.guessesInterval ? nil : replay.options.settings.intervalSeconds
        let source = try InputPieces(path)
        defer { source.close() }
        do {
            try take(source)
        } catch let error as TrafficTableError {
            flush()
            throw CommandFailure("\(path): \(error.message)", details: replay.faults.sentences, remedy: error.remedy)
        }
        try checkColumns()
        if !isJSON { printTable() }
        tell(givenInterval: given)
        return !replay.faults.isIncomplete
    }

    private mutating func take(_ source: InputPieces) throws {
        while true {
            let octets = try source.next()
            var output = output
            self.output = []
            if octets.isEmpty {
                try replay.finish { line, time in Self.note(line, time, isJSON, &output, &found) }
            } else {
                try replay.take(octets) { line, time in Self.note(line, time, isJSON, &output, &found) }
            }
            self.output = output
            flush()
            if octets.isEmpty || StandardOutput.readerHasGone { return }
        }
    }

    private static func note(
        _ line: ReplayLine, _ time: [UInt8], _ isJSON: Bool, _ output: inout [UInt8], _ found: inout FoundAnomalies
    ) {
        guard isJSON else { return found.take(line) }
        line.writeJSON(into: &output, time: time)
        output.append(10)
    }

    private mutating func flush() {
        guard !output.isEmpty else { return }
        console.write(String(decoding: output, as: UTF8.self))
        output.removeAll(keepingCapacity: true)
    }

    /// Refuses columns that were asked for and are not there.
    private func checkColumns() throws(CommandFailure) {
        let named = (replay.options.columns ?? []).union(replay.options.capacities.keys)
        let missing = named.subtracting(replay.columns).sorted()
        guard let first = missing.first else { return }
        throw CommandFailure(
            "\(path) has no column '\(first)'",
            details: ["there are: \(replay.columns.prefix(8).joined(separator: ", "))"])
    }

    private func printTable() {
        let rows = found.rows(zone: replay.options.settings.zone, interval: replay.options.settings.intervalSeconds)
        if rows.isEmpty { return console.errorLine("No anomalies.") }
        console.line(
            Table(columns: Columns.replayedAnomalies, rows: rows).render(
                width: console.outputWidth, colours: console.colours))
        if found.leftOut > 0 {
            console.errorLine("\(Units.count(Int64(found.leftOut))) more; --json prints all of them.")
        }
    }

    /// Tells what was wrong with the file, and what was made of it.
    private func tell(givenInterval: Int?) {
        for sentence in replay.faults.sentences { console.errorLine("\(path): \(sentence)") }
        if let given = givenInterval, let seconds = replay.spacingSeconds, seconds > 0,
            !(given / 2...given * 2).contains(seconds)
        {
            console.errorLine("\(path): most rows are \(seconds) s apart, not \(given) s as --interval says")
        }
        guard !isJSON else { return }
        let columns = replay.columns.count == 1 ? "1 series" : "\(Units.count(Int64(replay.columns.count))) series"
        console.errorLine(
            "\(Units.count(Int64(replay.sampleCount), "sample")) of \(columns), one every "
                + "\(replay.options.settings.intervalSeconds) s; hours of \(replay.options.settings.zone.name)")
    }
}
