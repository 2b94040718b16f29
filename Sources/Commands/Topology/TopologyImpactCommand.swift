import ArgumentParser
import Inventory

/// `wardflux topology impact`.
struct TopologyImpactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "impact", abstract: "What is cut off if a device or a cable fails.")

    @Argument(help: "Name or id of the device that fails.")
    var device: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The cable that fails: the id of its edge, or DEVICE:INTERFACE of an end.", valueName: "link"))
    var link: String?

    @Option(name: .long, help: "The device from which it is seen; the one next to the poller where not given.")
    var from: String?

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        guard (device == nil) != (link == nil) else { throw ValidationError("Name one device, or give --link.") }
    }

    func run() async throws {
        try await connection.withAPI { client in
            var query: QueryItems = []
            if let device { query.append((name: "device", value: device)) }
            if let link { query.append((name: "link", value: try await linkID(link, client))) }
            if let from { query.append((name: "from", value: from)) }
            let impact = try await client.get(Routes.impact, query)
            guard answer.form == .table else {
                return answer.output.print(
                    rows: impact["cut_off"]?.items ?? [], columns: Columns.wiredDevices, whole: impact, empty: "")
            }
            Console.current.line(TopologyText.impact(impact))
            show("", impact["cut_off"])
            show("These stay connected without a second way:", impact["lost_redundancy"])
        }
    }

    private func show(_ title: String, _ devices: JSONValue?) {
        guard let rows = devices?.items, !rows.isEmpty else { return }
        let console = Console.current
        let table = Table(columns: Columns.wiredDevices, rows: rows)
        console.line((title.isEmpty ? "" : title + "\n") + table.render(width: console.outputWidth, colours: false))
    }

    /// The id of a cable that is named by itself or by one of its ends.
    private func linkID(_ text: String, _ client: APIClient) async throws -> String {
        if LinkRecordID(text) != nil { return text.lowercased() }
        guard let colon = text.firstIndex(of: ":") else {
            throw CommandFailure(
                "'\(text)' names no cable", remedy: "Write the id of its edge, or DEVICE:INTERFACE of one of its ends.",
                status: .usage)
        }
        let device = String(text[..<colon]).lowercased()
        let port = String(text[text.index(after: colon)...])
        let edges = try await client.get(Routes.topology, [(name: "around", value: String(text[..<colon]))])["edges"]
        let found = (edges?.items ?? []).filter { edge in
            ["source", "target"].contains { side in
                let isDevice =
                    edge["\(side)_name"]?.string?.lowercased() == device || edge[side]?.string == device
                return isDevice && edge["\(side)_interface"]?.string == port
            }
        }
        if let id = found.first?["id"]?.string, found.count == 1 { return id }
        throw CommandFailure(
            found.isEmpty ? "no cable is known at '\(text)'" : "\(found.count) cables are known at '\(text)'",
            details: found.prefix(5).map { "\($0["id"]?.plainText ?? "") \(TopologyText.cable($0))" },
            remedy: found.isEmpty
                ? "`wardflux topology show --around \(text[..<colon])` shows the cables of the device."
                : "Write the id of the one you mean.")
    }
}

/// `wardflux topology path`.
struct TopologyPathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "The way between two devices with the fewest cables.",
        discussion: "Ends with 1 where there is none.")

    @Argument(help: "Name or id of one device.")
    var from: String

    @Argument(help: "Name or id of the other.")
    var to: String

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withAPI { client in
            let path = try await client.get(Routes.path, [(name: "from", value: from), (name: "to", value: to)])
            let isConnected = path["is_connected"]?.bool == true
            let hops = Self.hops(path)
            if answer.form == .table, isConnected, hops.isEmpty {
                return Console.current.line(TextWidth.safe("\(from) and \(to) are the same device."))
            }
            if answer.form != .table || !hops.isEmpty {
                answer.output.print(rows: hops, columns: Columns.hops, whole: path, empty: "")
            }
            if answer.form == .table {
                Console.current.line(isConnected ? Self.summary(path) : "No cables lead from \(from) to \(to).")
            }
            if !isConnected { throw QuietExit(status: .failed) }
        }
    }

    /// A row for each cable, in the direction of the way.
    static func hops(_ path: JSONValue) -> [JSONValue] {
        let nodes = path["nodes"]?.items ?? []
        let edges = path["edges"]?.items ?? []
        return zip(edges, zip(nodes, nodes.dropFirst())).map { edge, ends in
            let isForward = edge["source"] == ends.0["id"]
            let (near, far) = isForward ? ("source", "target") : ("target", "source")
            return [
                "device": ends.0["name"] ?? .null, "out": edge["\(near)_interface"] ?? .null,
                "next": ends.1["name"] ?? .null, "in": edge["\(far)_interface"] ?? .null,
                "speed": edge["speed"] ?? .null,
            ]
        }
    }

    private static func summary(_ path: JSONValue) -> String {
        let cables = Units.count(path["cables"]?.integer ?? 0, "cable")
        let second = path["is_redundant"]?.bool == true ? "a second way shares none of them" : "there is no second way"
        let points = (path["single_points"]?.items ?? []).compactMap { $0["name"]?.string }
        let passed = points.isEmpty ? "" : "; every way passes \(points.joined(separator: ", "))"
        return TextWidth.safe("\(cables); \(second)\(passed)")
    }
}
