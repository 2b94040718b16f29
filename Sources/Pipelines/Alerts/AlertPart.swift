import Alerting
import Catalog
import Inventory

/// What of an evaluation is written in one transaction: alerts, and the deliveries that tell of them.
///
/// Usually that is all of it. In a storm it is a part, so that people are told of the first alerts while others are being
/// written. An alert is in the part of what tells of it, and of an alert of the same key; what nobody is told of comes
/// last, as it is explained by what is told. Each part is true without those behind it, as after a crash they are found again.
struct AlertPart {
    var news = AlertLedgerNews()
    var deliveries: [AlertDelivery] = []

    /// Divides what was found, so that no part has more than some alerts where it can be helped.
    static func parts(_ news: AlertLedgerNews, _ deliveries: [AlertDelivery], most: Int) -> [AlertPart] {
        let whole = AlertPart(news: news, deliveries: deliveries)
        guard news.resolved.count + news.changed.count > most else { return [whole] }
        return AlertDivision(news, deliveries).parts(most: most)
    }

    /// The parts as one.
    static func joined(_ parts: some Sequence<AlertPart>) -> AlertPart {
        parts.reduce(into: AlertPart()) { whole, part in
            whole.news.changed += part.news.changed
            whole.news.resolved += part.news.resolved
            whole.news.removed += part.news.removed
            whole.news.changes += part.news.changes
            whole.deliveries += part.deliveries
        }
    }
}

/// Finds what belongs together; nodes are deliveries, then alerts that are over, then others.
private struct AlertDivision {
    private let news: AlertLedgerNews
    private let deliveries: [AlertDelivery]
    private let alerts: [Alert]
    private var nodes: [AlertID: Int] = [:]
    private var parents: [Int]

    init(_ news: AlertLedgerNews, _ deliveries: [AlertDelivery]) {
        (self.news, self.deliveries) = (news, deliveries)
        alerts = news.resolved + news.changed
        parents = Array(0..<(deliveries.count + alerts.count))
        nodes.reserveCapacity(alerts.count)
        for (place, alert) in alerts.enumerated() {
            let node = deliveries.count + place
            if let other = nodes.updateValue(node, forKey: alert.id) { unite(other, node) }
        }
        uniteKeys()
        uniteSpelled()
        uniteCounted()
    }

    /// What is over makes room for what began anew.
    private mutating func uniteKeys() {
        guard !news.resolved.isEmpty, !news.changed.isEmpty else { return }
        var ended: [AlertKey: Int] = [:]
        for (place, alert) in news.resolved.enumerated() { ended[alert.key] = deliveries.count + place }
        for (place, alert) in news.changed.enumerated() {
            if let other = ended[alert.key] { unite(other, deliveries.count + news.resolved.count + place) }
        }
    }

    private mutating func uniteSpelled() {
        for (place, delivery) in deliveries.enumerated() {
            for alert in delivery.alerts { if let node = nodes[alert.id] { unite(place, node) } }
        }
    }

    /// An alert that a delivery only counts says so itself.
    private mutating func uniteCounted() {
        var counting: [[String]: Int] = [:]
        for (place, delivery) in deliveries.enumerated() where delivery.alertCount > delivery.alerts.count {
            if let other = counting.updateValue(place, forKey: [delivery.receiver, delivery.group]) {
                unite(other, place)
            }
        }
        guard !counting.isEmpty else { return }
        for (place, alert) in alerts.enumerated() {
            for telling in alert.tellings where telling.isCounted {
                guard let other = counting[[telling.receiver, telling.group]] else { continue }
                unite(other, deliveries.count + place)
            }
        }
    }

    private mutating func unite(_ one: Int, _ other: Int) {
        let (first, second) = (root(of: one), root(of: other))
        // The earliest stands for all, so that parts come in the order of deliveries.
        parents[max(first, second)] = min(first, second)
    }

    private mutating func root(of node: Int) -> Int {
        var node = node
        while parents[node] != node {
            parents[node] = parents[parents[node]]
            node = parents[node]
        }
        return node
    }

    /// What belongs together goes into one part, whatever its size.
    func parts(most: Int) -> [AlertPart] {
        var division = self
        let roots = parents.indices.map { division.root(of: $0) }
        let places = Self.places(roots, alertsFrom: deliveries.count, most: most)
        var parts = Array(repeating: AlertPart(), count: (places.values.max() ?? 0) + 1)
        for (node, delivery) in deliveries.enumerated() { parts[places[roots[node]] ?? 0].deliveries.append(delivery) }
        for (place, alert) in alerts.enumerated() {
            let part = places[roots[deliveries.count + place]] ?? 0
            if place < news.resolved.count {
                parts[part].news.resolved.append(alert)
            } else {
                parts[part].news.changed.append(alert)
            }
        }
        for change in news.changes {
            let part = nodes[change.alertID].flatMap { places[roots[$0]] } ?? 0
            parts[part].news.changes.append(change)
        }
        parts[0].news.removed = news.removed
        return parts
    }

    /// The part of each root.
    private static func places(_ roots: [Int], alertsFrom first: Int, most: Int) -> [Int: Int] {
        var sizes: [Int: Int] = [:]
        for (node, root) in roots.enumerated() { sizes[root, default: 0] += node < first ? 0 : 1 }
        var (places, part, size): ([Int: Int], Int, Int) = ([:], 0, 0)
        for root in sizes.keys.sorted() {
            if size > 0, size + (sizes[root] ?? 0) > most { (part, size) = (part + 1, 0) }
            places[root] = part
            size += sizes[root] ?? 0
        }
        return places
    }
}
