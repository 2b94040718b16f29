import Catalog
import Inventory
import Listing

/// `/incidents`: anomalies that are one story.
struct IncidentRoutes: RouteGroup {
    let state: APIState
    private static let thing = PathThing(
        name: "incident", remedy: "GET /api/v1/incidents shows the incidents with their ids.")

    var routes: [Route] {
        [list, one]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/incidents", operation: "listIncidents", tag: AnomalyRoutes.tag,
            summary: "Incidents: anomalies that began together, the latest start first.",
            query: IncidentList.parameters,
            answers: [
                AnswerDescriptions.list("IncidentPage", "A page of incidents."),
                CommonAnswers.problem(
                    422,
                    "There is no such time, the cursor belongs to another list, or too much would have to be put "
                        + "in order."),
            ]
        ) { call in try await IncidentList(state: state).answer(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/incidents/{id}", operation: "getIncident", tag: AnomalyRoutes.tag,
            summary: "One incident with its anomalies.",
            doc: "The \(IncidentList.membersMax) that began last, where there are more; anomaly_ids names all.",
            pathParameters: Self.thing.parameters,
            answers: [AnswerDescriptions.json("IncidentStory", "The incident.")]
        ) { call in try await one(call) }
    }

    private func one(_ call: Call) async throws -> APIResponse {
        let found = try await Self.thing.require(call) { id in try await state.services.catalog.incident(id) }
        return try await IncidentList(state: state).one(found)
    }
}
