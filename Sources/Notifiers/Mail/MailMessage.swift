import Alerting
import Crypto
import FoundationEssentials
import Inventory

/// A mail about a notice (RFC 5322, MIME): all of it ASCII but for addresses that are not, in short lines.
///
/// The same notice gives the same octets at each attempt, its Message-ID among them. Mails of one group refer to one
/// message that was never sent, so that they become a thread wherever references are followed.
enum MailMessage {
    static func octets(_ notice: AlertNotice, from: MailAddress, to: [MailAddress]) -> [UInt8] {
        let words = NoticeWords(notice)
        let boundary = "=_wardflux_" + hash(notice.id.description)
        var result = Array(headers(notice, words, from, to, boundary).joined(separator: "\r\n").utf8)
        result += Array("\r\n\r\n".utf8)
        for (type, text) in [("plain", MailBody.text(notice, words)), ("html", MailBody.html(notice, words))] {
            let head =
                "--\(boundary)\r\nContent-Type: text/\(type); charset=utf-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            result += Array(head.utf8) + QuotedPrintable.encoded(text)
        }
        return result + Array("--\(boundary)--\r\n".utf8)
    }

    /// The Message-ID of a notice, with its angle brackets.
    static func messageID(_ notice: AlertNotice, _ from: MailAddress) -> String {
        "<\(notice.id.description)@\(idDomain(from))>"
    }

    /// What mails of one group refer to.
    static func threadID(_ notice: AlertNotice, _ from: MailAddress) -> String {
        var group = notice.groupLabels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        // Ungrouped, each alert is a thread of its own.
        if group.isEmpty { group = notice.alerts.prefix(1).map { $0.alert.id.description } }
        return "<group.\(hash(([notice.receiver] + group).joined(separator: "\u{0}")))@\(idDomain(from))>"
    }

    private static func headers(
        _ notice: AlertNotice, _ words: NoticeWords, _ from: MailAddress, _ to: [MailAddress], _ boundary: String
    ) -> [String] {
        let thread = threadID(notice, from)
        let isUrgent = words.severity == .critical
        return [
            MailHeader.date(notice.at),
            MailHeader.addresses("From", [from]),
            MailHeader.addresses("To", to),
            MailHeader.text("Subject", words.title),
            "Message-ID: " + messageID(notice, from),
            "In-Reply-To: " + thread,
            "References: " + thread,
            "Auto-Submitted: auto-generated",
            "X-WardFlux-Delivery: \(notice.id)",
        ] + (isUrgent ? ["Importance: high"] : []) + [
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
    }

    /// A domain for identities: the sender's where it is ASCII.
    private static func idDomain(_ from: MailAddress) -> String {
        let isPlain = from.domain.utf8.allSatisfy { octet in
            (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet & 0xDF) || octet == 0x2D || octet == 0x2E
        }
        return isPlain && from.domain.utf8.count <= 200 ? from.domain : "wardflux.invalid"
    }

    private static func hash(_ text: String) -> String {
        String(WebhookSignature.hex(SHA256.hash(data: Array(text.utf8))).prefix(24))
    }
}
