import Inventory

/// An alert, by what a ledger finds it.
struct ToldAlert: Sendable, Hashable {
    var id: AlertID
    var key: AlertKey

    init(_ alert: Alert) { (id, key) = (alert.id, alert.key) }
}

/// What is under way to receivers, and what did not arrive there.
struct DeliveryBook: Sendable {
    /// What a receiver could not be told of an alert.
    struct Loss: Sendable, Hashable {
        let key: AlertKey
        var severity: AlertSeverity
        var isOver: Bool
        /// How often in a row.
        var failures: Int
        /// When it is tried again, though nothing says that the receiver can be told.
        var due: Timestamp
        /// When it is tried again at the earliest where another message arrived: it may be this one that is refused.
        var soonest: Timestamp

        init(of alert: Alert, after before: Loss?, at now: Timestamp) {
            (key, severity, isOver) = (alert.key, alert.severity, !alert.isOpen)
            failures = (before?.failures ?? 0) + 1
            let fourfold = Double(1 << min(20, 2 * (failures - 1)))
            due = now.advanced(bySeconds: min(86_400, 300 * fourfold))
            soonest = failures == 1 ? now : now.advanced(bySeconds: min(3_600, 15 * fourfold))
        }

        /// Whether there is nothing newer to be said.
        func covers(_ alert: Alert) -> Bool { alert.isOpen ? severity >= alert.severity : isOver }
    }

    private struct Sent {
        var place: AlertDispatcher.Place
        var at: Timestamp
        var subjects: [ToldAlert]
    }

    /// Seconds after which a delivery of which nothing was heard counts as made.
    private static let forgottenSeconds = 8 * 86_400.0

    private var sent: [AlertDeliveryID: Sent] = [:]
    private var underWay: [String: Set<AlertID>] = [:]
    private var places: [AlertDispatcher.Place: Int] = [:]
    private var losses: [String: [AlertID: Loss]] = [:]
    private var sweptAt: Timestamp?
    /// Receivers that would have been told more, were it not for what is under way.
    private var blocked: Set<String> = []

    // MARK: - Under way

    mutating func begin() { blocked = [] }

    mutating func add(_ delivery: AlertDelivery, _ subjects: [ToldAlert]) {
        guard sent[delivery.id] == nil else { return }
        let place = AlertDispatcher.Place(receiver: delivery.receiver, group: delivery.group)
        sent[delivery.id] = Sent(place: place, at: delivery.createdAt, subjects: subjects)
        underWay[place.receiver, default: []].formUnion(subjects.map(\.id))
        places[place, default: 0] += 1
    }

    /// What a delivery told of, where it was under way; it is not any more.
    mutating func close(_ id: AlertDeliveryID) -> [ToldAlert]? {
        guard let closed = sent.removeValue(forKey: id) else { return nil }
        underWay[closed.place.receiver]?.subtract(closed.subjects.map(\.id))
        let left = (places[closed.place] ?? 1) - 1
        places[closed.place] = left > 0 ? left : nil
        return closed.subjects
    }

    mutating func isUnderWay(_ alert: AlertID, to receiver: String) -> Bool {
        guard underWay[receiver]?.contains(alert) == true else { return false }
        blocked.insert(receiver)
        return true
    }

    mutating func isBusy(_ place: AlertDispatcher.Place) -> Bool {
        guard places[place] != nil else { return false }
        blocked.insert(place.receiver)
        return true
    }

    /// Whether a receiver is to be told more as soon as something of what is under way has ended.
    func isBlocked(_ receiver: String) -> Bool { blocked.contains(receiver) }

    // MARK: - Lost

    func loss(of alert: AlertID, to receiver: String) -> Loss? { losses[receiver]?[alert] }

    mutating func lose(_ alert: Alert, to receiver: String, at now: Timestamp) {
        let before = losses[receiver]?[alert.id]
        losses[receiver, default: [:]][alert.id] = Loss(of: alert, after: before, at: now)
    }

    mutating func found(_ subjects: [ToldAlert], by receiver: String) {
        guard losses[receiver] != nil else { return }
        for subject in subjects { losses[receiver]?[subject.id] = nil }
    }

    /// A receiver can be told; true where there is something that it missed.
    mutating func works(_ receiver: String, isSaidByTrial: Bool, at now: Timestamp) -> Bool {
        guard var missed = losses[receiver], !missed.isEmpty else { return false }
        for (id, loss) in missed {
            missed[id]?.due = min(loss.due, isSaidByTrial ? now : max(now, loss.soonest))
        }
        losses[receiver] = missed
        return true
    }

    /// All may be tried again: what receivers are is said anew.
    mutating func forgive() { losses = [:] }

    // MARK: - Time

    mutating func forget(_ ledger: AlertLedger, at now: Timestamp) {
        let alive = { (id: AlertID, loss: Loss) in ledger.open[loss.key]?.id == id || ledger.owing[id] != nil }
        losses = losses.mapValues { $0.filter(alive) }.filter { !$0.value.isEmpty }
        guard sweptAt.map({ abs(now.secondsSince($0)) >= 3_600 }) ?? true else { return }
        sweptAt = now
        for (id, one) in sent where now.secondsSince(one.at) > Self.forgottenSeconds { _ = close(id) }
    }
}
