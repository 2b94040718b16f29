import ArgumentParser
import Baselines
import Inventory
import Jobs

/// `wardflux baselines replay`.
struct BaselinesReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Stream recorded traffic through the engine that judges live traffic, and tell the anomalies.",
        discussion: """
            FILE is a table 'timestamp,value,…' in bit/s, the oldest line first, a column for each series. The last \
            line of words above the first row names them, what stands above it (Cacti, 'sep=;') is left out; without \
            such a line they are value_1 and so on. Separators are ',' ';' or a tab. Times are seconds or \
            milliseconds since 1970, ISO 8601, 20260301040000 or 01.03.2026 04:00, without a zone those of --zone; \
            values that are empty, nan, null or none are not known. Negative values and those above 1.05 times the \
            capacity (10 Tbit/s where it is not given) are told and taken as not known; lines that are not later than \
            those above are told and left out. Series one below the other, 3/1/2026, values with units, thousands \
            separators or decimal commas are refused.

            With --json there is a line for each sample that is in an anomaly or ends one, with its time as the file \
            writes it: {series, timestamp, value, expected, low, high, score, severity, kind, mode, event, \
            confidence}. The event is start, ongoing or end; it is null in lines that only --all prints. The severity \
            is that of the sample, or the anomaly's worst where the sample itself is ordinary.

            In place of a file, --interface replays what is recorded of an interface, from --from to --to.

            Ends with 0, with 2 where some lines or values could not be read, with 1 where nothing could.
            """)

    @Argument(help: "The table; '-' is standard input.", completion: .file())
    var file: String?

    @Option(name: .long, help: "Seconds between samples, 10 to 3600; found from the first 100 rows where not given.")
    var interval: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the line carries, such as 10G or 155e6; with COLUMN= for one column. May be repeated.",
            valueName: "bps"))
    var capacity: [String] = []

    @Option(name: .long, help: "The method that raises anomalies (adaptive).")
    var mode: Mode?

    @Option(name: .long, help: "Time zone whose hours of the week are learnt, such as Europe/Berlin; else the host's.")
    var zone: String?

    @Option(name: .long, help: ArgumentHelp("Replay only this column; may be repeated.", valueName: "name"))
    var column: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("iCalendar file whose days count as Sundays.", valueName: "file.ics"),
        completion: .file())
    var holidays: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Neither alarm nor learn from this time to that; may be repeated.", valueName: "from/to"))
    var exclude: [String] = []

    @Flag(name: .long, help: "Print every sample.")
    var all = false

    @Flag(name: .long, help: "Print a JSON object for each line; a table of the anomalies otherwise.")
    var json = false

    @Option(name: .long, help: ArgumentHelp("Replay what is recorded of this interface.", valueName: "interface"))
    var interface: String?

    @OptionGroup var range: RangeOptions
    @OptionGroup var connection: ConnectionOptions

    /// The methods.
    enum Mode: String, ExpressibleByArgument, CaseIterable, Sendable {
        case classic
        case adaptive
    }

    mutating func validate() throws {
        guard (file != nil) != (interface != nil) else {
            throw ValidationError("Name a file, or an interface with --interface.")
        }
        if file != nil, range.from != nil || range.to != nil {
            throw ValidationError("--from and --to go with --interface.")
        }
        if interface != nil, interval != nil || zone != nil || holidays != nil || !fileOptions.isEmpty {
            throw ValidationError(
                "--interval, --capacity, --zone, --column, --holidays and --exclude go with a file; for --interface "
                    + "they are as configured.")
        }
        if let interval, !(10...3600).contains(interval) { throw ValidationError("--interval is 10 to 3600 seconds.") }
        if all && !json { throw ValidationError("--all needs --json.") }
    }

    private var fileOptions: [String] { capacity + column + exclude }

    func run() async throws {
        if let interface { return try await replayRecorded(interface) }
        guard let file else { return }
        let isComplete = try ReplayFile(path: file, options: options(), isJSON: json).run()
        if !isComplete { throw QuietExit(status: .partial) }
    }

    /// How the file is replayed.
    private func options() throws -> TableReplayOptions {
        let zone = try self.zone.map(ZoneArgument.read) ?? .host
        let capacities = try CapacityArguments(capacity)
        var settings = ReplaySettings(zone: zone)
        settings.intervalSeconds = interval ?? settings.intervalSeconds
        settings.capacity = capacities.all
        settings.mode = mode == .classic ? .classic : .adaptive
        settings.calendar = try holidays.map(HolidayFile.read) ?? HolidayCalendar()
        settings.excluded = ExcludedTimes(try exclude.map { try ExclusionArgument.read($0, zone) })
        settings.everySample = all
        var options = TableReplayOptions(settings: settings)
        options.guessesInterval = interval == nil
        options.capacities = capacities.ofColumns
        options.columns = column.isEmpty ? nil : Set(column)
        return options
    }
}

extension BaselinesReplayCommand {
    /// Replays what is recorded of an interface, on the server or in the data directory.
    private func replayRecorded(_ interface: String) async throws {
        try await connection.withAPI { client in
            let id = try await Lookup.interfaceID(interface, client)
            var query = range.query
            if let mode { query.append((name: "mode", value: mode.rawValue)) }
            if all { query.append((name: "all", value: "true")) }
            query.append((name: "limit", value: "50000"))
            let found = try await client.get(Routes.replay(of: id), query)
            let rows = found["items"]?.items ?? []
            if json {
                for row in rows { Console.current.line(JSONWriter.compact(row)) }
            } else if rows.isEmpty {
                Console.current.errorLine("No anomalies in that time.")
            } else {
                let (width, colours) = (Console.current.outputWidth, Console.current.colours)
                let table = Table(columns: Columns.replayedLines, rows: rows)
                Console.current.line(table.render(width: width, colours: colours))
            }
            if found["is_complete"]?.bool == false {
                Console.current.errorLine("There are more lines than 50,000; ask for a shorter time.")
            }
        }
    }
}
