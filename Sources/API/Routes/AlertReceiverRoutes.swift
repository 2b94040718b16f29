import Alerting
import Catalog
import Inventory
import Listing

/// `/receivers` and `/deliveries`: who can be told, and what they were told.
struct AlertReceiverRoutes: RouteGroup {
    let state: APIState
    private static let schema = ReceiverRow.schema
    private static let weekSeconds = 7.0 * 86_400
    private static let nameRule = TextRule.text(max: 255, min: 1)

    var routes: [Route] {
        [list, trial, deliveries]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/receivers", operation: "listReceivers", tag: AlertRoutes.tag,
            summary: "Who can be told of alerts, without secrets, and how deliveries go.",
            query: Self.schema.listParameters(limitDefault: ShortLists.limitDefault),
            answers: [AnswerDescriptions.list("ReceiverPage", "A page of receivers.")]
        ) { call in try await list(call) }
    }

    private var trial: Route {
        Route(
            method: "POST", path: "/receivers/{name}/trial", operation: "tryReceiver", tag: AlertRoutes.tag,
            summary: "Sends a receiver a message that says that it is a trial, and tells what became of it.",
            pathParameters: [
                PathParameter(name: "name", doc: "Name of the receiver.", schema: Self.nameRule.schema)
            ],
            answers: [AnswerDescriptions.json("ReceiverTrial", "What became of it; is_taken tells.")]
        ) { call in try await trial(call) }
    }

    private var deliveries: Route {
        Route(
            method: "GET", path: "/deliveries", operation: "listDeliveries", tag: AlertRoutes.tag,
            summary: "What receivers were told and are to be told, the latest first.",
            query: DeliveryList.schema.listParameters(),
            answers: [
                AnswerDescriptions.list("DeliveryPage", "A page of deliveries."),
                CommonAnswers.problem(
                    422, "The cursor belongs to another list, or too much would have to be put in order."),
            ]
        ) { call in try await DeliveryList(state: state).answer(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let source = state.services.alerts
        let since = state.services.now().advanced(bySeconds: -Self.weekSeconds)
        let counts = try await state.services.catalog.deliveryCounts(since: since)
        let rows = ReceiverRow.all(source.receivers(), used: ReceiverRow.used(source.rules().file.route), counts)
        return try Answers.list(Listing(rows, schema: Self.schema), call, limitDefault: ShortLists.limitDefault)
    }

    private func trial(_ call: Call) async throws -> APIResponse {
        let name = call.path["name"] ?? ""
        let source = state.services.alerts
        guard source.receivers().contains(where: { $0.name == name }), let trial = source.trial else {
            throw Problem.notFound(
                "receiver", name, remedy: "GET /api/v1/receivers lists them; the alert file describes them.")
        }
        let outcome = await trial(name)
        return Answers.json([
            "receiver": .string(name), "is_taken": .boolean(outcome.refusal == nil),
            "refusal": outcome.refusal.map(JSONValue.string) ?? .null, "seconds": .real(outcome.seconds),
        ])
    }

    /// What became of a trial, in the document.
    static let trialSchema = Schema.object([
        ("receiver", Schema.string()), ("is_taken", Schema.boolean("Whether the receiver took the message.")),
        ("refusal", Schema.documented(Schema.nullable(Schema.string()), "Why it did not, and what to do.")),
        ("seconds", Schema.number("How long it took.")),
    ])
}
