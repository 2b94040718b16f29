import Inventory
import Listing

/// What an operator said of an alert, as the API shows it.
enum AlertActionColumns {
    /// The table of what operators said of alerts.
    static let schema = ListSchema<AlertAction>(
        "alert_actions",
        columns: [
            Column("id", .identifier, "Identity.") { Cell($0.id) },
            Column("number", .integer, "Its place in the order in which things were said.") { .integer($0.number) },
            Column("alert_id", .identifier, "The alert.") { Cell($0.alertID) },
            Column("kind", .text, "What was said.", values: AlertAction.Kind.allCases.map(\.rawValue)) {
                .text($0.kind.rawValue)
            },
            Column("until", .time, "When an acknowledgement ends; null: when it is over.", nullable: true) {
                Cell($0.until)
            },
            Column("note", .text, "Why, in the operator's words.", nullable: true, uses: .all) { Cell($0.note) },
            Column("author", .text, "Name of the access token; null where none is needed.", nullable: true, uses: .all)
            { Cell($0.author) },
            Column("created_at", .time, "When it was said.") { .time($0.createdAt) },
        ], defaultSort: [SortTerm("number")], id: { RowID($0.id) })
}

/// What an operator says of an alert.
struct AlertActionChange: Sendable {
    let kind: AlertAction.Kind
    let until: Timestamp?
    let note: String?

    private static let noteRule = TextRule.text(max: 1_000)
    /// Days for which an alert is acknowledged at most.
    static let daysMax = 366
    private static let minutesRange = 1...daysMax * 1_440

    /// Reads the body of a request, which may be empty; an acknowledgement may have an end.
    init(_ request: APIRequest, kind: AlertAction.Kind, now: Timestamp) throws(Problem) {
        var fields = try BodyFields(request)
        var end: Timestamp?
        if kind == .acknowledge {
            let until = fields.moment("until", now: now).value
            let minutes = fields.integer("minutes", in: Self.minutesRange).value
            if until != nil, minutes != nil {
                fields.conflict("minutes", "it says the same as until; give one of them")
            }
            end = until ?? minutes.map { now.advanced(bySeconds: 60 * Double($0)) }
        }
        note = fields.text("note", Self.noteRule).value.flatMap { $0.isEmpty ? nil : $0 }
        try fields.finish()
        self.kind = kind
        until = end
        if let end { try Self.check(end, now) }
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

    /// What a body says, in the document.
    static func schema(_ kind: AlertAction.Kind) -> JSONValue {
        let note: (name: String, schema: JSONValue) = (
            "note", Schema.documented(Schema.nullable(noteRule.schema), "Why.")
        )
        guard kind == .acknowledge else { return Schema.object([note], required: []) }
        return Schema.object(
            [
                (
                    "until",
                    Schema.documented(
                        Schema.nullable(MomentAhead.schema),
                        "When it fires again, such as 2h or an RFC 3339 time; when it is over where not given.")
                ),
                ("minutes", Schema.nullable(Schema.integer(minutesRange, doc: "The same as minutes from now on."))),
                note,
            ], required: [])
    }
}
