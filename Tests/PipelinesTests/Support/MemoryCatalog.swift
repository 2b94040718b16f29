import Catalog
import Inventory
import Synchronization

/// Devices, interfaces and credentials in memory; each revision is applied as a whole or not at all.
final class MemoryCatalog: DeviceCatalog, InterfaceCatalog, CredentialCatalog, RemovedDeviceCatalog {
    struct State {
        var devices: [DeviceID: Device] = [:]
        var live: [InterfaceID: Interface] = [:]
        var retired: [InterfaceID: Interface] = [:]
        var profiles: [SealedProfile] = []
        /// How many devices each revision was about.
        var batches: [Int] = []
        /// How many rows revisions rewrote.
        var rowsWritten = 0
        /// Devices whose rows the schema refuses.
        var refusedDevices: Set<DeviceID> = []
        var isFull = false
        /// Summaries saved last, by interface.
        var summaries: [InterfaceID: MetricsSummary] = [:]
        /// Differs where a test says that something changed.
        var revision = 0
        /// Up to when removed devices were to be forgotten.
        var forgottenBefore: Timestamp?
        /// Neighbours, links and what else topology keeps.
        var topology = MemoryTopology()
    }

    let state: Mutex<State>

    init(devices: [Device] = [], profiles: [String] = ["default"]) {
        var initial = State()
        for device in devices { initial.devices[device.id] = device }
        initial.profiles = profiles.map { name in
            SealedProfile(
                name: name, version: .v2c, sealed: Array(name.utf8), createdAt: Timestamp(seconds: 0),
                updatedAt: Timestamp(seconds: 0))
        }
        state = Mutex(initial)
    }

    var allDevices: [Device] { state.withLock { $0.devices.values.sorted { $0.name < $1.name } } }
    var allInterfaces: [Interface] { state.withLock { $0.live.values.sorted { $0.id < $1.id } } }
    var batches: [Int] { state.withLock { $0.batches } }

    func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device] {
        try check("reading devices")
        return state.withLock { selected(selection, $0) }
    }

    private func selected(_ selection: DeviceSelection, _ state: State) -> [Device] {
        let all = state.devices.values.sorted { $0.name < $1.name }
        switch selection {
        case .all: return all
        case .ids(let ids): return all.filter { ids.contains($0.id) }
        }
    }

    func reviseDevices<Outcome: Sendable>(
        _ selection: DeviceSelection, _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
    ) async throws(CatalogError) -> Outcome {
        try check("saving devices")
        return state.withLock { state in
            let (revision, outcome) = decide(selected(selection, state))
            for device in revision.inserted + revision.updated { state.devices[device.id] = device }
            for id in revision.removed { state.devices[id] = nil }
            return outcome
        }
    }

    func addDevice(_ device: Device) async throws(CatalogError) -> Device {
        state.withLock { $0.devices[device.id] = device }
        return device
    }

    /// Remembers the time; this catalog keeps no removed devices.
    func forgetDevices(removedBefore time: Timestamp) async throws(CatalogError) -> Int {
        state.withLock { $0.forgottenBefore = time }
        return 0
    }

    func interfaces(of device: DeviceID) async throws(CatalogError) -> [Interface] {
        try check("reading interfaces")
        return state.withLock { book(device, $0)?.live ?? [] }
    }

    func interfaces(withIDs ids: [InterfaceID]) async throws(CatalogError) -> [Interface] {
        allInterfaces.filter { ids.contains($0.id) }
    }

    func interfaces(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Interface] {
        Array(allInterfaces.drop { row in after.map { row.id <= $0 } ?? false }.prefix(limit))
    }

    func interfaceCount() async throws(CatalogError) -> Int { allInterfaces.count }

    func reviseInterfaces<Outcome: Sendable>(
        of devices: [DeviceID],
        _ decide: @escaping @Sendable ([InterfaceBook]) -> ([InterfaceRevision], Outcome)
    ) async throws(CatalogError) -> Outcome {
        try check("saving interfaces")
        let outcome = state.withLock { state -> Outcome? in
            let (revisions, outcome) = decide(devices.compactMap { book($0, state) })
            let isRefused = revisions.contains { revision in
                state.refusedDevices.contains(revision.deviceID) && !revision.inserted.isEmpty
            }
            if isRefused { return nil }
            state.batches.append(devices.count)
            for revision in revisions { apply(revision, to: &state) }
            return outcome
        }
        guard let outcome else {
            throw CatalogError(.invalidValue, operation: "saving interfaces", message: "if_mtu is out of range")
        }
        return outcome
    }

    private func book(_ id: DeviceID, _ state: State) -> InterfaceBook? {
        guard let device = state.devices[id] else { return nil }
        func rows(_ rows: [InterfaceID: Interface]) -> [Interface] {
            rows.values.filter { $0.deviceID == id }
                .sorted { ($0.facts.ifIndex, $0.id) < ($1.facts.ifIndex, $1.id) }
        }
        return InterfaceBook(
            device: device, live: rows(state.live), retired: rows(state.retired), neighbours: state.neighbours(of: id))
    }

    private func apply(_ revision: InterfaceRevision, to state: inout State) {
        if let device = revision.device { state.devices[device.id] = device }
        for row in revision.inserted + revision.updated {
            state.live[row.id] = row
            state.retired[row.id] = nil
            state.rowsWritten += 1
        }
        for id in revision.retired { state.retired[id] = state.live.removeValue(forKey: id) }
        guard let seenAt = revision.seenAt else { return }
        for (id, row) in state.live where row.deviceID == revision.deviceID && row.missingSince == nil {
            state.live[id]?.lastSeenAt = seenAt
            state.live[id]?.lastDiscoveredAt = seenAt
        }
    }

    func credentialProfiles() async throws(CatalogError) -> [SealedProfile] {
        try check("reading profiles")
        return state.withLock { $0.profiles }
    }

    func saveCredentialProfile(_ profile: SealedProfile) async throws(CatalogError) {
        state.withLock { $0.profiles.append(profile) }
    }

    func removeCredentialProfile(named name: String) async throws(CatalogError) -> Bool { false }

    func check(_ operation: String) throws(CatalogError) {
        if Task.isCancelled { throw CatalogError(.cancelled, operation: operation, message: "the task was cancelled") }
        if state.withLock({ $0.isFull }) {
            throw CatalogError(.full, operation: operation, message: "no space is left on the device")
        }
    }
}

extension MemoryCatalog: MetricsSummaryCatalog {
    func saveMetricsSummaries(_ summaries: [MetricsSummary]) async throws(CatalogError) {
        state.withLock { state in
            for summary in summaries where state.live[summary.interfaceID] != nil {
                state.summaries[summary.interfaceID] = summary
            }
        }
    }

    func metricsSummary(of interface: InterfaceID) async throws(CatalogError) -> MetricsSummary? {
        state.withLock { $0.summaries[interface] }
    }

    func metricsSummaries(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [MetricsSummary] { [] }

    func topMetricsSummaries(by order: MetricsOrder, limit: Int) async throws(CatalogError) -> [MetricsSummary] { [] }
}
