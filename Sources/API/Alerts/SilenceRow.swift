import Alerting
import Inventory
import Listing

/// Whether a silence holds.
enum SilenceState: String, Sendable, Hashable, CaseIterable {
    /// It has not begun yet.
    case pending
    /// It holds.
    case active
    /// It is over.
    case expired

    init(_ silence: Silence, at now: Timestamp) {
        self = now < silence.startsAt ? .pending : now < silence.endsAt ? .active : .expired
    }
}

/// A silence as the API shows it.
struct SilenceRow: Sendable {
    let silence: Silence
    let now: Timestamp

    /// The table of silences; those that begin last first where a query does not say.
    static let schema = ListSchema<SilenceRow>(
        "alert_silences",
        columns: [
            Column("id", .identifier, "Identity.") { Cell($0.silence.id) },
            Column(
                "state", .text, "pending: it has not begun; active; expired.",
                values: SilenceState.allCases.map(\.rawValue)
            ) { .text(SilenceState($0.silence, at: $0.now).rawValue) },
            Column("matchers", .list, "Which alerts: all of them hold.", uses: [.filter, .search]) {
                .list($0.silence.matchers.map(\.text))
            },
            Column("starts_at", .time, "Its first moment.") { .time($0.silence.startsAt) },
            Column("ends_at", .time, "The moment after its last.") { .time($0.silence.endsAt) },
            Column("comment", .text, "Why, in the operator's words.", uses: .all) { .text($0.silence.comment) },
            Column("author", .text, "Name of the access token; null where none is needed.", nullable: true, uses: .all)
            { Cell($0.silence.author) },
            Column("created_at", .time, "When it was entered.") { .time($0.silence.createdAt) },
        ], defaultSort: [SortTerm("starts_at", descending: true)], id: { RowID($0.silence.id) })
}

/// What an operator says of a silence.
struct SilenceChange: Sendable {
    private let matchers: [AlertMatcher]?
    private let startsAt: Timestamp?
    private let endsAt: Timestamp?
    private let lengthSeconds: Int?
    private let comment: String?
    private let now: Timestamp

    private static let commentRule = TextRule.text(max: 1_000)
    private static let matchersCount = 1...64
    /// Days that a silence lasts at most: a longer one is forgotten, and hides what matters.
    static let daysMax = 366

    /// Which bodies there are.
    enum Kind: Sendable, Hashable, CaseIterable {
        /// A new silence.
        case new
        /// A new one of an alert, whose labels it is about; it begins now.
        case alert
        /// A change: what is absent stays.
        case change
    }

    /// Reads a body of a kind.
    init(_ request: APIRequest, _ kind: Kind, now: Timestamp) throws(Problem) {
        var fields = try BodyFields(request)
        if kind == .alert {
            (matchers, startsAt) = (nil, nil)
        } else {
            let given = fields.matchers("matchers", count: Self.matchersCount)
            matchers = kind == .new ? fields.required("matchers", given) : fields.notNull("matchers", given)
            startsAt = fields.moment("starts_at", now: now).value
        }
        endsAt = fields.moment("ends_at", now: now).value
        lengthSeconds = fields.length("duration", in: 60...Self.daysMax * 86_400).value
        comment = fields.text("comment", Self.commentRule).value
        self.now = now
        if endsAt != nil, lengthSeconds != nil {
            fields.conflict("duration", "it says the same as ends_at; give one of them")
        }
        if kind != .change, endsAt == nil, lengthSeconds == nil { fields.needsOne(of: "duration", "ends_at") }
        if let matchers, (try? LabelMatchers(matchers))?.fitNothingInParticular == true {
            fields.conflict(
                "matchers", value: matchers.map(\.text).joined(separator: ", "),
                "they fit alerts without any label, and so more than is meant; add one such as device=\"CORE-SW-01\"")
        }
        try fields.finish()
    }

    /// The new silence, of these matchers where the body has none; throws where its time is none.
    func silence(of others: [AlertMatcher] = [], by author: String?) throws(Problem) -> Silence {
        let start = startsAt ?? now
        var silence = Silence(
            matchers: matchers ?? others, from: start, to: end(of: start) ?? start, comment: comment ?? "", at: now)
        silence.author = author
        guard silence.endsAt > now else {
            throw Self.refusal(silence, "it is over already at \(now); give a later time")
        }
        return try checked(silence)
    }

    /// A silence after this change; throws where its time is none.
    func applied(to stored: Silence) throws(Problem) -> Silence {
        var silence = stored
        if let matchers { silence.matchers = matchers }
        if let startsAt { silence.startsAt = startsAt }
        if let end = end(of: silence.startsAt) { silence.endsAt = end }
        if let comment { silence.comment = comment }
        return try checked(silence)
    }

    /// A length counts from now where the silence has begun.
    private func end(of start: Timestamp) -> Timestamp? {
        endsAt ?? lengthSeconds.map { max(start, now).advanced(bySeconds: Double($0)) }
    }

    private func checked(_ silence: Silence) throws(Problem) -> Silence {
        let longest = Double(Self.daysMax) * 86_400
        let lasting = silence.endsAt.secondsSince(silence.startsAt)
        guard lasting > 0 else { throw Self.refusal(silence, "it begins at \(silence.startsAt); give a later time") }
        guard lasting <= longest, silence.startsAt.secondsSince(now) <= longest else {
            throw Self.refusal(silence, "a silence lasts, and is entered ahead, at most \(Self.daysMax) days")
        }
        return silence
    }

    private static func refusal(_ silence: Silence, _ detail: String) -> Problem {
        .impossible([ProblemError(field: "ends_at", value: silence.endsAt.description, detail: detail)])
    }

    /// What a body of a kind says, in the document.
    static func schema(of kind: Kind) -> JSONValue {
        let moment = Schema.nullable(MomentAhead.schema)
        let which: [(name: String, schema: JSONValue)] = [
            ("matchers", MatcherText.schema(count: matchersCount)),
            ("starts_at", Schema.documented(moment, "Its first moment; now where a new one does not say.")),
        ]
        let rest: [(name: String, schema: JSONValue)] = [
            ("ends_at", Schema.documented(moment, "The moment after its last; or give duration.")),
            ("duration", LengthText.schema("How long it lasts, such as 2h; from now on where it has begun.")),
            ("comment", Schema.documented(Schema.nullable(commentRule.schema), "Why.")),
        ]
        return Schema.object(kind == .alert ? rest : which + rest, required: kind == .new ? ["matchers"] : [])
    }
}

extension AlertMatcher {
    /// What tells alerts like this one from others: its alertname, and its device and interface, or its part of WARD
    /// FLUX; nil where one of these has no name, so that they would fit more than is meant.
    static func thoseOf(_ alert: Alert) -> [AlertMatcher]? {
        let whose: [String] =
            switch alert.entity {
            case .device: ["device"]
            case .interface: ["device", "interface"]
            case .system: ["system"]
            }
        let labels = AlertLabels.labels(of: alert)
        var matchers: [AlertMatcher] = []
        for name in ["alertname"] + whose {
            guard let value = labels[name], !value.isEmpty else { return nil }
            matchers.append(AlertMatcher(name, value))
        }
        return matchers
    }
}
