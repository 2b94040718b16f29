import ArgumentParser

/// `wardflux alerts acknowledge`.
struct AlertsAcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Say that you see to alerts: nobody is reminded of them meanwhile.",
        discussion: """
            Escalations stop too. It holds until the alert is over, or until --until. One that does not fire yet \
            cannot be acknowledged. To keep alerts from being told at all, silence them: `alerts silence`.
            """)

    @Argument(help: "Ids of the alerts.")
    var ids: [String]

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Until when it holds: RFC 3339, or from now such as 2h.", valueName: "time"))
    var until: String?

    @Option(name: .long, help: "What you do about it, for those who read it.")
    var note: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let body = CommandBody.object([("until", JSONValue(until)), ("note", JSONValue(note))])
            try await AlertWord.say(ids, body, Columns.alertActions, answer, client) { Routes.acknowledge($0) }
        }
    }
}

/// `wardflux alerts unacknowledge`.
struct AlertsUnacknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unacknowledge", abstract: "Take an acknowledgement back: the alert fires again.")

    @Argument(help: "Ids of the alerts.")
    var ids: [String]

    @Option(name: .long, help: "Why, for those who read it.")
    var note: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let body = CommandBody.object([("note", JSONValue(note))])
            try await AlertWord.say(ids, body, Columns.alertActions, answer, client) { Routes.unacknowledge($0) }
        }
    }
}

/// `wardflux alerts silence`.
struct AlertsSilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Keep alerts like these from being told for a while.",
        discussion: """
            Each makes a silence of its alertname, device and interface: what else goes wrong there is told all the \
            same. `alerts silences` lists silences and ends them; `alerts silences add` makes one of any labels.
            """)

    @Argument(help: "Ids of the alerts.")
    var ids: [String]

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 2h or 1d.", valueName: "length"))
    var length: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Until when, in place of --for: RFC 3339, or from now such as 2h.", valueName: "time"))
    var until: String?

    @Option(name: .long, help: "Why, for those who wonder.")
    var comment: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if (length != nil) == (until != nil) { throw ValidationError("Give --for LENGTH or --until TIME.") }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let body = CommandBody.object([
                ("ends_at", JSONValue(until)), ("duration", JSONValue(length)), ("comment", JSONValue(comment)),
            ])
            try await AlertWord.say(ids, body, Columns.silences, answer, client) { Routes.silence(alert: $0) }
        }
    }
}

/// What is said of several alerts.
private enum AlertWord {
    /// Says it of each; where one refuses the others are told all the same, and the command fails.
    static func say(
        _ ids: [String], _ body: JSONValue, _ columns: [TableColumn], _ answer: AnswerOptions, _ client: APIClient,
        path: (String) -> String
    ) async throws {
        var (rows, failures): ([JSONValue], [(id: String, failure: CommandFailure)]) = ([], [])
        for id in ids {
            do {
                rows.append(try await client.send("POST", path(id), body))
            } catch let failure as CommandFailure {
                failures.append((id, failure))
            }
        }
        if !rows.isEmpty {
            answer.output.print(
                rows: rows, columns: columns, whole: rows.count == 1 ? rows[0] : .array(rows), empty: "")
        }
        guard let first = failures.first else { return }
        if ids.count == 1 { throw first.failure }
        throw CommandFailure(
            "\(failures.count) of \(ids.count) alerts did not take it",
            details: failures.map { "\($0.id): \($0.failure.message)" }, remedy: first.failure.remedy,
            status: rows.isEmpty ? .failed : .partial)
    }
}
