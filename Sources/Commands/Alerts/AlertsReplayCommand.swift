import API
import ArgumentParser
import Synchronization

/// `wardflux alerts replay`.
struct AlertsReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "What alert rules would have done: run them over stored history, by the engine that is at work.",
        discussion: """
            Try a file before you save it: `alerts replay --rule new.yaml --from -7d`. Nobody is told, and nothing is \
            stored. It tells what is other than by the rules in force: alerts that are new, that are gone, and that \
            both make, but not alike; with --no-compare all alerts the file would have made. Without --rule the rules \
            in force are run. The last 24 hours are taken where no time is given; times are RFC 3339, dates, 'now', or \
            before now such as -7d.

            Known of the past are the polls of monitored interfaces, how devices were wired, anomalies, and what \
            alerts of that time tell of what happened between two polls. A device counts as unreachable when three \
            polls of it are missing. Devices, interfaces, silences and maintenance windows are those of today; what \
            operators acknowledged is left out.

            The column TOLD names who would have been told, or why nobody would. A month of 3,000 interfaces takes a \
            minute or two.
            """)

    @Option(
        name: .long, help: ArgumentHelp("The alert file that is tried; '-' is standard input.", valueName: "file"),
        completion: .file())
    var rule: String?

    @Flag(inversion: .prefixedNo, help: "Whether to compare with the rules in force; so with --rule.")
    var compare: Bool?

    @Option(name: .long, help: ArgumentHelp("Only alerts of this rule.", valueName: "id"))
    var only: String?

    @OptionGroup var range: RangeOptions

    @Option(name: .long, help: "Only alerts of this interface, by id or DEVICE:INTERFACE.")
    var interface: String?

    @Option(name: .long, help: "Only alerts of this device and its interfaces, by name or id.")
    var device: String?

    @Option(name: .long, help: "At most this many alerts, 1 to 1000 (200); all are counted.")
    var limit: Int?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if let limit, !(1...1000).contains(limit) { throw ValidationError("--limit is 1 to 1000.") }
        if interface != nil && device != nil {
            throw ValidationError("--interface and --device exclude each other; give one of them.")
        }
    }

    func run() async throws {
        let text = try rule.map { try FileText.text($0) }
        try await connection.withAPI { client in
            let found = try await client.sendAndWait("POST", Routes.alertReplay, try await body(text, client))
            guard answer.form == .table else {
                return answer.output.print(
                    rows: found["items"]?.items ?? [], columns: Columns.replayedAlerts, whole: found, empty: "")
            }
            Console.current.line(ReplayText.text(found))
            for note in ReplayText.notes(found) { Console.current.errorLine(note) }
        }
    }

    private func body(_ text: String?, _ client: APIClient) async throws -> JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: String?) {
            if let value { members.append(JSONValue.Member(name: name, value: .string(value))) }
        }
        add("rules", text)
        if let compare { members.append(JSONValue.Member(name: "compare", value: JSONValue(compare))) }
        add("rule", only)
        add("from", range.from)
        add("to", range.to)
        if let interface { add("interface_id", try await Lookup.interfaceID(interface, client)) }
        if let device { add("device_id", try await Lookup.deviceID(device, client)) }
        if let limit { members.append(JSONValue.Member(name: "limit", value: JSONValue(limit))) }
        return .object(members)
    }
}

extension APIClient {
    /// Sends a JSON body and reads the answer, however long the server works on it.
    func sendAndWait(_ method: String, _ path: String, _ body: JSONValue) async throws -> JSONValue {
        let request = APIRequest(
            method, "/api/v1" + path,
            headers: [APIHeader("Accept", "application/json"), APIHeader("Content-Type", "application/json")],
            body: Array(JSONWriter.compact(body).utf8))
        let found = Mutex<[UInt8]>([])
        let response = try await transport.receive(request) { piece in found.withLock { $0 += piece } }
        guard (200..<300).contains(response.status) else {
            throw Problem.failure(of: response, request: request, peer: peer)
        }
        do {
            return try JSONReader.read(found.withLock { $0 })
        } catch {
            throw CommandFailure("\(peer) answered \(method) \(path) with something else than JSON")
        }
    }
}
