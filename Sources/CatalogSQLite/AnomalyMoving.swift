import Catalog
import CatalogRows
import GRDB
import Inventory

/// Gives anomalies other states, and their incidents the state of the most told of their members.
struct AnomalyMoving {
    private let moves: [AnomalyMove]
    private let db: Database

    init(_ moves: [AnomalyMove], in db: Database) {
        self.moves = moves
        self.db = db
    }

    /// Moves them; returns what changed.
    func run() throws -> MovedAnomalies {
        let moved = try moveStates()
        guard !moved.isEmpty else { return MovedAnomalies() }
        let rows: [Anomaly] = try rows(Anomaly.selectSQL, of: moved)
        let incidents = Array(Set(rows.compactMap(\.incidentID)))
        return MovedAnomalies(anomalies: rows, incidents: try settle(incidents))
    }

    /// Those that still had the state that was read.
    private func moveStates() throws -> [AnomalyID] {
        let sql = "UPDATE anomalies SET state = ?3 WHERE id = ?1 AND state = ?2 AND state IS NOT ?3"
        var moved: [AnomalyID] = []
        for move in moves {
            try db.run(sql) { sink in
                sink.id(move.id)
                sink.text(move.from.rawValue)
                sink.text(move.to.rawValue)
            }
            if db.changesCount > 0 { moved.append(move.id) }
        }
        return moved
    }

    /// Gives incidents the state that follows from their members; returns those that had another.
    private func settle(_ ids: [IncidentID]) throws -> [Incident] {
        guard !ids.isEmpty else { return [] }
        let before: [Incident] = try rows(Incident.selectSQL, of: ids)
        let sql = """
            UPDATE incidents SET state = (
              SELECT CASE min(CASE state WHEN 'raised' THEN 0 WHEN 'held_back' THEN 1 WHEN 'muted' THEN 2 ELSE 3 END)
                WHEN 0 THEN 'raised' WHEN 1 THEN 'held_back' WHEN 2 THEN 'muted' ELSE 'expected' END
              FROM anomalies WHERE incident_id = incidents.id)
            WHERE id IN (SELECT value FROM json_each(?1))
            """
        try db.run(sql) { sink in sink.text(idList(ids)) }
        let after: [Incident] = try rows(Incident.selectSQL, of: ids)
        return zip(before, after).filter { $0.state != $1.state }.map(\.1)
    }

    private func rows<Row: TableRow, Entity>(_ select: String, of ids: [Identifier<Entity>]) throws -> [Row] {
        let sql = "\(select) WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY started_at, id"
        return try db.rows(sql) { sink in sink.text(idList(ids)) }
    }
}
