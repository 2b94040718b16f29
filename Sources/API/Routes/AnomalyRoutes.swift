import Catalog
import Inventory
import Listing

/// `/anomalies`: what was out of the usual.
struct AnomalyRoutes: RouteGroup {
    let state: APIState
    static let tag = "anomalies"
    static let thing = PathThing(
        name: "anomaly", remedy: "GET /api/v1/anomalies shows the anomalies with their ids.")
    private static let impossible = CommonAnswers.problem(
        422, "There is no such time, the cursor belongs to another list, or too much would have to be put in order.")

    var routes: [Route] {
        [list, statistics, one, ofInterface]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/anomalies", operation: "listAnomalies", tag: Self.tag,
            summary: "Anomalies, the latest start first.",
            doc: "Those that are held back, muted or expected are among them: state tells which.",
            query: AnomalyList.parameters,
            answers: [
                AnswerDescriptions.list("AnomalyPage", "A page of anomalies; CSV has no explanation."), Self.impossible,
            ]
        ) { call in try await AnomalyList(state: state).answer(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/anomalies/{id}", operation: "getAnomaly", tag: Self.tag,
            summary: "One anomaly, with why it is one.", pathParameters: Self.thing.parameters,
            answers: [AnswerDescriptions.json("Anomaly", "The anomaly.")]
        ) { call in try await one(call) }
    }

    private var ofInterface: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/anomalies", operation: "listAnomaliesOfInterface", tag: Self.tag,
            summary: "Anomalies of one interface, the latest start first.", query: AnomalyList.parameters,
            pathParameters: InterfaceEditor.thing.parameters,
            answers: [
                AnswerDescriptions.list("AnomalyPage", "A page of anomalies; CSV has no explanation."), Self.impossible,
            ]
        ) { call in try await ofInterface(call) }
    }

    private var statistics: Route {
        Route(
            method: "GET", path: "/anomalies/statistics", operation: "getAnomalyStatistics", tag: Self.tag,
            summary: "How many anomalies there are and were, what the budget held back, and how the checks fare.",
            answers: [AnswerDescriptions.json("AnomalyStatistics", "The numbers.")]
        ) { _ in try await AnomalyCounts(state: state).answer() }
    }

    private func one(_ call: Call) async throws -> APIResponse {
        let anomaly = try await Self.require(call, state)
        let rows = try await AnomalyList(state: state).rows([anomaly])
        var writer = JSONWriter(reserving: 4_096)
        rows[0].write(to: &writer)
        return Answers.json(writer.bytes)
    }

    private func ofInterface(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        _ = try await InterfaceEditor(state: state).row(id)
        var own = AnomalyQuery(limit: 1)
        own.interfaces = [id]
        return try await AnomalyList(state: state).answer(call, of: own)
    }

    /// The anomaly that a path names; throws where there is none.
    static func require(_ call: Call, _ state: APIState) async throws -> Anomaly {
        try await thing.require(call) { id in try await state.services.catalog.anomaly(id) }
    }
}
