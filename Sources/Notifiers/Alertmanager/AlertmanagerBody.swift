import Alerting
import Inventory
import Listing

/// The body of `POST /api/v2/alerts` (Alertmanager's openapi.yaml, `postableAlerts`).
enum AlertmanagerBody {
    /// Alerts a request; a storm is told in several.
    static let alertsMax = 500
    private static let trialSeconds = 60.0

    /// An alert under some labels.
    struct Entry: Sendable {
        var item: AlertNotice.Item
        var labels: [String: String]
        /// When it is over; nil for one that is not, so that Alertmanager's own `resolve_timeout` counts.
        var end: Timestamp?

        /// An alert as it is.
        init(_ item: AlertNotice.Item) {
            self.item = item
            labels = item.labels
            if !item.alert.isOpen { end = item.alert.resolvedAt ?? item.alert.lastSeenAt }
        }
    }

    /// What still fires.
    static func entries(_ firing: [AlertNotice.Item]) -> [Entry] { firing.map { Entry($0) } }

    /// What a notice tells of.
    ///
    /// One whose severity rose is another alert for Alertmanager, so that the one of before is over. A trial is over by
    /// itself, after the time in which Alertmanager usually gathers what it sends on.
    static func entries(_ notice: AlertNotice) -> [Entry] {
        notice.alerts.flatMap { item in
            var entry = Entry(item)
            if notice.reason == .trial { entry.end = notice.at.advanced(bySeconds: trialSeconds) }
            let telling = item.alert.tellings.first { $0.receiver == notice.receiver }
            guard let severity = telling?.before?.severity, severity != item.alert.severity else { return [entry] }
            var former = entry
            (former.labels["severity"], former.end) = (severity.rawValue, entry.end ?? notice.at)
            return [former, entry]
        }
    }

    /// A body of some entries.
    static func octets(_ entries: some Sequence<Entry>) -> [UInt8] { JSONValue.array(entries.map(value)).bytes }

    /// A start after the end, or a link that is none, would make Alertmanager refuse all alerts of the request.
    private static func value(_ entry: Entry) -> JSONValue {
        let start = entry.item.alert.startedAt
        var members = [
            JSONMember("labels", object(labels(entry), octetsMax: 2048)),
            JSONMember("annotations", object(annotations(entry.item), octetsMax: 4096)),
            JSONMember("startsAt", .string(start.description)),
        ]
        if let end = entry.end { members.append(JSONMember("endsAt", .string(max(end, start).description))) }
        if let link = WebAddress.link(entry.item.link) { members.append(JSONMember("generatorURL", .string(link))) }
        return .object(members)
    }

    private static func labels(_ entry: Entry) -> [String: String] {
        var (labels, item) = (entry.labels, entry.item)
        if labels["alertname", default: ""].isEmpty { labels["alertname"] = item.alert.condition.rawValue }
        return labels
    }

    private static func annotations(_ item: AlertNotice.Item) -> [String: String] {
        var annotations = item.annotations
        annotations["alert_id"] = item.alert.id.description
        if annotations["summary", default: ""].isEmpty { annotations["summary"] = item.alert.message }
        return annotations
    }

    /// Names as Alertmanager takes them, in order; of two that become the same the first stays; none is empty.
    private static func object(_ pairs: [String: String], octetsMax: Int) -> JSONValue {
        var members: [JSONMember] = []
        var names: Set<String> = []
        for (name, value) in pairs.sorted(by: { $0.key < $1.key }) {
            let text = PlainText.lines(value, octetsMax: octetsMax)
            let safe = labelName(name)
            guard !text.isEmpty, names.insert(safe).inserted else { continue }
            members.append(JSONMember(safe, .string(text)))
        }
        return .object(members)
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`: anything else becomes `_`.
    static func labelName(_ name: String) -> String {
        var result = ""
        for scalar in PlainText.clipped(name, octetsMax: 200).unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            let isLetter = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
            if isDigit, result.isEmpty { result = "_" }
            result.unicodeScalars.append(isDigit || isLetter ? scalar : "_")
        }
        return result.isEmpty ? "_" : result
    }
}
