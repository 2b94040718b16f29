import ArgumentParser

/// `wardflux interfaces top`.
struct InterfaceTopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top", abstract: "The interfaces with the most traffic, utilization, errors or discards.",
        discussion: "What goes on now is known to a running server; a data directory alone knows the last 24 hours.")

    @Option(name: .long, help: "What puts them in order.")
    var by: Order = .traffic

    @Option(name: .long, help: "What goes on now, or the last 24 hours.")
    var window: Window = .now

    @Option(name: .long, help: "At most this many rows, 1 to 1000.")
    var limit = 10

    @Option(name: .long, help: "Only this device, by name or id.")
    var device: String?

    @Option(name: .long, help: "Only this type (isp, trunk, access, …).")
    var type: String?

    @Option(name: .long, help: "Only this provider.")
    var provider: String?

    @Flag(name: .long, help: "Read it again and again, in place, until Ctrl-C; once where there is no terminal.")
    var watch = false

    @Option(name: .long, help: "Seconds between two readings of --watch.")
    var every = 5

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    /// What puts interfaces in order.
    enum Order: String, ExpressibleByArgument, CaseIterable, Sendable {
        case traffic
        case utilization
        case errors
        case discards
    }

    /// Of which time.
    enum Window: String, ExpressibleByArgument, CaseIterable, Sendable {
        case now
        case day = "24h"
    }

    mutating func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit is 1 to 1000.") }
        guard (1...3600).contains(every) else { throw ValidationError("--every is 1 to 3600 seconds.") }
        if watch && (output.json || output.csv) {
            throw ValidationError("--watch draws a table for people; leave --json and --csv out.")
        }
        if by == .discards && window == .day {
            throw ValidationError("discards are known for --window now only.")
        }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let query = try await query(client)
            guard watch, let width = Console.current.outputWidth else {
                let answer = try await client.get(Routes.topInterfaces, query)
                return output.print(
                    rows: answer["items"]?.items ?? [], columns: Columns.topInterfaces, whole: answer, empty: empty)
            }
            try await LiveText(seconds: every).show {
                table(
                    try await client.get(Routes.topInterfaces, query),
                    width: Console.current.outputSize()?.columns ?? width)
            }
        }
    }

    private func query(_ client: APIClient) async throws -> QueryItems {
        var query: QueryItems = [
            (name: "by", value: by.rawValue), (name: "window", value: window.rawValue),
            (name: "limit", value: String(limit)),
        ]
        if let device { query.append((name: "device_id", value: try await Lookup.deviceID(device, client))) }
        if let type { query.append((name: "interface_type", value: type)) }
        if let provider { query.append((name: "isp_provider", value: provider)) }
        return query
    }

    private func table(_ answer: JSONValue, width: Int) -> String {
        let rows = answer["items"]?.items ?? []
        guard !rows.isEmpty else { return empty }
        return Table(columns: Columns.topInterfaces, rows: rows).render(width: width, colours: Console.current.colours)
    }

    private var empty: String {
        switch window {
        case .now:
            "Nothing is known of the moment here. A server knows it from its second poll on; --window 24h asks summaries."
        case .day: "There are no summaries yet; a server makes them every 15 minutes."
        }
    }
}

/// A text on the terminal that is drawn over itself again and again.
struct LiveText: Sendable {
    /// Seconds between two drawings.
    let seconds: Int

    /// Draws what `text` says until a person or the system ends it, which is no failure.
    func show(_ text: @escaping @Sendable () async throws -> String) async throws {
        let console = Console.current
        let seconds = seconds
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                console.write("\u{1B}[2J")
                while !Task.isCancelled, !StandardOutput.readerHasGone {
                    console.write(Self.frame(try await text(), lines: console.outputSize()?.lines))
                    try await Task.sleep(for: .seconds(seconds))
                }
            }
            group.addTask { await Interruption.wait() }
            defer { group.cancelAll() }
            do {
                try await group.next()
            } catch is CancellationError {
                return
            }
        }
    }

    /// The text from the upper left corner on, with what was there before wiped away.
    ///
    /// What does not fit on a terminal of so many lines is left out: it would scroll, and not be drawn over.
    static func frame(_ text: String, lines linesMax: Int? = nil) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.prefix(linesMax.map { max(1, $0 - 1) } ?? lines.count)
        return "\u{1B}[H" + shown.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
    }
}
