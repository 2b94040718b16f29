import Alerting
import Inventory
import Listing
import Testing

@testable import Notifiers

struct ChatMessageTests {
    private static func blocks(_ notice: AlertNotice) -> [JSONValue] {
        guard case .array(let attachments)? = SlackMessage.json(notice)["attachments"],
            case .array(let blocks)? = attachments.first?["blocks"]
        else { return [] }
        return blocks
    }

    private static func many(_ count: Int, _ text: String = "x", alertCount: Int? = nil) -> AlertNotice {
        var notice = Notices.notice((0..<count).map { Notices.alert(text, number: $0) }, alertCount: alertCount)
        for index in notice.alerts.indices {
            notice.alerts[index].annotations["description"] = text
            notice.alerts[index].alert.context.facts = (0..<20).map { AlertFact("fact \($0)", text) }
        }
        return notice
    }

    @Test(arguments: [1, 20, 21, 500]) func slackKeepsItsLimits(_ count: Int) {
        let notice = Self.many(count, String(repeating: "<&>", count: 5000), alertCount: 1234)
        let blocks = Self.blocks(notice)
        #expect(blocks.count <= 50)
        for block in blocks {
            #expect(Records.text(block["text"]?["text"]).utf16.count <= 3000)
        }
        let all = Records.strings(SlackMessage.json(notice)).joined()
        #expect(all.contains("… and \(1234 - min(count, 20)) more"))
    }

    @Test func slackHasNoMentionAndNoLinkFromADevice() {
        for (name, text) in Notices.hostileTexts {
            for string in Records.strings(SlackMessage.json(Notices.hostile(text))) {
                let foreign = string.components("<").dropFirst().filter {
                    !$0.hasPrefix("https://wardflux.example.org/|")
                }
                #expect(foreign.isEmpty, "\(name): \(string)")
            }
        }
        let text = Records.strings(SlackMessage.json(Notices.notice())).joined()
        #expect(text.contains("*<https://wardflux.example.org/alerts/"))
    }

    @Test(arguments: [(AlertSeverity.critical, "#b3261e"), (.high, "#d9730d"), (.medium, "#b58900"), (.low, "#3a6ea5")])
    func colorsFollowTheWorstThatFires(_ severity: AlertSeverity, _ color: String) {
        let notice = Notices.notice([
            Notices.alert(number: 1, isOver: true), Notices.alert(number: 2, severity: severity),
        ])
        #expect(Records.strings(SlackMessage.json(notice)).contains(color))
        let over = Notices.notice([Notices.alert(isOver: true)])
        #expect(Records.strings(SlackMessage.json(over)).contains("#2e7d32"))
    }

    @Test(arguments: [1, 20, 500]) func teamsKeepsItsSize(_ count: Int) throws {
        for text in ["x", String(repeating: "მაგთი\"\\", count: 3000), String(repeating: "\u{1}", count: 9000)] {
            let octets = TeamsMessage.octets(Self.many(count, text, alertCount: 1234))
            #expect(octets.count <= 28 * 1024)
            let all = Records.strings(try JSONParser.parse(octets)).joined(separator: "\n")
            if count > 20 { #expect(all.contains(" more")) }
        }
    }

    @Test func teamsIsACardOfPlainTexts() throws {
        let card = try JSONParser.parse(TeamsMessage.octets(Notices.hostile("**bold** [x](http://127.0.0.1/)")))
        #expect(card["type"] == "message")
        guard case .array(let attachments)? = card["attachments"] else { return }
        #expect(attachments.first?["contentType"] == "application/vnd.microsoft.card.adaptive")
        let strings = Records.strings(card)
        #expect(strings.contains("TextRun"))
        #expect(!strings.contains("TextBlock"))
    }

    @Test func titlesTellWhatMatters() {
        let one = NoticeWords(Notices.notice())
        #expect(one.title == "Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)")
        #expect(one.severity == .critical)
        let over = NoticeWords(Notices.notice([Notices.alert(isOver: true)]))
        #expect(over.title == "Resolved: Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)")
        #expect(over.severity == nil)
        let alerts = [
            Notices.alert("low", number: 1, severity: .low), Notices.alert("over", number: 2, isOver: true),
            Notices.alert("worst", number: 3, severity: .high),
        ]
        let several = NoticeWords(Notices.notice(alerts, reason: .escalation))
        #expect(several.title == "Not acknowledged: 2 firing, 1 resolved: worst, …")
        #expect(several.items.map(\.headline) == ["worst", "low", "Resolved: over"])
    }

    @Test(arguments: ["http://hooks.example.org/services/secret", "https://", "hooks.example.org"])
    func aChannelIsOnlyReachedOverTLS(_ url: String) {
        let settings = ChatSettings(url: Secret(url))
        #expect {
            try Notifiers.make(.slack(settings), NotifierBed.surroundings)
        } throws: { !"\($0)".contains("services") }
    }
}
