import Alerting
import Inventory

/// Notices as tests send them.
enum Notices {
    static let start = Timestamp(seconds: 1_772_337_600)
    static let device = DeviceID("11111111-1111-4111-8111-111111111111") ?? .random()

    /// An alert of an interface; `number` makes it another one.
    static func alert(
        _ message: String = "Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)", number: Int = 1,
        severity: AlertSeverity = .critical, isOver: Bool = false
    ) -> Alert {
        let text = "\(number + 100_000)"
        let id = AlertID("22222222-2222-4222-8222-222222\(text)") ?? .random()
        let interface = InterfaceID("33333333-3333-4333-8333-333333\(text)") ?? .random()
        var alert = Alert(
            id: id, entity: .interface(interface, of: device), condition: .interfaceDown, rule: "interface-down",
            severity: severity, at: start)
        alert.message = message
        alert.state = isOver ? .resolved : .firing
        alert.firedAt = start
        if isOver { alert.resolvedAt = start.advanced(bySeconds: 600) }
        alert.context.facts = [AlertFact("oper status", "down", at: start)]
        return alert
    }

    static func item(_ alert: Alert, labels: [String: String] = [:]) -> AlertNotice.Item {
        let all = ["alertname": "InterfaceDown", "device": "CORE-SW-03", "interface": "Gi0/0/\(alert.id)"]
        return AlertNotice.Item(
            alert, labels: all.merging(labels) { $1 }, annotations: ["summary": alert.message],
            link: "https://wardflux.example.org/alerts/\(alert.id)")
    }

    /// A notice of one alert, or of those given.
    static func notice(
        _ alerts: [Alert] = [alert()], id: AlertDeliveryID = .random(), attempt: Int = 1, alertCount: Int? = nil,
        labels: [String: String] = [:], reason: AlertDelivery.Reason = .change
    ) -> AlertNotice {
        AlertNotice(
            id: id, attempt: attempt, receiver: "noc", reason: reason, groupLabels: ["device": "CORE-SW-03"],
            alerts: alerts.map { item($0, labels: labels) }, alertCount: alertCount,
            externalURL: "https://wardflux.example.org", at: start)
    }

    /// A notice in which every text that a device or an operator gives is this one.
    static func hostile(_ text: String, id: AlertDeliveryID = .random()) -> AlertNotice {
        var alert = alert(text)
        var device = Device(name: text, address: "127.0.0.1", at: start)
        device.tags = [text]
        device.location = text
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.ifAlias) = (text, text)
        alert.context.device = AlertContext.Device(device)
        alert.context.interface = AlertContext.Interface(Interface(deviceID: device.id, facts: facts, at: start))
        alert.context.facts = [AlertFact(text, text)]
        alert.context.remedy = text
        alert.context.before = [AlertEvent(at: start, text)]
        alert.context.cause = AlertCause(alertID: .random(), name: text, path: [text], reason: text)
        alert.acknowledgement = AlertAcknowledgement(at: start, by: text, note: text)
        var item = item(alert, labels: ["tag_\(text.prefix(20))": text, "location": text])
        item.annotations = ["summary": text, "description": text, "remedy": text, text: text]
        item.link = "https://wardflux.example.org/\(text)"
        return AlertNotice(
            id: id, receiver: text, groupLabels: ["device": text], alerts: [item], externalURL: text, at: start)
    }

    /// Texts that end a line, a string, a header, a tag or the patience of somebody.
    static let hostileTexts: [(name: String, text: String)] = [
        ("markup", "<script>alert('x')</script> <!channel> <@U1> & \"q\" 'a' `b` *c* [d](http://127.0.0.1/) ]]>"),
        ("line breaks", "one\r\nBcc: other@example.org\r\n\r\n.\r\nQUIT\r\nMAIL FROM:<x@example.org>\n.\n"),
        ("controls", String(String.UnicodeScalarView((1..<32).compactMap { Unicode.Scalar($0) })) + "\u{7F}\u{9B}31m"),
        ("zero", "a\u{0}b"),
        ("templates", "{{message}} {{{x}}} ${x} %s %n $(id) \\u0041 \\\" \\"),
        ("emoji", "👩‍👩‍👧‍👦🇬🇪 მაგთი Тбилиси 東京 é"),
        ("directions", "\u{202E}gnp.exe\u{202C} \u{2066}x\u{2069} \u{2028}y\u{2029}\u{FEFF}"),
        ("noncharacters", "\u{FFFE}\u{FFFF}\u{10FFFF}\u{FFFD}"),
        ("structured data", "x\"] [evil@1 a=\"b\"] <13>1 - - - - - -"),
        ("encoded words", "=?UTF-8?B?QmNjOiB4?= =?utf-8?q?=0D=0ABcc:=20x?="),
        ("long", String(repeating: "A", count: 65_536)),
        ("long words", String(repeating: "wörd ", count: 13_000)),
        ("one long character", "e" + String(repeating: "\u{301}", count: 32_000)),
        (
            "marks with accents",
            "\"\u{301} \\\u{301} ]\u{301} <\u{301}b>\u{301} &\u{301} '\u{301} }\u{301} \n\u{301} \r\n\u{301}"
        ),
        ("empty", ""),
    ]
}
