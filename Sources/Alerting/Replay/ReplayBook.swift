import Inventory

/// What an engine says in a replay, gathered alert by alert.
struct ReplayBook {
    private let settings: AlertReplaySettings
    /// Those that are not over, or of which somebody is still to be told that they are.
    private var open: [AlertID: ReplayedAlert] = [:]
    private var over: [ReplayedAlert] = []
    private var leftOut = 0
    private var totals = AlertReplayTotals()

    init(_ settings: AlertReplaySettings) { self.settings = settings }

    mutating func take(_ outcome: AlertOutcome, at now: Timestamp) {
        let news = outcome.news
        var ended: [AlertID] = []
        for alert in news.resolved + news.changed {
            open[alert.id, default: ReplayedAlert(alert)].alert = alert
            if !alert.isOpen, !alert.owesRecovery { ended.append(alert.id) }
        }
        for change in news.changes { note(change) }
        for id in news.removed { close(id) }
        for id in ended { close(id) }
        guard now >= settings.from else { return }
        for delivery in outcome.deliveries { totals.add(delivery) }
    }

    private mutating func note(_ change: AlertChange) {
        guard var one = open[change.alertID] else { return }
        switch change.kind {
        case .held, .released, .resolved:
            if let last = one.holds.indices.last, one.holds[last].to == nil { one.holds[last].to = change.at }
            if change.kind == .held, let hold = one.alert.hold {
                one.holds.append(ReplayedAlert.Hold(hold: hold, reason: change.text, from: change.at))
            }
        case .notified, .escalated:
            guard change.at >= settings.from else { return }
            one.tellings += 1
        case .began, .fired, .worsened, .acknowledged, .unacknowledged, .relapsed: return
        }
        open[change.alertID] = one
    }

    private mutating func close(_ id: AlertID) {
        guard let one = open.removeValue(forKey: id) else { return }
        // When what never fired ceased is not kept.
        let end = one.endedAt ?? (one.firedAt == nil ? one.startedAt : nil)
        if let end, end < settings.from { return }
        totals.add(one)
        guard one.firedAt != nil else { return }
        if over.count < settings.alertsMax { over.append(one) } else { leftOut += 1 }
    }

    /// All that was found, what goes on at the end included.
    mutating func result(pauses: [Range<Timestamp>]) -> AlertReplayResult {
        for id in open.keys.sorted() { close(id) }
        return AlertReplayResult(
            from: settings.from, to: settings.to,
            alerts: over.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }, leftOut: leftOut,
            totals: totals, pauses: pauses.filter { $0.upperBound > settings.from })
    }
}
