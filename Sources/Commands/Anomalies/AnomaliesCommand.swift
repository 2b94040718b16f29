import ArgumentParser

/// `wardflux anomalies`.
struct AnomaliesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "anomalies",
        abstract: "Traffic out of the usual: list, see why, say what is to be thought of it.",
        subcommands: [
            AnomaliesListCommand.self, AnomaliesShowCommand.self, AnomaliesActCommand.self,
            AnomaliesActionsCommand.self, AnomaliesIncidentsCommand.self, AnomaliesStatisticsCommand.self,
        ],
        defaultSubcommand: AnomaliesListCommand.self)
}

/// Which anomalies or incidents are asked for.
struct AnomalyFilterOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Only in this state: raised, held_back, muted or expected; may be repeated. Default: raised.")
    var state: [State] = []

    @Flag(name: .long, help: "In every state.")
    var all = false

    @Flag(name: .long, help: "Only those that are not over.")
    var open = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Only those that last beyond this time.", valueName: "time"))
    var from: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Only those that began before this time.", valueName: "time"))
    var to: String?

    @Option(name: .long, help: "At most this many.")
    var limit = 50

    /// What becomes of an anomaly.
    enum State: String, ExpressibleByArgument, CaseIterable, Sendable {
        case raised
        case heldBack = "held_back"
        case muted
        case expected
    }

    mutating func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1.") }
        if all && !state.isEmpty { throw ValidationError("--all and --state exclude each other; give one of them.") }
    }

    /// The query these options mean.
    var query: QueryItems {
        var items: QueryItems = []
        if let from { items.append((name: "from", value: from)) }
        if let to { items.append((name: "to", value: to)) }
        let states = state.isEmpty && !all ? [State.raised] : state
        if !states.isEmpty {
            items.append((name: "state", value: states.map(\.rawValue).joined(separator: ",")))
        }
        if open { items.append((name: "is_over", value: "false")) }
        return items
    }
}

/// `wardflux anomalies list`.
struct AnomaliesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Anomalies, the latest first; `anomalies show` tells why.",
        discussion: "Times are RFC 3339, dates, 'now', or before now such as -7d.")

    @Option(name: .long, help: "Only of this interface, by id or DEVICE:INTERFACE.")
    var interface: String?

    @Option(name: .long, help: "Only of this device, by name or id.")
    var device: String?

    @Option(name: .long, help: "Only of this severity: low, medium, high or critical; may be repeated.")
    var severity: [Severity] = []

    @OptionGroup var filters: AnomalyFilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    /// How far out of the usual.
    enum Severity: String, ExpressibleByArgument, CaseIterable, Sendable {
        case low
        case medium
        case high
        case critical
    }

    func run() async throws {
        try await connection.withAPI { client in
            var query = filters.query
            if let interface {
                query.append((name: "interface_id", value: try await Lookup.interfaceID(interface, client)))
            }
            if let device { query.append((name: "device_id", value: try await Lookup.deviceID(device, client))) }
            if !severity.isEmpty {
                query.append((name: "severity", value: severity.map(\.rawValue).joined(separator: ",")))
            }
            let listed = try await client.list(Routes.anomalies, query, limit: filters.limit)
            answer.output.print(
                rows: listed.items, columns: Columns.anomalies, whole: listed.envelope,
                empty: "No anomalies fit what was asked for.")
            AnomalyText.tellRest(listed, answer)
        }
    }
}

/// `wardflux anomalies show`.
struct AnomaliesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One anomaly: what happened, and why it is told.")

    @Argument(help: "Id of the anomaly.")
    var id: String

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let anomaly = try await client.get(Routes.anomaly(id))
            guard answer.form == .table else { return answer.output.print(object: anomaly) }
            Console.current.line(AnomalyText.story(anomaly))
        }
    }
}

/// `wardflux anomalies act`.
struct AnomaliesActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "Say what is to be thought of an anomaly; it is stored and learnt from.",
        discussion: """
            expected: it was to be expected, and counts as a false alarm. new-normal: the traffic stays so from now \
            on. mute: say nothing of it until a time. It is said of that anomaly alone, or with --scope of all to \
            come. `wardflux anomalies actions` lists what was said and takes it back.
            """)

    @Argument(help: "Id of the anomaly.")
    var id: String

    @Argument(help: "expected, new-normal or mute.")
    var action: Action

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Until when it holds: RFC 3339, or from now such as 2h; needed with mute.", valueName: "time"))
    var until: String?

    @Option(name: .long, help: "Of what it is said: the anomaly (default), its side, or the whole interface.")
    var scope: Scope?

    @Option(name: .long, help: "Why, for those who read it later.")
    var note: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    /// Of what it is said.
    enum Scope: String, ExpressibleByArgument, CaseIterable, Sendable {
        case anomaly
        case side
        case interface
    }

    /// What can be said.
    enum Action: String, ExpressibleByArgument, CaseIterable, Sendable {
        case expected
        case newNormal = "new-normal"
        case mute

        /// The word of the API.
        var kind: String { self == .newNormal ? "new_normal" : rawValue }
    }

    mutating func validate() throws {
        if action == .mute && until == nil { throw ValidationError("mute needs --until TIME, such as --until 2h.") }
        if action == .newNormal && until != nil { throw ValidationError("--until does not go with new-normal.") }
    }

    func run() async throws {
        var members = [JSONValue.Member(name: "kind", value: .string(action.kind))]
        if let until { members.append(JSONValue.Member(name: "until", value: .string(until))) }
        if let scope { members.append(JSONValue.Member(name: "scope", value: .string(scope.rawValue))) }
        if let note { members.append(JSONValue.Member(name: "note", value: .string(note))) }
        let body = JSONValue.object(members)
        try await connection.withAPI { client in
            answer.output.print(object: try await client.send("POST", Routes.actions(onAnomaly: id), body))
        }
    }
}

/// `wardflux anomalies incidents`.
struct AnomaliesIncidentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents", abstract: "Anomalies that began together, the latest first; or all of one incident.",
        discussion: "Times are RFC 3339, dates, 'now', or before now such as -7d.")

    @Argument(help: "Id of the incident; a list of them where not given.")
    var id: String?

    @OptionGroup var filters: AnomalyFilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            guard let id else {
                let listed = try await client.list(Routes.incidents, filters.query, limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.incidents, whole: listed.envelope,
                    empty: "No incidents fit what was asked for.")
                return AnomalyText.tellRest(listed, answer)
            }
            let incident = try await client.get(Routes.incident(id))
            guard answer.form == .table else { return answer.output.print(object: incident) }
            Console.current.line(AnomalyText.incident(incident))
        }
    }
}
