import ArgumentParser

/// `wardflux anomalies actions`.
struct AnomaliesActionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actions", abstract: "What was said of anomalies: list it, take it back.",
        subcommands: [List.self, Remove.self], defaultSubcommand: List.self)

    /// `wardflux anomalies actions list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was said with `anomalies act`, the latest first.",
            discussion: """
                --now tells what still keeps anomalies from being told. Others: --filter kind=expected, --filter \
                device_name=CORE-SW-03, --search WORDS of the notes.
                """)

        @Flag(name: .long, help: "Only what holds now: mutes and the like whose time is not over.")
        var now = false

        @OptionGroup var filters: FilterOptions
        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let query = filters.query() + (now ? [(name: "is_now", value: "true")] : [])
                let listed = try await client.list(Routes.anomalyActions, query, limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.anomalyActions, whole: listed.envelope,
                    empty: filters.isAny || now
                        ? "Nothing that was said fits what was asked for."
                        : "Nothing was said of anomalies. `wardflux anomalies act` says it.")
                AnomalyText.tellRest(listed, answer)
            }
        }
    }

    /// `wardflux anomalies actions remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back what was said of an anomaly.",
            discussion: """
                Anomalies that were silent by it are told again. What was learnt from it, a higher limit or moved \
                levels, stays until `wardflux baselines relearn` of the interface.
                """)

        @Argument(help: "Id of what was said, as `anomalies actions` lists it.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("DELETE", Routes.anomalyAction(id))
                Console.current.line("removed \(id)")
            }
        }
    }
}

/// `wardflux anomalies statistics`.
struct AnomaliesStatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "How many anomalies and incidents there are, what the budgets held back, and the last check.")

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let found = try await client.get(Routes.anomalyStatistics)
            guard answer.form == .table else { return answer.output.print(object: found) }
            Console.current.line(AnomalyText.statistics(found))
        }
    }
}
