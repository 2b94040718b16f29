import Catalog
import Inventory
import Synchronization

/// Alerts and deliveries in memory, with the rules of `AlertCatalog`; outlives the processes that use it.
final class AlertMemory: Sendable {
    struct State {
        var alerts: [AlertID: Alert] = [:]
        var changes: [AlertChange] = []
        var deliveries: [AlertDeliveryID: AlertDelivery] = [:]
        var actions: [AlertAction] = []
        var applied: Int64 = 0
        var silences: [Silence] = []
        var windows: [MaintenanceWindow] = []
        var lastNumber: Int64 = 0
        /// Ids of all alerts that were ever stored and not removed as pending.
        var stored: Set<AlertID> = []
        var saves = 0
    }

    let state = Mutex(State())

    var alerts: [Alert] { state.withLock { $0.alerts.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) } } }
    var deliveries: [AlertDelivery] { state.withLock { $0.deliveries.values.sorted { $0.number < $1.number } } }

    func save(_ batch: AlertBatch) throws(CatalogError) {
        let fault = state.withLock { state -> CatalogError? in
            var next = state
            next.saves += 1
            for alert in batch.alerts { next.alerts[alert.id] = alert }
            for id in batch.removed { next.alerts[id] = nil }
            let open = next.alerts.values.filter(\.isOpen)
            guard Set(open.map(\.key)).count == open.count else {
                return CatalogError(.conflict, operation: "saving alerts", message: "two open alerts of one condition")
            }
            guard batch.changes.allSatisfy({ next.alerts[$0.alertID] != nil }) else {
                return CatalogError(.invalidValue, operation: "saving alerts", message: "a step of an unknown alert")
            }
            next.changes += batch.changes
            for (place, var delivery) in (batch.deliveries + batch.attempts).enumerated() {
                if let known = next.deliveries[delivery.id] {
                    delivery.number = known.number
                    if place >= batch.deliveries.count { delivery.alerts = known.alerts }
                } else {
                    next.lastNumber += 1
                    delivery.number = next.lastNumber
                }
                next.deliveries[delivery.id] = delivery
            }
            if let applied = batch.appliedAction { next.applied = applied }
            state = next
            return nil
        }
        if let fault { throw fault }
    }

    /// What may be made once its time has come.
    func heads() -> [AlertDelivery] {
        var (seen, told): (Set<[String]>, [String: Set<AlertID>]) = ([], [:])
        return deliveries.filter { delivery in
            guard delivery.state == .waiting else { return false }
            let alerts = Set(delivery.alerts.map(\.id))
            let isFree = told[delivery.receiver, default: []].isDisjoint(with: alerts)
            told[delivery.receiver, default: []].formUnion(alerts)
            return seen.insert([delivery.receiver, delivery.group]).inserted && isFree
        }
    }

    func due(_ query: DueDeliveryQuery) -> [AlertDelivery] {
        var places: [String: Int] = [:]
        let found = heads().filter { $0.dueAt <= query.time }.compactMap { delivery -> (Int, AlertDelivery)? in
            places[delivery.receiver, default: 0] += 1
            let place = places[delivery.receiver, default: 0]
            return place > query.perReceiver || query.except.contains(delivery.number) ? nil : (place, delivery)
        }
        let ordered = found.sorted { ($0.0, $0.1.number) < ($1.0, $1.1.number) }
        return ordered.prefix(query.limit).map(\.1)
    }

}

/// The catalog as one process sees it: it may refuse for a while, and the process may be killed at any call.
final class AlertHandle: AlertCatalog {
    /// What happens at a call: nothing, the process dies before it has an effect, or before it has an answer.
    enum Fate { case lives, diesBefore, diesAfter, refused }

    let memory: AlertMemory
    private let fate: @Sendable (Int) -> Fate
    private let calls = Mutex<(count: Int, isDead: Bool)>((0, false))
    let isRefusing = Mutex(false)

    init(_ memory: AlertMemory, fate: @escaping @Sendable (Int) -> Fate = { _ in .lives }) {
        self.memory = memory
        self.fate = fate
    }

    var isDead: Bool { calls.withLock { $0.isDead } }

    private func call<Outcome>(
        _ work: (AlertMemory) throws(CatalogError) -> Outcome
    ) throws(CatalogError) -> Outcome {
        let dead = CatalogError(.unavailable, operation: "any", message: "the process is dead")
        let next = calls.withLock { calls -> Fate in
            guard !calls.isDead else { return .diesBefore }
            calls.count += 1
            let next = fate(calls.count)
            if next == .diesBefore || next == .diesAfter { calls.isDead = true }
            return next
        }
        if next == .diesBefore { throw dead }
        if next == .refused || isRefusing.withLock({ $0 }) {
            throw CatalogError(.full, operation: "saving alerts", message: "no space is left on the device")
        }
        let outcome = try work(memory)
        if next == .diesAfter { throw dead }
        return outcome
    }

    func saveAlerts(_ batch: AlertBatch) async throws(CatalogError) {
        try call { memory throws(CatalogError) in try memory.save(batch) }
    }

    func alerts(_ query: AlertQuery) async throws(CatalogError) -> [Alert] {
        try call { memory in
            let fitting = memory.alerts.filter { alert in
                (query.states.isEmpty || query.states.contains(alert.state))
                    && (query.owesRecovery.map { $0 == alert.owesRecovery } ?? true)
                    && (query.from.map { (alert.resolvedAt ?? $0) >= $0 } ?? true)
            }.sorted { ($1.startedAt, $0.id) < ($0.startedAt, $1.id) }
            let rest = fitting.drop { alert in
                query.after.map { (alert.startedAt, $0.id) > ($0.startedAt, alert.id) || alert.id == $0.id } ?? false
            }
            return Array(rest.prefix(query.limit))
        }
    }

    func alertCount(_ query: AlertQuery) async throws(CatalogError) -> Int { memory.alerts.count }
    func alert(_ id: AlertID) async throws(CatalogError) -> Alert? { memory.alerts.first { $0.id == id } }

    func alertChanges(of alert: AlertID) async throws(CatalogError) -> [AlertChange] {
        memory.state.withLock { $0.changes.filter { $0.alertID == alert } }
    }

    func removeAlerts(resolvedBefore time: Timestamp) async throws(CatalogError) -> Int { 0 }

    func addAlertAction(_ action: AlertAction) async throws(CatalogError) -> AlertAction {
        memory.state.withLock { state in
            var action = action
            action.number = Int64(state.actions.count) + 1
            state.actions.append(action)
            return action
        }
    }

    func alertActions(after number: Int64, limit: Int) async throws(CatalogError) -> [AlertAction] {
        try call { memory in
            memory.state.withLock { Array($0.actions.filter { $0.number > number }.prefix(limit)) }
        }
    }

    func appliedAlertAction() async throws(CatalogError) -> Int64 {
        try call { memory in memory.state.withLock { $0.applied } }
    }

    func saveSilence(_ silence: Silence) async throws(CatalogError) {
        memory.state.withLock { $0.silences.append(silence) }
    }

    func silences(endingAfter time: Timestamp?) async throws(CatalogError) -> [Silence] {
        memory.state.withLock { $0.silences.filter { silence in time.map { silence.endsAt > $0 } ?? true } }
    }

    func removeSilence(_ id: SilenceID) async throws(CatalogError) -> Bool { false }
    func saveMaintenanceWindow(_ window: MaintenanceWindow) async throws(CatalogError) {}
    func maintenanceWindows() async throws(CatalogError) -> [MaintenanceWindow] { memory.state.withLock { $0.windows } }
    func removeMaintenanceWindow(_ id: MaintenanceWindowID) async throws(CatalogError) -> Bool { false }

    func dueDeliveries(_ query: DueDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] {
        try call { memory in memory.due(query) }
    }

    func nextDeliveryDue(after time: Timestamp) async throws(CatalogError) -> Timestamp? {
        try call { memory in memory.heads().map(\.dueAt).filter { $0 > time }.min() }
    }

    func deliveries(_ query: AlertDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] { memory.deliveries }
    func deliveryCounts(since time: Timestamp) async throws(CatalogError) -> [String: AlertDeliveryCounts] { [:] }
    func removeDeliveries(endedBefore time: Timestamp) async throws(CatalogError) -> Int { 0 }
}
