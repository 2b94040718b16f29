import ArgumentParser

/// `wardflux topology links`.
struct TopologyLinksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links", abstract: "Links that operators entered, where no protocol tells them.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    /// `wardflux topology links list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The links that were entered.")

        @OptionGroup var filters: FilterOptions
        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let listed = try await client.list(Routes.manualLinks, filters.query(), limit: filters.limit)
                answer.output.print(
                    rows: listed.items, columns: Columns.manualLinks, whole: listed.envelope,
                    empty: filters.isAny
                        ? "No link that was entered fits what was asked for."
                        : "No links were entered. `wardflux topology links add` enters one.")
            }
        }
    }

    /// `wardflux topology links add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Enter a link between two devices.")

        @Argument(help: ArgumentHelp("One end, by names or ids.", valueName: "device[:interface]"))
        var a: String

        @Argument(help: ArgumentHelp("The other end.", valueName: "device[:interface]"))
        var b: String

        @Option(name: .long, help: "A note.")
        var note: String?

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                var members = Self.end("a", a) + Self.end("b", b)
                if let note { members.append(JSONValue.Member(name: "note", value: .string(note))) }
                answer.output.print(object: try await client.send("POST", Routes.manualLinks, .object(members)))
            }
        }

        /// The members that say one end.
        static func end(_ side: String, _ text: String) -> [JSONValue.Member] {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            var members = [JSONValue.Member(name: "\(side)_device", value: .string(parts.first ?? ""))]
            if parts.count > 1, let port = parts.last {
                members.append(JSONValue.Member(name: "\(side)_interface", value: .string(port)))
            }
            return members
        }
    }

    /// `wardflux topology links remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a link that was entered; what protocols tell stays.")

        @Argument(help: "Id of the link.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("DELETE", Routes.manualLink(id))
                Console.current.line("removed \(id)")
            }
        }
    }
}
