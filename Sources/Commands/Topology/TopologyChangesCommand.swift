import ArgumentParser

/// `wardflux topology changes`.
struct TopologyChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "Cables that appeared, vanished or moved, the latest first.",
        discussion: "Times are RFC 3339, dates, 'now', or before now such as -7d.")

    @OptionGroup var range: RangeOptions

    @Option(name: .long, help: "Look at so many cables at most, 1 to 10000 (1000).")
    var limit: Int?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if let limit, !(1...10_000).contains(limit) { throw ValidationError("--limit is 1 to 10000.") }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let query = range.query + (limit.map { [(name: "limit", value: String($0))] } ?? [])
            let changes = try await client.get(Routes.topologyChanges, query)
            answer.output.print(
                rows: changes["items"]?.items ?? [], columns: Columns.wiringChanges, whole: changes,
                empty: "Nothing changed in that time.")
            if answer.form == .table, changes["is_complete"]?.bool == false {
                Console.current.errorLine("There are more changes; ask for a shorter time, or give --limit.")
            }
        }
    }
}

/// `wardflux topology contradictions`.
struct TopologyContradictionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contradictions", abstract: "What devices say of their cables that cannot all be true.")

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let found = try await client.get(Routes.contradictions)
            answer.output.print(
                rows: found["items"]?.items ?? [], columns: Columns.contradictions, whole: found,
                empty: "Nothing contradicts itself.")
        }
    }
}

/// `wardflux topology single-points`.
struct TopologySinglePointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "single-points",
        abstract: "Devices and cables whose failure cuts others off, those first that cut off most.")

    @Option(name: .long, help: "Only devices, or only links.")
    var kind: Kind?

    @Option(name: .long, help: "At most this many, 1 to 10000 (1000).")
    var limit: Int?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    /// What may fail.
    enum Kind: String, ExpressibleByArgument, CaseIterable, Sendable {
        case device
        case link
    }

    mutating func validate() throws {
        if let limit, !(1...10_000).contains(limit) { throw ValidationError("--limit is 1 to 10000.") }
    }

    func run() async throws {
        var query: QueryItems = []
        if let kind { query.append((name: "kind", value: kind.rawValue)) }
        if let limit { query.append((name: "limit", value: String(limit))) }
        let asked = query
        try await connection.withAPI { client in
            let points = try await client.get(Routes.singlePoints, asked)
            let rows = points["items"]?.items ?? []
            answer.output.print(
                rows: rows, columns: Columns.singlePoints, whole: points,
                empty: "No single device or cable cuts others off.")
            if answer.form == .table, let total = points["total"]?.integer, Int64(rows.count) < total {
                Console.current.errorLine("\(rows.count) of \(Units.count(total)) shown")
            }
        }
    }
}
