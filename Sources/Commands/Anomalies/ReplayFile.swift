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

    /// How the file is called in messages.
    private var name: String { path == "-" ? "standard input" : TextWidth.safe(path) }

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
            throw CommandFailure("\(name): \(error.message)", details: replay.faults.sentences, remedy: error.remedy)
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
            "\(name) has no column '\(first)'",
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
        for sentence in replay.faults.sentences + columnSentences { console.errorLine("\(name): \(sentence)") }
        if let given = givenInterval, let seconds = replay.spacingSeconds,
            !(given / 2...given * 2).contains(seconds)
        {
            console.errorLine("\(name): most rows are \(seconds) s apart, not \(given) s as --interval says")
        }
        guard !isJSON else { return }
        let columns = replay.columns.count == 1 ? "1 series" : "\(Units.count(Int64(replay.columns.count))) series"
        console.errorLine(
            "\(Units.count(Int64(replay.sampleCount), "sample")) of \(columns), one every "
                + "\(replay.options.settings.intervalSeconds) s; hours of \(replay.options.settings.zone.name)")
    }

    /// What is to be known of columns: those that are no traffic, and those that may be in another unit.
    private var columnSentences: [String] {
        [
            Self.text(replay.wordColumns, "holds", "hold", "words and no number; no traffic is seen in it"),
            Self.text(replay.foreignUnits, "names", "name", "another unit; values are taken as bit/s, as they are"),
        ].compactMap(\.self)
    }

    private static func text(_ columns: [String], _ one: String, _ many: String, _ rest: String) -> String? {
        guard let first = columns.first.map({ TextWidth.safe(String($0.prefix(60))) }) else { return nil }
        if columns.count == 1 { return "column '\(first)' \(one) \(rest)" }
        return "\(columns.count) columns \(many) \(rest) (the first is '\(first)')"
    }
}
