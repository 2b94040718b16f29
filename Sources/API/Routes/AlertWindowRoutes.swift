import Catalog
import Inventory
import Listing

/// `/maintenance-windows`: planned work, once or again and again.
struct AlertWindowRoutes: RouteGroup {
    let state: APIState
    private static let schema = WindowRow.schema
    /// The event that tells of one.
    private static let event = "maintenance_window"
    private static let thing = PathThing(
        name: "maintenance window", remedy: "GET /api/v1/maintenance-windows shows the windows with their ids.")
    private static let impossible = CommonAnswers.problem(
        422, "The times do not go together, or there is no such schedule, zone or pattern.")

    var routes: [Route] {
        [list, create, one, change, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/maintenance-windows", operation: "listMaintenanceWindows", tag: AlertRoutes.tag,
            summary: "Maintenance windows by name, with the times at which they begin next.",
            query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("MaintenanceWindowPage", "A page of windows.")]
        ) { call in try await list(call) }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/maintenance-windows", operation: "addMaintenanceWindow", tag: AlertRoutes.tag,
            summary: "Plans work: alerts it covers are not sent while it is open.",
            doc: "Those that fired before it began are told no further either; what was told before and is over "
                + "meanwhile is told to be over. One that still fires when the window ends is sent then. matchers must "
                + "be said: [] covers all alerts. A schedule follows the clocks of its zone.",
            body: BodyDescription(
                doc: "What it covers, when it begins and how long it lasts.",
                contents: [("application/json", WindowChange.schema(isNew: true))]),
            answers: [AnswerDescriptions.json("MaintenanceWindow", "The window.", status: 201), Self.impossible]
        ) { call in try await create(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/maintenance-windows/{id}", operation: "getMaintenanceWindow", tag: AlertRoutes.tag,
            summary: "One maintenance window.", pathParameters: Self.thing.parameters,
            answers: [AnswerDescriptions.json("MaintenanceWindow", "The window.")]
        ) { call in answer(try await require(call)) }
    }

    private var change: Route {
        Route(
            method: "PATCH", path: "/maintenance-windows/{id}", operation: "changeMaintenanceWindow",
            tag: AlertRoutes.tag, summary: "Changes a maintenance window; a field that is absent stays.",
            pathParameters: Self.thing.parameters,
            body: BodyDescription(
                doc: "What to change.", contents: [("application/json", WindowChange.schema(isNew: false))]),
            answers: [AnswerDescriptions.json("MaintenanceWindow", "The window as it is now."), Self.impossible]
        ) { call in try await change(call) }
    }

    private var remove: Route {
        Route.removal(
            of: Self.thing, "/maintenance-windows/{id}", operation: "removeMaintenanceWindow", tag: AlertRoutes.tag,
            summary: "Removes a maintenance window; one that is open ends."
        ) { call in try await remove(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let rows = try await state.services.catalog.maintenanceWindows().map { WindowRow($0, at: now) }
        return try Answers.list(Listing(rows, schema: Self.schema), call)
    }

    private func create(_ call: Call) async throws -> APIResponse {
        let change = try WindowChange(call.request, isNew: true, now: state.services.now())
        let author = try await state.author(of: call)
        let window = try change.window(in: state.services.anomalies.zone.name, by: author)
        return try await save(window, .created, status: 201)
    }

    private func change(_ call: Call) async throws -> APIResponse {
        let change = try WindowChange(call.request, isNew: false, now: state.services.now())
        let stored = try await require(call)
        return try await save(try change.applied(to: stored), .changed)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let id: MaintenanceWindowID = try Self.thing.id(call)
        guard try await state.services.catalog.removeMaintenanceWindow(id) else {
            throw Self.thing.missing("\(id)")
        }
        await state.services.alerts.nudge()
        state.events.publish(removalOf: id.description, from: Self.event)
        return Answers.nothing
    }

    private func require(_ call: Call) async throws -> MaintenanceWindow {
        try await Self.thing.require(call) { (id: MaintenanceWindowID) -> MaintenanceWindow? in
            let all = try await state.services.catalog.maintenanceWindows()
            return all.first { $0.id == id }
        }
    }

    private func save(
        _ window: MaintenanceWindow, _ turn: RecordTurn, status: Int = 200
    ) async throws -> APIResponse {
        try await state.services.catalog.saveMaintenanceWindow(window)
        await state.services.alerts.nudge()
        let row = WindowRow(window, at: state.services.now())
        state.events.publish(Self.event, turn) { Self.schema.writeMembers(row, to: &$0) }
        return Answers.row(row, Self.schema, status: status)
    }

    private func answer(_ window: MaintenanceWindow) -> APIResponse {
        Answers.row(WindowRow(window, at: state.services.now()), Self.schema)
    }
}
