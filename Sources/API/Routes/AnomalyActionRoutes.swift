import Baselines
import Catalog
import Inventory
import Listing

/// `/anomalies/actions`: what operators say of anomalies.
struct AnomalyActionRoutes: RouteGroup {
    let state: APIState
    private static let schema = AnomalyActionRow.schema
    private static let thing = PathThing(
        name: "action", remedy: "GET /api/v1/anomalies/actions shows what was said with its ids.")

    var routes: [Route] {
        [list, act, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/anomalies/actions", operation: "listAnomalyActions", tag: AnomalyRoutes.tag,
            summary: "What operators said of anomalies, the latest first.", query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("AnomalyActionPage", "A page of what was said.")]
        ) { call in try await list(call) }
    }

    private var act: Route {
        Route(
            method: "POST", path: "/anomalies/{id}/actions", operation: "actOnAnomaly", tag: AnomalyRoutes.tag,
            summary: "Says of an anomaly that it is expected or the new normal, or mutes it.",
            doc: "What is said is kept and learnt from: it counts for samples after it.",
            pathParameters: AnomalyRoutes.thing.parameters,
            body: BodyDescription(
                doc: "What to say of it.", contents: [("application/json", AnomalyActionChange.schema)]),
            answers: [
                AnswerDescriptions.json("AnomalyAction", "What was said.", status: 201),
                CommonAnswers.problem(422, "The time is past, or too far ahead."),
            ]
        ) { call in try await act(call) }
    }

    private var remove: Route {
        Route.removal(
            of: Self.thing, "/anomalies/actions/{id}", operation: "removeAnomalyAction", tag: AnomalyRoutes.tag,
            summary: "Takes back what an operator said.",
            doc: "What was learnt from it stays until POST /baselines/relearn."
        ) { call in try await remove(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let rows = try await rows(try await state.services.catalog.anomalyActions(after: nil))
        return try Answers.list(Listing(rows, schema: Self.schema), call)
    }

    private func act(_ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let change = try AnomalyActionChange(call.request, now: now)
        let anomaly = try await AnomalyRoutes.require(call, state)
        var action = AnomalyAction(kind: change.kind, interfaceID: anomaly.interfaceID, at: now)
        action.anomalyID = change.scope == .anomaly ? anomaly.id : nil
        action.side = change.scope == .interface ? nil : anomaly.side
        action.until = change.until
        action.note = change.note
        action.author = try await state.author(of: call)
        try await state.services.catalog.saveAnomalyAction(action)
        await AnomalyStates(state: state).follow(action, of: anomaly.id, at: now)
        let rows = try await rows([action])
        return Answers.row(rows[0], Self.schema, status: 201)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let catalog = state.services.catalog
        let known = try await Self.thing.require(call) { (id: AnomalyActionID) -> AnomalyAction? in
            let known = try await catalog.anomalyAction(id)
            let isRemoved = try await catalog.removeAnomalyAction(id)
            return isRemoved ? known : nil
        }
        await AnomalyStates(state: state).follow(known, of: known.anomalyID, at: state.services.now())
        return Answers.nothing
    }

    private func rows(_ actions: [AnomalyAction]) async throws -> [AnomalyActionRow] {
        let places = try await state.interfaces.value().listing
        let now = state.services.now()
        return actions.map { AnomalyActionRow(action: $0, place: places.row(RowID($0.interfaceID)), now: now) }
    }
}
