import ArgumentParser

/// `wardflux sweep`.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Look for devices in ranges of addresses.",
        discussion: """
            A range is an address, a prefix (10.1.0.0/24) or two ends (10.1.0.1-10.1.0.50). Every address is asked \
            with each profile named. The devices that answered are printed, and whether each is known; --add adds those \
            that are new to the inventory.
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

    @Flag(name: .long, help: "Print the devices that answered as CSV (RFC 4180).")
    var csv = false

    @OptionGroup var options: RunOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if csv && (options.json || options.noWait) {
            throw ValidationError("--csv goes with neither --json nor --no-wait.")
        }
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
            try await options.finish(client) {
                show($0)
            } start: {
                try await client.send("POST", Routes.sweep, body)
            }
        }
    }

    /// Prints a run as it ended: the devices that answered, and how many.
    private func show(_ run: JSONValue) {
        let console = Console.current
        let answered = run["results"]?["devices_answered"]?.integer ?? 0
        let findings = SweepFindings(message: run["message"]?.string ?? "", answered: answered)
        if options.json {
            let devices = JSONValue.Member(name: "devices", value: .array(findings.rows))
            console.line(JSONWriter.pretty(.object((run.members ?? []) + [devices])))
        } else if csv {
            console.write(CSVWriter.write(findings.rows, columns: ["address", "name", "profile", "standing"]))
        } else {
            if !findings.rows.isEmpty {
                let table = Table(columns: Columns.sweepFindings, rows: findings.rows)
                console.line(table.render(width: console.outputWidth, colours: console.colours))
            }
            let state = "\(run["job"]?.string ?? "sweep") \(run["state"]?.string ?? "unknown")"
            console.line("\(state): \(TextWidth.safe(CommandWords.withoutCode(findings.counts)))")
        }
        guard findings.unnamed > 0, !options.json else { return }
        console.errorLine("\(Units.count(findings.unnamed)) more answered; the log names all of them")
    }
}
