public import Inventory

extension AlertLedger {
    /// Lets time pass: what has held for long enough fires, what has been gone for long enough is over.
    public mutating func advance(to time: Timestamp) {
        for key in Array(open.keys) {
            fireIfDue(key, at: time)
            endEventIfDue(key, at: time)
            resolveIfDue(key, at: time)
            endAcknowledgementIfDue(key, at: time)
        }
        restlessness = restlessness.filter { $0.value.value(at: time) >= Restlessness.forgotten }
    }

    /// When time alone next changes something after a time; nil where it does not.
    public func nextDue(after now: Timestamp) -> Timestamp? {
        open.values.lazy.compactMap { due($0, after: now) }.min()
    }

    /// Pending alerts of interfaces whose time has come: whether their conditions hold is to be looked at.
    public func pendingDue(at now: Timestamp) -> [AlertKey] {
        open.values.filter { $0.firedAt == nil && $0.condition.isObserved && firing(of: $0) <= now }.map(\.key)
    }

    private func due(_ alert: Alert, after now: Timestamp) -> Timestamp? {
        let fires = alert.firedAt == nil && !alert.condition.isRate ? firing(of: alert) : nil
        let ends = alert.condition.isEvent ? eventEnd(of: alert) : nil
        // What is due and does not fire waits to be seen.
        return [fires.flatMap { $0 > now ? $0 : nil }, ends, resolution(of: alert), alert.acknowledgement?.until]
            .compactMap(\.self).min()
    }

    /// Share of `for`, and seconds, by which polls may come early.
    private static let slack = (share: 0.05, seconds: 5.0)

    private func firing(of alert: Alert) -> Timestamp {
        let seconds = Double(rules[alert.key]?.forSeconds ?? 0)
        let early = alert.condition.isRate ? min(seconds * Self.slack.share, Self.slack.seconds) : 0
        return alert.startedAt.advanced(bySeconds: seconds - early)
    }

    private func eventEnd(of alert: Alert) -> Timestamp {
        alert.lastSeenAt.advanced(bySeconds: Double(rules[alert.key]?.clearSeconds ?? 0))
    }

    mutating func fireIfDue(_ key: AlertKey, at time: Timestamp) {
        guard var alert = open[key], alert.firedAt == nil else { return }
        // What is read again and again holds up to where it was read last, not to where the clock is.
        let seenAt = alert.condition.isObserved ? min(alert.lastSeenAt, time) : time
        guard firing(of: alert) <= seenAt else { return }
        alert.state = .firing
        alert.firedAt = time
        open[key] = alert
        step(alert, .fired, time, alert.message)
        dirty.insert(key)
    }

    private mutating func endEventIfDue(_ key: AlertKey, at time: Timestamp) {
        guard let alert = open[key], alert.condition.isEvent, alert.firedAt != nil, eventEnd(of: alert) <= time else {
            return
        }
        resolve(alert, at: eventEnd(of: alert), told: time, "it did not happen again")
    }
}
