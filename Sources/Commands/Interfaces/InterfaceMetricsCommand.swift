import ArgumentParser

/// `wardflux interfaces metrics`.
struct InterfaceMetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "The recorded traffic of one interface.",
        discussion: """
            Times are RFC 3339, dates, 'now', or before now such as -24h. A '-' stands where there is no rate; the last \
            column says how rates were obtained, or why there is none.
            """)

    @Argument(help: "Its id, or DEVICE:INTERFACE.")
    var interface: String

    @OptionGroup var range: RangeOptions

    @Option(name: .long, help: "Width of a row, such as 300, 5m or 1h; otherwise the finest that fits --points.")
    var step: String?

    @Option(name: .long, help: "At most this many rows, 2 to 2000.")
    var points: Int?

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if let points, !(2...2000).contains(points) { throw ValidationError("--points is 2 to 2000.") }
        if step != nil && points != nil {
            throw ValidationError("--step and --points exclude each other; give one of them.")
        }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let id = try await Lookup.interfaceID(interface, client)
            var query = range.query
            if let step { query.append((name: "step", value: step)) }
            let rows = points ?? (step == nil && !output.json && !output.csv ? 50 : nil)
            if let rows { query.append((name: "points", value: String(rows))) }
            guard !output.csv else {
                let console = Console.current
                query.append((name: "format", value: "csv"))
                return try await client.download(Routes.metrics(of: id), query, accept: "text/csv") {
                    console.write(String(decoding: $0, as: UTF8.self))
                }
            }
            let answer = try await client.get(Routes.metrics(of: id), query)
            output.print(
                rows: answer["points"]?.items ?? [], columns: Columns.metrics, whole: answer,
                empty: "There are no points in this time.")
        }
    }
}

/// `--from` and `--to`: the range of time that is asked for.
struct RangeOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The first moment; 24 hours before the last where not given.", valueName: "time"))
    var from: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The moment after the last; now where not given.", valueName: "time"))
    var to: String?

    /// The query these options mean.
    var query: QueryItems {
        var items: QueryItems = []
        if let from { items.append((name: "from", value: from)) }
        if let to { items.append((name: "to", value: to)) }
        return items
    }
}
