import Alerting
import Inventory

/// Notices that templates are tried with: one with every field, one with hardly any.
enum TemplateSamples {
    /// A text with everything that ends a string, a line or a tag somewhere.
    private static let text = "a \"quoted\" \\ {{text}} <b>&\n'x'"
    private static let time = Timestamp(seconds: 1_772_337_600)

    static var notices: [AlertNotice] { [full, sparse] }

    private static var full: AlertNotice {
        let device = DeviceID.random()
        var alert = Alert(
            entity: .interface(.random(), of: device), condition: .interfaceDown, rule: "sample", severity: .critical,
            at: time)
        alert.message = text
        (alert.value, alert.threshold) = (81.5, 80)
        (alert.firedAt, alert.resolvedAt) = (time, time)
        alert.acknowledgement = AlertAcknowledgement(at: time, by: text, note: text, until: time)
        var inventory = Device(name: text, address: "127.0.0.1", at: time)
        inventory.tags = [text, text]
        inventory.location = text
        alert.context.device = AlertContext.Device(inventory)
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.ifAlias, facts.ifSpeed) = (text, text, 1)
        var interface = Interface(deviceID: device, facts: facts, at: time)
        interface.ispProvider = text
        alert.context.interface = AlertContext.Interface(interface)
        alert.context.facts = [AlertFact(text, text, at: time), AlertFact(text, text)]
        alert.context.remedy = text
        alert.context.before = [AlertEvent(at: time, text)]
        alert.context.cause = AlertCause(alertID: .random(), name: text, path: [text, text], reason: text)
        let pairs = ["alertname": "InterfaceDown", "device": text]
        let item = AlertNotice.Item(alert, labels: pairs, annotations: ["summary": text], link: "https://example.org/a")
        var over = item
        over.alert.state = .resolved
        return AlertNotice(
            id: .random(), receiver: text, groupLabels: pairs, alerts: [item, over], alertCount: 3,
            externalURL: "https://example.org", at: time)
    }

    private static var sparse: AlertNotice {
        let alert = Alert(entity: .system("disk"), condition: .diskSpace, rule: "r", severity: .high, at: time)
        return AlertNotice(
            id: .random(), receiver: "r", alerts: [AlertNotice.Item(alert, labels: [:], annotations: [:])], at: time)
    }
}
