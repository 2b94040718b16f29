public import Inventory

/// Decides who is told what of which alerts, and when; what each alert's receivers know is written into the ledger.
///
/// The deliveries it answers and the alerts it changes belong into one transaction: then nothing is told twice or
/// forgotten, however the program ends.
public struct AlertDispatcher: Sendable {
    /// Most alerts a delivery spells out; the others are counted.
    public static let alertsMax = 200
    /// Most messages about a group within its interval that may bring what is new without waiting for it.
    public static let messagesAtOnceMax = 5
    /// Seconds for which a receiver that cannot be told that an alert is over is tried.
    static let endSeconds = 7 * 86_400.0

    private struct Known {
        var severity: AlertSeverity
        var labels: [String: String]
        var ways: [AlertWay]
    }

    /// Whether `take` hears what becomes of each delivery.
    ///
    /// Then a receiver is told no more of an alert before what was said of it has arrived or is given up: nothing
    /// overtakes, nobody hears the end of what they were not told, and nothing piles up for a receiver that is away.
    public var awaitsDeliveries = false

    private(set) var keepsState: Set<String>
    private var routes: RouteTree
    private var receivers: Set<String>?
    private var known: [AlertID: Known] = [:]
    private var nextTime: Timestamp?
    var groups: [Place: Group] = [:]
    var book = DeliveryBook()

    /// A dispatcher that has told nobody yet.
    ///
    /// - Parameters:
    ///   - routes: who is told of what.
    ///   - keepsState: receivers that keep alerts of their own (Alertmanager): they are told of each, at once, ungrouped.
    public init(_ routes: RouteTree, keepsState: Set<String> = []) {
        self.routes = routes
        self.keepsState = keepsState
    }

    /// Takes over other routes; what is under way, and when groups were told, stays known.
    ///
    /// - Parameter receivers: all there are; nil where that is not known. Others are not told that anything is over.
    public mutating func revise(_ routes: RouteTree, keepsState: Set<String>, receivers: Set<String>? = nil) {
        (self.routes, self.keepsState, self.receivers) = (routes, keepsState, receivers)
        known = [:]
        book.forgive()
    }

    /// When time alone next makes something to be told; nil where it does not.
    public var nextDue: Timestamp? { nextTime }

    /// What is to be told at a time.
    public mutating func dispatch(_ ledger: inout AlertLedger, at now: Timestamp) -> [AlertDelivery] {
        nextTime = nil
        book.begin()
        for alert in ledger.open.values where alert.firedAt != nil && alert.hold == nil { collect(alert, at: now) }
        letGo(&ledger, at: now)
        for alert in ledger.owing.values { collectRecovery(of: alert, at: now) }
        let due = groups.keys.filter { isDue($0, at: now) }.sorted {
            ($0.receiver, $0.group) < ($1.receiver, $1.group)
        }
        let deliveries = due.flatMap { deliver($0, &ledger, at: now) }
        prune(ledger, at: now)
        return deliveries
    }

    // MARK: - What is to be told

    private mutating func collect(_ alert: Alert, at now: Timestamp) {
        let known = known(alert)
        // Two routes may lead to one receiver: it is told once, in the group of the first.
        var asked: [String] = []
        for way in known.ways {
            for receiver in way.receivers where !asked.contains(receiver) {
                guard let reason = reason(alert, to: receiver, way, at: now) else { continue }
                asked.append(receiver)
                need(alert, reason, receiver, way, Self.group(way.groupBy, known.labels), at: now)
            }
        }
        for way in known.ways where !way.escalations.isEmpty {
            escalate(alert, way, Self.group(way.groupBy, known.labels), &asked, at: now)
        }
    }

    /// Why a receiver of a route is to be told; nil where it knows all.
    private mutating func reason(
        _ alert: Alert, to receiver: String, _ way: AlertWay, at now: Timestamp
    ) -> AlertDelivery.Reason? {
        guard let telling = alert.tellings.first(where: { $0.receiver == receiver }), telling.severity >= alert.severity
        else { return .change }
        guard isToldAgain(alert), !keepsState.contains(receiver) else { return nil }
        if telling.isDue { return .reminder }
        guard way.repeatSeconds > 0 else { return nil }
        let due = telling.at.advanced(bySeconds: way.repeatSeconds)
        guard due <= now else {
            wake(at: due)
            return nil
        }
        return .reminder
    }

    /// Whether whoever knows of an alert is told again: nobody sees to it, and it is not about to be over.
    private func isToldAgain(_ alert: Alert) -> Bool {
        alert.acknowledgement == nil && alert.context.clearSince == nil
    }

    /// Time counts from when somebody was first told; where a route tells nobody else, from when the alert fired.
    private mutating func escalate(
        _ alert: Alert, _ way: AlertWay, _ group: String, _ asked: inout [String], at now: Timestamp
    ) {
        let told = alert.notifiedAt ?? (asked.isEmpty ? nil : now)
        guard isToldAgain(alert), let since = told ?? (way.receivers.isEmpty ? alert.firedAt : nil) else { return }
        for step in way.escalations {
            let due = since.advanced(bySeconds: step.afterSeconds)
            guard due <= now else { return wake(at: due) }
            for receiver in step.receivers where !asked.contains(receiver) {
                if let telling = alert.tellings.first(where: { $0.receiver == receiver }), telling.at >= due {
                    continue
                }
                asked.append(receiver)
                need(alert, .escalation, receiver, way, group, at: now)
            }
        }
    }

    /// Whoever was told is told the end, and in the group in which they were told.
    private mutating func collectRecovery(of alert: Alert, at now: Timestamp) {
        let known = known(alert)
        for telling in alert.tellings where !telling.isOver {
            let ways = known.ways.filter { $0.leads(to: telling.receiver) }
            let way = ways.first { Self.group($0.groupBy, known.labels) == telling.group } ?? ways.first ?? AlertWay()
            need(alert, .change, telling.receiver, way, telling.group, at: now)
        }
    }

    /// Nobody waits for ever to be told that something is over.
    private func letGo(_ ledger: inout AlertLedger, at now: Timestamp) {
        for alert in ledger.owing.values {
            let gone = alert.tellings.filter { !$0.isOver && isLetGo($0.receiver, alert, at: now) }.map(\.receiver)
            guard !gone.isEmpty else { continue }
            ledger.edit(alert.id, of: alert.key) { alert in
                for place in alert.tellings.indices where gone.contains(alert.tellings[place].receiver) {
                    alert.tellings[place].isOver = true
                }
            }
        }
    }

    private func isLetGo(_ receiver: String, _ alert: Alert, at now: Timestamp) -> Bool {
        if let receivers, !receivers.contains(receiver) { return true }
        guard book.loss(of: alert.id, to: receiver)?.isOver == true, let end = alert.resolvedAt else { return false }
        return now.secondsSince(end) > Self.endSeconds
    }

    private mutating func need(
        _ alert: Alert, _ reason: AlertDelivery.Reason, _ receiver: String, _ way: AlertWay, _ group: String,
        at now: Timestamp
    ) {
        if book.isUnderWay(alert.id, to: receiver) { return }
        let loss = book.loss(of: alert.id, to: receiver)
        if let loss, loss.covers(alert), loss.due > now { return wake(at: loss.due) }
        let isUngrouped = keepsState.contains(receiver)
        let place = Place(receiver: receiver, group: isUngrouped ? "" : group)
        if reason == .reminder, book.isBusy(place) { return }
        let need = Need(alert: alert, reason: reason, isLost: loss != nil)
        groups[place, default: Group()].add(need, isUngrouped ? .atOnce : way, at: now)
    }

    /// The group's name: its labels and their values.
    static func group(_ names: [String], _ labels: [String: String]) -> String {
        names.map { AlertMatcher($0, .equal, labels[$0] ?? "").text }.joined(separator: ",")
    }

    private mutating func known(_ alert: Alert) -> Known {
        if let known = known[alert.id], known.severity == alert.severity { return known }
        let labels = AlertLabels.labels(of: alert)
        let new = Known(severity: alert.severity, labels: labels, ways: routes.ways(for: labels))
        known[alert.id] = new
        return new
    }

    // MARK: - When

    private mutating func isDue(_ place: Place, at now: Timestamp) -> Bool {
        guard let due = groups[place]?.due else { return false }
        if due > now { wake(at: due) }
        return due <= now
    }

    private mutating func wake(at time: Timestamp) {
        nextTime = nextTime.map { min($0, time) } ?? time
    }

    private mutating func prune(_ ledger: AlertLedger, at now: Timestamp) {
        groups = groups.filter { !$0.value.isForgotten(at: now) }
        for place in groups.keys { groups[place]?.rest() }
        book.forget(ledger, at: now)
        guard known.count > ledger.open.count + ledger.owing.count else { return }
        let living = Set(ledger.open.values.map(\.id)).union(ledger.owing.keys)
        known = known.filter { living.contains($0.key) }
    }
}
