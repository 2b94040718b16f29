import Alerting
import Inventory
import Listing

/// A message for the webhook of a Teams workflow: an Adaptive Card as an attachment.
///
/// Teams takes 28 KB. Texts stand in `TextRun`s, which know no Markdown, so that no text of a device is more than text.
enum TeamsMessage {
    static let octetsMax = 27 * 1024
    static let alertsMax = 20

    /// The message with as many alerts as fit.
    static func octets(_ notice: AlertNotice) -> [UInt8] {
        let words = NoticeWords(notice)
        var shown = min(words.items.count, alertsMax)
        while true {
            let octets = json(notice, words, shown: shown).bytes
            if octets.count <= octetsMax || shown == 0 { return octets }
            shown -= 1
        }
    }

    static func json(_ notice: AlertNotice, _ words: NoticeWords, shown: Int) -> JSONValue {
        var body = [text([run(words.title, size: "medium", color: AlertColor.card(words.severity), isBold: true)])]
        body += words.items.prefix(shown).map(container)
        let left = words.left + words.items.count - shown
        if left > 0 { body.append(text([run("… and \(left) more")])) }
        var card: [JSONMember] = [
            JSONMember("$schema", "http://adaptivecards.io/schemas/adaptive-card.json"),
            JSONMember("type", "AdaptiveCard"),
            JSONMember("version", "1.4"),
            JSONMember("msteams", ["width": "Full"]),
            JSONMember("body", .array(body)),
        ]
        if let link = WebAddress.link(words.items.first?.link ?? notice.externalURL) {
            card.append(
                JSONMember(
                    "actions", [["type": "Action.OpenUrl", "title": "Open in WARD FLUX", "url": .string(link)]]))
        }
        let attachment: JSONValue = [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null, "content": .object(card),
        ]
        return ["type": "message", "attachments": [attachment]]
    }

    private static func container(_ item: NoticeWords.Item) -> JSONValue {
        let severity = item.alert.isOpen ? item.alert.severity : nil
        let headline = text([run(item.headline, color: AlertColor.card(severity), isBold: true)])
        let rows = item.lines.prefix(16).map { line in
            text([run(line.name + ": ", isSubtle: true), run(PlainText.clipped(line.text, octetsMax: 400))])
        }
        return ["type": "Container", "separator": true, "spacing": "medium", "items": .array([headline] + rows)]
    }

    private static func text(_ runs: [JSONValue]) -> JSONValue {
        ["type": "RichTextBlock", "spacing": "small", "inlines": .array(runs)]
    }

    private static func run(
        _ text: String, size: String? = nil, color: String? = nil, isBold: Bool = false, isSubtle: Bool = false
    ) -> JSONValue {
        var members = [JSONMember("type", "TextRun"), JSONMember("text", .string(text))]
        if let size { members.append(JSONMember("size", .string(size))) }
        if let color { members.append(JSONMember("color", .string(color))) }
        if isBold { members.append(JSONMember("weight", "bolder")) }
        if isSubtle { members.append(JSONMember("isSubtle", true)) }
        return .object(members)
    }
}
