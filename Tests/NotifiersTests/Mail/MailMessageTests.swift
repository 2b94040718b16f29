import Alerting
import Inventory
import Testing

@testable import Notifiers

struct MailMessageTests {
    private static func text(_ notice: AlertNotice, to: [String] = ["noc@example.org"]) throws -> String {
        let octets = MailMessage.octets(
            notice, from: try MailAddress("WARD FLUX <wardflux@example.org>", field: "from"),
            to: try to.map { try MailAddress($0, field: "to") })
        return String(decoding: octets, as: UTF8.self)
    }

    private static func header(_ name: String, _ text: String) -> String? {
        let head = text.replacing("\r\n ", with: " ").components("\r\n\r\n").first ?? ""
        return head.components("\r\n").first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    @Test func theSameNoticeIsTheSameMail() throws {
        let notice = Notices.notice()
        var again = notice
        again.attempt = 2
        #expect(try Self.text(notice) == Self.text(again))
        #expect(Self.header("Message-ID", try Self.text(notice)) == "<\(notice.id)@example.org>")
        #expect(Self.header("Date", try Self.text(notice)) == "Sun, 1 Mar 2026 04:00:00 +0000")
        #expect(Self.header("Auto-Submitted", try Self.text(notice)) == "auto-generated")
    }

    @Test func mailsOfAGroupAreAThread() throws {
        let first = try Self.text(Notices.notice())
        let second = try Self.text(Notices.notice([Notices.alert(number: 2, isOver: true)]))
        let thread = try #require(Self.header("References", first))
        #expect(Self.header("References", second) == thread)
        #expect(Self.header("In-Reply-To", second) == thread)
        #expect(Self.header("Message-ID", second) != Self.header("Message-ID", first))
        var other = Notices.notice()
        other.groupLabels = ["device": "CORE-SW-04"]
        #expect(Self.header("References", try Self.text(other)) != thread)
        other.groupLabels = [:]
        let alone = Self.header("References", try Self.text(other))
        other.alerts[0].alert.id = .random()
        #expect(Self.header("References", try Self.text(other)) != alone)
    }

    @Test func everyMailIsASCIIInShortLinesWithItsHeadersOnly() throws {
        let names = Set([
            "Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
            "X-WardFlux-Delivery", "Importance", "MIME-Version", "Content-Type",
        ])
        for (name, text) in Notices.hostileTexts {
            let mail = try Self.text(Notices.hostile(text))
            #expect(mail.utf8.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || $0 == 10 || $0 == 13) }, "\(name)")
            #expect(mail.components("\r\n").allSatisfy { $0.utf8.count <= 78 }, "\(name)")
            #expect(mail.replacing("\r\n", with: "").utf8.allSatisfy { $0 != 10 && $0 != 13 }, "\(name)")
            let head = mail.replacing("\r\n ", with: " ").components("\r\n\r\n").first ?? ""
            let found = head.components("\r\n").map { String($0.prefix { $0 != ":" }) }
            #expect(Set(found).isSubset(of: names), "\(name): \(found)")
            #expect(Set(found).count == found.count, "\(name)")
        }
    }

    @Test(arguments: [
        ("Interface down", "Subject: Interface down"), ("a\r\nBcc: x", "Subject: a Bcc: x"),
        ("მაგთი", "Subject: =?UTF-8?B?4YOb4YOQ4YOS4YOX4YOY?="),
        ("=?x?=", "Subject: =?UTF-8?B?PT94Pz0=?="),
    ])
    func subjectsAreOneHeader(_ text: String, _ expected: String) {
        #expect(MailHeader.text("Subject", text) == expected)
    }

    @Test func longSubjectsAreFolded() {
        for text in [
            String(repeating: "word ", count: 60), String(repeating: "მ", count: 200),
            String(repeating: "x", count: 300),
        ] {
            let header = MailHeader.text("Subject", text)
            #expect(header.components("\r\n").allSatisfy { $0.utf8.count <= 78 })
            #expect(header.components("\r\n").dropFirst().allSatisfy { $0.hasPrefix(" ") })
        }
    }

    @Test(arguments: [
        ("a=b", "a=3Db\r\n"), (".", "=2E\r\n"), ("From x", "=46rom x\r\n"), ("a ", "a=20\r\n"),
        ("é\nb", "=C3=A9\r\nb\r\n"),
        ("a\tb", "a\tb\r\n"), ("", "\r\n"),
    ])
    func quotedPrintableIsThatOfRFC2045(_ text: String, _ expected: String) {
        #expect(String(decoding: QuotedPrintable.encoded(text), as: UTF8.self) == expected)
    }

    @Test(arguments: [
        ("a@example.org", "a@example.org", ""), ("NOC <a@example.org>", "a@example.org", "NOC"),
        ("\"N, O\" <a+b@example.org>", "a+b@example.org", "N, O"), ("<a@localhost>", "a@localhost", ""),
        ("ნოკი <ნ@example.org>", "ნ@example.org", "ნოკი"),
    ])
    func addressesAreRead(_ text: String, _ address: String, _ name: String) throws {
        let read = try MailAddress(text, field: "to")
        #expect(read.address == address)
        #expect(read.name == name)
    }

    @Test(arguments: [
        "", "a", "@example.org", "a@", "a@b@c", "a b@example.org", "a@example.org\r\nBcc: x@y", "a@exa mple.org",
        "<a@example.org", "a@example.org>", "a@example.org> SIZE=1", "a..b@example.org", ".a@example.org",
        "a@.example.org", "a,b@example.org", "x <a@example.org> <b@example.org>\u{0}", "a\u{0}@example.org",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect { try MailAddress(text, field: "to") } throws: { "\($0)".hasPrefix("to: ") }
    }

    @Test func namesOfRecipientsCannotAddHeaders() throws {
        let address = try MailAddress("x\r\nBcc: \"y\" \\ <a@example.org>", field: "to")
        #expect(MailHeader.addresses("To", [address]) == "To: \"x  Bcc: \\\"y\\\" \\\\\" <a@example.org>")
    }

    @Test func linesOfTextAreWrappedAtWords() {
        let lines = MailBody.wrapped(String(repeating: "word ", count: 40), indent: "  ")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.count <= 76 })
        #expect(lines[1].hasPrefix("  word"))
    }
}

extension String {
    /// Pieces between a separator.
    func components(_ separator: String) -> [String] {
        var (pieces, rest) = ([String](), Substring(self))
        while let range = rest.firstRange(of: separator) {
            pieces.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return pieces + [String(rest)]
    }
}
