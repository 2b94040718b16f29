import ArgumentParser

/// `wardflux alerts receivers`.
struct AlertsReceiversCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers", abstract: "Who can be told of alerts, how that goes, and whether it works.",
        subcommands: [List.self, Try.self], defaultSubcommand: List.self)

    /// `wardflux alerts receivers list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The receivers of the alert file, with the deliveries of the last seven days.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let listed = try await client.list(Routes.receivers, filters.query(), limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.receivers, whole: listed.envelope,
                    empty: "Nobody can be told: the alert file describes no receivers.")
                AnomalyText.tellRest(listed, answer)
            }
        }
    }

    /// `wardflux alerts receivers try`.
    struct Try: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a receiver a message that says that it is a trial, and tell what became of it.",
            discussion: "Ends with 0 where the receiver took it, else with 1.")

        @Argument(help: "Name of the receiver.")
        var name: String

        @Flag(name: .long, help: "Print what the API answers.")
        var json = false

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let found = try await client.send("POST", Routes.trial(receiver: name))
                let isTaken = found["is_taken"]?.bool == true
                let seconds = found["seconds"]?.double.map { " in \(($0 * 10).rounded() / 10) s" } ?? ""
                if json {
                    Console.current.line(JSONWriter.pretty(found))
                    if !isTaken { throw QuietExit(status: .failed) }
                } else if isTaken {
                    Console.current.line(TextWidth.safe("\(name) took it\(seconds)"))
                } else {
                    throw CommandFailure(
                        "\(name) did not take it\(seconds): \(found["refusal"]?.plainText ?? "no reason is known")")
                }
            }
        }
    }
}

/// `wardflux alerts deliveries`.
struct AlertsDeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "What receivers were told and are to be told, the latest first.",
        discussion: "--state failed tells what was given up, and the last column why.")

    @Option(name: .long, help: "Only to this receiver.")
    var receiver: String?

    @Option(name: .long, help: "Only in this state: waiting, delivered or failed; may be repeated.")
    var state: [State] = []

    @Option(name: .long, help: ArgumentHelp("Only about this alert.", valueName: "id"))
    var alert: String?

    @OptionGroup var filters: FilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    /// What becomes of a delivery.
    enum State: String, ExpressibleByArgument, CaseIterable, Sendable {
        case waiting
        case delivered
        case failed
    }

    func run() async throws {
        try await connection.withAPI { client in
            var query = filters.query()
            if let receiver { query.append((name: "receiver", value: receiver)) }
            if !state.isEmpty {
                query.append((name: "state", value: state.map(\.rawValue).joined(separator: ",")))
            }
            if let alert { query.append((name: "alert_ids", value: alert)) }
            let limit = filters.limit ?? AlertFilterOptions.limitStandard
            let listed = try await client.list(Routes.deliveries, query, limit: limit)
            answer.output.print(
                rows: listed.items, columns: Columns.deliveries, whole: listed.envelope,
                empty: "Nobody was told anything that fits what was asked for.")
            AnomalyText.tellRest(listed, answer)
        }
    }
}
