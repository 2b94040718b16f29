import Catalog
import Inventory
import Listing

/// `/silences`: alerts that are not sent for a while.
struct AlertSilenceRoutes: RouteGroup {
    let state: APIState
    private static let schema = SilenceRow.schema
    /// The event that tells of one.
    private static let event = "silence"
    private static let thing = PathThing(
        name: "silence", remedy: "GET /api/v1/silences shows the silences with their ids.")
    private static let impossible = CommonAnswers.problem(
        422, "The time is none or too long, or a matcher names no label or has no pattern of RE2.")

    var routes: [Route] {
        [list, create, one, change, expire, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/silences", operation: "listSilences", tag: AlertRoutes.tag,
            summary: "Silences, those that begin last first; state tells which hold.",
            query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("SilencePage", "A page of silences.")]
        ) { call in try await list(call) }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/silences", operation: "addSilence", tag: AlertRoutes.tag,
            summary: "Keeps alerts from being sent for a while.",
            doc: "They are found and kept all the same. One that was sent before and is over meanwhile is told to be "
                + "over; one that still fires when the silence ends is sent then.",
            body: BodyDescription(
                doc: "Which alerts, and for how long.",
                contents: [("application/json", SilenceChange.schema(of: .new))]),
            answers: [AnswerDescriptions.json("Silence", "The silence.", status: 201), Self.impossible]
        ) { call in try await create(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/silences/{id}", operation: "getSilence", tag: AlertRoutes.tag,
            summary: "One silence.", pathParameters: Self.thing.parameters,
            answers: [AnswerDescriptions.json("Silence", "The silence.")]
        ) { call in answer(try await require(call)) }
    }

    private var change: Route {
        Route(
            method: "PATCH", path: "/silences/{id}", operation: "changeSilence", tag: AlertRoutes.tag,
            summary: "Changes a silence; a field that is absent stays.", pathParameters: Self.thing.parameters,
            body: BodyDescription(
                doc: "What to change.", contents: [("application/json", SilenceChange.schema(of: .change))]),
            answers: [AnswerDescriptions.json("Silence", "The silence as it is now."), Self.impossible]
        ) { call in try await change(call) }
    }

    private var expire: Route {
        Route(
            method: "POST", path: "/silences/{id}/expire", operation: "expireSilence", tag: AlertRoutes.tag,
            summary: "Ends a silence now; it stays in the list.", pathParameters: Self.thing.parameters,
            answers: [
                AnswerDescriptions.json("Silence", "The silence as it is now."),
                CommonAnswers.problem(409, "It is over already."),
            ]
        ) { call in try await expire(call) }
    }

    private var remove: Route {
        Route.removal(
            of: Self.thing, "/silences/{id}", operation: "removeSilence", tag: AlertRoutes.tag,
            summary: "Removes a silence; it holds no more."
        ) { call in try await remove(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let rows = try await state.services.catalog.silences(endingAfter: nil).map { SilenceRow(silence: $0, now: now) }
        return try Answers.list(Listing(rows, schema: Self.schema), call)
    }

    private func create(_ call: Call) async throws -> APIResponse {
        let change = try SilenceChange(call.request, .new, now: state.services.now())
        let author = try await state.author(of: call)
        return try await save(try change.silence(by: author), .created, status: 201)
    }

    private func change(_ call: Call) async throws -> APIResponse {
        let change = try SilenceChange(call.request, .change, now: state.services.now())
        let stored = try await require(call)
        return try await save(try change.applied(to: stored), .changed)
    }

    private func expire(_ call: Call) async throws -> APIResponse {
        var silence = try await require(call)
        let now = state.services.now()
        guard silence.endsAt > now else {
            throw Problem.conflict(
                "the silence is over since \(silence.endsAt)", remedy: "Nothing is to be done; POST makes a new one.")
        }
        // One that has not begun ends as it begins.
        silence.startsAt = min(silence.startsAt, now)
        silence.endsAt = now
        return try await save(silence, .expired)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let id: SilenceID = try Self.thing.id(call)
        guard try await state.services.catalog.removeSilence(id) else { throw Self.thing.missing("\(id)") }
        await state.services.alerts.nudge()
        state.events.publish(removalOf: id.description, from: Self.event)
        return Answers.nothing
    }

    private func require(_ call: Call) async throws -> Silence {
        try await Self.thing.require(call) { (id: SilenceID) -> Silence? in
            let all = try await state.services.catalog.silences(endingAfter: nil)
            return all.first { $0.id == id }
        }
    }

    /// Keeps a silence, tells whoever decides by it and whoever watches, and answers it.
    func save(_ silence: Silence, _ turn: RecordTurn, status: Int = 200) async throws -> APIResponse {
        try await state.services.catalog.saveSilence(silence)
        await state.services.alerts.nudge()
        state.events.publish(Self.event, turn) { Self.schema.writeMembers(row(of: silence), to: &$0) }
        return answer(silence, status: status)
    }

    private func answer(_ silence: Silence, status: Int = 200) -> APIResponse {
        Answers.row(row(of: silence), Self.schema, status: status)
    }

    private func row(of silence: Silence) -> SilenceRow { SilenceRow(silence: silence, now: state.services.now()) }
}
