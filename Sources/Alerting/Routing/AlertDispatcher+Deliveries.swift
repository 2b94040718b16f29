public import Inventory

// MARK: - Writing deliveries

extension AlertDispatcher {
    /// What a delivery tells of: alerts that it spells out, and others that it counts.
    private struct Piece {
        var spelled: [Need]
        var counted: [Need] = []
    }

    mutating func deliver(_ place: Place, _ ledger: inout AlertLedger, at now: Timestamp) -> [AlertDelivery] {
        let needs = (groups[place]?.take(at: now) ?? []).sorted { Self.isFirst($0.alert, $1.alert) }
        // What was refused before goes on its own: it may be refused again.
        let pieces = [false, true].flatMap { isLost in self.pieces(needs.filter { $0.isLost == isLost }, place) }
        return pieces.enumerated().map { number, piece in
            deliver(piece, place, number: number, &ledger, at: now)
        }
    }

    private mutating func deliver(
        _ piece: Piece, _ place: Place, number: Int, _ ledger: inout AlertLedger, at now: Timestamp
    ) -> AlertDelivery {
        let needs = piece.spelled + piece.counted
        let reason: AlertDelivery.Reason =
            [.escalation, .change].first { wanted in needs.contains { $0.reason == wanted } } ?? .reminder
        let alerts = piece.spelled.map { tell(place, $0, isCounted: false, &ledger, at: now) }
        let counted = piece.counted.map { tell(place, $0, isCounted: true, &ledger, at: now) }
        // Of what it says besides of when: two evaluations may fall into one millisecond, and a clock may be set back.
        let said = alerts.map { "\($0.id)\($0.isOpen ? "+" : "-")\($0.severity)" }
        let text = ([place.receiver, place.group, "\(reason)"] + said).joined(separator: "\u{0}")
        let delivery = AlertDelivery(
            id: .derived(at: now, from: text.words + [UInt64(number)]),
            receiver: place.receiver, group: place.group, reason: reason, alerts: alerts, alertCount: needs.count,
            at: now)
        if awaitsDeliveries { book.add(delivery, (alerts + counted).map(ToldAlert.init)) }
        return delivery
    }

    /// Those that matter most first, what is over last.
    private static func isFirst(_ left: Alert, _ right: Alert) -> Bool {
        if left.isOpen != right.isOpen { return left.isOpen }
        if left.severity != right.severity { return left.severity > right.severity }
        return (left.startedAt, left.id) < (right.startedAt, right.id)
    }

    /// Splits what is to be told.
    ///
    /// What was spelled out when it fired is so when it is over, in as many deliveries as it takes; a receiver with a
    /// memory of its own is told of each alert, whatever their number.
    private func pieces(_ needs: [Need], _ place: Place) -> [Piece] {
        guard !needs.isEmpty else { return [] }
        let (most, isWhole) = (Self.alertsMax, keepsState.contains(place.receiver))
        let open = needs.filter(\.alert.isOpen)
        let isOwed = { (need: Need) in !need.alert.isOpen && (isWhole || need.isSpelled(to: place.receiver)) }
        var spelled = (isWhole ? open[...] : open.prefix(most)) + needs.filter(isOwed)
        var counted = Array(open.dropFirst(isWhole ? open.count : most))
        for need in needs where !need.alert.isOpen && !isOwed(need) {
            if spelled.count < most { spelled.append(need) } else { counted.append(need) }
        }
        let all = Array(spelled)
        var pieces = stride(from: 0, to: all.count, by: most).map { start in
            Piece(spelled: Array(all[start..<min(start + most, all.count)]))
        }
        pieces[0].counted = counted
        return pieces
    }

    private func tell(
        _ place: Place, _ need: Need, isCounted: Bool, _ ledger: inout AlertLedger, at now: Timestamp
    ) -> Alert {
        var told = need.alert
        ledger.edit(told.id, of: told.key) { alert in
            alert.notifiedAt = alert.notifiedAt ?? now
            var telling = AlertTelling(
                place.receiver, at: now, severity: alert.severity, isOver: !alert.isOpen, group: place.group)
            telling.isCounted = isCounted
            if let index = alert.tellings.firstIndex(where: { $0.receiver == place.receiver }) {
                let old = alert.tellings[index]
                telling.before = AlertTelling.Earlier(at: old.at, severity: old.severity)
                telling.isCounted = isCounted && old.isCounted
                alert.tellings[index] = telling
            } else {
                alert.tellings.append(telling)
            }
            told = alert
        }
        let text = need.alert.isOpen ? place.receiver : "\(place.receiver), that it is over"
        ledger.note(told, need.reason == .escalation ? .escalated : .notified, at: now, text)
        return told
    }
}

extension AlertDispatcher.Need {
    /// Whether the receiver was told more of it than that it is one of many.
    fileprivate func isSpelled(to receiver: String) -> Bool {
        alert.tellings.contains { $0.receiver == receiver && !$0.isCounted }
    }
}

// MARK: - What becomes of deliveries

extension AlertDispatcher {
    /// Takes what became of a delivery, or one that waits in a store; true where something follows from it now.
    ///
    /// What was given up is taken back: whoever was not told of an alert does not hear its end, and is told of it once
    /// they can be, if it still fires; whoever was not told its end is told that then. A trial that arrived says that
    /// the receiver can be told.
    public mutating func take(_ delivery: AlertDelivery, _ ledger: inout AlertLedger, at now: Timestamp) -> Bool {
        switch delivery.state {
        case .waiting:
            if awaitsDeliveries, delivery.reason != .trial { book.add(delivery, subjects(of: delivery, ledger)) }
            return false
        case .delivered:
            if let told = book.close(delivery.id) { book.found(told, by: delivery.receiver) }
            let isMissed = book.works(delivery.receiver, isSaidByTrial: delivery.reason == .trial, at: now)
            return isMissed || book.isBlocked(delivery.receiver)
        case .failed:
            guard delivery.reason != .trial else { return false }
            let told = book.close(delivery.id)
            for subject in told ?? subjects(of: delivery, ledger) {
                takeBack(subject, delivery, isFresh: told != nil, &ledger, at: now)
            }
            return true
        }
    }

    /// The alerts a delivery tells of; those that it only counts are found by what they say of it.
    private func subjects(of delivery: AlertDelivery, _ ledger: AlertLedger) -> [ToldAlert] {
        let spelled = delivery.alerts.map(ToldAlert.init)
        guard delivery.alertCount > spelled.count else { return spelled }
        let known = Set(spelled)
        let all = Array(ledger.open.values) + Array(ledger.owing.values)
        let counted = all.filter { alert in
            alert.tellings.contains { $0.isCounted && $0.isOf(delivery) }
        }
        return spelled + counted.map(ToldAlert.init).filter { !known.contains($0) }
    }

    /// - Parameter isFresh: whether the delivery was under way until now, so that an alert that is not in the ledger
    ///   any more is one whose end was told by it.
    private mutating func takeBack(
        _ subject: ToldAlert, _ delivery: AlertDelivery, isFresh: Bool, _ ledger: inout AlertLedger,
        at now: Timestamp
    ) {
        let reason = delivery.lastError ?? "no reason is known"
        guard let alert = ledger.alert(subject) else {
            guard isFresh, let over = delivery.alerts.first(where: { $0.id == subject.id && !$0.isOpen }) else {
                return
            }
            book.lose(over, to: delivery.receiver, at: now)
            ledger.owe(over, to: delivery.receiver)
            return ledger.note(
                over, .held, at: now, "\(delivery.receiver) could not be told that it is over: \(reason)")
        }
        guard let place = alert.tellings.firstIndex(where: { $0.isOf(delivery) }) else { return }
        let telling = alert.tellings[place]
        var lost = alert
        if !telling.isOver { (lost.state, lost.severity) = (.firing, telling.severity) }
        book.lose(lost, to: delivery.receiver, at: now)
        ledger.edit(alert.id, of: alert.key) { $0.tellings.takeBack(place, isReminder: delivery.reason == .reminder) }
        let what = telling.isOver ? "told that it is over" : "told"
        ledger.note(alert, .held, at: now, "\(delivery.receiver) could not be \(what): \(reason)")
    }
}

extension AlertTelling {
    fileprivate func isOf(_ delivery: AlertDelivery) -> Bool {
        receiver == delivery.receiver && group == delivery.group && at == delivery.createdAt
    }
}

extension [AlertTelling] {
    /// Makes a receiver know what it knew before it was last told.
    mutating func takeBack(_ place: Int, isReminder: Bool) {
        guard let before = self[place].before else {
            remove(at: place)
            return
        }
        if !self[place].isOver { self[place].isDue = isReminder }
        (self[place].at, self[place].severity) = (before.at, before.severity)
        (self[place].isOver, self[place].before) = (false, nil)
    }
}
