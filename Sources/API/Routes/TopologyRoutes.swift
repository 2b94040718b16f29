import Catalog
import Inventory
import Listing
import Topology
import Traffic

/// `/topology`: how devices are wired, now and formerly, and the same as a file.
struct TopologyRoutes: RouteGroup {
    let state: APIState
    static let tag = "topology"
    private static let impossible = CommonAnswers.problem(
        422, "There is no such device, or no such time; errors name the parameter.")

    var routes: [Route] {
        [graph, map, statistics, contradictions, revisions, export]
    }

    private var graph: Route {
        Route(
            method: "GET", path: "/topology", operation: "getTopology", tag: Self.tag,
            summary: "How devices are wired: nodes, edges, and neighbours that are no devices.",
            doc: "An edge is one cable, whoever tells of it; source and target are ids of devices. Where a part "
                + "is asked for, the statistics are those of the part; degrees stay those of the whole.",
            query: TopologyQuestion.parameters,
            answers: [AnswerDescriptions.json("Topology", "The graph."), Self.impossible]
        ) { call in try await graph(call) }
    }

    private var map: Route {
        Route(
            method: "GET", path: "/topology/map", operation: "getTopologyMap", tag: Self.tag,
            summary: "The graph in columns, with what its cables carry now: made for drawing.",
            doc: "Edges name devices by their places among the nodes. With as_of nothing is known of traffic.",
            query: [TopologyQuestion.timeParameter],
            answers: [AnswerDescriptions.json("TopologyMap", "The graph."), Self.impossible]
        ) { call in try await map(call) }
    }

    private var statistics: Route {
        Route(
            method: "GET", path: "/topology/statistics", operation: "getTopologyStatistics", tag: Self.tag,
            summary: "Counts of devices, connections and cables.",
            answers: [AnswerDescriptions.json("TopologyStatistics", "The counts.")]
        ) { _ in try await statisticsAnswer() }
    }

    private var contradictions: Route {
        Route(
            method: "GET", path: "/topology/contradictions", operation: "listTopologyContradictions", tag: Self.tag,
            summary: "Testimonies that cannot all be true, or that no rule can decide between.",
            answers: [AnswerDescriptions.json("TopologyContradictions", "All of them.")]
        ) { _ in try await contradictionsAnswer() }
    }

    private var revisions: Route {
        Route(
            method: "GET", path: "/topology/revisions", operation: "listTopologyRevisions", tag: Self.tag,
            summary: "The states of the wiring that were recorded, the latest first.",
            query: TopologyRevisionColumns.schema.listParameters(),
            answers: [AnswerDescriptions.list("TopologyRevisionPage", "A page of revisions.")]
        ) { call in try await revisions(call) }
    }

    private var export: Route {
        Route(
            method: "GET", path: "/topology/export", operation: "exportTopology", tag: Self.tag,
            summary: "The graph as a file for other programs.",
            doc: "`json` is what /topology answers.",
            query: [
                QueryParameter(
                    name: "format", doc: "Form of the file; json where not given.",
                    schema: Schema.choice(TopologyFile.allCases.map(\.rawValue)))
            ] + TopologyQuestion.parameters,
            answers: [
                AnswerDescription(
                    status: 200, doc: "The file.",
                    contents: TopologyFile.allCases.map { file in
                        (file.mediaType, file == .json ? Schema.reference("Topology") : ["type": "string"])
                    }, headers: [("Content-Disposition", "A name for the file.")]),
                Self.impossible,
            ]
        ) { call in try await export(call) }
    }

    private func graph(_ call: Call) async throws -> APIResponse {
        let question = try TopologyQuestion(call, now: state.services.now())
        let snapshot = try await state.topology(at: question.time)
        return Answers.json(try Self.json(question, snapshot, call))
    }

    private func map(_ call: Call) async throws -> APIResponse {
        let question = try TopologyQuestion(call, now: state.services.now())
        let snapshot = try await state.topology(at: question.time)
        let (now, known) = (state.services.now(), state.services.metrics.rates)
        guard question.time == nil else { return Answers.json(TopologyMap(snapshot, rates: nil).bytes) }
        let map = TopologyMap(snapshot) { id in
            known(id).flatMap { MetricsSource.isStale($0.reading, at: now) ? nil : $0 }
        }
        return Answers.json(map.bytes)
    }

    private func statisticsAnswer() async throws -> APIResponse {
        var writer = JSONWriter(reserving: 1024)
        let snapshot = try await state.topology.value()
        TopologyJSON(snapshot).statistics(of: snapshot.graph, to: &writer)
        return Answers.json(writer.bytes)
    }

    private func contradictionsAnswer() async throws -> APIResponse {
        let snapshot = try await state.topology.value()
        let json = TopologyJSON(snapshot)
        var writer = JSONWriter(reserving: 400 * snapshot.graph.contradictions.count + 64)
        writer.beginObject()
        writer.array("items", snapshot.graph.contradictions) { json.contradiction($1, to: &$0) }
        writer.member("total", Int64(snapshot.graph.contradictions.count))
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    private func revisions(_ call: Call) async throws -> APIResponse {
        let revisions = try await state.services.catalog.topologyRevisions(limit: TopologyRevisionColumns.shownMax)
        return try Answers.list(Listing(revisions, schema: TopologyRevisionColumns.schema), call)
    }

    private func export(_ call: Call) async throws -> APIResponse {
        let names = TopologyFile.allCases.map(\.rawValue)
        let file = TopologyFile(rawValue: try call.choice("format", of: names, default: "json")) ?? .json
        let question = try TopologyQuestion(call, now: state.services.now())
        let snapshot = try await state.topology(at: question.time)
        let bytes =
            file == .json
            ? try Self.json(question, snapshot, call) : file.bytes(try question.part(of: snapshot, call))
        let headers = [
            APIHeader("Content-Type", file.contentType),
            APIHeader("Content-Disposition", "inline; filename=\"topology.\(file.rawValue)\""),
        ]
        return APIResponse(status: 200, headers: headers, body: .bytes(bytes))
    }

    private static func json(
        _ question: TopologyQuestion, _ snapshot: TopologySnapshot, _ call: Call
    ) throws(Problem) -> [UInt8] {
        guard !question.isWhole(call) else { return snapshot.json }
        return TopologyJSON(snapshot).graph(try question.part(of: snapshot, call))
    }
}

/// The forms of a graph as a file.
enum TopologyFile: String, CaseIterable, Sendable {
    case dot
    case graphml
    case svg
    case json

    /// Type of its content.
    var mediaType: String {
        switch self {
        case .dot: "text/vnd.graphviz"
        case .graphml: "application/graphml+xml"
        case .svg: "image/svg+xml"
        case .json: "application/json"
        }
    }

    /// Type of its content as a header field has it.
    var contentType: String { self == .dot ? mediaType + "; charset=utf-8" : mediaType }

    /// A graph in this form; none for JSON, which the API writes itself.
    func bytes(_ graph: TopologyGraph) -> [UInt8] {
        switch self {
        case .dot: Array(GraphExport.dot(graph).utf8)
        case .graphml: Array(GraphExport.graphML(graph).utf8)
        case .svg: Array(GraphExport.svg(graph).utf8)
        case .json: []
        }
    }
}

/// The columns of `topology_revisions`.
enum TopologyRevisionColumns {
    /// The latest revisions that lists show.
    static let shownMax = 10_000

    /// The table of revisions; the latest first where a query does not say.
    static let schema = ListSchema<TopologyRevisionRecord>(
        "topology_revisions",
        columns: [
            Column("number", .integer, "1 for the first, then rising by one.") { .integer($0.number) },
            Column("at", .time, "When it was made.") { .time($0.at) },
            Column("devices_read", .integer, "Devices that were read for it.") { Cell($0.devicesRead) },
            Column("connections", .integer, "Neighbours in it: an interface's neighbour each.") {
                Cell($0.connections)
            },
            Column("mapped", .integer, "Those that are mapped to a device.") { Cell($0.mapped) },
            Column("links", .integer, "Links to devices of the inventory in it.") { Cell($0.links) },
            Column("appeared", .integer, "Links that appeared with it.") { Cell($0.appeared) },
            Column("vanished", .integer, "Links that vanished with it.") { Cell($0.vanished) },
        ], defaultSort: [SortTerm("number", descending: true)],
        id: { RowID(high: 0, low: UInt64(clamping: $0.number)) })
}
