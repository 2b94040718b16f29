public import Inventory
public import Traffic

/// From what is read to what is told: conditions, lives, causes, silences and routes in one value.
///
/// Facts are taken as they come; `evaluate` draws the conclusions. Pure: the same facts and times give the same alerts,
/// which is how rules are tried on the past before they are saved.
public struct AlertEngine: Sendable {
    /// What is open, and what became of it.
    public internal(set) var ledger: AlertLedger
    var ports = PortBook()
    var network = NetworkFacts()
    var finder: CauseFinder
    var causes: CauseState
    var quiet = QuietBook()
    var dispatcher: AlertDispatcher
    var rules = AlertRuleBook([])
    var inventory = AlertInventory()
    var recent = RecentEvents()
    var occurrences: [AlertOccurrence] = []
    var unwatched: [AlertSignal] = []
    /// Outages of devices that are over: what started anew then lost its power with them.
    var outages: [DeviceID: DeviceOutage] = [:]
    /// When what had explained an alert was over, until its entity was read again.
    var releases: [AlertKey: Timestamp] = [:]
    /// When it first knew what there is.
    var beganAt: Timestamp?
    var evaluatedAt: Timestamp?

    /// An engine that goes on where a store left off.
    ///
    /// - Parameter stored: alerts that are open or owe a recovery, and what was over within the last two hours.
    public init(_ stored: [Alert] = []) {
        ledger = AlertLedger(stored)
        finder = CauseFinder(graph: ReachabilityGraph(devices: [], cables: [], place: nil))
        let holding = stored.filter { $0.isOpen && $0.isOfReachability && $0.context.clearSince == nil }
        causes = CauseState(
            roots: holding.filter { $0.hold != .explained && $0.hold != .verifying }.map(\.entity),
            explained: holding.filter(\.wasExplained).map(\.entity))
        dispatcher = AlertDispatcher(.toNobody)
        for alert in stored where alert.condition == .deviceUnreachable {
            if alert.isOpen { remember(alert) } else { noteOutage(alert) }
        }
    }

    // MARK: - What it works with

    /// Takes over an inventory and rules.
    public mutating func revise(_ inventory: AlertInventory, rules: AlertRuleBook, at now: Timestamp) {
        let before = self.inventory
        (self.inventory, self.rules) = (inventory, rules)
        unwatched += ports.revise(inventory, rules, at: now)
        if beganAt == nil { begin(at: now) }
        for device in inventory.devices.values { seed(device, at: now) }
        for device in before.devices.keys where inventory.devices[device] == nil { network.devices[device] = nil }
        for alert in ledger.open.values { endUnwatched(alert, at: now) }
        let (open, engine) = (ledger.open.keys, self)
        ledger.revise(
            Dictionary(uniqueKeysWithValues: open.compactMap { key in engine.rule(for: key).map { (key, $0) } }))
    }

    /// Takes over how devices are wired.
    public mutating func revise(_ graph: ReachabilityGraph, waitSeconds: Int) {
        finder = CauseFinder(graph: graph, waitSeconds: waitSeconds)
    }

    /// Takes over silences and maintenance windows.
    public mutating func revise(_ quiet: QuietBook) { self.quiet = quiet }

    /// Takes over routes; who was told of what is known from the alerts.
    ///
    /// - Parameter receivers: all there are; nil where that is not known. Others are not told that anything is over.
    public mutating func revise(_ routes: RouteTree, keepsState: Set<String>, receivers: Set<String>? = nil) {
        dispatcher.revise(routes, keepsState: keepsState, receivers: receivers)
    }

    /// An alert whose entity is gone or has no rule any more: nobody looks at it.
    private mutating func endUnwatched(_ alert: Alert, at now: Timestamp) {
        let reason: String? =
            switch alert.entity {
            case .interface(let id, _): whyUnwatched(id)
            case .device(let id): inventory.devices[id] == nil ? "the device is gone, or switched off here" : nil
            case .system: nil
            }
        let rule = rule(for: alert.key)
        guard reason != nil || rule == nil else { return }
        let old = rule ?? AlertRule(id: alert.rule, condition: alert.condition, severity: alert.severity)
        unwatched.append(
            .unwatched(alert.key, by: old, at: now, because: reason ?? "no rule asks for it any more"))
    }

    /// Why nothing of an interface is looked at; nil where it is.
    func whyUnwatched(_ id: InterfaceID) -> String? {
        guard let interface = inventory.interfaces[id], interface.missingSince == nil else {
            return "the interface is gone"
        }
        return interface.isWatchedForAlerts ? nil : "the interface is not monitored any more"
    }

    /// The rule that decides about a condition of an entity; nil where none does, or the entity is not known.
    func rule(for key: AlertKey) -> AlertRule? {
        switch key.entity {
        case .interface(let id, of: let device):
            guard let interface = inventory.interfaces[id], let device = inventory.devices[device] else { return nil }
            return rules.rule(for: key.condition, of: interface, on: device)
        case .device(let id):
            return inventory.devices[id].flatMap { rules.rule(for: key.condition, of: $0) }
        case .system(let name): return rules.rule(for: key.condition, ofSystem: name)
        }
    }

    // MARK: - Facts

    /// Takes rates as they were read.
    public mutating func take(_ rates: [InterfaceRates]) { ports.take(rates) }

    /// Takes the status of an interface as a poll or a trap told it; 0 for what is not known.
    public mutating func take(status id: InterfaceID, admin: UInt8, oper: UInt8, at time: Timestamp) {
        ports.take(status: id, admin: admin, oper: oper, at: time)
        // Whoever tells of its ports is not silent.
        if let device = inventory.interfaces[id]?.deviceID { heard(device, at: time) }
    }

    /// A device was heard: an answer, a trap.
    public mutating func heard(_ device: DeviceID, at time: Timestamp) {
        network.devices[device, default: DeviceFacts()].heard(at: time)
    }

    /// A device was asked and did not answer.
    public mutating func failed(_ device: DeviceID, askedAt: Timestamp, at time: Timestamp) {
        network.devices[device, default: DeviceFacts()].failed(askedAt: askedAt, at: time)
    }

    /// As many questions in a row as it takes failed: the device is silent.
    ///
    /// Where it was heard after the last of them was asked, by a trap or the answer to another question, nothing
    /// follows: it came back while that question waited. Without `askedAt` it was asked at `time`.
    public mutating func silent(_ device: DeviceID, askedAt: Timestamp? = nil, at time: Timestamp) {
        if let facts = network.devices[device] {
            guard facts.silentAt == nil, !facts.wasHeard(since: askedAt ?? time) else { return }
        }
        network.devices[device, default: DeviceFacts()].silentAt = time
    }

    /// Takes something that was found elsewhere.
    public mutating func take(_ occurrence: AlertOccurrence) { occurrences.append(occurrence) }

    /// Takes something that happened, for the evidence of alerts to come.
    public mutating func note(_ event: AlertEvent) { recent.add(event) }

    /// Takes what an operator said of an alert; false where it is not open.
    public mutating func apply(_ action: AlertAction, at now: Timestamp) -> Bool {
        guard let key = ledger.key(of: action.alertID) else { return false }
        return ledger.apply(action, to: key, at: now)
    }
}

extension Alert {
    /// Whether causes are sought for it.
    var isOfReachability: Bool { condition == .deviceUnreachable || condition == .interfaceDown }

    /// Whether another alert explained it when its cause was last decided.
    var wasExplained: Bool { hold == .explained || (hold == .verifying && context.cause != nil) }
}
