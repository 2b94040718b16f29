import API
import Catalog
import Inventory
import Listing
import Synchronization
import Testing

/// A catalog with alerts on two devices.
struct AlertWorld: Sendable {
    let api: Fixture
    let core: (device: Device, interfaces: [Interface])
    let edge: (device: Device, interfaces: [Interface])
    let nudges: Tally

    init(
        settings: APISettings = Fixture.exact, zone: ZoneRules = .utc, catalog: (any Catalog)? = nil,
        _ change: (inout AlertSource) -> Void = { _ in }
    ) async throws {
        let nudges = Tally()
        self.nudges = nudges
        var source = AlertSource(nudge: { nudges.add() })
        change(&source)
        api = try Fixture(
            settings: settings, anomalies: AnomalySource(zone: zone), alerts: source, catalog: catalog)
        let (one, ones) = try await api.add("CORE", [.isp, .trunk])
        let (two, twos) = try await api.add("EDGE", [.isp])
        core = (one, ones)
        edge = (two, twos)
    }

    /// An alert that began some minutes before now and fires, filled in.
    static func alert(
        _ entity: AlertEntity, _ condition: AlertCondition = .interfaceDown, minutesAgo: Double,
        severity: AlertSeverity = .critical, _ change: (inout Alert) -> Void = { _ in }
    ) -> Alert {
        let start = Fixture.now.advanced(bySeconds: -60 * minutesAgo)
        var alert = Alert(entity: entity, condition: condition, rule: "a-rule", severity: severity, at: start)
        (alert.state, alert.firedAt, alert.lastSeenAt) = (.firing, start, Fixture.now)
        alert.message = "Something of \(entity.key)"
        change(&alert)
        return alert
    }

    /// An alert of an interface, with its names.
    func alert(
        on place: Int, _ condition: AlertCondition = .interfaceDown, minutesAgo: Double,
        severity: AlertSeverity = .critical, _ change: (inout Alert) -> Void = { _ in }
    ) -> Alert {
        let interface = core.interfaces[place]
        return Self.alert(
            .interface(interface.id, of: core.device.id), condition, minutesAgo: minutesAgo, severity: severity
        ) { alert in
            alert.message = "Interface \(interface.displayName) down on CORE (CRITICAL)"
            alert.context.device = AlertContext.Device(core.device)
            alert.context.interface = AlertContext.Interface(interface)
            change(&alert)
        }
    }

    /// An alert that was over so many minutes after it began.
    static func over(_ alert: Alert, after minutes: Double) -> Alert {
        var alert = alert
        alert.state = .resolved
        alert.resolvedAt = alert.startedAt.advanced(bySeconds: 60 * minutes)
        return alert
    }

    func store(
        _ alerts: [Alert], changes: [AlertChange] = [], deliveries: [AlertDelivery] = []
    ) async throws {
        var batch = AlertBatch()
        (batch.alerts, batch.changes, batch.deliveries) = (alerts, changes, deliveries)
        try await api.catalog.saveAlerts(batch)
    }

    /// A document of the API.
    func get(_ path: String) async throws -> JSONValue {
        try await api.send("GET", path).document
    }

    /// The ids of a list.
    func ids(_ path: String) async throws -> [String] {
        try await get(path).list("items").map { $0.text("id") }
    }

    /// The ids of all pages of a list.
    func pages(_ path: String) async throws -> [String] {
        var ids: [String] = []
        var next: String? = ""
        while let cursor = next, ids.count < 1_000 {
            let page = try await get(path + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
            ids += page.list("items").map { $0.text("id") }
            next = page["next_cursor"] == .null ? nil : page.text("next_cursor")
        }
        return ids
    }
}

/// How often something happened.
final class Tally: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock { $0 } }

    func add() { number.withLock { $0 += 1 } }
}

/// The last of some values.
final class Kept<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    var last: Value? { value.withLock { $0 } }

    func keep(_ value: Value) { self.value.withLock { $0 = value } }
}
