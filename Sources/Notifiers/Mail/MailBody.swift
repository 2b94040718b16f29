import Alerting
import Inventory

/// What a mail says: as plain text and as HTML.
enum MailBody {
    static let alertsMax = 50
    private static let columns = 76

    /// Plain text, wrapped at words.
    static func text(_ notice: AlertNotice, _ words: NoticeWords) -> String {
        var lines = wrapped(words.title, indent: "") + [""]
        for item in words.items.prefix(alertsMax) {
            lines += wrapped("* " + item.headline, indent: "  ")
            for line in item.lines { lines += wrapped("  \(line.name): \(line.text)", indent: "    ") }
            if let link = item.link { lines.append("  " + link) }
            lines.append("")
        }
        if let more = more(words) { lines += [more, ""] }
        lines += wrapped(footer(notice), indent: "")
        return lines.joined(separator: "\n")
    }

    /// HTML without scripts, pictures or anything from elsewhere.
    static func html(_ notice: AlertNotice, _ words: NoticeWords) -> String {
        let color = AlertColor.hex(words.severity)
        var html = """
            <!DOCTYPE html>
            <html><head><meta charset="utf-8"><title>\(MarkupText.html(words.title))</title></head>
            <body style="font-family:sans-serif;font-size:14px;color:#222">
            <p style="border-left:6px solid \(color);padding-left:10px;font-size:16px"><b>\
            \(MarkupText.html(words.title))</b></p>

            """
        for item in words.items.prefix(alertsMax) { html += block(item) }
        if let more = more(words) { html += "<p>\(more)</p>\n" }
        return html + "<p style=\"color:#777;font-size:12px\">\(MarkupText.html(footer(notice)))</p>\n</body></html>\n"
    }

    private static func block(_ item: NoticeWords.Item) -> String {
        let color = AlertColor.hex(item.alert.isOpen ? item.alert.severity : nil)
        let headline = MarkupText.html(item.headline)
        let title =
            item.link.map { "<a href=\"\(MarkupText.html($0))\" style=\"color:\(color)\">\(headline)</a>" } ?? headline
        let rows = item.lines.map { line in
            "<tr><td style=\"color:#777;padding-right:10px\">\(MarkupText.html(line.name))</td>"
                + "<td>\(MarkupText.html(line.text))</td></tr>\n"
        }
        return "<p style=\"color:\(color)\"><b>\(title)</b></p>\n<table>\n\(rows.joined())</table>\n"
    }

    private static func more(_ words: NoticeWords) -> String? {
        let left = words.left + max(0, words.items.count - alertsMax)
        return left > 0 ? "… and \(left) more" : nil
    }

    private static func footer(_ notice: AlertNotice) -> String {
        let place = WebAddress.link(notice.externalURL).map { " at \($0)" } ?? ""
        return "Sent by WARD FLUX\(place) to \(PlainText.line(notice.receiver, octetsMax: 100))."
    }

    /// Lines of at most 76 characters, broken at spaces; a longer word has a line of its own.
    static func wrapped(_ text: String, indent: String) -> [String] {
        var lines: [String] = []
        var line = String(text.prefix { $0 == " " })
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > columns {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
