import Catalog
import Inventory

/// The same numbers for the same seed, so that a failure can be repeated.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= SplitMix.step
        return SplitMix.mixed(state)
    }
}

extension Specimens {
    /// An interface that is in no catalog: alerts need none.
    static func port() -> AlertEntity {
        .interface(.random(), of: .random())
    }

    /// An alert that began so many seconds after noon and fires, or was over after as many more.
    static func alert(
        _ entity: AlertEntity = port(), _ condition: AlertCondition = .interfaceDown, at start: Double = 0,
        lasting seconds: Double? = nil
    ) -> Alert {
        var alert = Alert(entity: entity, condition: condition, rule: "r", severity: .high, at: time(start))
        (alert.state, alert.firedAt) = (.firing, time(start))
        if let seconds { (alert.state, alert.resolvedAt) = (.resolved, time(start + seconds)) }
        return alert
    }

    /// An alert with every field filled, each with a value of its own, some with what breaks naive storage.
    static func fullAlert() -> Alert {
        var alert = Alert(
            entity: port(), condition: .highUtilization, rule: "uplinks \"9\"", severity: .critical, at: time(-1))
        alert.message = "High utilization on 'x' \"y\" <b>\u{0}\n\\ მაგთი 🛰 (80%); DROP TABLE alert_history"
        (alert.value, alert.threshold) = (-0.1 - 0.2, 1.0 / 3)
        (alert.state, alert.resolvedAt) = (.resolved, time(0.004))
        (alert.firedAt, alert.lastSeenAt) = (time(0.001), Timestamp(milliseconds: 253_402_300_799_999))
        alert.acknowledgement = AlertAcknowledgement(at: time(0.002), by: "", note: "on it\n'", until: time(0.003))
        (alert.hold, alert.causeID, alert.notifiedAt) = (.explained, .random(), time(0.005))
        alert.tellings = [
            AlertTelling("noc", at: time(1), severity: .high),
            AlertTelling("", at: time(2), severity: .low, isOver: true, group: "device=\"a\\b\""),
        ]
        (alert.tellings[0].isCounted, alert.tellings[0].isDue) = (true, true)
        alert.tellings[1].before = AlertTelling.Earlier(at: time(1.5), severity: .medium)
        alert.context = fullContext()
        return alert
    }

    private static func fullContext() -> AlertContext {
        var context = AlertContext()
        let device = fullDevice()
        context.device = AlertContext.Device(device)
        var interface = fullInterface(of: device)
        interface.facts.ifName = "Gi0/0/0 \"up\" \\ \u{1}"
        context.interface = AlertContext.Interface(interface, isNameShared: true)
        context.facts = [
            AlertFact("", "down", at: Timestamp(milliseconds: -62_167_219_200_000)), AlertFact("oper status", ""),
        ]
        context.before = [
            AlertEvent(at: time(3), deviceID: .random(), interfaceID: .random(), "Te1/1 of DIST-04 went down"),
            AlertEvent(at: time(4), ""),
        ]
        context.cause = AlertCause(
            alertID: .random(), name: "CORE-SW-01", path: ["", "CORE-SW-01", "é"], reason: "its only way\t")
        context.labels = ["": "", "team": "net \"a\"", "თ": "\\"]
        (context.remedy, context.relapses) = (String(repeating: "ø", count: 70_000), -3)
        (context.penalty, context.penaltyAt, context.clearSince) = (1e-300, time(5), time(6))
        context.worst = 8.5e300
        return context
    }

    /// Something that a receiver is to be told, due so many seconds after noon.
    static func delivery(
        _ alerts: [Alert] = [], to receiver: String = "noc", group: String = "g", due: Double = 0
    ) -> AlertDelivery {
        var delivery = AlertDelivery(receiver: receiver, group: group, reason: .change, alerts: alerts, at: noon)
        delivery.dueAt = time(due)
        return delivery
    }
}

extension AlertBatch {
    /// Some alerts.
    init(_ alerts: [Alert]) {
        self.init()
        self.alerts = alerts
    }

    /// Some deliveries.
    init(_ deliveries: [AlertDelivery]) {
        self.init()
        self.deliveries = deliveries
    }
}

extension AlertCatalog {
    /// Somebody says that they see to an alert.
    @discardableResult
    func acknowledge(_ alert: AlertID) async throws -> AlertAction {
        try await addAlertAction(AlertAction(alertID: alert, kind: .acknowledge, at: Specimens.noon))
    }

    /// All alerts there are, the latest start first.
    func allAlerts() async throws -> [Alert] {
        try await alerts(AlertQuery(limit: 10_000))
    }

    /// All deliveries there are, the latest first.
    func allDeliveries() async throws -> [AlertDelivery] {
        try await deliveries(AlertDeliveryQuery(limit: 10_000))
    }
}
