import Alerting
import Inventory
import Testing

@testable import Notifiers

struct SyslogTests {
    private static func message(_ change: (inout SyslogSettings) -> Void = { _ in }) throws -> SyslogMessage {
        var settings = SyslogSettings(host: "127.0.0.1")
        change(&settings)
        return try SyslogMessage(settings, hostName: "monitor")
    }

    @Test func aMessageIsThatOfRFC5424() throws {
        let id = try #require(AlertDeliveryID("44444444-4444-4444-8444-444444444444"))
        var notice = Notices.notice(id: id)
        notice.alerts[0].labels = ["device": "CORE-SW-03", "quote": #"a"b]c\d"#, "bad name=": "x"]
        let octets = try #require(try Self.message().octets(notice, octetsMax: 2048).first)
        #expect(
            String(decoding: octets, as: UTF8.self)
                == "<130>1 2026-03-01T04:00:00.000Z monitor wardflux - interface_down "
                + "[alert@32473 delivery_id=\"44444444-4444-4444-8444-444444444444\" "
                + "alert_id=\"\(notice.alerts[0].alert.id)\" status=\"firing\" "
                + "started_at=\"2026-03-01T04:00:00.000Z\" severity=\"critical\" bad_name_=\"x\" "
                + #"device="CORE-SW-03" quote="a\"b\]c\\d"] "#
                + "Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)")
    }

    @Test func textBeyondASCIIIsMarked() throws {
        let notice = Notices.notice([Notices.alert("მაგთი")])
        let octets = try #require(try Self.message().octets(notice, octetsMax: 2048).first)
        #expect(octets.suffix(18) == [0xEF, 0xBB, 0xBF] + Array("მაგთი".utf8))
    }

    @Test func noMessageIsLongerThanItMayBe() throws {
        for (name, text) in Notices.hostileTexts {
            var notice = Notices.hostile(text)
            for number in 0..<200 { notice.alerts[0].labels["label\(number)"] = text }
            for max in [SyslogMessage.datagramOctetsMax, SyslogMessage.streamOctetsMax] {
                let octets = try #require(try Self.message().octets(notice, octetsMax: max).first)
                #expect(octets.count <= max, "\(name)")
                #expect(!octets.contains { $0 < 0x20 }, "\(name)")
            }
        }
    }

    @Test func marksWithAccentsAreEscapedToo() {
        #expect(SyslogMessage.paramValue("a\"\u{301}]\u{301}\\\u{301}") == "a\\\"\u{301}\\]\u{301}\\\\\u{301}")
    }

    @Test(arguments: [
        (AlertSeverity.critical, false, 2), (.high, false, 3), (.medium, false, 4), (.low, false, 5),
        (.critical, true, 6),
    ])
    func severitiesAreThoseOfSyslog(_ severity: AlertSeverity, _ isOver: Bool, _ expected: Int) {
        #expect(SyslogMessage.severity(Notices.alert(severity: severity, isOver: isOver)) == expected)
    }

    @Test func whatIsNoHeaderIsRefused() {
        #expect(throws: NotifierError.self) { try Self.message { $0.facility = 24 } }
        #expect(throws: NotifierError.self) { try Self.message { $0.appName = "ward flux" } }
        #expect(throws: NotifierError.self) { try Self.message { $0.structuredDataID = "a b" } }
        #expect(throws: NotifierError.self) { try Self.message { $0.structuredDataID = "" } }
    }
}
