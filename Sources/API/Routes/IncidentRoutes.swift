import Catalog
import Inventory
import Listing

/// `/incidents`: anomalies that are one story.
struct IncidentRoutes: RouteGroup {
    let state: APIState

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
            doc: "At most \(IncidentList.membersMax) of them; anomaly_ids names all.",
            pathParameters: [PathParameters.id("Id of the incident.")],
            answers: [AnswerDescriptions.json("IncidentStory", "The incident.")]
        ) { call in try await one(call) }
    }

    private func one(_ call: Call) async throws -> APIResponse {
        let text = call.path["id"] ?? ""
        let missing = Problem.notFound(
            "incident", text, remedy: "GET /api/v1/incidents shows the incidents with their ids.")
        guard text.utf8.count == 36, let id = IncidentID(text) else { throw missing }
        let found = try await state.services.catalog.incident(id)
        guard let found else { throw missing }
        return try await IncidentList(state: state).one(found)
    }
}
