import Baselines
import Catalog
import Inventory
import Listing

extension JobNames {
    /// Learns the baselines of critical interfaces, or of all: subject `all`.
    static let learnBaselines = "learn-baselines"
    /// Learns anew from what is stored: of an interface, its subject, or of all: subject `all`.
    static let relearnBaselines = "relearn-baselines"
}

/// `/baselines`: what is usual, and how it is learnt.
struct BaselineRoutes: RouteGroup {
    let state: APIState
    static let tag = "baselines"
    /// Subject of jobs about all interfaces.
    private static let allInterfaces = "all"

    private enum Scope: String, CaseIterable {
        case critical
        case all
    }

    var routes: [Route] {
        [statistics, ofInterface, learn, relearn]
    }

    private var statistics: Route {
        Route(
            method: "GET", path: "/baselines/statistics", operation: "getBaselineStatistics", tag: Self.tag,
            summary: "How many baselines there are, how far they can be trusted, and by which settings they are used.",
            answers: [AnswerDescriptions.json("BaselineStatistics", "The numbers.")]
        ) { _ in try await statisticsAnswer() }
    }

    private var ofInterface: Route {
        Route(
            method: "GET", path: "/interfaces/{id}/baselines", operation: "listBaselinesOfInterface", tag: Self.tag,
            summary: "What is usual on one interface: a row for each hour of the week.",
            query: BaselineColumns.schema.listParameters(limitDefault: ShortLists.limitDefault),
            pathParameters: [PathParameters.id("Id of the interface.")],
            answers: [AnswerDescriptions.list("InterfaceBaselines", "The rows, and what they come to.")]
        ) { call in try await ofInterface(call) }
    }

    private var learn: Route {
        Route(
            method: "POST", path: "/baselines/learn", operation: "learnBaselines", tag: Self.tag,
            summary: "Learns the baselines now.",
            body: BodyDescription(
                doc: "Whose; of critical interfaces where not given.",
                contents: [
                    (
                        "application/json",
                        Schema.object([("scope", Schema.choice(Scope.allCases.map(\.rawValue)))], required: [])
                    )
                ], isRequired: false),
            answers: [AnswerDescriptions.accepted]
        ) { call in try await learn(call) }
    }

    private var relearn: Route {
        Route(
            method: "POST", path: "/baselines/relearn", operation: "relearnBaselines", tag: Self.tag,
            summary: "Forgets what was learnt and learns it anew from what is stored.",
            doc: "Excluded times and what operators said are taken into account as they are now.",
            body: BodyDescription(
                doc: "Of which interface; of all where not given.",
                contents: [
                    (
                        "application/json",
                        Schema.object([("interface_id", Schema.nullable(Schema.identifier))], required: [])
                    )
                ], isRequired: false),
            answers: [
                AnswerDescriptions.accepted,
                CommonAnswers.problem(422, "There is no such interface, or it is not monitored."),
            ]
        ) { call in try await relearn(call) }
    }

    private func ofInterface(_ call: Call) async throws -> APIResponse {
        let id = try InterfaceEditor.id(call)
        let row = try await InterfaceEditor(state: state).row(id)
        let baselines = try await state.services.catalog.baselines(of: id)
        let listing = Listing(baselines, schema: BaselineColumns.schema)
        guard try !Answers.wantsCSV(call) else {
            return try Answers.list(listing, call, limitDefault: ShortLists.limitDefault)
        }
        var query = try call.listQuery(BaselineColumns.schema)
        if call.value("limit") == nil { query.limit = ShortLists.limitDefault }
        let answer = BaselineAnswer(
            row: row, baselines: baselines, page: try listing.page(query), source: state.services.anomalies)
        return Answers.json(answer.json)
    }

    private func learn(_ call: Call) async throws -> APIResponse {
        var fields = try BodyFields(call.request)
        let scope = fields.notNull("scope", fields.choice("scope", Scope.self)) ?? .critical
        try fields.finish()
        return try await JobStarter(state: state).start(
            JobNames.learnBaselines, subject: scope == .all ? Self.allInterfaces : nil)
    }

    private func relearn(_ call: Call) async throws -> APIResponse {
        var fields = try BodyFields(call.request)
        let interface = fields.identifier("interface_id", of: Interface.self).value
        try fields.finish()
        guard let interface else {
            return try await JobStarter(state: state).start(
                JobNames.relearnBaselines, subject: Self.allInterfaces)
        }
        try await requireMonitored(interface)
        return try await JobStarter(state: state).start(JobNames.relearnBaselines, subject: interface.description)
    }

    /// Throws where there is no such interface, or nothing is learnt of it.
    private func requireMonitored(_ id: InterfaceID) async throws {
        guard let interface = try await state.services.catalog.interfaces(withIDs: [id]).first else {
            throw TopologyFinder.noInterface(id)
        }
        let device = try await state.services.catalog.devices(.ids([interface.deviceID])).first
        guard interface.enabled, interface.monitoringEnabled, device?.enabled ?? false else {
            throw TopologyFinder.refusal(
                "interface_id", id.description, "nothing is learnt of this interface, as it is not monitored",
                remedy: "PATCH it with enabled and monitoring_enabled true, and its device with enabled true.")
        }
    }

    private func statisticsAnswer() async throws -> APIResponse {
        let found = try await state.services.catalog.baselineStatistics()
        let source = state.services.anomalies
        let schedule = await state.services.jobs.schedules().first { $0.job == JobNames.learnBaselines }
        func time(_ moment: Timestamp?) -> JSONValue { moment.map { .string($0.description) } ?? .null }
        return Answers.json([
            "total": .integer(Int64(found.total)), "interfaces": .integer(Int64(found.interfaces)),
            "average_confidence": .real(found.averageConfidence),
            "confidence_word": .string(Baseline.word(forConfidence: found.averageConfidence)),
            "reliable": .integer(Int64(found.reliable)), "last_updated": time(found.lastUpdated),
            "next_learning_at": time(schedule?.nextRunAt), "zone": .string(source.zone.name),
            "look_back_days": .integer(Int64(source.detection.lookBackDays)),
            "threshold": .real(source.detection.classicThreshold),
            "young_threshold": .real(source.detection.youngThreshold),
            "minimum_confidence": .real(source.detection.minimumConfidence),
        ])
    }

    /// The schema of the numbers.
    static let statisticsSchema = Schema.object([
        ("total", Schema.count("Rows.")), ("interfaces", Schema.count("Interfaces they are of.")),
        ("average_confidence", Schema.number("0 to 1.")),
        ("confidence_word", Schema.choice(["insufficient data", "building", "reliable"])),
        ("reliable", Schema.count("Rows of a confidence of 0.8 and more.")),
        ("last_updated", Schema.documented(Schema.nullable(Schema.time), "When the latest was learnt.")),
        ("next_learning_at", Schema.documented(Schema.nullable(Schema.time), "When they are learnt next.")),
        ("zone", Schema.string("The zone whose clocks the hours follow.")),
        ("look_back_days", Schema.count("Days that are learnt from.")),
        ("threshold", Schema.number("|z| above which the classic method sees an anomaly.")),
        ("young_threshold", Schema.number("The same while less than look_back_days of an interface are known.")),
        ("minimum_confidence", Schema.number("Confidence below which nothing is raised.")),
    ])
}
