import Inventory
import Listing

/// What an operator said, as the API shows it: with the names of its interface.
struct AnomalyActionRow: Sendable {
    let action: AnomalyAction
    /// Its interface; nil where it is not there any more.
    let place: InterfaceRow?
    let now: Timestamp

    /// The table of what operators said; the latest first where a query does not say.
    static let schema = ListSchema<AnomalyActionRow>(
        "anomaly_actions",
        columns: [
            Column("id", .identifier, "Identity.") { Cell($0.action.id) },
            Column("kind", .text, "What was said.", values: AnomalyActionKind.allCases.map(\.rawValue)) {
                .text($0.action.kind.rawValue)
            },
            Column("anomaly_id", .identifier, "The anomaly it was said of.", nullable: true) {
                Cell($0.action.anomalyID)
            },
            Column("interface_id", .identifier, "The interface.") { Cell($0.action.interfaceID) },
            Column("device_name", .text, "Name of its device.", nullable: true, uses: .all) {
                Cell($0.place?.deviceName)
            },
            Column("if_name", .text, "Name of the interface.", nullable: true, uses: .all) {
                Cell($0.place?.interface.displayName)
            },
            Column(
                "direction", .text, "Which way; null: the interface as a whole.", nullable: true,
                values: TrafficDirection.allCases.map(\.rawValue)
            ) { Cell($0.action.side?.direction.rawValue) },
            Column(
                "measure", .text, "Traffic or packets; null: the interface as a whole.", nullable: true,
                values: TrafficMeasure.allCases.map(\.rawValue)
            ) { Cell($0.action.side?.measure.rawValue) },
            Column("until", .time, "Until when it holds; null for what is done once.", nullable: true) {
                Cell($0.action.until)
            },
            Column("is_now", .boolean, "Whether it holds now: a mute whose time is not over.") { row in
                .boolean(row.action.until.map { row.now < $0 } ?? false)
            },
            Column("note", .text, "Why, in the operator's words.", nullable: true, uses: .all) { Cell($0.action.note) },
            Column("author", .text, "Name of the access token; null where none is needed.", nullable: true, uses: .all)
            { Cell($0.action.author) },
            Column("created_at", .time, "When it was said; it counts for samples after it.") {
                .time($0.action.createdAt)
            },
        ], defaultSort: [SortTerm("created_at", descending: true)], id: { RowID($0.action.id) })
}

/// What an operator says of an anomaly.
struct AnomalyActionChange: Sendable {
    let kind: AnomalyActionKind
    let until: Timestamp?
    let note: String?
    let scope: Scope

    /// Of what it is said.
    enum Scope: String, Sendable, Hashable, CaseIterable {
        /// Of that anomaly alone.
        case anomaly
        /// Of its rate: direction and measure.
        case side
        /// Of all rates of the interface.
        case interface
    }

    private static let noteRule = TextRule.text(max: 1_000)
    /// Days for which an interface is muted at most.
    static let daysMax = 366

    /// Reads the body of a request.
    init(_ request: APIRequest, now: Timestamp) throws(Problem) {
        var fields = try BodyFields(request)
        let kind = fields.required("kind", fields.choice("kind", AnomalyActionKind.self))
        let until = fields.moment("until", now: now)
        scope = fields.notNull("scope", fields.choice("scope", Scope.self)) ?? .anomaly
        if kind == .mute { _ = fields.needed("until", until, by: "kind mute") }
        if kind == .newNormal, until.value != nil {
            fields.conflict("until", "new_normal is done once; until goes with mute and expected")
        }
        if kind == .expected, scope == .anomaly, until.value != nil {
            fields.conflict("until", "an anomaly that is expected stays so; until goes with scope side or interface")
        }
        note = fields.text("note", Self.noteRule).value.flatMap { $0.isEmpty ? nil : $0 }
        try fields.finish()
        guard let kind else { throw .badBody(fields.errors) }
        self.kind = kind
        self.until = until.value
        if let until = until.value { try Self.check(until, now) }
    }

    private static func check(_ until: Timestamp, _ now: Timestamp) throws(Problem) {
        let lasting = until.secondsSince(now)
        guard lasting > 0, lasting <= Double(daysMax) * 86_400 else {
            let detail =
                lasting > 0
                ? "at most \(daysMax) days from now are taken" : "that is not ahead of now, \(now); give a later time"
            throw .impossible([ProblemError(field: "until", value: until.description, detail: detail)])
        }
    }

    static var schema: JSONValue {
        Schema.object(
            [
                (
                    "kind",
                    Schema.choice(
                        AnomalyActionKind.allCases.map(\.rawValue),
                        doc: "expected: it counts as a false alarm, and its limit rises; new_normal: levels move to "
                            + "where the traffic is; mute: nothing is told of it until a time.")
                ),
                (
                    "until",
                    Schema.documented(
                        Schema.nullable(MomentAhead.schema),
                        "Until when it holds, such as 2h or an RFC 3339 time; needed with mute.")
                ),
                (
                    "scope",
                    Schema.choice(
                        Scope.allCases.map(\.rawValue),
                        doc: "Of the anomaly alone, which is so where not given; of its direction and measure; or of "
                            + "the interface.")
                ),
                ("note", Schema.nullable(noteRule.schema)),
            ], required: ["kind"])
    }
}
