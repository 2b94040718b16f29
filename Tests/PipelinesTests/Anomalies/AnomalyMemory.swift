import Catalog
import Inventory
import Synchronization

/// An inventory with baselines and anomalies, in memory; saving anomalies fails when told.
final class AnomalyMemory: DeviceCatalog, InterfaceCatalog, BaselineCatalog, AnomalyCatalog {
    struct Rows {
        var baselines: [InterfaceID: [Baseline]] = [:]
        var anomalies: [AnomalyID: Anomaly] = [:]
        var incidents: [IncidentID: Incident] = [:]
        var actions: [AnomalyActionID: AnomalyAction] = [:]
        var exclusions: [BaselineExclusionID: BaselineExclusion] = [:]
        var failures = 0
        var revision: Int64 = 1
        var saves = 0
    }

    let inventory: MemoryCatalog
    let rows = Mutex(Rows())

    init(_ inventory: MemoryCatalog) { self.inventory = inventory }

    /// By start, then id.
    var anomalies: [Anomaly] {
        rows.withLock { $0.anomalies.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) } }
    }
    var incidents: [Incident] {
        rows.withLock { $0.incidents.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) } }
    }

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
        let live = inventory.state.withLock { Set($0.live.keys) }
        let isFailing = rows.withLock { rows in
            guard rows.failures == 0 else {
                rows.failures -= 1
                return true
            }
            rows.saves += 1
            for row in anomalies where live.contains(row.interfaceID) { rows.anomalies[row.id] = row }
            for row in incidents { rows.incidents[row.id] = row.anomalyIDs.isEmpty ? nil : row }
            return false
        }
        if isFailing { throw CatalogError(.full, operation: "saving anomalies", message: "no space is left") }
    }

    func anomalies(_ query: AnomalyQuery) async throws(CatalogError) -> [Anomaly] {
        let found = anomalies.reversed().filter { row in
            query.isOver.map { $0 == row.isOver } ?? true
                && query.from.map { (row.endedAt ?? .init(milliseconds: .max)) >= $0 } ?? true
        }
        let place = query.after.flatMap { after in found.firstIndex { $0.id == after.id } }
        return Array(found.dropFirst(place.map { $0 + 1 } ?? 0).prefix(query.limit))
    }

    func anomalyCount(_ query: AnomalyQuery) async throws(CatalogError) -> Int { anomalies.count }

    func anomaly(_ id: AnomalyID) async throws(CatalogError) -> Anomaly? { rows.withLock { $0.anomalies[id] } }

    func incidents(_ query: IncidentQuery) async throws(CatalogError) -> [Incident] {
        let found = Array(incidents.reversed())
        let place = query.after.flatMap { after in found.firstIndex { $0.id == after.id } }
        return Array(found.dropFirst(place.map { $0 + 1 } ?? 0).prefix(query.limit))
    }

    func incidentCount(_ query: IncidentQuery) async throws(CatalogError) -> Int { incidents.count }

    func incident(_ id: IncidentID) async throws(CatalogError) -> Incident? { rows.withLock { $0.incidents[id] } }

    func removeAnomalies(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        rows.withLock { rows in
            let old = rows.anomalies.values.filter { $0.endedAt.map { $0 < time } ?? false }
            for row in old { rows.anomalies[row.id] = nil }
            return old.count
        }
    }

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
