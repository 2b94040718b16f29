import ArgumentParser
import Inventory

/// `wardflux alerts`.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "What is wrong: list, see why, take on, silence; try rules on the past before they are saved.",
        subcommands: [
            AlertsListCommand.self, AlertsShowCommand.self, AlertsAcknowledgeCommand.self,
            AlertsUnacknowledgeCommand.self, AlertsSilenceCommand.self, AlertsHistoryCommand.self,
            AlertsStatisticsCommand.self, AlertsRulesCommand.self, AlertsReplayCommand.self, AlertsSilencesCommand.self,
            AlertsMaintenanceCommand.self, AlertsReceiversCommand.self, AlertsDeliveriesCommand.self,
        ],
        defaultSubcommand: AlertsListCommand.self)
}

/// Which alerts are asked for.
struct AlertFilterOptions: ParsableArguments {
    @Option(name: .long, help: "Only of this interface, by id or DEVICE:INTERFACE.")
    var interface: String?

    @Option(name: .long, help: "Only of this device and its interfaces, by name or id.")
    var device: String?

    @Option(name: .long, help: "Only of this severity: low, medium, high or critical; may be repeated.")
    var severity: [AnomaliesListCommand.Severity] = []

    @Option(
        name: .long, help: "Only of this condition, such as interface_down; may be repeated.",
        completion: .list(AlertCondition.allCases.map(\.rawValue)))
    var condition: [String] = []

    @Option(
        name: .long, help: "Only in this state: pending, firing, acknowledged or resolved; may be repeated.",
        completion: .list(AlertState.allCases.map(\.rawValue)))
    var state: [String] = []

    @Flag(
        inversion: .prefixedNo, exclusivity: .exclusive,
        help: "Only those nobody is told of (explained, silenced, …), or only the others.")
    var held: Bool?

    @Option(help: ArgumentHelp("Only those that this alert explains.", valueName: "id"))
    var cause: String?

    @OptionGroup var rest: FilterOptions

    /// Rows where `--limit` does not say.
    static let limitStandard = 50

    /// At most so many rows.
    var limit: Int { rest.limit ?? Self.limitStandard }

    mutating func validate() throws {
        for word in condition where AlertCondition(rawValue: word) == nil {
            throw ValidationError("'\(word)' is no condition; there are: \(Self.words(AlertCondition.self)).")
        }
        for word in state where AlertState(rawValue: word) == nil {
            throw ValidationError("'\(word)' is no state; there are: \(Self.words(AlertState.self)).")
        }
    }

    private static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> String
    where Word.RawValue == String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// The query these options mean; names are looked up.
    func query(_ client: APIClient) async throws -> QueryItems {
        var items: QueryItems = []
        if let interface {
            items.append((name: "interface_id", value: try await Lookup.interfaceID(interface, client)))
        }
        if let device { items.append((name: "device_id", value: try await Lookup.deviceID(device, client))) }
        for (name, words) in [("severity", severity.map(\.rawValue)), ("condition", condition), ("state", state)]
        where !words.isEmpty {
            items.append((name: name, value: words.joined(separator: ",")))
        }
        if let held { items.append((name: "is_held", value: held ? "true" : "false")) }
        if let cause { items.append((name: "cause_id", value: cause)) }
        return items + rest.query()
    }
}

/// `wardflux alerts list`.
struct AlertsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Alerts that are not over, the latest first; `alerts show` tells why.",
        discussion: """
            Those that nobody is told of are listed too, with the reason in the column TOLD: explained by another \
            alert, silenced, in maintenance, or only recorded. --no-held leaves them out. `alerts history` lists \
            those that are over.
            """)

    @OptionGroup var filters: AlertFilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let listed = try await client.list(
                Routes.alerts, try await filters.query(client), limit: filters.limit)
            answer.output.print(
                rows: listed.items, columns: Columns.alerts, whole: listed.envelope,
                empty: "No alert that is not over fits what was asked for.")
            AnomalyText.tellRest(listed, answer)
        }
    }
}

/// `wardflux alerts history`.
struct AlertsHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "All alerts, those that are over too, the latest first.",
        discussion: "Times are RFC 3339, dates, 'now', or before now such as -7d.")

    @OptionGroup var filters: AlertFilterOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Only those that last beyond this time.", valueName: "time"))
    var from: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Only those that began before this time.", valueName: "time"))
    var to: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            var query = try await filters.query(client)
            if let from { query.append((name: "from", value: from)) }
            if let to { query.append((name: "to", value: to)) }
            let listed = try await client.list(Routes.alertHistory, query, limit: filters.limit)
            answer.output.print(
                rows: listed.items, columns: Columns.pastAlerts, whole: listed.envelope,
                empty: "No alert fits what was asked for.")
            AnomalyText.tellRest(listed, answer)
        }
    }
}

/// `wardflux alerts show`.
struct AlertsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One alert: what happened, why nobody is told, what it explains, and who was told.")

    @Argument(help: "Id of the alert.")
    var id: String

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let alert = try await client.get(Routes.alert(id))
            guard answer.form == .table else { return answer.output.print(object: alert) }
            Console.current.line(AlertText.story(alert))
        }
    }
}

/// `wardflux alerts statistics`.
struct AlertsStatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "How many alerts there are and were, how soon they were seen to, who is noisy, who was told.")

    @Option(name: .long, help: "Days that are counted, today among them, 1 to 90 (7).")
    var days: Int?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if let days, !(1...90).contains(days) { throw ValidationError("--days is 1 to 90.") }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let query = days.map { [(name: "days", value: String($0))] } ?? []
            let found = try await client.get(Routes.alertStatistics, query)
            guard answer.form == .table else { return answer.output.print(object: found) }
            Console.current.line(AlertText.statistics(found))
        }
    }
}
