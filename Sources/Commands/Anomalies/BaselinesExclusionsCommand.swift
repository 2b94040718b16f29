import ArgumentParser

/// `wardflux baselines exclusions`.
struct BaselinesExclusionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exclusions", abstract: "Times that are neither alarmed nor learnt from.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

    /// `wardflux baselines exclusions list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The times that were excluded.")

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let listed = try await client.list(Routes.baselineExclusions)
                answer.output.print(
                    rows: listed.items, columns: Columns.exclusions, whole: listed.envelope,
                    empty: "No times are excluded.")
            }
        }
    }

    /// `wardflux baselines exclusions add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Exclude a time: of all traffic, of a device, of an interface, or of devices with a tag.",
            discussion: """
                Times are RFC 3339, dates, 'now', before now such as -2h, or from now such as 2h. A time that has begun \
                is taken out of what was learnt too: the server learns anew from what is recorded, by itself, after \
                its next check; `wardflux jobs list` shows the run. Nobody needs to ask for it.
                """)

        @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Its first moment.", valueName: "time"))
        var from: String?

        @Option(
            name: .long, parsing: .unconditional, help: ArgumentHelp("The moment after its last.", valueName: "time"))
        var to: String?

        @Option(name: .long, help: "Only interfaces of this device, by name or id.")
        var device: String?

        @Option(name: .long, help: "Only this interface, by id or DEVICE:INTERFACE.")
        var interface: String?

        @Option(name: .long, help: "Only interfaces of devices with this tag.")
        var tag: String?

        @Option(name: .long, help: "Why.")
        var reason: String?

        @OptionGroup var answer: AnswerOptions
        @OptionGroup var connection: ConnectionOptions

        mutating func validate() throws {
            // Not required arguments: where one is missing, the parser would take the h of '-2h' for a plea for help.
            if from == nil || to == nil { throw ValidationError("Give both --from TIME and --to TIME.") }
            if [device, interface, tag].compactMap(\.self).count > 1 {
                throw ValidationError("--device, --interface and --tag exclude each other; give one of them.")
            }
        }

        func run() async throws {
            try await connection.withAPI { client in
                var members = [
                    JSONValue.Member(name: "from", value: JSONValue(from)),
                    JSONValue.Member(name: "to", value: JSONValue(to)),
                ]
                members += try await scope(client)
                if let reason { members.append(JSONValue.Member(name: "reason", value: .string(reason))) }
                answer.output.print(
                    object: try await client.send("POST", Routes.baselineExclusions, .object(members)))
            }
        }

        private func scope(_ client: APIClient) async throws -> [JSONValue.Member] {
            if let device {
                let id = try await Lookup.deviceID(device, client)
                return Self.scope("device", "device_id", id)
            }
            if let interface {
                let id = try await Lookup.interfaceID(interface, client)
                return Self.scope("interface", "interface_id", id)
            }
            if let tag { return Self.scope("tag", "tag", tag) }
            return [JSONValue.Member(name: "scope", value: "all")]
        }

        private static func scope(_ word: String, _ name: String, _ value: String) -> [JSONValue.Member] {
            [
                JSONValue.Member(name: "scope", value: .string(word)),
                JSONValue.Member(name: name, value: .string(value)),
            ]
        }
    }

    /// `wardflux baselines exclusions remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a time that was excluded.",
            discussion: """
                What comes counts again from the next check on. What was in that time stays as it was left: without \
                anomalies, and not learnt from until `wardflux baselines relearn`.
                """)

        @Argument(help: "Id of the exclusion.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                _ = try await client.send("DELETE", Routes.baselineExclusion(id))
                Console.current.line("removed \(id)")
            }
        }
    }
}
