import Inventory
import Testing

@testable import Alerting

@Suite("What people are told of an alert")
struct AlertWordsTests {
    private static let start = Timestamp(seconds: 1_772_337_600)

    private static func alert(_ condition: AlertCondition, _ change: (inout Alert) -> Void = { _ in }) -> Alert {
        var device = Device(name: "CORE-SW-03", address: "127.0.0.3", at: start)
        device.location = "Tbilisi HQ"
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.ifAlias) = ("Gi0/0/1", "Uplink")
        var port = Interface(deviceID: device.id, facts: facts, at: start)
        (port.lldpNeighborName, port.lldpNeighborPort, port.interfaceType) = ("DIST-04", "Te1/1", .trunk)
        let entity: AlertEntity =
            switch condition.subject {
            case .interface: .interface(port.id, of: device.id)
            case .device: .device(device.id)
            case .system: .system("disk")
            }
        var alert = Alert(entity: entity, condition: condition, rule: "r", severity: .critical, at: start)
        if condition.subject != .system { alert.context.device = AlertContext.Device(device) }
        if condition.subject == .interface { alert.context.interface = AlertContext.Interface(port) }
        (alert.state, alert.firedAt, alert.message) = (.firing, start, "A message")
        change(&alert)
        return alert
    }

    @Test func aDeadPortSaysWhichLineItIsAndWhatIsBehindIt() {
        let alert = Self.alert(.interfaceDown)
        #expect(
            AlertWords.description(of: alert)
                == "Gi0/0/1 (Uplink) on CORE-SW-03 is down since 2026-03-01 04:00:00 UTC, though it is switched on and "
                + "was up before. At its far end is DIST-04, port Te1/1. It stands at Tbilisi HQ.")
    }

    @Test func whatIsOverSaysForHowLongItWas() {
        let alert = Self.alert(.highUtilization) { alert in
            (alert.state, alert.resolvedAt) = (.resolved, Self.start.advanced(bySeconds: 720))
            (alert.value, alert.threshold, alert.context.worst) = (60, 80, 93.4)
        }
        let words = AlertWords.description(of: alert)
        #expect(words.contains("was busier than it should be since 2026-03-01 04:00:00 UTC: 93%, limit 80%."))
        #expect(words.hasSuffix("It was over at 2026-03-01 04:12:00 UTC, after 12 minutes."))
    }

    @Test func anExplainedOneNamesItsCauseAndTheWayThere() {
        let alert = Self.alert(.deviceUnreachable) { alert in
            alert.context.cause = AlertCause(
                alertID: .random(), name: "DIST-04", path: ["FW-1", "DIST-04", "CORE-SW-03"],
                reason: "DIST-04 does not answer and is the only way there")
        }
        let annotations = AlertWords.annotations(of: alert)
        #expect(annotations["cause"] == "DIST-04")
        #expect(annotations["path"] == "FW-1 - DIST-04 - CORE-SW-03")
        #expect(annotations["description"]?.contains("is the only way there.") == true)
    }

    @Test func annotationsAreThoseThatAreKnown() {
        let disk = Self.alert(.diskSpace) { ($0.value, $0.threshold, $0.context.remedy) = (7.4, 10, "Delete old logs") }
        let annotations = AlertWords.annotations(of: disk)
        #expect(
            Set(annotations.keys)
                == ["summary", "description", "value", "threshold", "remedy", "since", "alert_id"])
        #expect(annotations["value"] == "7%" && annotations["threshold"] == "10%")
        #expect(annotations["alert_id"] == "\(disk.id)")
        let port = AlertWords.annotations(of: Self.alert(.interfaceDown))
        #expect(port["device_id"] != nil && port["interface_id"] != nil && port["value"] == nil)
    }

    @Test("Every condition has a sentence, open and over", arguments: AlertCondition.allCases)
    func everyCondition(condition: AlertCondition) {
        for resolved in [nil, Self.start.advanced(bySeconds: 1)] {
            let words = AlertWords.description(
                of: Self.alert(condition) { alert in
                    alert.resolvedAt = resolved
                    alert.state = resolved == nil ? .firing : .resolved
                })
            #expect(words.hasSuffix(".") && !words.contains("..") && !words.contains("  "))
        }
    }

    @Test func aNoticeHasTheGroupsLabelsTheAttemptAndALink() {
        let alert = Self.alert(.interfaceDown)
        var delivery = AlertDelivery(
            receiver: "noc", group: #"device="A, \"B\"",location="",severity="high""#, reason: .change, alerts: [alert],
            at: Self.start)
        delivery.attempts = 3
        let notice = AlertWords.notice(delivery, externalURL: "http://localhost:8080")
        #expect(notice.id == delivery.id && notice.attempt == 3)
        #expect(notice.groupLabels == ["device": #"A, "B""#, "severity": "high"])
        #expect(notice.alerts.first?.link == "http://localhost:8080/alerts/\(alert.id)")
    }

    @Test(
        "Lengths are said in the largest unit of which there are two",
        arguments: [
            (0.0, "0 seconds"), (1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7_199, "119 minutes"),
            (7_200, "2 hours"), (172_800, "2 days"),
        ] as [(Double, String)])
    func lengths(seconds: Double, expected: String) { #expect(AlertWords.length(seconds) == expected) }
}
