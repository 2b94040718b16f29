import Catalog
import CatalogRows
import GRDB
import Inventory

/// Writes what a check found: anomalies, and incidents with exactly the members they name.
///
/// What is about interfaces that do not exist is left out, and incidents that then have no members are removed.
struct AnomalyWriting {
    private let anomalies: [Anomaly]
    private let incidents: [Incident]
    private let db: Database
    private let interfaces: Set<InterfaceID>

    init(_ anomalies: [Anomaly], incidents: [Incident], in db: Database) throws {
        self.anomalies = anomalies
        self.incidents = incidents
        self.db = db
        interfaces = try db.knownInterfaces(Array(Set(anomalies.map(\.interfaceID))))
    }

    /// Writes all of it.
    func run() throws {
        let left = try incidentsLeft()
        try writeIncidents()
        try writeAnomalies()
        for incident in incidents { try joinMembers(incident) }
        try removeEmpty(left)
    }

    /// Incidents that have members now which may go to another one.
    private func incidentsLeft() throws -> Set<IncidentID> {
        let moving = Set(anomalies.map(\.id)).union(incidents.flatMap(\.anomalyIDs))
        var left: Set<IncidentID> = []
        let sql = """
            SELECT DISTINCT incident_id FROM anomalies
            WHERE id IN (SELECT value FROM json_each(?1)) AND incident_id IS NOT NULL
            """
        try db.each(sql, { $0.text(idList(Array(moving))) }) { row in left.insert(try row.requiredID()) }
        return left
    }

    private func writeIncidents() throws {
        guard !incidents.isEmpty else { return }
        let statement = try db.cachedStatement(sql: Incident.saveSQL)
        for incident in incidents { try db.run(statement, incident) }
    }

    private func writeAnomalies() throws {
        let written = anomalies.filter { interfaces.contains($0.interfaceID) }
        guard !written.isEmpty else { return }
        let known = try knownIncidents(Set(written.compactMap(\.incidentID)))
        let statement = try db.cachedStatement(sql: Anomaly.saveSQL)
        for var anomaly in written {
            if let incident = anomaly.incidentID, !known.contains(incident) { anomaly.incidentID = nil }
            try db.run(statement, anomaly)
        }
    }

    private func knownIncidents(_ ids: Set<IncidentID>) throws -> Set<IncidentID> {
        guard !ids.isEmpty else { return [] }
        var known: Set<IncidentID> = []
        let sql = "SELECT id FROM incidents WHERE id IN (SELECT value FROM json_each(?1))"
        try db.each(sql, { $0.text(idList(Array(ids))) }) { row in known.insert(try row.requiredID()) }
        return known
    }

    /// Its members are those it names and no others.
    private func joinMembers(_ incident: Incident) throws {
        let members = idList(incident.anomalyIDs)
        let leave = """
            UPDATE anomalies SET incident_id = NULL
            WHERE incident_id = ?1 AND id NOT IN (SELECT value FROM json_each(?2))
            """
        let join = """
            UPDATE anomalies SET incident_id = ?1
            WHERE id IN (SELECT value FROM json_each(?2)) AND incident_id IS NOT ?1
            """
        for sql in [leave, join] {
            try db.run(sql) { sink in
                sink.id(incident.id)
                sink.text(members)
            }
        }
    }

    private func removeEmpty(_ left: Set<IncidentID>) throws {
        let touched = left.union(incidents.map(\.id))
        guard !touched.isEmpty else { return }
        let sql = """
            DELETE FROM incidents WHERE id IN (SELECT value FROM json_each(?1))
              AND NOT EXISTS (SELECT 1 FROM anomalies WHERE incident_id = incidents.id)
            """
        try db.run(sql) { sink in sink.text(idList(Array(touched))) }
    }
}
