import Baselines
import Catalog
import Inventory

/// Reads from the catalog what the book of incidents needs: incidents, always with all their members.
struct IncidentReader: Sendable {
    /// Rows read from the catalog at a time.
    private static let rowsMax = 2000
    /// Incidents whose members are read at a time, and anomalies asked for by their ids.
    private static let batchMax = 200

    let catalog: any AnomalyWatch.Store
    /// The interfaces that are watched; where others are is read.
    let ports: [InterfaceID: WatchedPort]

    // MARK: - Anomalies

    /// All that a query asks for, page by page.
    func anomalies(_ query: AnomalyQuery) async throws -> [Anomaly] {
        var (query, found) = (query, [Anomaly]())
        query.limit = Self.rowsMax
        while true {
            let page = try await catalog.anomalies(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = AnomalyPlace(startedAt: last.startedAt, id: last.id)
        }
    }

    /// Those that are not over.
    func openAnomalies() async throws -> [Anomaly] {
        var query = AnomalyQuery(limit: Self.rowsMax)
        query.isOver = false
        return try await anomalies(query)
    }

    /// Some by their ids; those that are not stored are left out.
    func anomalies(_ ids: [AnomalyID]) async throws -> [AnomalyID: Anomaly] {
        var found: [AnomalyID: Anomaly] = [:]
        for batch in ids.batches(of: Self.batchMax) {
            var query = AnomalyQuery(limit: Self.rowsMax)
            query.ids = batch
            for row in try await anomalies(query) { found[row.id] = row }
        }
        return found
    }

    /// Anomalies and where they are; those of interfaces that are no longer in the inventory are left out.
    func members(_ rows: [Anomaly]) async throws -> [IncidentMember] {
        let others = try await places(of: Set(rows.map(\.interfaceID)).filter { ports[$0] == nil })
        return rows.compactMap { row in
            (ports[row.interfaceID]?.place ?? others[row.interfaceID]).map { IncidentMember(row, at: $0) }
        }
    }

    /// Where interfaces are that are not watched.
    private func places(of ids: Set<InterfaceID>) async throws -> [InterfaceID: InterfacePlace] {
        var places: [InterfaceID: InterfacePlace] = [:]
        for batch in ids.sorted().batches(of: Self.batchMax) {
            let rows = try await catalog.interfaces(withIDs: batch)
            let wanted = Set(rows.flatMap { [$0.deviceID, $0.connectedToDeviceID].compactMap(\.self) })
            let devices = try await catalog.devices(.ids(wanted.sorted()))
            let byID = Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            for row in rows {
                guard let device = byID[row.deviceID] else { continue }
                let peer = row.connectedToDeviceID.flatMap { byID[$0]?.name }
                places[row.id] = WatchedPort(row, device, peerDeviceName: peer).place
            }
        }
        return places
    }

    // MARK: - Incidents

    /// Incidents by their ids, with all their members; those that are not stored are left out.
    func incidents(_ ids: Set<IncidentID>) async throws -> [StoredIncident] {
        var found: [Incident] = []
        for id in ids.sorted() {
            if let incident = try await catalog.incident(id) { found.append(incident) }
        }
        var stored: [StoredIncident] = []
        for batch in found.batches(of: Self.batchMax) { stored += try await withMembers(batch) }
        return stored
    }

    private func withMembers(_ incidents: [Incident]) async throws -> [StoredIncident] {
        guard !incidents.isEmpty else { return [] }
        var query = AnomalyQuery(limit: Self.rowsMax)
        query.incidents = incidents.map(\.id)
        let members = Dictionary(grouping: try await members(anomalies(query))) { $0.anomaly.incidentID }
        return incidents.map { StoredIncident($0, members: members[$0.id] ?? []) }
    }

    /// The incidents that last into the time of a budget, the latest first.
    private func ofBudget(at now: Timestamp) async throws -> [Incident] {
        var query = IncidentQuery(limit: Self.rowsMax)
        query.from = now.advanced(bySeconds: -IncidentBook.reachSeconds)
        var found: [Incident] = []
        while true {
            let page = try await catalog.incidents(query)
            found += page
            guard page.count == query.limit, let last = page.last else { return found }
            query.after = IncidentPlace(startedAt: last.startedAt, id: last.id)
        }
    }

    /// The book as it was when it was last stored, and the incidents of its budgets.
    ///
    /// Members are read of incidents that may go on; of the others only where groups have budgets, and not kept.
    func book(_ budget: AlarmBudget, at now: Timestamp) async throws -> (book: IncidentBook, incidents: [Incident]) {
        var book = IncidentBook(budget: budget)
        let incidents = try await ofBudget(at: now)
        for batch in incidents.batches(of: Self.batchMax) {
            let read = batch.filter { !budget.groups.isEmpty || book.isKept($0, at: now) }
            let stored = try await withMembers(read)
            let byID = Dictionary(stored.map { ($0.incident.id, $0) }, uniquingKeysWith: { first, _ in first })
            for incident in batch {
                let stored = byID[incident.id]
                book.note(incident, at: stored?.members.map(\.place) ?? [])
                if let stored, book.isKept(incident, at: now) { book.recall(stored) }
            }
        }
        return (book, incidents)
    }
}

extension Array {
    /// Its elements in order, so many at a time.
    fileprivate func batches(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
