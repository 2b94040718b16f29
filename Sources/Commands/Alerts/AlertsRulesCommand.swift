import ArgumentParser

/// `wardflux alerts rules`.
struct AlertsRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Alert rules: which are in force, which decide about an interface, whether a file can be used.",
        discussion: """
            Of the rules for a condition the first that fits an interface or device decides about it; where none \
            fits, the condition is not looked at. `alerts replay` tells what a file would have done.
            """,
        subcommands: [List.self, Check.self, Explain.self], defaultSubcommand: List.self)

    /// Rules of a list: more than a file has.
    private static let limit = [(name: "limit", value: "1000")]

    /// `wardflux alerts rules list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The rules in force, in the order in which they are asked: those of the file, then the shipped.")

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let found = try await client.get(Routes.alertRules, AlertsRulesCommand.limit)
                answer.output.print(
                    rows: found["items"]?.items ?? [], columns: Columns.alertRules, whole: found, empty: "No rules.")
                AlertText.tellProblems(found, file: "alert file")
            }
        }
    }

    /// `wardflux alerts rules explain`.
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which rules decide about an interface or a device, at most one for each condition.")

        @Argument(help: "The interface, by id or DEVICE:INTERFACE.")
        var interface: String?

        @Option(name: .long, help: "In place of an interface a device, by name or id.")
        var device: String?

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        mutating func validate() throws {
            guard (interface != nil) != (device != nil) else {
                throw ValidationError("Name an interface such as CORE-SW-03:Gi0/0/1, or a device with --device.")
            }
        }

        func run() async throws {
            try await connection.withAPI { client in
                var query = AlertsRulesCommand.limit
                if let interface {
                    query.append((name: "interface_id", value: try await Lookup.interfaceID(interface, client)))
                } else if let device {
                    query.append((name: "device_id", value: try await Lookup.deviceID(device, client)))
                }
                let found = try await client.get(Routes.alertRules, query)
                answer.output.print(
                    rows: found["items"]?.items ?? [], columns: Columns.alertRules, whole: found,
                    empty: "No rule fits it: none of its conditions is looked at.")
                if found["is_watched"]?.bool == false {
                    Console.current.errorLine("it is not looked at: switched off, gone, or not monitored")
                }
            }
        }
    }

    /// `wardflux alerts rules check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check an alert file: rules, routes and receivers.",
            discussion: "Ends with 0 where the file can be used (with warnings too), else with 1.")

        @Argument(help: "The alert file; '-' is standard input.", completion: .file())
        var file: String

        @Flag(name: .long, help: "Print what the API answers.")
        var json = false

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let text = try FileText.text(file)
            try await connection.withAPI { client in
                let found = try await client.send("POST", Routes.alertRulesCheck, ["rules": .string(text)])
                let isGood = found["valid"]?.bool == true
                let console = Console.current
                if json {
                    console.line(JSONWriter.pretty(found))
                } else {
                    AlertText.tellProblems(found, file: file)
                    let problems = found["problems"]?.items ?? []
                    let errors = problems.count { $0["severity"]?.string == "error" }
                    let counts = [
                        Units.count(Int64(errors), "error"), Units.count(Int64(problems.count - errors), "warning"),
                    ]
                    let verdict = isGood ? "is good" : "cannot be used"
                    console.line("\(file) \(verdict): \(counts.joined(separator: ", "))")
                }
                if !isGood { throw QuietExit(status: .failed) }
            }
        }
    }
}
