import Inventory

@testable import Alerting

/// A ledger and whoever tells of it.
final class DispatchScene {
    let scene: Scene
    var ledger = AlertLedger()
    var dispatcher: AlertDispatcher
    /// What was told last.
    var latest: [AlertDelivery] = []

    /// One route to `noc` with an interval of 60 s, changed by the caller; `keeps` has a memory of its own.
    init(
        awaiting: Bool = false, of scene: Scene = Scene(), _ edit: (inout AlertRoute) -> Void = { _ in }
    ) throws {
        self.scene = scene
        dispatcher = AlertDispatcher(try Self.tree(edit), keepsState: ["keeps"])
        dispatcher.awaitsDeliveries = awaiting
    }

    static func tree(_ edit: (inout AlertRoute) -> Void) throws -> RouteTree {
        var route = AlertRoute()
        (route.receivers, route.intervalSeconds) = (["noc"], 60)
        edit(&route)
        return try RouteTree(route)
    }

    /// What is told at a time, in words.
    func tell(at seconds: Double) -> [String] {
        latest = dispatcher.dispatch(&ledger, at: scene.at(seconds))
        return latest.map(\.words)
    }

    func raise(
        _ condition: AlertCondition = .interfaceDown, at seconds: Double, _ severity: AlertSeverity = .critical
    ) { scene.raise(&ledger, condition, at: seconds, severity) }

    func end(_ condition: AlertCondition = .interfaceDown, at seconds: Double) {
        scene.end(&ledger, condition, at: seconds)
    }

    /// The condition is gone, and its alert is over an hour later.
    func clear(_ condition: AlertCondition = .interfaceDown, at seconds: Double) {
        var rule = AlertRule(id: "rule", condition: condition, severity: .critical)
        rule.clearSeconds = 3_600
        ledger.take(.clear(scene.key(condition), by: rule, at: scene.at(seconds)))
    }

    func apply(_ kind: AlertAction.Kind, at seconds: Double, until: Double? = nil) {
        guard let id = ledger.open[scene.key()]?.id else { return }
        var action = AlertAction(alertID: id, kind: kind, at: scene.at(seconds))
        action.until = until.map(scene.at)
        ledger.apply(action, to: scene.key(), at: scene.at(seconds))
    }

    /// The receiver took it; whether somebody is to be told something now.
    @discardableResult
    func arrives(_ delivery: AlertDelivery?, at seconds: Double) -> Bool {
        guard var delivery else { return false }
        (delivery.state, delivery.endedAt) = (.delivered, scene.at(seconds))
        return dispatcher.take(delivery, &ledger, at: scene.at(seconds))
    }

    /// It was given up; whether something is to be written now.
    @discardableResult
    func fails(_ delivery: AlertDelivery?, at seconds: Double) -> Bool {
        guard var delivery else { return false }
        (delivery.state, delivery.endedAt, delivery.lastError) = (.failed, scene.at(seconds), "HTTP 401")
        return dispatcher.take(delivery, &ledger, at: scene.at(seconds))
    }

    /// An operator tries a receiver, and the trial arrives.
    @discardableResult
    func trial(of receiver: String = "noc", at seconds: Double) -> Bool {
        let trial = AlertDelivery(receiver: receiver, group: "", reason: .trial, alerts: [], at: scene.at(seconds))
        return arrives(trial, at: seconds)
    }

    /// What a restart leaves: alerts as they are stored, and what waits to be delivered.
    func restarted(waiting: [AlertDelivery], _ edit: (inout AlertRoute) -> Void = { _ in }) throws -> DispatchScene {
        let next = try DispatchScene(awaiting: true, of: scene, edit)
        next.ledger = AlertLedger(Array(ledger.open.values) + Array(ledger.owing.values))
        for delivery in waiting { _ = next.dispatcher.take(delivery, &next.ledger, at: scene.at(0)) }
        return next
    }
}

extension AlertDelivery {
    /// `noc: interface_down critical, …`, what is over in brackets.
    var words: String {
        let told = alerts.map { alert in
            alert.isOpen ? "\(alert.condition.rawValue) \(alert.severity.rawValue)" : "(\(alert.condition.rawValue))"
        }
        let reason = reason == .change ? "" : " \(reason.rawValue)"
        return "\(receiver)\(reason): \(told.joined(separator: ", "))"
    }
}
