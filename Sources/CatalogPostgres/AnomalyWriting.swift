#if PostgreSQL
    import Catalog
    import CatalogRows
    import Inventory

    /// Writes what a check found: anomalies, and incidents with exactly the members they name.
    ///
    /// What is about interfaces that do not exist is left out, and incidents that then have no members are removed.
    struct AnomalyWriting {
        private let anomalies: [Anomaly]
        private let incidents: [Incident]
        private let session: Session

        init(_ anomalies: [Anomaly], incidents: [Incident], in session: Session) {
            self.anomalies = lastOfEach(anomalies, by: \.id)
            self.incidents = incidents
            self.session = session
        }

        /// Writes all of it.
        func run() async throws {
            let left = try await incidentsLeft()
            try await session.save(lastOfEach(incidents, by: \.id))
            try await writeAnomalies()
            try await joinMembers()
            try await removeEmpty(left)
        }

        /// Incidents that have members now which may go to another one.
        private func incidentsLeft() async throws -> Set<IncidentID> {
            let moving = Set(anomalies.map(\.id)).union(incidents.flatMap(\.anomalyIDs))
            let sql = "SELECT DISTINCT incident_id FROM anomalies WHERE id = ANY($1) AND incident_id IS NOT NULL"
            return try await ids(sql, .ids(moving))
        }

        private func writeAnomalies() async throws {
            let interfaces = try await session.knownInterfaces(Array(Set(anomalies.map(\.interfaceID))))
            var written = anomalies.filter { interfaces.contains($0.interfaceID) }
            guard !written.isEmpty else { return }
            let known: Set<IncidentID> = try await ids(
                "SELECT id FROM incidents WHERE id = ANY($1)", .ids(Set(written.compactMap(\.incidentID))))
            for place in written.indices {
                if let incident = written[place].incidentID, !known.contains(incident) {
                    written[place].incidentID = nil
                }
            }
            try await session.save(written)
        }

        /// The members of each are those it names and no others.
        private func joinMembers() async throws {
            guard !incidents.isEmpty else { return }
            let leave = "UPDATE anomalies SET incident_id = NULL WHERE incident_id = $1 AND NOT id = ANY($2)"
            let join = """
                UPDATE anomalies SET incident_id = $1 WHERE id = ANY($2) AND incident_id IS DISTINCT FROM $1
                """
            let statements = incidents.flatMap { incident in
                [leave, join].map { Statement($0, [.id(incident.id), .ids(incident.anomalyIDs)]) }
            }
            _ = try await session.all(statements)
        }

        private func removeEmpty(_ left: Set<IncidentID>) async throws {
            let touched = left.union(incidents.map(\.id))
            guard !touched.isEmpty else { return }
            let sql = """
                DELETE FROM incidents WHERE id = ANY($1)
                  AND NOT EXISTS (SELECT 1 FROM anomalies WHERE incident_id = incidents.id)
                """
            try await session.run(sql, .ids(touched))
        }

        private func ids<Entity>(_ sql: String, _ parameter: Parameter) async throws -> Set<Identifier<Entity>> {
            var found: Set<Identifier<Entity>> = []
            try await session.one(Statement(sql, [parameter])).forEach { row in found.insert(try row.requiredID()) }
            return found
        }
    }

    /// Gives anomalies other states, and their incidents the state of the most told of their members.
    struct AnomalyMoving {
        private let moves: [AnomalyMove]
        private let session: Session

        init(_ moves: [AnomalyMove], in session: Session) {
            self.moves = moves
            self.session = session
        }

        /// Moves them; returns what changed.
        func run() async throws -> MovedAnomalies {
            let moved = try await moveStates()
            guard !moved.isEmpty else { return MovedAnomalies() }
            let rows: [Anomaly] = try await rows(Anomaly.selectSQL, of: moved)
            let incidents = Array(Set(rows.compactMap(\.incidentID)))
            return MovedAnomalies(anomalies: rows, incidents: try await settle(incidents))
        }

        /// Those that still had the state that was read; one after the other, as one may be moved twice.
        private func moveStates() async throws -> [AnomalyID] {
            let sql = "UPDATE anomalies SET state = $3 WHERE id = $1 AND state = $2 AND state <> $3"
            let answers = try await session.all(
                moves.map { Statement(sql, [.id($0.id), .text($0.from.rawValue), .text($0.to.rawValue)]) })
            return zip(moves, answers).filter { $1.affected > 0 }.map(\.0.id)
        }

        /// Gives incidents the state that follows from their members; returns those that had another.
        private func settle(_ ids: [IncidentID]) async throws -> [Incident] {
            guard !ids.isEmpty else { return [] }
            let before: [Incident] = try await rows(Incident.selectSQL, of: ids)
            let sql = """
                UPDATE incidents SET state = (
                  SELECT CASE min(CASE state WHEN 'raised' THEN 0 WHEN 'held_back' THEN 1 WHEN 'muted' THEN 2 ELSE 3 END)
                    WHEN 0 THEN 'raised' WHEN 1 THEN 'held_back' WHEN 2 THEN 'muted' ELSE 'expected' END
                  FROM anomalies WHERE incident_id = incidents.id)
                WHERE id = ANY($1)
                """
            try await session.run(sql, .ids(ids))
            let after: [Incident] = try await rows(Incident.selectSQL, of: ids)
            return zip(before, after).filter { $0.state != $1.state }.map(\.1)
        }

        private func rows<Row: TableRow, Entity>(
            _ select: String, of ids: [Identifier<Entity>]
        ) async throws -> [Row] {
            try await session.rows("\(select) WHERE id = ANY($1) ORDER BY started_at, id", .ids(ids))
        }
    }
#endif
