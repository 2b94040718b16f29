import Catalog
import CatalogSQLite
import Inventory
import Synchronization

/// An inventory and baselines in memory, and anomalies in a SQLite catalog in memory; it fails when told.
final class AnomalyMemory: DeviceCatalog, InterfaceCatalog, BaselineCatalog, AnomalyCatalog {
    struct Rows {
        var baselines: [InterfaceID: [Baseline]] = [:]
        /// As they are stored, by start, then id.
        var anomalies: [Anomaly] = []
        var incidents: [Incident] = []
        var actions: [AnomalyActionID: AnomalyAction] = [:]
        var exclusions: [BaselineExclusionID: BaselineExclusion] = [:]
        /// How many of the next savings fail.
        var failures = 0
        /// How many of the next readings of anomalies fail.
        var readFailures = 0
        var revision: Int64 = 1
        var saves = 0
    }

    let inventory: MemoryCatalog
    let rows = Mutex(Rows())
    private let stored = Result { try SQLiteCatalog.inMemory() }

    init(_ inventory: MemoryCatalog) { self.inventory = inventory }

    /// By start, then id.
    var anomalies: [Anomaly] { rows.withLock(\.anomalies) }
    var incidents: [Incident] { rows.withLock(\.incidents) }

    /// Changes rows of interfaces, as discovery or an operator does.
    func change(_ id: InterfaceID, _ change: (inout Interface) -> Void) {
        inventory.state.withLock { state in
            guard var row = state.live[id] else { return }
            change(&row)
            state.live[id] = row
        }
        rows.withLock { $0.revision += 1 }
    }

    func remove(_ id: InterfaceID) {
        inventory.state.withLock { $0.live[id] = nil }
        rows.withLock { $0.revision += 1 }
    }

    func revision() -> CatalogRevision { CatalogRevision(rows.withLock(\.revision)) }

    // MARK: - Inventory

    func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device] {
        try await inventory.devices(selection)
    }

    func reviseDevices<Outcome: Sendable>(
        _ selection: DeviceSelection, _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
    ) async throws(CatalogError) -> Outcome {
        try await inventory.reviseDevices(selection, decide)
    }

    func interfaces(of device: DeviceID) async throws(CatalogError) -> [Interface] {
        try await inventory.interfaces(of: device)
    }

    func interfaces(withIDs ids: [InterfaceID]) async throws(CatalogError) -> [Interface] {
        try await inventory.interfaces(withIDs: ids)
    }

    func interfaces(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Interface] {
        try await inventory.interfaces(after: after, limit: limit)
    }

    func interfaceCount() async throws(CatalogError) -> Int { try await inventory.interfaceCount() }

    func reviseInterfaces<Outcome: Sendable>(
        of devices: [DeviceID], _ decide: @escaping @Sendable ([InterfaceBook]) -> ([InterfaceRevision], Outcome)
    ) async throws(CatalogError) -> Outcome {
        try await inventory.reviseInterfaces(of: devices, decide)
    }

    // MARK: - Baselines

    func replaceBaselines(
        of interfaces: [InterfaceID], with baselines: [Baseline]
    ) async throws(CatalogError) -> Int {
        rows.withLock { rows in
            for id in interfaces { rows.baselines[id] = nil }
            for row in baselines { rows.baselines[row.interfaceID, default: []].append(row) }
            return baselines.count
        }
    }

    func baselines(of interface: InterfaceID) async throws(CatalogError) -> [Baseline] {
        rows.withLock { $0.baselines[interface] ?? [] }
    }

    func baselines(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Baseline] {
        rows.withLock { rows in
            let ids = rows.baselines.keys.sorted().filter { id in after.map { id > $0 } ?? true }.prefix(limit)
            return ids.flatMap { rows.baselines[$0] ?? [] }
        }
    }

    func baselineStatistics() async throws(CatalogError) -> BaselineStatistics {
        rows.withLock { rows in
            let all = rows.baselines.values.flatMap(\.self)
            return BaselineStatistics(
                total: all.count, interfaces: rows.baselines.count, lastUpdated: all.map(\.lastUpdated).max())
        }
    }

    // MARK: - Anomalies

    func saveAnomalies(_ anomalies: [Anomaly], incidents: [Incident]) async throws(CatalogError) {
        try fail(\.failures, "saving anomalies")
        rows.withLock { $0.saves += 1 }
        try await changed().saveAnomalies(anomalies, incidents: incidents)
        try await show()
    }

    func moveAnomalies(_ moves: [AnomalyMove]) async throws(CatalogError) -> MovedAnomalies {
        let moved = try await changed().moveAnomalies(moves)
        try await show()
        return moved
    }

    func removeAnomalies(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        let count = try await changed().removeAnomalies(endedBefore: time)
        try await show()
        return count
    }

    func anomalies(_ query: AnomalyQuery) async throws(CatalogError) -> [Anomaly] {
        try fail(\.readFailures, "reading anomalies")
        return try await changed().anomalies(query)
    }

    func openAnomalyStates() async throws(CatalogError) -> [AnomalyID: AnomalyState] {
        try await changed().openAnomalyStates()
    }

    func anomalyCount(_ query: AnomalyQuery) async throws(CatalogError) -> Int {
        try await changed().anomalyCount(query)
    }

    func anomaly(_ id: AnomalyID) async throws(CatalogError) -> Anomaly? { try await changed().anomaly(id) }

    func incidents(_ query: IncidentQuery) async throws(CatalogError) -> [Incident] {
        try await changed().incidents(query)
    }

    func incidentCount(_ query: IncidentQuery) async throws(CatalogError) -> Int {
        try await changed().incidentCount(query)
    }

    func incident(_ id: IncidentID) async throws(CatalogError) -> Incident? { try await changed().incident(id) }

    private func fail(_ count: any (WritableKeyPath<Rows, Int> & Sendable), _ operation: String) throws(CatalogError) {
        let isFailing = rows.withLock { rows in
            defer { rows[keyPath: count] = max(0, rows[keyPath: count] - 1) }
            return rows[keyPath: count] > 0
        }
        if isFailing { throw CatalogError(.full, operation: operation, message: "no space is left") }
    }

    /// What is stored, with the interfaces that are there now.
    private func changed() async throws(CatalogError) -> SQLiteCatalog {
        let catalog = try catalog()
        let (devices, live) = inventory.state.withLock { (Array($0.devices.values), $0.live) }
        try await catalog.reviseDevices(.all) { known in
            var revision = DeviceRevision()
            revision.inserted = devices.filter { device in !known.contains { $0.id == device.id } }
            return (revision, ())
        }
        try await catalog.reviseInterfaces(of: devices.map(\.id)) { books in
            let revisions = books.map { book in
                var revision = InterfaceRevision(deviceID: book.device.id)
                let known = Set(book.live.map(\.id))
                revision.inserted = live.values.filter { $0.deviceID == book.device.id && !known.contains($0.id) }
                revision.retired = known.filter { live[$0] == nil }.sorted()
                return revision
            }
            return (revisions, ())
        }
        return catalog
    }

    private func catalog() throws(CatalogError) -> SQLiteCatalog {
        do { return try stored.get() } catch {
            throw CatalogError(.unavailable, operation: "opening a catalog", message: "\(error)")
        }
    }

    private func show() async throws(CatalogError) {
        let catalog = try catalog()
        let anomalies = try await catalog.anomalies(AnomalyQuery(limit: 10_000))
        let incidents = try await catalog.incidents(IncidentQuery(limit: 10_000))
        rows.withLock { rows in
            rows.anomalies = anomalies.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
            rows.incidents = incidents.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
        }
    }

    // MARK: - What operators said

    func saveAnomalyAction(_ action: AnomalyAction) async throws(CatalogError) {
        rows.withLock { $0.actions[action.id] = action }
    }

    func anomalyActions(after: Timestamp?) async throws(CatalogError) -> [AnomalyAction] {
        rows.withLock { rows in
            rows.actions.values.filter { row in after.map { row.createdAt > $0 } ?? true }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }

    func removeAnomalyAction(_ id: AnomalyActionID) async throws(CatalogError) -> Bool {
        rows.withLock { $0.actions.removeValue(forKey: id) != nil }
    }

    func saveBaselineExclusion(_ exclusion: BaselineExclusion) async throws(CatalogError) {
        rows.withLock { $0.exclusions[exclusion.id] = exclusion }
    }

    func baselineExclusions() async throws(CatalogError) -> [BaselineExclusion] {
        rows.withLock { $0.exclusions.values.sorted { ($0.from, $0.id) < ($1.from, $1.id) } }
    }

    func removeBaselineExclusion(_ id: BaselineExclusionID) async throws(CatalogError) -> Bool {
        rows.withLock { $0.exclusions.removeValue(forKey: id) != nil }
    }
}
