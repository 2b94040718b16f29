import Catalog
import Inventory
import Listing

/// `/alerts`: what is wrong, what was, and what operators say of it.
struct AlertRoutes: RouteGroup {
    let state: APIState
    static let tag = "alerts"
    static let thing = PathThing(
        name: "alert", remedy: "GET /api/v1/alerts/history shows the alerts with their ids.")
    private static let impossible = CommonAnswers.problem(
        422, "There is no such time, the cursor belongs to another list, or too much would have to be put in order.")

    var routes: [Route] {
        [list, history, statistics, one, say(.acknowledge), say(.unacknowledge), silence]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/alerts", operation: "listAlerts", tag: Self.tag,
            summary: "Alerts that are not over, the latest start first.",
            doc: "Where state or is_over is asked for, alerts that are over are among them. Those that nobody is told "
                + "of are listed too: hold tells why.",
            query: AlertList.parameters,
            answers: [
                AnswerDescriptions.list("AlertPage", "A page of alerts; CSV has no labels and no cause."),
                Self.impossible,
            ]
        ) { call in try await AlertList(state: state).answer(call, of: Self.question(call)) }
    }

    private var history: Route {
        Route(
            method: "GET", path: "/alerts/history", operation: "listAlertHistory", tag: Self.tag,
            summary: "All alerts, those that are over too, the latest start first.",
            doc: "from and to choose those that lasted into that time.", query: AlertList.parameters,
            answers: [
                AnswerDescriptions.list("AlertPage", "A page of alerts; CSV has no labels and no cause."),
                Self.impossible,
            ]
        ) { call in try await AlertList(state: state).answer(call) }
    }

    private var statistics: Route {
        Route(
            method: "GET", path: "/alerts/statistics", operation: "getAlertStatistics", tag: Self.tag,
            summary: "How many alerts there are and were, how soon they were seen to, who is noisy, who was told.",
            doc: "Days are those of the configured zone.", query: [AlertCounts.daysParameter],
            answers: [AnswerDescriptions.json("AlertStatistics", "The numbers.")]
        ) { call in try await AlertCounts(state: state).answer(call) }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/alerts/{id}", operation: "getAlert", tag: Self.tag,
            summary: "One alert: what was known, what happened to it, what it explains, who was told.",
            doc: "The \(AlertStory.explainedMax) it explains that began last, where there are more, and the last "
                + "\(AlertStory.deliveriesMax) deliveries.",
            pathParameters: Self.thing.parameters,
            answers: [AnswerDescriptions.json("AlertStory", "The alert.")]
        ) { call in try await one(call) }
    }

    private func say(_ kind: AlertAction.Kind) -> Route {
        let isTaken = kind == .acknowledge
        return Route(
            method: "POST", path: "/alerts/{id}/\(kind.rawValue)", operation: "\(kind.rawValue)Alert", tag: Self.tag,
            summary: isTaken ? "Says that somebody sees to an alert." : "Says that nobody sees to an alert any more.",
            doc: "The answer is 201 as soon as it is stored; the state of the alert follows within seconds."
                + (isTaken ? " Nobody is reminded of it or told in their place until then." : ""),
            pathParameters: Self.thing.parameters,
            body: BodyDescription(
                doc: "What to say; may be empty.", contents: [("application/json", AlertActionChange.schema(kind))],
                isRequired: false),
            answers: [
                AnswerDescriptions.json("AlertAction", "What was said.", status: 201),
                CommonAnswers.problem(409, "The alert is over, or does not fire yet."),
                CommonAnswers.problem(422, "The time is past, or too far ahead."),
            ]
        ) { call in try await say(kind, call) }
    }

    private var silence: Route {
        Route(
            method: "POST", path: "/alerts/{id}/silence", operation: "silenceAlert", tag: Self.tag,
            summary: "Keeps alerts like this one from being sent for a while.",
            doc: "It makes a silence of the alert's alertname, device and interface, or system: what else goes wrong "
                + "there is told all the same. /silences shows it, changes it and ends it.",
            pathParameters: Self.thing.parameters,
            body: BodyDescription(
                doc: "For how long.", contents: [("application/json", SilenceChange.schema(of: .alert))]),
            answers: [
                AnswerDescriptions.json("Silence", "The silence.", status: 201),
                CommonAnswers.problem(409, "The alert is over, or its device or interface is not known by name."),
                CommonAnswers.problem(422, "The time is none or too long."),
            ]
        ) { call in try await silence(call) }
    }

    /// What is asked of the catalog: alerts that are not over, where a call does not speak of that itself.
    private static func question(_ call: Call) -> AlertQuery {
        var question = AlertQuery(limit: 1)
        let columns = ["state", "is_over", "resolved_at"]
        let speaks = call.query.contains { parameter in
            columns.contains { parameter.name == $0 || parameter.name.hasPrefix("\($0)__") }
        }
        if !speaks { question.states = AlertState.open }
        return question
    }

    private func one(_ call: Call) async throws -> APIResponse {
        try await AlertStory(state: state).answer(try await require(call))
    }

    private func say(_ kind: AlertAction.Kind, _ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let change = try AlertActionChange(call.request, kind: kind, now: now)
        let alert = try await requireOpen(call)
        guard alert.firedAt != nil else {
            throw Problem.conflict(
                "the alert is pending: it does not fire before it has held for as long as its rule asks",
                remedy: "Say it when it fires, or POST to /api/v1/alerts/\(alert.id)/silence.")
        }
        var action = AlertAction(alertID: alert.id, kind: kind, at: now)
        (action.until, action.note) = (change.until, change.note)
        action.author = try await state.author(of: call)
        let stored = try await state.services.catalog.addAlertAction(action)
        await state.services.alerts.nudge()
        return Answers.row(stored, AlertActionColumns.schema, status: 201)
    }

    private func silence(_ call: Call) async throws -> APIResponse {
        let now = state.services.now()
        let change = try SilenceChange(call.request, .alert, now: now)
        let alert = try await requireOpen(call)
        guard let matchers = AlertMatcher.thoseOf(alert) else {
            throw Problem.conflict(
                "the device or interface of the alert has no name, and a silence of the rest would be too wide",
                remedy: "POST /api/v1/silences takes matchers; GET /api/v1/alerts/\(alert.id) shows the labels.")
        }
        let silence = try change.silence(of: matchers, by: try await state.author(of: call))
        return try await AlertSilenceRoutes(state: state).save(silence, .created, status: 201)
    }

    private func requireOpen(_ call: Call) async throws -> Alert {
        let alert = try await require(call)
        guard alert.isOpen else {
            let since = alert.resolvedAt.map { " since \($0)" } ?? ""
            throw Problem.conflict(
                "the alert is over\(since)",
                remedy: "Nothing is to be done; GET /api/v1/alerts lists those that are not.")
        }
        return alert
    }

    private func require(_ call: Call) async throws -> Alert {
        try await Self.thing.require(call) { id in try await state.services.catalog.alert(id) }
    }
}
