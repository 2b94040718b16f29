import ArgumentParser

/// `wardflux baselines statistics`.
struct BaselinesStatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics", abstract: "How many baselines there are, and how far they can be trusted.")

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            answer.output.print(object: try await client.get(Routes.baselineStatistics))
        }
    }
}

/// `wardflux baselines show`.
struct BaselinesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What is usual on an interface, hour by hour of the week.")

    @Argument(help: "Its id, or DEVICE:INTERFACE.")
    var interface: String

    @Option(name: .long, help: "Only this day of the week, such as monday.")
    var day: Day?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    /// A day of the week, in the order of the API.
    enum Day: String, ExpressibleByArgument, CaseIterable, Sendable {
        case sunday, monday, tuesday, wednesday, thursday, friday, saturday

        /// 0 for Sunday to 6 for Saturday.
        var number: Int64 { Int64(Self.allCases.firstIndex(of: self) ?? 0) }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let id = try await Lookup.interfaceID(interface, client)
            let found = try await client.get(Routes.baselines(of: id), [(name: "limit", value: "1000")])
            let rows = (found["items"]?.items ?? []).filter { row in
                day.map { row["day_of_week"]?.integer == $0.number } ?? true
            }
            answer.output.print(
                rows: rows, columns: Columns.baselines, whole: day == nil ? found : .array(rows),
                empty: "Nothing was learnt of it. `wardflux baselines learn` learns now, of critical interfaces.")
        }
    }
}

/// `wardflux baselines relearn`.
struct BaselinesRelearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relearn",
        abstract: "Forget what was learnt, and learn it anew from what is recorded, without the times excluded by now.")

    @Argument(help: "Its id, or DEVICE:INTERFACE; all interfaces where not given.")
    var interface: String?

    @OptionGroup var options: RunOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            var members: [JSONValue.Member] = []
            if let interface {
                let id = try await Lookup.interfaceID(interface, client)
                members.append(JSONValue.Member(name: "interface_id", value: .string(id)))
            }
            let body = JSONValue.object(members)
            try await options.finish(client) { try await client.send("POST", Routes.relearnBaselines, body) }
        }
    }
}

/// `wardflux baselines learn`.
struct BaselinesLearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn the baselines of critical interfaces now, in place of next Sunday.")

    @Flag(name: .long, help: "Of all monitored interfaces, from what is recorded of them.")
    var all = false

    @OptionGroup var options: RunOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let body: JSONValue = all ? ["scope": "all"] : .object([])
            try await options.finish(client) { try await client.send("POST", Routes.learnBaselines, body) }
        }
    }
}

/// `wardflux baselines forecast`.
struct BaselinesForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "When the busy hour of uplinks reaches their capacity, and the 95th percentile of the month.")

    @Argument(help: "Its id, or DEVICE:INTERFACE; all uplinks to providers where not given.")
    var interface: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            guard let interface else {
                let listed = try await client.list(Routes.forecasts)
                return answer.output.print(
                    rows: listed.items, columns: Columns.forecasts, whole: listed.envelope,
                    empty: "No interface is classified as an uplink to a provider.")
            }
            let id = try await Lookup.interfaceID(interface, client)
            answer.output.print(object: try await client.get(Routes.forecast(of: id)))
        }
    }
}
