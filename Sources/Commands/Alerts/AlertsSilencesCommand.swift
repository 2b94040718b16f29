import ArgumentParser

/// `wardflux alerts silences`.
struct AlertsSilencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silences", abstract: "Alerts that are not told for a while: list, add, end.",
        subcommands: [List.self, Add.self, Expire.self], defaultSubcommand: List.self)

    /// `wardflux alerts silences list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Silences that hold, or will.")

        @Flag(name: .long, help: "Those that are over too.")
        var all = false

        @OptionGroup var filters: FilterOptions
        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let state: QueryItems = all ? [] : [(name: "state", value: "active,pending")]
                let listed = try await client.list(Routes.silences, state + filters.query(), limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.silences, whole: listed.envelope,
                    empty: all ? "There are no silences." : "Nothing is silenced; --all shows what was.")
                AnomalyText.tellRest(listed, answer)
            }
        }
    }

    /// `wardflux alerts silences add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep alerts from being told for a while; they are found and kept all the same.",
            discussion: """
                \(MatcherArguments.lesson)

                What was told before and is over meanwhile is told to be over; what still fires when the silence ends \
                is told then.
                """)

        @OptionGroup var matchers: MatcherArguments

        @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 2h or 1d.", valueName: "length"))
        var length: String?

        @Option(
            name: .long, parsing: .unconditional,
            help: ArgumentHelp("Until when, in place of --for: RFC 3339, or from now such as 2h.", valueName: "time"))
        var until: String?

        @Option(
            name: .long, parsing: .unconditional,
            help: ArgumentHelp("From when: RFC 3339, or from now such as 2h; now where not given.", valueName: "time"))
        var from: String?

        @Option(name: .long, help: "Why, for those who wonder.")
        var comment: String?

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        mutating func validate() throws {
            if matchers.texts.isEmpty {
                throw ValidationError("Say which alerts, such as 'device=CORE-SW-03'; there are matchers in the help.")
            }
            if (length != nil) == (until != nil) { throw ValidationError("Give --for LENGTH or --until TIME.") }
        }

        func run() async throws {
            let body = CommandBody.object([
                ("matchers", matchers.value), ("starts_at", JSONValue(from)), ("ends_at", JSONValue(until)),
                ("duration", JSONValue(length)), ("comment", JSONValue(comment)),
            ])
            try await connection.withAPI { client in
                answer.output.print(object: try await client.send("POST", Routes.silences, body))
            }
        }
    }

    /// `wardflux alerts silences expire`.
    struct Expire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a silence now: what still fires is told.")

        @Argument(help: "Id of the silence.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("POST", Routes.expire(silence: id))
                Console.current.line("expired \(id)")
            }
        }
    }
}

/// Which alerts a silence or a window is about.
struct MatcherArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("Labels of alerts; all must hold.", valueName: "label=value"))
    var texts: [String] = []

    /// What matchers are, for help texts.
    static let lesson = """
        Matchers are label=value, label!=value, label=~pattern or label!~pattern, and all must hold; patterns are \
        those of RE2 and match the whole value. Labels are alertname, condition, severity, rule, device, device_type, \
        location, address, interface, type, provider, critical, system, tag_KEY for tags KEY:VALUE, and those that a \
        rule adds; `alerts show ID --json` shows an alert's. Quote them for the shell: 'device=~"BR-01.*"'.
        """

    /// Whether a text is a matcher that was to stand behind something else.
    static func isMatcher(_ text: String) -> Bool {
        let label = text.prefix { $0 != "=" && $0 != "!" }
        let rest = text.dropFirst(label.count)
        guard rest.hasPrefix("=") || rest.hasPrefix("!=") || rest.hasPrefix("!~") else { return false }
        let name = label.reversed().drop { $0 == " " }
        return !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    mutating func validate() throws {
        for text in texts where !text.dropFirst().contains("=") && !text.dropFirst().contains("!~") {
            throw ValidationError("'\(text)' is no matcher; write label=value, for example device=CORE-SW-03.")
        }
    }

    /// As the API takes them.
    var value: JSONValue { .array(texts.map(JSONValue.string)) }
}

/// Bodies of requests.
enum CommandBody {
    /// An object of what was given: members that are null are left out.
    static func object(_ members: [(name: String, value: JSONValue)]) -> JSONValue {
        .object(members.filter { !$0.value.isNull }.map { JSONValue.Member(name: $0.name, value: $0.value) })
    }
}
