import Inventory

/// Why an alert is not told.
struct HoldReason {
    var hold: AlertHold
    var text: String
    var cause: AlertCause?
}

extension AlertEngine {
    /// Decides of each alert that fires whether it is told, and says so where that changed.
    ///
    /// Of failures first: what follows from them has their causes.
    mutating func decideHolds(_ report: CauseReport, at now: Timestamp) {
        var (roots, isFresh) = (rootAlerts(), true)
        for isOfReachability in [true, false] {
            if !isFresh { roots = rootAlerts() }
            for alert in ledger.open.values where alert.firedAt != nil && alert.isOfReachability == isOfReachability {
                var reason = hold(on: alert, report, roots, at: now)
                if reason == nil { reason = aftermath(of: alert, at: now) }
                if reason?.hold != .verifying { releases[alert.key] = nil }
                // Nobody begins to be told of what is over already.
                if reason == nil, alert.hold != nil, alert.context.clearSince != nil { continue }
                guard reason?.hold != alert.hold || reason?.cause != alert.context.cause else { continue }
                write(reason, on: alert, at: now)
                isFresh = false
            }
        }
        if !releases.isEmpty { releases = releases.filter { ledger.open[$0.key] != nil } }
    }

    private mutating func write(_ reason: HoldReason?, on alert: Alert, at now: Timestamp) {
        let before = alert.hold
        ledger.edit(alert.id, of: alert.key) { alert in
            alert.hold = reason?.hold
            guard reason?.hold != .verifying else { return }
            alert.causeID = reason?.cause?.alertID ?? alert.causeID
            alert.context.cause = reason?.cause
        }
        guard reason?.hold != before else { return }
        if let reason {
            ledger.note(alert, .held, at: now, reason.text)
        } else {
            ledger.note(alert, .released, at: now, "nothing holds it back any more")
        }
    }

    private func hold(
        on alert: Alert, _ report: CauseReport, _ roots: [AlertEntity: Alert], at now: Timestamp
    ) -> HoldReason? {
        if ledger.rule(of: alert.key).map({ !$0.isSent }) ?? (alert.hold == .recordOnly) {
            return HoldReason(hold: .recordOnly, text: "its rule records and does not send", cause: nil)
        }
        if let explained = explanation(of: alert, report, roots) { return explained }
        // Labels are made only where somebody asks for them: in a storm there are many alerts.
        let verdict = quiet.isEmpty ? nil : quiet.verdict(on: AlertLabels.labels(of: alert), at: now)
        if let verdict { return HoldReason(hold: verdict.hold, text: verdict.text, cause: nil) }
        guard alert.isOfReachability, case .waiting? = report.verdict(of: alert.entity) else { return nil }
        return HoldReason(
            hold: .verifying, text: report.words(of: alert.entity)?.reason ?? "its cause is being sought", cause: nil)
    }

    /// Open alerts of silent devices, dead ports and the network, by entity.
    private func rootAlerts() -> [AlertEntity: Alert] {
        var found: [AlertEntity: Alert] = [:]
        for alert in ledger.open.values where alert.isOfReachability || alert.condition == .networkUnreachable {
            found[alert.entity] = alert
        }
        return found
    }

    private func explanation(
        of alert: Alert, _ report: CauseReport, _ roots: [AlertEntity: Alert]
    ) -> HoldReason? {
        if alert.isOfReachability, let verdict = report.verdict(of: alert.entity) {
            guard case .explained = verdict, let words = report.words(of: alert.entity), let entity = words.cause,
                let root = roots[entity], isTold(root)
            else { return flaps(alert, report) }
            return explained(by: root, words.causeName ?? report.name(of: entity), words.path, words.reason)
        }
        if alert.condition == .deviceRestarted { return outageBefore(alert) }
        guard case .interface(let id, of: let device) = alert.entity else { return nil }
        if let silent = roots[.device(device)], stands(silent) {
            let name = report.name(of: .device(device))
            let reason = "\(name) does not answer: nothing of its interfaces is known."
            return following(silent, name, reason)
        }
        if let reason = flaps(alert, report) { return reason }
        return alert.isOfReachability ? nil : port(id, explains: alert, report, roots)
    }

    /// Whether an alert is more than recorded: one that nobody is told of may not keep others from being told.
    private func isTold(_ root: Alert) -> Bool {
        ledger.rule(of: root.key)?.isSent ?? (root.hold != .recordOnly)
    }

    /// Whether an alert may explain others now: it fires, it is told, and what it tells of goes on.
    private func stands(_ root: Alert) -> Bool {
        root.firedAt != nil && root.context.clearSince == nil && isTold(root)
    }

    private func flaps(_ alert: Alert, _ report: CauseReport) -> HoldReason? {
        let flapping = AlertKey(entity: alert.entity, condition: .interfaceFlapping)
        guard alert.condition == .interfaceDown, let flaps = ledger.open[flapping], stands(flaps) else { return nil }
        let reason = "The interface goes up and down again and again."
        return explained(by: flaps, report.name(of: alert.entity), [], reason)
    }

    /// What follows from a port that is down, or from what is at its far end.
    private func port(
        _ id: InterfaceID, explains alert: Alert, _ report: CauseReport, _ roots: [AlertEntity: Alert]
    ) -> HoldReason? {
        let early = Double(finder.waitSeconds)
        if let dead = roots[alert.entity], alert.condition != .interfaceFlapping, stands(dead),
            (dead.context.penaltyAt ?? dead.startedAt).secondsSince(alert.startedAt) <= early
        {
            if dead.hold == .verifying { return HoldReason(hold: .verifying, text: "its port is down", cause: nil) }
            return following(dead, report.name(of: alert.entity), "The interface is down.")
        }
        guard alert.condition.followsFarEnd else { return nil }
        let far = farEnds(of: id)
        let silent = far.compactMap { roots[.device($0)] }.filter(stands)
        guard let first = silent.first, silent.count == far.count, let device = first.entity.deviceID,
            let heardAt = network.devices[device]?.lastHeardAt, heardAt.secondsSince(alert.startedAt) <= early
        else { return nil }
        let name = report.name(of: first.entity)
        return following(first, name, "\(name) at its far end does not answer.")
    }

    /// The cause of a root that is explained itself, else the root.
    private func following(_ root: Alert, _ name: String, _ reason: String) -> HoldReason {
        guard root.hold == .explained, var cause = root.context.cause else {
            return explained(by: root, name, [name], reason)
        }
        cause.reason = "\(reason) \(cause.reason)"
        return HoldReason(hold: .explained, text: "explained: \(cause.reason)", cause: cause)
    }

    private func explained(by root: Alert, _ name: String, _ path: [String], _ reason: String) -> HoldReason {
        let cause = AlertCause(alertID: root.id, name: name, path: path, reason: reason)
        return HoldReason(hold: .explained, text: "explained: \(reason)", cause: cause)
    }
}

extension AlertCondition {
    /// Whether it follows where the device at the far end of an interface does not work.
    fileprivate var followsFarEnd: Bool {
        switch self {
        case .anomaly, .speedChanged, .duplexChanged, .neighborChanged, .neighborLost: true
        default: false
        }
    }
}
