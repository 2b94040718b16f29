import ArgumentParser

/// `wardflux topology`.
struct TopologyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology",
        abstract: "How devices are wired: discover, show, what changed, what fails with what.",
        subcommands: [
            TopologyDiscoverCommand.self, TopologyShowCommand.self, TopologyOrphansCommand.self,
            TopologyAdoptCommand.self, TopologyChangesCommand.self, TopologyContradictionsCommand.self,
            TopologySinglePointsCommand.self, TopologyImpactCommand.self, TopologyPathCommand.self,
            TopologyLinksCommand.self, TopologyExportCommand.self,
        ],
        defaultSubcommand: TopologyShowCommand.self)
}

/// `wardflux topology discover`.
struct TopologyDiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Read the neighbours of one device or of all enabled devices, now.",
        discussion: "Ends with 0 where all was read, 2 where some devices did not answer, 1 where nothing was read.")

    @Argument(help: "Name or id of the device; all enabled devices where not given.")
    var device: String?

    @Flag(name: .long, help: "Return at once with the id of the run; it needs a server to go on.")
    var noWait = false

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if answer.form == .csv { throw ValidationError("A run is printed as text or as JSON, not as CSV.") }
    }

    func run() async throws {
        var options = RunOptions()
        options.json = answer.form == .json
        options.noWait = noWait
        let run = options
        try await connection.withAPI { client in
            let path = try await path(client)
            try await run.finish(client) { try await client.send("POST", path) }
        }
    }

    private func path(_ client: APIClient) async throws -> String {
        guard let device else { return Routes.topologyDiscover }
        return Routes.topologyDiscover(device: try await Lookup.deviceID(device, client))
    }
}

/// Which part of the wiring, of which time.
struct TopologyPartOptions: ParsableArguments {
    @Option(name: .long, help: "Only this device, by name or id, and those near it.")
    var around: String?

    @Option(name: .long, help: "With --around: at most so many cables away (1).")
    var depth: Int?

    @Option(name: .long, help: "Only devices of this type, and the cables among them; may be repeated.")
    var type: [String] = []

    @Option(name: .long, help: "Only devices with this tag, and the cables among them; may be repeated.")
    var tag: [String] = []

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("As it was at this time: RFC 3339, a date, or before now such as -7d.", valueName: "time"))
    var asOf: String?

    mutating func validate() throws {
        if let depth, !(0...100).contains(depth) { throw ValidationError("--depth is 0 to 100.") }
        if depth != nil && around == nil { throw ValidationError("--depth needs --around DEVICE.") }
    }

    /// The query these options mean.
    var query: QueryItems {
        var items: QueryItems = []
        if let around { items.append((name: "around", value: around)) }
        if let depth { items.append((name: "depth", value: String(depth))) }
        if !type.isEmpty { items.append((name: "device_type", value: type.joined(separator: ","))) }
        if !tag.isEmpty { items.append((name: "tag", value: tag.map(Self.escaped).joined(separator: ","))) }
        if let asOf { items.append((name: "as_of", value: asOf)) }
        return items
    }

    /// A value in a list of values.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(",", with: "\\,")
    }
}

/// `wardflux topology show`.
struct TopologyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The cables between devices, with what tells of them, and the sums.")

    @OptionGroup var part: TopologyPartOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let graph = try await client.get(Routes.topology, part.query)
            answer.output.print(
                rows: graph["edges"]?.items ?? [], columns: Columns.cables, whole: graph,
                empty: part.query.isEmpty
                    ? "No cables are known. `wardflux topology discover` reads the neighbours of the devices."
                    : "No cables fit what was asked for.")
            if answer.form == .table { Console.current.line(TopologyText.sums(graph["statistics"] ?? .null)) }
        }
    }
}
