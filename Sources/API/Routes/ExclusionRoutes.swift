import Catalog
import Inventory
import Listing

/// `/baselines/exclusions`: times that are neither alarmed nor learnt from.
struct ExclusionRoutes: RouteGroup {
    let state: APIState
    private static let schema = ExclusionRow.schema

    var routes: [Route] {
        [list, create, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/baselines/exclusions", operation: "listBaselineExclusions", tag: BaselineRoutes.tag,
            summary: "Times that are neither alarmed nor learnt from: maintenance, and what was not ordinary.",
            query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("BaselineExclusionPage", "A page of excluded times.")]
        ) { call in try await list(call) }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/baselines/exclusions", operation: "addBaselineExclusion", tag: BaselineRoutes.tag,
            summary: "Excludes a time from alarms and learning.",
            doc: "It counts for what is checked from now on. Where it is past, POST /baselines/relearn learns anew "
                + "without it.",
            body: BodyDescription(
                doc: "Which time, whose traffic.", contents: [("application/json", ExclusionChange.schema)]),
            answers: [
                AnswerDescriptions.json("BaselineExclusion", "The excluded time.", status: 201),
                CommonAnswers.problem(422, "There is no such device or interface, or no such time."),
            ]
        ) { call in try await create(call) }
    }

    private var remove: Route {
        Route(
            method: "DELETE", path: "/baselines/exclusions/{id}", operation: "removeBaselineExclusion",
            tag: BaselineRoutes.tag, summary: "Removes an excluded time.",
            pathParameters: [PathParameters.id("Id of the excluded time.")], answers: [AnswerDescriptions.nothing]
        ) { call in try await remove(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let rows = try await rows(try await state.services.catalog.baselineExclusions())
        return try Answers.list(Listing(rows, schema: Self.schema), call)
    }

    private func create(_ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let change = try ExclusionChange(call.request, now: now)
        try await requireKnown(change.scope)
        var exclusion = BaselineExclusion(scope: change.scope, from: change.from, to: change.to, at: now)
        exclusion.reason = change.reason
        try await state.services.catalog.saveBaselineExclusion(exclusion)
        let rows = try await rows([exclusion])
        return Answers.row(rows[0], Self.schema, status: 201)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let text = call.path["id"] ?? ""
        let missing = Problem.notFound(
            "excluded time", text, remedy: "GET /api/v1/baselines/exclusions shows them with their ids.")
        guard text.utf8.count == 36, let id = BaselineExclusionID(text) else { throw missing }
        guard try await state.services.catalog.removeBaselineExclusion(id) else { throw missing }
        return Answers.nothing
    }

    private func requireKnown(_ scope: ExclusionScope) async throws {
        switch scope {
        case .all, .tag: break
        case .device(let id):
            guard try await state.services.catalog.devices(.ids([id])).isEmpty else { return }
            throw TopologyFinder.refusal(
                "device_id", id.description, "no device has this id",
                remedy: "GET /api/v1/devices shows the devices with their ids.")
        case .interface(let id):
            guard try await state.services.catalog.interfaces(withIDs: [id]).isEmpty else { return }
            throw TopologyFinder.refusal(
                "interface_id", id.description, "no interface has this id",
                remedy: "GET /api/v1/interfaces/list shows the interfaces with their ids.")
        }
    }

    private func rows(_ exclusions: [BaselineExclusion]) async throws -> [ExclusionRow] {
        let devices = try await state.devices.value()
        let interfaces = try await state.interfaces.value().listing
        let now = state.services.now()
        return exclusions.map { exclusion in
            var row = ExclusionRow(exclusion: exclusion, now: now)
            switch exclusion.scope {
            case .all, .tag: break
            case .device(let id): row.deviceName = devices.row(RowID(id))?.name
            case .interface(let id):
                let place = interfaces.row(RowID(id))
                (row.deviceName, row.interfaceName) = (place?.deviceName, place?.interface.displayName)
            }
            return row
        }
    }
}
