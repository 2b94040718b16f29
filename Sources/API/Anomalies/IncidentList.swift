import Catalog
import Inventory
import Listing

/// Lists of incidents, as the catalog has them.
struct IncidentList: CatalogList {
    let state: APIState

    static let schema = IncidentRow.schema
    /// Members that the answer about one incident shows.
    static let membersMax = 1_000

    /// Incidents as rows.
    func rows(_ incidents: [Incident]) async throws -> [IncidentRow] {
        let devices = try await state.devices.value()
        return incidents.map { incident in
            IncidentRow(incident: incident, deviceName: incident.deviceID.flatMap { devices.row(RowID($0))?.name })
        }
    }

    func rows(_ query: IncidentQuery, after place: CatalogPlace?, limit: Int) async throws -> [IncidentRow] {
        var query = query
        query.limit = limit
        query.after = place.map { IncidentPlace(startedAt: $0.startedAt, id: IncidentID($0.id)) }
        return try await rows(try await state.services.catalog.incidents(query))
    }

    func count(_ query: IncidentQuery) async throws -> Int {
        try await state.services.catalog.incidentCount(query)
    }

    static func place(of record: IncidentRow) -> CatalogPlace {
        CatalogPlace(startedAt: record.incident.startedAt, id: record.incident.id.uuid)
    }

    static func write(_ record: IncidentRow, to writer: inout JSONWriter) {
        schema.write(record, to: &writer)
    }

    /// One incident with its members, the first to begin first.
    func one(_ incident: Incident) async throws -> APIResponse {
        let members = try await AnomalyList(state: state).rows(try await members(of: incident))
        let rows = try await rows([incident])
        var writer = JSONWriter(reserving: 2_000 * (members.count + 1))
        writer.beginObject()
        for row in rows { Self.schema.writeMembers(row, to: &writer) }
        writer.array("members", members) { $1.write(to: &$0) }
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    /// The latest members of an incident, in its order.
    private func members(of incident: Incident) async throws -> [Anomaly] {
        var query = AnomalyQuery(limit: Self.membersMax)
        query.incidents = [incident.id]
        let found = try await state.services.catalog.anomalies(query)
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return incident.anomalyIDs.compactMap { byID[$0] }
    }
}
