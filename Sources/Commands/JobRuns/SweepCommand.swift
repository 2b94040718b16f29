import ArgumentParser

/// `wardflux sweep`.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Look for devices in ranges of addresses.",
        discussion: """
            A range is an address, a prefix (10.1.0.0/24) or two ends (10.1.0.1-10.1.0.50). Every address is asked \
            with each profile named. Told is how many answered and how many of them are new; --add adds those to the \
            inventory.
            """)

    @Argument(help: "Addresses, prefixes or ranges.")
    var ranges: [String]

    @Option(name: .long, help: "Credential profile to ask with; may be repeated. Default: all profiles.")
    var profile: [String] = []

    @Option(name: .long, help: "UDP port of the agents.")
    var port = 161

    @Option(name: .long, help: "At most this many requests a second.")
    var rate: Int?

    @Flag(name: .long, help: "Add the devices that are new to the inventory.")
    var add = false

    @OptionGroup var options: RunOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if ranges.isEmpty { throw ValidationError("Name at least one range, for example 10.1.0.0/24.") }
        if let rate, rate < 1 { throw ValidationError("--rate is at least 1.") }
        if !(1...65_535).contains(port) { throw ValidationError("--port is 1 to 65535.") }
    }

    /// The body of the request.
    var body: JSONValue {
        var members = [JSONValue.Member(name: "ranges", value: .array(ranges.map(JSONValue.string)))]
        if !profile.isEmpty {
            members.append(JSONValue.Member(name: "profiles", value: .array(profile.map(JSONValue.string))))
        }
        members.append(JSONValue.Member(name: "port", value: JSONValue(port)))
        if let rate { members.append(JSONValue.Member(name: "rate", value: JSONValue(rate))) }
        members.append(JSONValue.Member(name: "add", value: JSONValue(add)))
        return .object(members)
    }

    func run() async throws {
        try await connection.withAPI(creating: add) { client in
            try await options.finish(client) { try await client.send("POST", Routes.sweep, body) }
        }
    }
}
