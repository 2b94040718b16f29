public import Inventory

/// All alerts that are open, and what becomes of them: signals and times go in, changed alerts and steps come out.
///
/// There is at most one alert of each entity and condition. Who is told, and whether, is decided elsewhere and written
/// here with `edit`.
public struct AlertLedger: Sendable {
    /// Seconds after which a last-seen time is worth writing though nothing else changed.
    static let seenSeconds = 300.0
    /// Most facts and events an alert keeps.
    static let factsMax = 24

    /// What is open, pending ones too.
    public internal(set) var open: [AlertKey: Alert] = [:]
    /// What is over and owes a recovery.
    public internal(set) var owing: [AlertID: Alert] = [:]
    /// The rules by which what is open is judged.
    var rules: [AlertKey: AlertRule] = [:]
    /// Of conditions that are over.
    var restlessness: [AlertKey: Restlessness] = [:]
    var savedSeenAt: [AlertKey: Timestamp] = [:]
    var news = AlertLedgerNews()
    /// What was pending, and is gone.
    var forgotten: Set<AlertID> = []
    var dirty: Set<AlertKey> = []
    private var keys: [AlertID: AlertKey] = [:]

    /// A ledger as a store has it.
    ///
    /// - Parameters:
    ///   - stored: what is open or owes a recovery, and what was over within the last two hours.
    ///   - rule: the rule that decides about an open alert now; nil where none does, so that the next signal tells.
    public init(_ stored: [Alert] = [], rule: (Alert) -> AlertRule? = { _ in nil }) {
        for alert in stored {
            if alert.isOpen {
                open[alert.key] = alert
                keys[alert.id] = alert.key
                rules[alert.key] = rule(alert)
                savedSeenAt[alert.key] = alert.lastSeenAt
            } else {
                if alert.owesRecovery { owing[alert.id] = alert }
                note(Restlessness(alert.context), of: alert.key)
            }
        }
    }

    /// Takes over rules: what is open is judged by them from now on, also where nothing is heard of it.
    public mutating func revise(_ rules: [AlertKey: AlertRule]) {
        for (key, rule) in rules where open[key] != nil { self.rules[key] = rule }
    }

    /// The entity and condition of an open alert; nil where it is not open.
    public func key(of id: AlertID) -> AlertKey? { keys[id] }

    private mutating func note(_ new: Restlessness, of key: AlertKey) {
        let before = restlessness[key] ?? Restlessness()
        if let at = new.at, before.at.map({ $0 < at }) ?? true { restlessness[key] = new }
    }

    // MARK: - Signals

    /// Takes what is known of a condition.
    ///
    /// - Parameter describe: what was known when the alert began; asked once for each alert.
    public mutating func take(_ signal: AlertSignal, describe: (AlertSignal) -> AlertContext = { _ in AlertContext() })
    {
        switch signal.state {
        case .holds:
            rules[signal.key] = signal.rule
            if open[signal.key] == nil { begin(signal, describe) } else { goOn(signal) }
            fireIfDue(signal.key, at: signal.at)
        case .clear:
            rules[signal.key] = signal.rule
            clear(signal.key, at: signal.at)
        case .unwatched(let reason): end(signal.key, at: signal.at, reason)
        }
    }

    private mutating func begin(_ signal: AlertSignal, _ describe: (AlertSignal) -> AlertContext) {
        var restless = restlessness.removeValue(forKey: signal.key) ?? Restlessness()
        // What is found anew in what was read before is another alert than the one that is over.
        let start = restless.at.map { max(signal.at, Timestamp(milliseconds: $0.milliseconds + 1)) } ?? signal.at
        var alert = Alert(
            id: .derived(of: signal.key, startedAt: start), entity: signal.key.entity, condition: signal.key.condition,
            rule: signal.rule.id, severity: signal.severity, at: start)
        alert.message = signal.message
        (alert.value, alert.threshold) = (signal.value, signal.rule.threshold)
        alert.context = describe(signal)
        alert.context.facts = Array(alert.context.facts.prefix(Self.factsMax))
        alert.context.before = Array(alert.context.before.prefix(Self.factsMax))
        alert.context.worst = signal.value
        restless.begin(at: start)
        restless.write(to: &alert.context)
        open[signal.key] = alert
        keys[alert.id] = signal.key
        step(alert, .began, signal.at, alert.message)
        dirty.insert(signal.key)
    }

    private mutating func goOn(_ signal: AlertSignal) {
        guard var alert = open[signal.key] else { return }
        let before = alert
        alert.lastSeenAt = max(alert.lastSeenAt, signal.at)
        // Receivers know the alert by its labels, which stay those of the rule by which it began.
        if alert.rule != signal.rule.id { alert.context.labels["rule"] = alert.context.labels["rule"] ?? alert.rule }
        alert.rule = signal.rule.id
        if let value = signal.value {
            (alert.value, alert.threshold) = (value, signal.rule.threshold)
            alert.context.worst = Self.worse(value, alert.context.worst, of: alert.condition)
        }
        if alert.context.clearSince != nil {
            alert.context.clearSince = nil
            alert.context.relapses += 1
            var restless = Restlessness(alert.context)
            restless.begin(at: signal.at)
            restless.write(to: &alert.context)
            step(alert, .relapsed, signal.at, "\(signal.message.isEmpty ? alert.message : signal.message), again")
        }
        if signal.severity > alert.severity {
            (alert.severity, alert.message) = (signal.severity, signal.message)
            if alert.firedAt != nil { step(alert, .worsened, signal.at, "\(signal.severity.rawValue) now") }
        }
        open[signal.key] = alert
        if isWorthWriting(before, alert) { dirty.insert(signal.key) }
    }

    /// A value or a time that moved is written with the next thing that happens, or after a while.
    private func isWorthWriting(_ before: Alert, _ after: Alert) -> Bool {
        if let saved = savedSeenAt[after.key], after.lastSeenAt.secondsSince(saved) >= Self.seenSeconds { return true }
        var (old, new) = (before, after)
        (old.lastSeenAt, old.value, old.context.worst) = (new.lastSeenAt, new.value, new.context.worst)
        new.context.penalty = old.context.penalty
        return old != new
    }

    private static func worse(_ value: Double, _ worst: Double?, of condition: AlertCondition) -> Double {
        guard let worst else { return value }
        return condition.isBelow ? min(value, worst) : max(value, worst)
    }

    // MARK: - Ends

    /// The condition does not hold: a pending alert leaves nothing behind, another one is over when it has stayed so.
    private mutating func clear(_ key: AlertKey, at time: Timestamp) {
        guard var alert = open[key] else { return }
        if alert.firedAt == nil { return forget(alert, at: time) }
        if alert.context.clearSince == nil {
            alert.context.clearSince = time
            open[key] = alert
            dirty.insert(key)
        }
        resolveIfDue(key, at: time)
    }

    private mutating func forget(_ alert: Alert, at time: Timestamp) {
        close(alert, Restlessness(alert.context))
        news.removed.append(alert.id)
        forgotten.insert(alert.id)
    }

    mutating func end(_ key: AlertKey, at time: Timestamp, _ reason: String) {
        guard let alert = open[key] else { return }
        if alert.firedAt == nil { return forget(alert, at: time) }
        resolve(alert, at: alert.context.clearSince ?? time, told: time, reason)
    }

    mutating func resolveIfDue(_ key: AlertKey, at time: Timestamp) {
        guard let alert = open[key], let due = resolution(of: alert), due <= time, let since = alert.context.clearSince
        else { return }
        resolve(alert, at: since, told: time, "over")
    }

    /// When an alert is over if its condition does not come back; nil while it holds.
    func resolution(of alert: Alert) -> Timestamp? {
        guard let since = alert.context.clearSince else { return nil }
        let restless = Restlessness(alert.context)
        let stayed = since.advanced(bySeconds: Double(rules[alert.key]?.clearSeconds ?? 0))
        guard restless.value(at: alert.context.penaltyAt ?? since) > Restlessness.restless else { return stayed }
        return max(stayed, restless.time(of: Restlessness.calm, after: since))
    }

    mutating func resolve(_ alert: Alert, at end: Timestamp, told time: Timestamp, _ reason: String) {
        var alert = alert
        alert.state = .resolved
        alert.resolvedAt = max(end, alert.startedAt)
        alert.context.clearSince = nil
        close(alert, Restlessness(alert.context))
        if alert.owesRecovery { owing[alert.id] = alert }
        news.resolved.append(alert)
        step(alert, .resolved, time, reason)
    }

    private mutating func close(_ alert: Alert, _ restless: Restlessness) {
        let key = alert.key
        open[key] = nil
        keys[alert.id] = nil
        rules[key] = nil
        savedSeenAt[key] = nil
        dirty.remove(key)
        restlessness[key] = restless
    }
}
