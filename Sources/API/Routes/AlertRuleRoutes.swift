import Alerting
import Catalog
import Inventory
import Listing
import RuleText

/// `/alerts/rules` and `/alerts/replay`: by which rules alerts are found, and what others would have found.
struct AlertRuleRoutes: RouteGroup {
    let state: APIState
    private static let fileRule = TextRule.text(max: AlertFile.octetsMax)

    var routes: [Route] {
        [list, check, replay]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/alerts/rules", operation: "listAlertRules", tag: AlertRoutes.tag,
            summary: "The alert rules in force, in the order in which they are asked.",
            doc: "Of the rules for a condition the first that fits decides. With interface_id or device_id only the "
                + "rules that decide about that entity, at most one for each condition; with both those of either. "
                + "is_watched is false where it is not looked at. problems are those of the operator's file.",
            query: AlertRuleRow.schema.listParameters(limitDefault: ShortLists.limitDefault) + [
                QueryParameter(
                    name: "interface_id", doc: "Only the rules that decide about this interface.",
                    schema: Schema.identifier),
                QueryParameter(
                    name: "device_id", doc: "Only the rules that decide about this device itself.",
                    schema: Schema.identifier),
            ],
            answers: [
                AnswerDescriptions.list("AlertRulePage", "A page of rules; CSV has no where, labels and problems."),
                CommonAnswers.problem(422, "There is no such device or interface, or the cursor is of another list."),
            ]
        ) { call in try await list(call) }
    }

    private var check: Route {
        Route(
            method: "POST", path: "/alerts/rules/check", operation: "checkAlertRules", tag: AlertRoutes.tag,
            summary: "Checks an alert file: rules, routes and receivers.",
            body: BodyDescription(
                doc: "The text of the alert file.",
                contents: [("application/json", Schema.object([("rules", Self.fileRule.schema)]))]),
            answers: [
                AnswerDescription(
                    status: 200, doc: "What is wrong or doubtful; valid is false where the file cannot be used.",
                    contents: [
                        (
                            "application/json",
                            Schema.object([
                                ("valid", Schema.boolean()),
                                ("problems", Schema.array(Schema.reference("RuleProblem"))),
                            ])
                        )
                    ])
            ]
        ) { call in try await check(call) }
    }

    private var replay: Route {
        Route(
            method: "POST", path: "/alerts/replay", operation: "replayAlertRules", tag: AlertRoutes.tag,
            summary: "Says which alerts rules would have raised in stored history, by the engine that is at work.",
            doc: "The rules of a text, else those in force; rule, device_id and interface_id choose what is told. The "
                + "last 24 hours where no time is given. Nobody is told and nothing is stored.",
            body: BodyDescription(
                doc: "Which rules, which time, whose; may be empty.",
                contents: [("application/json", AlertReplayChange.schema)],
                isRequired: false),
            answers: [
                AnswerDescriptions.json("AlertReplay", "The alerts there would have been, the first first."),
                CommonAnswers.problem(422, "The file has errors, or there is no such rule, time, device or interface."),
            ]
        ) { call in try await replay(call) }
    }

    // MARK: - Rules

    private func list(_ call: Call) async throws -> APIResponse {
        let own = ["interface_id", "device_id"]
        let rest = Call(
            request: call.request, path: call.path, query: call.query.filter { !own.contains($0.name) },
            queryErrors: call.queryErrors)
        let inForce = state.services.alerts.rules()
        var query = try rest.listQuery(AlertRuleRow.schema)
        let (rows, isWatched) = try await deciding(AlertRuleRow.all(inForce.file), call)
        let listing = Listing(rows, schema: AlertRuleRow.schema)
        if try Answers.wantsCSV(call) { return try Answers.list(listing, rest, limitDefault: ShortLists.limitDefault) }
        if call.value("limit") == nil { query.limit = ShortLists.limitDefault }
        let page = try listing.page(query)
        var writer = JSONWriter(reserving: 800 * (page.items.count + 1))
        writer.beginObject()
        writer.array("items", page.items) { $1.write(to: &$0) }
        writer.member("next_cursor", page.nextCursor)
        writer.member("total", Int64(page.total))
        writer.array("problems", inForce.problems) { $0.value(RuleDocuments.problem($1)) }
        writer.member("is_watched", isWatched)
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    /// Those that decide about either entity a call names, all where it names none; and whether they are looked at.
    private func deciding(
        _ rows: [AlertRuleRow], _ call: Call
    ) async throws -> (rows: [AlertRuleRow], isWatched: Bool?) {
        let interface = try identifier("interface_id", call, of: Interface.self)
        let device = try identifier("device_id", call, of: Device.self)
        guard interface != nil || device != nil else { return (rows, nil) }
        let book = AlertRuleBook(rows.map(\.rule))
        var (wanted, isWatched) = (Set<String>(), true)
        if let interface {
            let found = try await rules(of: interface, book)
            wanted.formUnion(found.rules)
            isWatched = found.isWatched
        }
        if let device {
            let found = try await rules(of: device, book)
            wanted.formUnion(found.rules)
            isWatched = isWatched && found.isWatched
        }
        return (rows.filter { wanted.contains($0.rule.id) }, isWatched)
    }

    private func rules(
        of id: InterfaceID, _ book: AlertRuleBook
    ) async throws -> (rules: Set<String>, isWatched: Bool) {
        let found = try await state.services.catalog.interfaces(withIDs: [id])
        guard let interface = found.first else { throw TopologyFinder.noInterface(id) }
        let devices = try await state.services.catalog.devices(.ids([interface.deviceID]))
        guard let device = devices.first else { throw TopologyFinder.noInterface(id) }
        let conditions = AlertCondition.allCases.filter { $0.subject == .interface }
        let rules = Set(conditions.compactMap { book.rule(for: $0, of: interface, on: device)?.id })
        let isThere = interface.enabled && interface.missingSince == nil
        let isWatched = device.enabled && isThere && interface.monitoringEnabled
        return (rules, isWatched)
    }

    private func rules(of id: DeviceID, _ book: AlertRuleBook) async throws -> (rules: Set<String>, isWatched: Bool) {
        let found = try await state.services.catalog.devices(.ids([id]))
        guard let device = found.first else { throw Self.noDevice(id) }
        let conditions = AlertCondition.allCases.filter { $0.subject == .device }
        return (Set(conditions.compactMap { book.rule(for: $0, of: device)?.id }), device.enabled)
    }

    private func identifier<Entity>(
        _ name: String, _ call: Call, of _: Entity.Type
    ) throws(Problem) -> Identifier<Entity>? {
        guard let text = call.value(name) else { return nil }
        guard text.utf8.count == 36, let id = Identifier<Entity>(text) else {
            let detail = "a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e is expected"
            throw .badQuery([ProblemError(field: name, value: text, detail: detail)])
        }
        return id
    }

    private func check(_ call: Call) async throws -> APIResponse {
        var fields = try BodyFields(call.request)
        let text = fields.required("rules", fields.text("rules", Self.fileRule, secret: true)) ?? ""
        try fields.finish()
        let problems = await state.services.alerts.check(text)
        return Answers.json([
            "valid": .boolean(!problems.contains { $0.severity == .error }),
            "problems": .array(problems.map(RuleDocuments.problem)),
        ])
    }

    // MARK: - Replay

    private func replay(_ call: Call) async throws -> APIResponse {
        let source = state.services.alerts
        let change = try AlertReplayChange(
            call.request, now: state.services.now(), keptSeconds: state.services.metrics.retentionSeconds)
        var problems: [RuleFileProblem] = []
        if let text = change.text { problems = await source.check(text) }
        let question = try change.question(inForce: source.rules().file, problems: problems)
        try await requireKnown(change.choice)
        guard let replay = source.replay else {
            throw Problem.unavailable(
                "no history is kept here that could be judged again",
                remedy: "Start the server with a time-series store; /api/v1/health tells how it stands.")
        }
        let answer = try await state.alertReplays.pass(Int.max) { try await replay(question) }
        return Answers.json(AlertReplayDocument(answer: answer, choice: change.choice).json)
    }

    private func requireKnown(_ choice: ReplayChoice) async throws {
        if let id = choice.device {
            let found = try await state.services.catalog.devices(.ids([id]))
            if found.isEmpty { throw Self.noDevice(id) }
        }
        if let id = choice.interface {
            let found = try await state.services.catalog.interfaces(withIDs: [id])
            if found.isEmpty { throw TopologyFinder.noInterface(id) }
        }
    }

    private static func noDevice(_ id: DeviceID) -> Problem {
        TopologyFinder.refusal(
            "device_id", id.description, "no device has this id",
            remedy: "GET /api/v1/devices shows the devices with their ids.")
    }
}
