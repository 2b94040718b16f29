import Catalog
import Inventory
import Listing

/// Lists of incidents, as the catalog has them.
struct IncidentList: Sendable {
    let state: APIState
    private static let schema = IncidentRow.schema

    /// The parameters of a list of incidents.
    static let parameters = schema.listParameters() + OpenRange.parameters
    /// Members that the answer about one incident shows.
    static let membersMax = 1_000

    /// The list that a call asks for.
    func answer(_ call: Call) async throws -> APIResponse {
        let (query, range) = try call.rangedQuery(Self.schema, now: state.services.now())
        let isCSV = try Answers.wantsCSV(call)
        var question = IncidentQuery(limit: 1)
        (question.from, question.to) = (range.from, range.to)
        var isExact = true
        for filter in query.filters where !question.take(filter) { isExact = false }
        return try await list(question).answer(
            query, isExact: isExact, isCSV: isCSV, isWhole: call.value("limit") == nil)
    }

    /// Incidents as rows.
    func rows(_ incidents: [Incident]) async throws -> [IncidentRow] {
        let devices = try await state.devices.value()
        return incidents.map { incident in
            IncidentRow(incident: incident, deviceName: incident.deviceID.flatMap { devices.row(RowID($0))?.name })
        }
    }

    /// One incident with its members.
    func one(_ incident: Incident) async throws -> APIResponse {
        var members: [Anomaly] = []
        for id in incident.anomalyIDs.prefix(Self.membersMax) {
            if let anomaly = try await state.services.catalog.anomaly(id) { members.append(anomaly) }
        }
        let shown = try await AnomalyList(state: state).rows(members)
        let rows = try await rows([incident])
        var writer = JSONWriter(reserving: 2_000 * (shown.count + 1))
        writer.beginObject()
        for row in rows { Self.schema.writeMembers(row, to: &writer) }
        writer.array("members", shown) { $1.write(to: &$0) }
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    private func list(_ question: IncidentQuery) -> CatalogList<IncidentRow> {
        let catalog = state.services.catalog
        return CatalogList(
            schema: Self.schema,
            rows: { after, limit in
                var question = question
                question.limit = limit
                question.after = after.map { IncidentPlace(startedAt: $0.startedAt, id: IncidentID($0.id)) }
                return try await rows(try await catalog.incidents(question))
            },
            count: { try await catalog.incidentCount(question) },
            place: { CatalogPlace(startedAt: $0.incident.startedAt, id: $0.incident.id.uuid) },
            write: { Self.schema.write($0, to: &$1) })
    }
}

extension IncidentQuery {
    /// Makes a filter of a list part of the question; false where the catalog cannot choose by it as a whole.
    mutating func take(_ filter: Filter) -> Bool {
        guard filter.operation == .equals else { return false }
        switch filter.column {
        case "state" where states.isEmpty: states = filter.words()
        case "is_over" where isOver == nil: isOver = filter.values.first == .boolean(true)
        default: return false
        }
        return true
    }
}
