public import Inventory

extension AlertLedger {
    /// Changes an open alert, or one that owes a recovery; its state, key and times of life stay as they are.
    public mutating func edit(_ id: AlertID, of key: AlertKey, _ change: (inout Alert) -> Void) {
        if var alert = open[key], alert.id == id {
            let before = alert
            change(&alert)
            guard alert != before else { return }
            open[key] = alert
            dirty.insert(key)
        } else if var alert = owing[id] {
            change(&alert)
            owing[id] = alert.owesRecovery ? alert : nil
            news.resolved.append(alert)
        }
    }

    /// An alert that is open or owes a recovery; nil where it is neither.
    func alert(_ subject: ToldAlert) -> Alert? {
        if let alert = open[subject.key], alert.id == subject.id { return alert }
        return owing[subject.id]
    }

    /// A receiver, as the only one, does not know after all that an alert is over.
    mutating func owe(_ over: Alert, to receiver: String) {
        var alert = over
        for place in alert.tellings.indices {
            alert.tellings[place].isOver = alert.tellings[place].receiver != receiver
        }
        owing[alert.id] = alert
        news.resolved.append(alert)
    }

    /// The rule that decides about an open alert; nil where it was not seen since the program started.
    public func rule(of key: AlertKey) -> AlertRule? { rules[key] }

    /// Adds a step to the life of an alert.
    public mutating func note(_ alert: Alert, _ kind: AlertChange.Kind, at time: Timestamp, _ text: String) {
        step(alert, kind, time, text)
    }

    /// Somebody sees to an alert, or does not any more; false where it is not open, or does not fire yet.
    @discardableResult
    public mutating func apply(_ action: AlertAction, to key: AlertKey, at time: Timestamp) -> Bool {
        guard var alert = open[key], alert.id == action.alertID, alert.firedAt != nil else { return false }
        switch action.kind {
        case .acknowledge:
            if let until = action.until, until <= time { return false }
            alert.state = .acknowledged
            alert.acknowledgement = AlertAcknowledgement(
                at: action.createdAt, by: action.author, note: action.note, until: action.until)
        case .unacknowledge:
            guard alert.acknowledgement != nil else { return false }
            alert.state = .firing
            alert.acknowledgement = nil
        }
        open[key] = alert
        dirty.insert(key)
        let kind: AlertChange.Kind = action.kind == .acknowledge ? .acknowledged : .unacknowledged
        news.changes.append(AlertChange(alert.id, kind, at: time, action.note ?? "", author: action.author))
        return true
    }

    mutating func endAcknowledgementIfDue(_ key: AlertKey, at time: Timestamp) {
        guard var alert = open[key], let until = alert.acknowledgement?.until, until <= time else { return }
        alert.acknowledgement = nil
        alert.state = .firing
        // Whoever left it to somebody hears that it is nobody's again.
        for place in alert.tellings.indices { alert.tellings[place].isDue = true }
        open[key] = alert
        dirty.insert(key)
        step(alert, .unacknowledged, time, "the time of the acknowledgement is over")
    }

    mutating func step(_ alert: Alert, _ kind: AlertChange.Kind, _ time: Timestamp, _ text: String) {
        news.changes.append(AlertChange(alert.id, kind, at: time, text))
    }

    /// What changed since this was asked last, to be written in one transaction.
    public mutating func takeNews() -> AlertLedgerNews {
        var taken = news
        // Of an alert that changed after it was over the last is written.
        var seen: Set<AlertID> = []
        taken.resolved = taken.resolved.reversed().filter { seen.insert($0.id).inserted }.reversed()
        taken.changed = dirty.compactMap { open[$0] }.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
        for alert in taken.changed { savedSeenAt[alert.key] = alert.lastSeenAt }
        // What was pending and is gone leaves no steps behind.
        if !forgotten.isEmpty { taken.changes.removeAll { forgotten.contains($0.alertID) } }
        news = AlertLedgerNews()
        (dirty, forgotten) = ([], [])
        return taken
    }

    /// Puts back what could not be written; what happened since is newer.
    public mutating func putBack(_ old: AlertLedgerNews) {
        dirty.formUnion(old.changed.map(\.key).filter { open[$0] != nil })
        let newer = Set(news.resolved.map(\.id))
        news.resolved = old.resolved.filter { !newer.contains($0.id) } + news.resolved
        news.removed = old.removed + news.removed
        news.changes = old.changes + news.changes
    }
}
