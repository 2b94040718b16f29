import ArgumentParser

/// `wardflux alerts maintenance`.
struct AlertsMaintenanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintenance", abstract: "Planned work, once or again and again: list, add, remove.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    /// `wardflux alerts maintenance list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Maintenance windows by name, with when they begin next.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let listed = try await client.list(Routes.maintenanceWindows, filters.query(), limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.maintenanceWindows, whole: listed.envelope,
                    empty: filters.isAny ? "No window fits what was asked for." : "No maintenance is planned.")
                AnomalyText.tellRest(listed, answer)
            }
        }
    }

    /// `wardflux alerts maintenance add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Plan work: alerts it covers are not told meanwhile; what still fires at its end is told then.",
            discussion: """
                Once: `maintenance add 'core upgrade' device=CORE-SW-03 --at 2026-03-01T22:00:00Z --for 2h`. Again and \
                again: `maintenance add 'Sunday restarts' 'device=~"BR-.*"' --schedule '0 22 * * SUN' --for 1h --zone \
                Asia/Tbilisi`; the clocks of the zone count, also when they change. With --all it covers all alerts.

                \(MatcherArguments.lesson)
                """)

        @Argument(help: "A name for it.")
        var name: String

        @OptionGroup var matchers: MatcherArguments

        @Flag(name: .long, help: "In place of matchers: it covers all alerts.")
        var all = false

        @Option(
            name: .long, parsing: .unconditional,
            help: ArgumentHelp("When it begins, once: RFC 3339, 'now', or from now such as 2h.", valueName: "time"))
        var at: String?

        @Option(
            name: .long,
            help: ArgumentHelp(
                "When it begins each time: five fields of cron, or such as 'daily at 22:00'.", valueName: "schedule"))
        var schedule: String?

        @Option(
            name: .customLong("for"),
            help: ArgumentHelp("How long it lasts, 1 minute to 31 days, such as 2h.", valueName: "length"))
        var length: String?

        @Option(name: .long, help: "Time zone of the schedule, such as Europe/Berlin; the server's where not given.")
        var zone: String?

        @Option(
            name: .long, parsing: .unconditional,
            help: ArgumentHelp("With --schedule: none begins after this time.", valueName: "time"))
        var until: String?

        @Option(name: .long, help: "Why, for those who wonder.")
        var comment: String?

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        mutating func validate() throws {
            if MatcherArguments.isMatcher(name) {
                throw ValidationError("'\(name)' is a matcher; give a name for the window before it.")
            }
            if matchers.texts.isEmpty != all {
                throw ValidationError("Say which alerts it covers, such as device=CORE-SW-03, or --all.")
            }
            if (at != nil) == (schedule != nil) { throw ValidationError("Give --at TIME or --schedule SCHEDULE.") }
            if length == nil { throw ValidationError("Say how long it lasts, such as --for 2h.") }
            if at != nil && until != nil { throw ValidationError("--until goes with --schedule.") }
        }

        func run() async throws {
            let body = CommandBody.object([
                ("name", .string(name)), ("matchers", matchers.value), ("starts_at", JSONValue(at)),
                ("schedule", JSONValue(schedule)), ("duration", JSONValue(length)), ("zone", JSONValue(zone)),
                ("ends_at", JSONValue(until)), ("comment", JSONValue(comment)),
            ])
            try await connection.withAPI { client in
                answer.output.print(object: try await client.send("POST", Routes.maintenanceWindows, body))
            }
        }
    }

    /// `wardflux alerts maintenance remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a maintenance window; one that is open ends, and what still fires is told.")

        @Argument(help: "Id of the window.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("DELETE", Routes.maintenanceWindow(id))
                Console.current.line("removed \(id)")
            }
        }
    }
}
