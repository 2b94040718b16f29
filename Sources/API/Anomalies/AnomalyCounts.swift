import Baselines
import Catalog
import Inventory
import Listing
import Series

/// The answer of `/anomalies/statistics`.
struct AnomalyCounts: Sendable {
    let state: APIState
    private static let weekSeconds = 7.0 * 86_400
    private static let daySeconds = 86_400.0

    /// Counts.
    func answer() async throws -> APIResponse {
        let now = state.services.now()
        let source = state.services.anomalies
        let checks = source.statistics()
        let week = now.advanced(bySeconds: -Self.weekSeconds)
        let (catalog, day) = (state.services.catalog, now.advanced(bySeconds: -Self.daySeconds))
        let anomalies: Count<AnomalyQuery> = { try await catalog.anomalyCount($0) }
        let incidents: Count<IncidentQuery> = { try await catalog.incidentCount($0) }
        return Answers.json(
            .object([
                JSONMember("open", try await byState(anomalies) { $0.isOver = false }),
                JSONMember("last_day", try await byState(anomalies) { $0.from = day }),
                JSONMember("last_week", try await byState(anomalies) { $0.from = week }),
                JSONMember("open_by_severity", try await bySeverity(anomalies) { $0.isOver = false }),
                JSONMember("last_week_by_severity", try await bySeverity(anomalies) { $0.from = week }),
                JSONMember("incidents_open", try await byState(incidents) { $0.isOver = false }),
                JSONMember("incidents_last_week", try await byState(incidents) { $0.from = week }),
                JSONMember("budget_per_week", source.budget.perWeek.map { .integer(Int64($0)) } ?? .null),
                JSONMember("budgets", .array(checks.budgets.map(Self.json))),
                JSONMember("checked_at", checks.checkedAt.map { .string($0.description) } ?? .null),
                JSONMember("check_milliseconds", checks.checkMilliseconds.map(JSONValue.real) ?? .null),
                JSONMember("watched_interfaces", .integer(Int64(checks.interfaces))),
                JSONMember("checks", .object(checks.numbers.map { JSONMember($0.name, .integer($0.value)) })),
            ]))
    }

    private typealias Count<Query> = (Query) async throws -> Int

    private func byState<Query: LastingQuery>(
        _ count: Count<Query>, _ narrow: (inout Query) -> Void
    ) async throws -> JSONValue {
        try await counts(AnomalyState.self, count) { query, state in
            narrow(&query)
            query.states = [state]
        }
    }

    private func bySeverity(
        _ count: Count<AnomalyQuery>, _ narrow: (inout AnomalyQuery) -> Void
    ) async throws -> JSONValue {
        try await counts(AnomalySeverity.self, count) { query, severity in
            narrow(&query)
            query.states = [.raised]
            query.severities = [severity]
        }
    }

    /// A count for each word.
    private func counts<Query: LastingQuery, Word: RawRepresentable & CaseIterable>(
        _: Word.Type, _ count: Count<Query>, _ narrow: (inout Query, Word) -> Void
    ) async throws -> JSONValue where Word.RawValue == String {
        var members: [JSONMember] = []
        for word in Word.allCases {
            var query = Query(limit: 1)
            narrow(&query, word)
            members.append(JSONMember(word.rawValue, .integer(Int64(try await count(query)))))
        }
        return .object(members)
    }

    private static func json(_ standing: AlarmBudgetStanding) -> JSONValue {
        [
            "group": standing.group.map { .string($0.text) } ?? .null, "per_week": .integer(Int64(standing.perWeek)),
            "told": .integer(Int64(standing.told)), "held_back": .integer(Int64(standing.heldBack)),
        ]
    }

    static let schema: JSONValue = {
        let states = Schema.object(AnomalyState.allCases.map { ($0.rawValue, Schema.count()) })
        let severities = Schema.object(AnomalySeverity.allCases.map { ($0.rawValue, Schema.count()) })
        let standing = Schema.object([
            (
                "group",
                documented(Schema.nullable(Schema.string()), "Whose, such as type:isp; null: that of all interfaces.")
            ),
            ("per_week", Schema.count("Incidents that may be told.")),
            ("told", Schema.count("Incidents that were told.")),
            ("held_back", Schema.count("Incidents that were held back.")),
        ])
        func documented(_ schema: JSONValue, _ doc: String) -> JSONValue { Schema.documented(schema, doc) }
        return Schema.object([
            ("open", documented(states, "Anomalies that are not over, by state.")),
            ("last_day", documented(states, "Those that lasted into the last 24 hours.")),
            ("last_week", documented(states, "Those that lasted into the last seven days.")),
            ("open_by_severity", documented(severities, "Those that are told and not over.")),
            ("last_week_by_severity", documented(severities, "Those that were told, of the last seven days.")),
            ("incidents_open", documented(states, "Incidents that are not over.")),
            ("incidents_last_week", documented(states, "Those that lasted into the last seven days.")),
            (
                "budget_per_week",
                documented(
                    Schema.nullable(Schema.count()), "Incidents that are told in a week at most; null: no budget.")
            ),
            (
                "budgets",
                documented(
                    Schema.array(standing),
                    "How each budget stood at the last check, over the seven days before it; none before a check.")
            ),
            (
                "checked_at",
                documented(Schema.nullable(Schema.time), "When the last check ended; null: none since the start.")
            ),
            ("check_milliseconds", documented(Schema.nullable(Schema.number()), "How long it took.")),
            ("watched_interfaces", Schema.count("Interfaces that are watched.")),
            ("checks", documented(Schema.counts, "More numbers of the checks.")),
        ])
    }()
}
