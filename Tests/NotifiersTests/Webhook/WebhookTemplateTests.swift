import Alerting
import Inventory
import Listing
import Testing

@testable import Notifiers

struct WebhookTemplateTests {
    private static func body(
        _ text: String, _ notice: AlertNotice = Notices.notice(), contentType: String = "application/json"
    ) throws -> String {
        String(decoding: try WebhookTemplate(text, contentType: contentType).body(notice), as: UTF8.self)
    }

    @Test func fieldsSectionsAndLabelsAreFilledIn() throws {
        let text = """
            {"t": "{{title}}", "n": {{alert_count}}, "a": [{{#alerts}}{"s": "{{uppercased(severity)}}",
            "d": "{{labels.device}}", "l": "{{#labels}}{{name}}={{value}} {{/labels}}",
            "x": "{{#device}}{{name}}{{/device}}{{^device}}none{{/device}}"}{{^last()}},{{/last()}}{{/alerts}}]}
            """
        let notice = Notices.notice([Notices.alert(), Notices.alert("two", number: 2)])
        let value = try JSONParser.parse(Array(Self.body(text, notice).utf8))
        #expect(value["n"] == 2)
        guard case .array(let alerts)? = value["a"] else { return }
        #expect(alerts.count == 2)
        #expect(alerts[0]["s"] == "CRITICAL")
        #expect(alerts[0]["d"] == "CORE-SW-03")
        #expect(Records.text(alerts[0]["l"]).hasPrefix("alertname=InterfaceDown device=CORE-SW-03 "))
        #expect(alerts[0]["x"] == "none")
    }

    /// Whatever tag writes a text, and whatever the text is, the document stays the one that the template describes.
    @Test(arguments: ["{{title}}", "{{{title}}}", "{{&title}}", "{{=<% %>=}}<%&title%>"])
    func noTextLeavesItsString(_ tag: String) throws {
        for (name, text) in Notices.hostileTexts {
            let body = try Self.body("{\"a\": \"\(tag)\", \"z\": 1}", Notices.hostile(text))
            let value = try JSONParser.parse(Array(body.utf8))
            guard case .object(let members) = value else { continue }
            #expect(members.map(\.name) == ["a", "z"], "\(name)")
        }
    }

    @Test(arguments: [
        "{\"a\": \"{{#alerts}}x\"}", "{\"a\": \"{{title\"}", "{{#a}}{{/b}}", "{\"a\": {{title}}}", "not json",
        "{\"a\": \"{{titel}}\"}", "{\"a\": [{{#alerts}}\"{{messag}}\"{{/alerts}}]}",
        "{\"a\": [{{#alerts}}1,{{/alerts}}]}",
        "{\"a\": {{#alerts}}{{value}}{{/alerts}}}", "{\"a\": \"{{% CONTENT_TYPE:HTML}}{{title}}\"}", "",
        "{\"a\": \"{{#alerts}}{{device.nam}}{{/alerts}}\"} x",
    ])
    func whatDoesNotWorkIsRefusedWhenItIsRead(_ text: String) {
        #expect {
            try WebhookTemplate(text, contentType: "application/json")
        } throws: { error in
            "\(error)".hasPrefix("template: ") && (error as? NotifierError)?.isLasting == true
        }
    }

    @Test func aMistakeIsNamedWithItsPlace() {
        #expect {
            try WebhookTemplate("{\n  \"a\": \"{{#alerts}}{{/alert}}\"\n}", contentType: "application/json")
        } throws: { "\($0)".contains("line 2") }
    }

    @Test func textsWithinATextAreOutOfReach() throws {
        let body = try Self.body("{\"a\": \"{{title.text}}{{title.escaping}}\"}", Notices.hostile("\"x\""))
        #expect(body == "{\"a\": \"\"}")
    }

    @Test(arguments: [
        ("text/plain", "a <b> & \"c\""), ("text/html; charset=utf-8", "a &lt;b&gt; &amp; &quot;c&quot;"),
        ("application/x-www-form-urlencoded", "a%20%3Cb%3E%20%26%20%22c%22"),
        ("application/cloudevents+json", #"a <b> & \"c\""#),
    ])
    func escapingFollowsTheMediaType(_ type: String, _ expected: String) throws {
        let text = type.contains("json") ? "\"{{title}}\"" : "{{title}}"
        let body = try Self.body(text, Notices.hostile("a <b> & \"c\""), contentType: type)
        #expect(body == (type.contains("json") ? "\"\(expected)\"" : expected))
    }
}
