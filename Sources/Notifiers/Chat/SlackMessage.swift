import Alerting
import Inventory
import Listing

/// A message for an incoming webhook of Slack: a line, and an attachment of a colour with one section an alert.
///
/// Limits of Slack: 50 blocks a message, 3,000 characters a section. Texts are escaped as mrkdwn asks (`&`, `<`, `>`),
/// so that no text of a device mentions people or makes links.
enum SlackMessage {
    static let alertsMax = 20
    static let sectionUnitsMax = 3000
    /// Of one alert; twenty of them stay a message people read.
    private static let bodyUnitsMax = 1800

    static func json(_ notice: AlertNotice) -> JSONValue {
        let words = NoticeWords(notice)
        let title = MarkupText.slack(words.title, unitsMax: sectionUnitsMax)
        var blocks = words.items.prefix(alertsMax).map(section)
        let left = words.left + max(0, words.items.count - alertsMax)
        if left > 0 { blocks.append(context("… and \(left) more" + more(notice))) }
        blocks.append(context("WARD FLUX · \(MarkupText.slack(PlainText.line(notice.receiver, octetsMax: 100)))"))
        let attachment: JSONValue = [
            "color": .string(AlertColor.hex(words.severity)), "fallback": .string(title), "blocks": .array(blocks),
        ]
        return ["text": .string(title), "attachments": [attachment]]
    }

    private static func section(_ item: NoticeWords.Item) -> JSONValue {
        let headline = MarkupText.slack(item.headline, unitsMax: 600)
        var text = item.link.map { "*<\($0.replacing("&", with: "&amp;"))|\(headline)>*" } ?? "*\(headline)*"
        var left = bodyUnitsMax
        for line in item.lines {
            let row = "\n" + MarkupText.slack("\(line.name): \(line.text)", unitsMax: 700)
            left -= row.utf16.count
            guard left > 0 else { break }
            text += row
        }
        return ["type": "section", "text": ["type": "mrkdwn", "text": .string(text), "verbatim": true]]
    }

    private static func context(_ text: String) -> JSONValue {
        ["type": "context", "elements": [["type": "mrkdwn", "text": .string(text), "verbatim": true]]]
    }

    private static func more(_ notice: AlertNotice) -> String {
        WebAddress.link(notice.externalURL).map { ": <\($0.replacing("&", with: "&amp;"))|all alerts>" } ?? ""
    }
}

/// Colours that stand for severities, for chat and mail.
enum AlertColor {
    /// `#rrggbb`; green where nothing fires.
    static func hex(_ severity: AlertSeverity?) -> String {
        switch severity {
        case .critical: "#b3261e"
        case .high: "#d9730d"
        case .medium: "#b58900"
        case .low: "#3a6ea5"
        case nil: "#2e7d32"
        }
    }

    /// The name that Adaptive Cards have for it.
    static func card(_ severity: AlertSeverity?) -> String {
        switch severity {
        case .critical, .high: "attention"
        case .medium: "warning"
        case .low: "accent"
        case nil: "good"
        }
    }
}
