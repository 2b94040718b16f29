import Baselines
import Catalog
import Inventory
import Listing

/// `/anomalies/actions`: what operators say of anomalies.
struct AnomalyActionRoutes: RouteGroup {
    let state: APIState
    private static let schema = AnomalyActionRow.schema

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
            pathParameters: [PathParameters.id("Id of the anomaly.")],
            body: BodyDescription(
                doc: "What to say of it.", contents: [("application/json", AnomalyActionChange.schema)]),
            answers: [
                AnswerDescriptions.json("AnomalyAction", "What was said.", status: 201),
                CommonAnswers.problem(422, "The time is past, or too far ahead."),
            ]
        ) { call in try await act(call) }
    }

    private var remove: Route {
        Route(
            method: "DELETE", path: "/anomalies/actions/{id}", operation: "removeAnomalyAction",
            tag: AnomalyRoutes.tag, summary: "Takes back what an operator said.",
            doc: "What was learnt from it stays until POST /baselines/relearn.",
            pathParameters: [PathParameters.id("Id of what was said.")], answers: [AnswerDescriptions.nothing]
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
        action.author = try await author(call)
        try await state.services.catalog.saveAnomalyAction(action)
        try await AnomalyStates(state: state).follow(action, of: anomaly.id, at: now)
        let rows = try await rows([action])
        return Answers.row(rows[0], Self.schema, status: 201)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let text = call.path["id"] ?? ""
        let missing = Problem.notFound(
            "action", text, remedy: "GET /api/v1/anomalies/actions shows what was said with its ids.")
        guard text.utf8.count == 36, let id = AnomalyActionID(text) else { throw missing }
        let known = try await state.services.catalog.anomalyActions(after: nil).first { $0.id == id }
        guard let known, try await state.services.catalog.removeAnomalyAction(id) else { throw missing }
        try await AnomalyStates(state: state).follow(known, of: known.anomalyID, at: state.services.now())
        return Answers.nothing
    }

    /// Name of the access token of a call; nil where none is needed.
    private func author(_ call: Call) async throws -> String? {
        guard state.settings.requiresToken, call.request.origin == .network else { return nil }
        let hash = RequestGuard(services: state.services, settings: state.settings).tokenHash(call.request)
        return try await state.services.catalog.accessTokens().first { $0.hash == hash }?.name
    }

    private func rows(_ actions: [AnomalyAction]) async throws -> [AnomalyActionRow] {
        let places = try await state.interfaces.value().listing
        let now = state.services.now()
        return actions.map { AnomalyActionRow(action: $0, place: places.row(RowID($0.interfaceID)), now: now) }
    }
}
