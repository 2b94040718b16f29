import Inventory
import Listing
import Series

/// `/series`: all that was recorded, out and in, and how its store fares.
struct SeriesRoutes: RouteGroup {
    let state: APIState
    private static let tag = "series"
    /// Interfaces that an import names as unknown.
    private static let unknownMax = 100
    private static let importBytesMax = 64 << 20
    private static let interfacesMax = 200

    var routes: [Route] {
        [statistics, export, importReadings]
    }

    private var statistics: Route {
        Route(
            method: "GET", path: "/series/statistics", operation: "getSeriesStatistics", tag: Self.tag,
            summary: "What the time-series store holds, how it fares, and what the collection did.",
            answers: [AnswerDescriptions.json("SeriesStatistics", "The numbers.")]
        ) { _ in Answers.json(try await Self.document(state.services.metrics)) }
    }

    private var export: Route {
        Route(
            method: "GET", path: "/series/export", operation: "exportSeries", tag: Self.tag,
            summary: "Readings of all interfaces, or of some, as a file.",
            doc:
                "jsonl and csv hold all of a reading and give the very same when imported; prometheus is the text that "
                + "/api/v1/import/prometheus of VictoriaMetrics takes. The answer is made as it is read; where it breaks "
                + "off it is not complete.",
            query: TimeRange.parameters + [
                QueryParameter(
                    name: "interface", doc: "Ids of interfaces; all where not given.",
                    schema: [
                        "type": "array", "items": Schema.identifier, "minItems": 1,
                        "maxItems": .integer(Int64(Self.interfacesMax)),
                    ],
                    takesSeveral: true),
                QueryParameter(
                    name: "format", doc: "Form of the file; jsonl where not given.",
                    schema: Schema.choice(SeriesExport.Format.allCases.map(\.rawValue))),
            ],
            answers: [
                AnswerDescription(
                    status: 200, doc: "The readings, interface by interface, ascending by time.",
                    contents: [
                        ("application/x-ndjson", ["type": "string"]), ("text/csv", ["type": "string"]),
                        ("text/plain", ["type": "string"]),
                    ]),
                CommonAnswers.problem(404, "There is no such interface."),
                CommonAnswers.problem(422, "There is no such time."),
            ]
        ) { call in try await export(call) }
    }

    private var importReadings: Route {
        Route(
            method: "POST", path: "/series/import", operation: "importSeries", tag: Self.tag,
            summary: "Adds readings of a file; importing it again changes nothing.",
            doc: "A reading belongs to the interface of its interface_id, else to that of its device_name and if_name; "
                + "those of unknown interfaces are left out and counted. A body is added as a whole or not at all.",
            query: [
                QueryParameter(
                    name: "format", doc: "Form of the body; by default as its type says.",
                    schema: Schema.choice(SeriesImport.Format.allCases.map(\.rawValue))),
                QueryParameter(
                    name: "first_line", doc: "Number of the body's first line in its file, for messages.",
                    schema: ["type": "integer", "minimum": 1, "maximum": 2_147_483_647, "default": 1]),
            ],
            body: BodyDescription(
                doc: "Readings as /series/export writes them; at most \(Self.importBytesMax) octets.",
                contents: [
                    ("application/x-ndjson", .object([])), ("text/csv", .object([])),
                ]),
            bodyBytesMax: Self.importBytesMax,
            answers: [
                AnswerDescriptions.json("SeriesImport", "What was added."),
                CommonAnswers.problem(422, "Readings have errors; none of this body was added."),
            ]
        ) { call in try await importReadings(call) }
    }

    private func export(_ call: Call) async throws -> APIResponse {
        let range = try TimeRange.read(call, now: state.services.now())
        let formats = SeriesExport.Format.allCases.map(\.rawValue)
        let format = SeriesExport.Format(rawValue: try call.choice("format", of: formats, default: "jsonl")) ?? .jsonl
        let rows = try await rows(call)
        let metrics = state.services.metrics
        let export = SeriesExport(
            try metrics.store(), range, format, rows: rows, intervalSeconds: metrics.intervalSeconds)
        // The first piece is made before the answer begins, so that a store that is not there is an error, not a stump.
        let first = try await export.next()
        let pieces = FirstPiece(first)
        return APIResponse(
            status: 200, headers: [APIHeader("Content-Type", format.contentType)],
            body: .pull {
                if let piece = await pieces.take() { return piece }
                return first == nil ? nil : try await export.next()
            })
    }

    /// The interfaces that a call names, or all, by device and ifIndex.
    private func rows(_ call: Call) async throws -> [InterfaceRow] {
        let listing = try await state.interfaces.value().listing
        guard let text = call.value("interface") else {
            return listing.all(ListQuery())
        }
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        guard words.count <= Self.interfacesMax else {
            let detail = "give at most \(Self.interfacesMax) interfaces, or none for all"
            throw Problem.badQuery([ProblemError(field: "interface", value: nil, detail: detail)])
        }
        var seen: Set<InterfaceID> = []
        return try words.compactMap { word in
            guard word.utf8.count == 36, let id = InterfaceID(word) else {
                let detail = "give UUIDs such as 6fa459ea-ee8a-4ca4-894e-db77e160355e, separated by commas"
                throw Problem.badQuery([ProblemError(field: "interface", value: String(word), detail: detail)])
            }
            guard let row = listing.row(RowID(id)) else { throw InterfaceEditor.missing("\(id)") }
            return seen.insert(id).inserted ? row : nil
        }
    }

    private func importReadings(_ call: Call) async throws -> APIResponse {
        let type = (call.request.header("Content-Type") ?? "").lowercased()
        let standard = type.hasPrefix("text/csv") ? "csv" : "jsonl"
        let formats = SeriesImport.Format.allCases.map(\.rawValue)
        let format = SeriesImport.Format(rawValue: try call.choice("format", of: formats, default: standard)) ?? .jsonl
        let firstLine = try call.number("first_line", in: 1...2_147_483_647, default: 1)
        let report = try await SeriesImport(state: state).run(call.request.body, format, firstLine: firstLine)
        let unknown = report.unknownInterfaces.sorted()
        return Answers.json(
            [
                "readings": .integer(Int64(report.readings)), "accepted": .integer(Int64(report.outcome.accepted)),
                "repeated": .integer(Int64(report.outcome.repeated)),
                "out_of_order": .integer(Int64(report.outcome.outOfOrder)),
                "out_of_range": .integer(Int64(report.outcome.outOfRange)),
                "unknown_readings": .integer(Int64(report.unknownReadings)),
                "unknown_interfaces": .array(unknown.prefix(Self.unknownMax).map(JSONValue.string)),
                "unknown_interfaces_total": .integer(Int64(unknown.count)),
            ])
    }

    private static func document(_ metrics: MetricsSource) async throws -> JSONValue {
        let statistics = await (try metrics.store()).statistics()
        func object(_ numbers: [SeriesStatistics.Number]) -> JSONValue {
            .object(numbers.map { JSONMember($0.name, .integer($0.value)) })
        }
        let (state, detail): (String, String?) =
            switch statistics.state {
            case .working: ("working", nil)
            case .degraded(let detail): ("degraded", detail)
            case .failing(let detail): ("failing", detail)
            }
        return [
            "kind": .string(statistics.kind), "state": .string(state),
            "detail": detail.map(JSONValue.string) ?? .null, "counters": object(statistics.counters),
            "gauges": object(statistics.gauges),
            "oldest": statistics.oldest.map { .string($0.description) } ?? .null,
            "newest": statistics.newest.map { .string($0.description) } ?? .null,
            "interval_seconds": .integer(Int64(metrics.intervalSeconds)), "collection": object(metrics.statistics()),
        ]
    }

    /// The schemas of these answers.
    static let schemas: [JSONMember] = [
        JSONMember(
            "SeriesStatistics",
            Schema.object([
                ("kind", Schema.string("embedded or victoria.")),
                ("state", Schema.choice(["working", "degraded", "failing"])),
                ("detail", Schema.documented(Schema.nullable(Schema.string()), "What is wrong, and what to do.")),
                ("counters", Schema.documented(Schema.counts, "What only grows since the start, by name.")),
                ("gauges", Schema.documented(Schema.counts, "What is at the moment, by name.")),
                ("oldest", Schema.documented(Schema.nullable(Schema.time), "Time of the oldest reading.")),
                ("newest", Schema.documented(Schema.nullable(Schema.time), "Time of the newest reading.")),
                ("interval_seconds", Schema.count("Seconds between two polls, as they are set.")),
                ("collection", Schema.documented(Schema.counts, "What the collection did, by name.")),
            ])),
        JSONMember(
            "SeriesImport",
            Schema.object([
                ("readings", Schema.count("Readings of known interfaces in the body.")),
                ("accepted", Schema.count("Stored now.")), ("repeated", Schema.count("There already, the very same.")),
                ("out_of_order", Schema.count("Not stored.")),
                ("out_of_range", Schema.count("Later than now or older than the retention; not stored.")),
                ("unknown_readings", Schema.count("Of interfaces that the catalog does not have; not stored.")),
                ("unknown_interfaces", Schema.documented(Schema.array(Schema.string()), "The first 100 of those.")),
                ("unknown_interfaces_total", Schema.count()),
            ])),
    ]
}

/// A piece that is handed out once.
private actor FirstPiece {
    private var piece: [UInt8]?

    init(_ piece: [UInt8]?) {
        self.piece = piece
    }

    func take() -> [UInt8]? {
        defer { piece = nil }
        return piece
    }
}
