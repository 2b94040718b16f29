import Catalog
import Inventory
import Listing
import Traffic

/// `/interfaces/{id}/metrics`, `/readings` and `/summary`: the traffic of one interface.
struct MetricsRoutes: RouteGroup {
    let state: APIState
    private static let tag = "metrics"
    private static let path = [PathParameters.id("Id of the interface.")]
    private static let pageMax = 10_000
    private static let impossible = CommonAnswers.problem(422, "There is no such time, or step for it.")

    var routes: [Route] {
        [metrics, readings, summary]
    }

    private var metrics: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/metrics", operation: "getInterfaceMetrics", tag: Self.tag,
            summary: "Rates of one interface over a time, as points of even width.",
            doc: "A point without a rate has null there, and its origin says why: a gap stays a gap. At most "
                + "\(RateGrid.bucketsMax) points; they begin at multiples of step_seconds, UTC.",
            query: MetricsQuestion.parameters, pathParameters: Self.path,
            answers: [AnswerDescriptions.list("InterfaceMetrics", "The points; CSV has them alone."), Self.impossible]
        ) { call in try await self.metrics(call) }
    }

    private var readings: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/readings", operation: "getInterfaceReadings", tag: Self.tag,
            summary: "The counters of one interface as they were read and stored.",
            doc: "Rates follow from two of these. Ask again from next_from for more.",
            query: TimeRange.parameters + [
                QueryParameter(
                    name: "limit", doc: "Most readings of an answer.",
                    schema: ["type": "integer", "minimum": 1, "maximum": 10_000, "default": 1_000])
            ],
            pathParameters: Self.path,
            answers: [
                AnswerDescriptions.json("InterfaceReadings", "The readings, ascending by time."), Self.impossible,
            ]
        ) { call in try await self.readings(call) }
    }

    private var summary: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/summary", operation: "getInterfaceSummary", tag: Self.tag,
            summary: "The last 24 hours of one interface, and what is going on now.",
            doc: "From `interface_metrics_summary`; the time-series store is not asked.", pathParameters: Self.path,
            answers: [AnswerDescriptions.json("InterfaceTraffic", "The summary; nulls where there is none yet.")]
        ) { call in try await self.summary(call) }
    }

    private func metrics(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        let source = state.services.metrics
        let question = try MetricsQuestion(call, source, now: state.services.now())
        let isCSV = try Answers.wantsCSV(call)
        let row = try await InterfaceEditor(state: state).row(id)
        let (buckets, damaged) = try await MetricsReader(metrics: source).buckets(of: id, question)
        let speed = source.rates(id)?.reading.ifSpeed ?? row.interface.facts.ifSpeed
        let points = buckets.map { MetricsPoint(bucket: $0, ifSpeed: speed) }
        let answer = MetricsAnswer(row: row, question: question, ifSpeed: speed, points: points, damagedBlocks: damaged)
        return isCSV ? Answers.csv(answer.csv) : Answers.json(answer.json)
    }

    private func readings(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        let range = try TimeRange.read(call, now: state.services.now())
        let limit = try call.number("limit", in: 1...Self.pageMax, default: 1_000)
        _ = try await InterfaceEditor(state: state).row(id)
        let reader = MetricsReader(metrics: state.services.metrics)
        let all = try await reader.readings(of: id, range, limit: limit + 1)
        let page = all.prefix(limit)
        var writer = JSONWriter(reserving: 600 * (page.count + 1))
        writer.beginObject()
        writer.member("interface_id", "\(id)")
        writer.member("from", range.from)
        writer.member("to", range.to)
        writer.key("items")
        writer.beginArray()
        for reading in page { ReadingForm.write(reading, labels: nil, to: &writer) }
        writer.endArray()
        writer.member("next_from", all.count > limit ? all[limit].at : nil)
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    private func summary(_ call: Call) async throws -> APIResponse {
        let row = try await InterfaceEditor(state: state).row(InterfaceEditor.id(call))
        let summary = try await state.services.catalog.metricsSummary(of: row.interface.id)
        let traffic = InterfaceTraffic(
            row: row, summary: summary, rates: state.services.metrics.rates(row.interface.id),
            now: state.services.now())
        return Answers.json(traffic.json)
    }

    /// The schemas of these answers.
    static let schemas: [JSONMember] = [
        JSONMember("InterfaceMetrics", MetricsAnswer.schema), JSONMember("MetricsPoint", MetricsPoint.schema),
        JSONMember("InterfaceTraffic", InterfaceTraffic.schema), JSONMember("Reading", ReadingForm.schema),
        JSONMember(
            "InterfaceReadings",
            Schema.object([
                ("interface_id", Schema.identifier), ("from", Schema.time), ("to", Schema.time),
                ("items", Schema.array(Schema.reference("Reading"))),
                (
                    "next_from",
                    Schema.documented(
                        Schema.nullable(Schema.time), "Where the next ones begin; null: there are no more.")
                ),
            ])),
    ]
}
