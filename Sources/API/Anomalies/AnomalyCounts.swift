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
        let counts: [JSONMember] = [
            JSONMember("open", try await byState { $0.isOver = false }),
            JSONMember("last_day", try await byState { $0.from = now.advanced(bySeconds: -Self.daySeconds) }),
            JSONMember("last_week", try await byState { $0.from = week }),
            JSONMember("open_by_severity", try await bySeverity { $0.isOver = false }),
            JSONMember("last_week_by_severity", try await bySeverity { $0.from = week }),
            JSONMember("incidents_open", try await incidents { $0.isOver = false }),
            JSONMember("incidents_last_week", try await incidents { $0.from = week }),
        ]
        return Answers.json(
            .object(
                counts + [
                    JSONMember("budget_per_week", source.budgetPerWeek.map { .integer(Int64($0)) } ?? .null),
                    JSONMember("checked_at", checks.checkedAt.map { .string($0.description) } ?? .null),
                    JSONMember("check_milliseconds", checks.checkMilliseconds.map(JSONValue.real) ?? .null),
                    JSONMember("watched_interfaces", .integer(Int64(checks.interfaces))),
                    JSONMember(
                        "checks", .object(checks.numbers.map { JSONMember($0.name, .integer($0.value)) })),
                ]))
    }

    private func byState(_ narrow: (inout AnomalyQuery) -> Void) async throws -> JSONValue {
        var members: [JSONMember] = []
        for word in AnomalyState.allCases {
            var question = AnomalyQuery(limit: 1)
            narrow(&question)
            question.states = [word]
            members.append(JSONMember(word.rawValue, try await count(question)))
        }
        return .object(members)
    }

    private func bySeverity(_ narrow: (inout AnomalyQuery) -> Void) async throws -> JSONValue {
        var members: [JSONMember] = []
        for word in AnomalySeverity.allCases {
            var question = AnomalyQuery(limit: 1)
            narrow(&question)
            question.states = [.raised]
            question.severities = [word]
            members.append(JSONMember(word.rawValue, try await count(question)))
        }
        return .object(members)
    }

    private func incidents(_ narrow: (inout IncidentQuery) -> Void) async throws -> JSONValue {
        var members: [JSONMember] = []
        for word in AnomalyState.allCases {
            var question = IncidentQuery(limit: 1)
            narrow(&question)
            question.states = [word]
            let count = try await state.services.catalog.incidentCount(question)
            members.append(JSONMember(word.rawValue, .integer(Int64(count))))
        }
        return .object(members)
    }

    private func count(_ question: AnomalyQuery) async throws -> JSONValue {
        .integer(Int64(try await state.services.catalog.anomalyCount(question)))
    }

    static let schema: JSONValue = {
        let states = Schema.object(AnomalyState.allCases.map { ($0.rawValue, Schema.count()) })
        let severities = Schema.object(AnomalySeverity.allCases.map { ($0.rawValue, Schema.count()) })
        func time(_ schema: JSONValue, _ doc: String) -> JSONValue { Schema.documented(schema, doc) }
        return Schema.object([
            ("open", time(states, "Anomalies that are not over, by state.")),
            ("last_day", time(states, "Those that lasted into the last 24 hours.")),
            ("last_week", time(states, "Those that lasted into the last seven days.")),
            ("open_by_severity", time(severities, "Those that are told and not over.")),
            ("last_week_by_severity", time(severities, "Those that were told, of the last seven days.")),
            ("incidents_open", time(states, "Incidents that are not over.")),
            ("incidents_last_week", time(states, "Those that lasted into the last seven days.")),
            (
                "budget_per_week",
                time(Schema.nullable(Schema.count()), "Incidents that are told in a week at most; null: no budget.")
            ),
            (
                "checked_at",
                time(Schema.nullable(Schema.time), "When the last check ended; null: none since the start.")
            ),
            ("check_milliseconds", time(Schema.nullable(Schema.number()), "How long it took.")),
            ("watched_interfaces", Schema.count("Interfaces that are watched.")),
            ("checks", time(Schema.counts, "More numbers of the checks.")),
        ])
    }()
}
