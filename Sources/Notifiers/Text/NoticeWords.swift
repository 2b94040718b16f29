import Alerting
import Inventory

/// What a notice says to people, the same for mail, chat and syslog.
struct NoticeWords {
    /// `Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)`; of several alerts how many, and the worst of them.
    let title: String
    /// What there is to say of each alert: the worst first, those that are over last.
    let items: [Item]
    /// How many alerts there are beyond `items`.
    let left: Int
    /// The worst severity that still fires; nil where nothing does.
    let severity: AlertSeverity?

    /// One alert in words.
    struct Item {
        let alert: Alert
        /// Its message, or that it is over.
        let headline: String
        /// What more there is to say, line by line: a name and a text each.
        let lines: [(name: String, text: String)]
        /// A link to it, checked for form.
        let link: String?
    }

    init(_ notice: AlertNotice) {
        let ordered = Self.ordered(notice.alerts)
        items = ordered.map(Self.words)
        left = max(0, notice.alertCount - items.count)
        let firing = notice.alerts.filter(\.alert.isOpen)
        severity = firing.map(\.alert.severity).max()
        title = Self.title(notice, firing.count, ordered.first)
    }

    private static func ordered(_ items: [AlertNotice.Item]) -> [AlertNotice.Item] {
        items.enumerated().sorted { left, right in
            let (one, other) = (left.element.alert, right.element.alert)
            if one.isOpen != other.isOpen { return one.isOpen }
            if one.severity != other.severity { return one.severity > other.severity }
            return left.offset < right.offset
        }.map(\.element)
    }

    private static func title(_ notice: AlertNotice, _ firing: Int, _ first: AlertNotice.Item?) -> String {
        let prefix =
            switch notice.reason {
            case .change: ""
            case .escalation: "Not acknowledged: "
            case .reminder: "Still firing: "
            case .trial: "Test: "
            }
        guard let first else { return prefix + "\(notice.alertCount) alerts" }
        let message = headline(first)
        guard notice.alertCount > 1 else { return prefix + message }
        let over = notice.alerts.count - firing
        let counts = over == 0 ? "\(notice.alertCount) alerts" : "\(firing) firing, \(over) resolved"
        return prefix + counts + ": " + message + ", …"
    }

    /// The message of an alert, or that it is over.
    static func headline(_ item: AlertNotice.Item) -> String {
        let summary = item.annotations["summary"] ?? item.alert.message
        let message = PlainText.line(summary.isEmpty ? item.alert.condition.rawValue : summary, octetsMax: 300)
        return item.alert.isOpen ? message : "Resolved: " + message
    }

    private static func words(_ item: AlertNotice.Item) -> Item {
        let alert = item.alert
        var lines: [(String, String)] = []
        func add(_ name: String, _ text: String?, _ octetsMax: Int = 500) {
            guard let text, !text.isEmpty else { return }
            lines.append((PlainText.line(name, octetsMax: 60), PlainText.line(text, octetsMax: octetsMax)))
        }
        let description = item.annotations["description"]
        add("what", description == item.annotations["summary"] ? nil : description, 1000)
        add("since", spoken(alert.startedAt))
        add("until", alert.resolvedAt.map(spoken))
        add("severity", alert.severity.rawValue)
        add("device", alert.context.device.map { "\($0.name) (\($0.address))" })
        add("location", alert.context.device?.location)
        add(
            "interface", alert.context.interface.map { [$0.name, $0.alias].compactMap(\.self).joined(separator: ", ") })
        for fact in alert.context.facts.prefix(6) { add(fact.name, fact.text) }
        add("acknowledged", alert.acknowledgement.map { [$0.by, $0.note].compactMap(\.self).joined(separator: ": ") })
        add("cause", alert.context.cause?.reason)
        for event in alert.context.before.prefix(3) { add("before", "\(spoken(event.at)) \(event.text)") }
        add("remedy", item.annotations["remedy"] ?? alert.context.remedy)
        return Item(alert: alert, headline: headline(item), lines: lines, link: WebAddress.link(item.link))
    }

    /// `2026-03-01 04:00:00 UTC`.
    private static func spoken(_ time: Timestamp) -> String {
        let civil = CivilTime(secondsSince1970: time.seconds)
        return "\(civil.isoDate) \(civil.isoTime) UTC"
    }
}
