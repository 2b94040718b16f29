import Catalog
import Inventory
import Listing

/// `/baselines/exclusions`: times that are neither alarmed nor learnt from.
struct ExclusionRoutes: RouteGroup {
    let state: APIState
    private static let schema = ExclusionRow.schema
    private static let thing = PathThing(
        name: "excluded time", remedy: "GET /api/v1/baselines/exclusions shows them with their ids.")

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
            doc: "It counts for what is checked from now on. Where it is past, the server learns anew without it at "
                + "its next check, as far as readings are kept.",
            body: BodyDescription(
                doc: "Which time, whose traffic.", contents: [("application/json", ExclusionChange.schema)]),
            answers: [
                AnswerDescriptions.json("BaselineExclusion", "The excluded time.", status: 201),
                CommonAnswers.problem(422, "There is no such device or interface, or no such time."),
            ]
        ) { call in try await create(call) }
    }

    private var remove: Route {
        Route.removal(
            of: Self.thing, "/baselines/exclusions/{id}", operation: "removeBaselineExclusion",
            tag: BaselineRoutes.tag, summary: "Removes an excluded time.",
            doc: "It counts for what is checked from now on. What was left out of learning stays left out until POST "
                + "/baselines/relearn."
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
        try await Self.thing.require(call) { id in
            try await state.services.catalog.removeBaselineExclusion(id) ? Answers.nothing : nil
        }
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
            throw TopologyFinder.noInterface(id)
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
