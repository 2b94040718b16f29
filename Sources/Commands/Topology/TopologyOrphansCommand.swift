import ArgumentParser

/// `wardflux topology orphans`.
struct TopologyOrphansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orphans", abstract: "Neighbours that are no devices of the inventory, and who sees them.")

    @OptionGroup var filters: FilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let listed = try await client.list(Routes.orphans, filters.query(), limit: filters.limit)
            answer.output.print(
                rows: listed.items, columns: Columns.orphans, whole: listed.envelope,
                empty: filters.isAny
                    ? "No orphan fits what was asked for."
                    : "No orphans: all neighbours that are known are devices of the inventory.")
        }
    }
}

/// `wardflux topology adopt`.
struct TopologyAdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Make a device of a neighbour that is none.",
        discussion: "Name, address and type are those that the neighbour tells of itself, where they are not given.")

    @Argument(help: "Key or name of the orphan, as 'topology orphans' shows them.")
    var orphan: String

    @Option(name: .long, help: "Name of the device.")
    var name: String?

    @Option(name: .long, help: "Its address or host name.")
    var ip: String?

    @OptionGroup var fields: DeviceFields
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let key = try await key(client)
            var members = [JSONValue.Member(name: "key", value: .string(key))]
            if let name { members.append(JSONValue.Member(name: "name", value: .string(name))) }
            if let ip { members.append(JSONValue.Member(name: "ip", value: .string(ip))) }
            let device = try await client.send("POST", Routes.adoptOrphan, .object(members + fields.members))
            answer.output.print(object: device)
        }
    }

    /// The key of the one orphan that is meant.
    private func key(_ client: APIClient) async throws -> String {
        let orphans = try await client.list(Routes.orphans).items
        if orphans.contains(where: { $0["key"]?.string == orphan }) { return orphan }
        let named = orphans.filter { $0["neighbor_name"]?.string?.lowercased() == orphan.lowercased() }
        if let only = named.first?["key"]?.string, named.count == 1 { return only }
        let remedy =
            named.isEmpty
            ? "`wardflux topology orphans` shows all of them." : "Write the key of the one you mean."
        throw CommandFailure(
            named.isEmpty ? "no orphan is called '\(orphan)'" : "\(named.count) orphans are called '\(orphan)'",
            details: named.prefix(5).map { TextWidth.cut($0["key"]?.plainText ?? "", to: 100) }, remedy: remedy)
    }
}

/// `wardflux devices neighbours`.
struct DeviceNeighboursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbours", abstract: "The neighbours that a device hears, by interface and protocol.")

    @Argument(help: "Name or id of the device.")
    var device: String

    @OptionGroup var filters: FilterOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let id = try await Lookup.deviceID(device, client)
            let listed = try await client.list(Routes.neighbours(ofDevice: id), filters.query(), limit: filters.limit)
            answer.output.print(
                rows: listed.items, columns: Columns.neighbours, whole: listed.envelope,
                empty: filters.isAny
                    ? "No neighbour fits what was asked for."
                    : "No neighbours are known. `wardflux topology discover \(device)` asks the device.")
        }
    }
}
