import Inventory

/// What an outage leaves behind when it is over: nobody is told of it before it was looked at again.
extension AlertEngine {
    /// Seconds after the end of an outage in which a device tells that it started anew.
    private static let restartSeconds = 600.0
    /// Seconds in which what is found elsewhere, not in polls of an interface, is found to be over.
    private static let foundElsewhereSeconds = 3_600.0

    /// A device that did not answer and started anew had no power: its outage is told, or what explains that.
    func outageBefore(_ restart: Alert) -> HoldReason? {
        // What happened then does not change with what comes later.
        if restart.hold == .explained, let cause = restart.context.cause { return Self.explained(cause) }
        guard let device = restart.entity.deviceID else { return nil }
        let key = AlertKey(entity: .device(device), condition: .deviceUnreachable)
        let open = ledger.open[key].flatMap { outage($0, endedAt: $0.context.clearSince ?? restart.startedAt) }
        guard let last = open ?? outages[device], restart.startedAt >= last.startedAt,
            restart.startedAt.secondsSince(last.endedAt) <= Self.restartSeconds
        else { return nil }
        return Self.explained(last.cause)
    }

    private static func explained(_ cause: AlertCause) -> HoldReason {
        HoldReason(hold: .explained, text: "explained: \(cause.reason)", cause: cause)
    }

    /// An alert that was explained by what is over is not told before its entity was read since, or for two intervals.
    ///
    /// Of silent devices and dead ports it is known better when they were asked: `CauseFinder` says so itself.
    mutating func aftermath(of alert: Alert, at now: Timestamp) -> HoldReason? {
        guard alert.wasExplained, !alert.isOfReachability else { return nil }
        let released = releases[alert.key] ?? now
        releases[alert.key] = released
        guard !isRead(alert, since: released), now < patience(with: alert, after: released) else { return nil }
        return HoldReason(hold: .verifying, text: "what explained it is over: it is looked at again", cause: nil)
    }

    /// When the first of them is told that is not looked at again.
    var nextRelease: Timestamp? {
        releases.compactMap { key, released in
            ledger.open[key].map { patience(with: $0, after: released) }
        }.min()
    }

    private func isRead(_ alert: Alert, since released: Timestamp) -> Bool {
        guard alert.condition.isObserved, let port = alert.entity.interfaceID.flatMap(ports.port) else {
            return alert.lastSeenAt > released
        }
        return (alert.condition.isRate ? port.ratesAt : port.statusAt) > released.milliseconds
    }

    private func patience(with alert: Alert, after released: Timestamp) -> Timestamp {
        guard alert.condition.isObserved else { return released.advanced(bySeconds: Self.foundElsewhereSeconds) }
        let interval = alert.entity.interfaceID.flatMap { ports.port($0)?.intervalSeconds } ?? 0
        return released.advanced(bySeconds: 2 * max(interval, Double(finder.waitSeconds)))
    }
}
