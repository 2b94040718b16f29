import Inventory

@testable import Alerting

/// One device with one interface, and alerts of it.
struct Scene {
    let start = Timestamp(seconds: 1_772_000_000)
    let device: Device
    let port: Interface

    init(device name: String = "CORE-SW-01", port portName: String = "Te1/1", tags: [String] = ["site:tbilisi"]) {
        var device = Device(name: name, address: "127.1.0.1", at: Timestamp(seconds: 0))
        (device.deviceType, device.tags) = (.switch, tags)
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.adminStatus, facts.operStatus) = (portName, 1, 1)
        var port = Interface(deviceID: device.id, facts: facts, at: Timestamp(seconds: 0))
        (port.interfaceType, port.ispProvider) = (.isp, "magti")
        (self.device, self.port) = (device, port)
    }

    func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

    func key(_ condition: AlertCondition = .interfaceDown) -> AlertKey {
        AlertKey(
            entity: condition.subject == .device ? .device(device.id) : .interface(port.id, of: device.id),
            condition: condition)
    }

    /// The context of an alert of the interface.
    var context: AlertContext {
        var context = AlertContext()
        (context.device, context.interface) = (AlertContext.Device(device), AlertContext.Interface(port))
        return context
    }

    func raise(
        _ ledger: inout AlertLedger, _ condition: AlertCondition = .interfaceDown, at seconds: Double,
        _ severity: AlertSeverity = .critical
    ) {
        let rule = AlertRule(id: "rule", condition: condition, severity: severity)
        let signal = AlertSignal(key(condition), by: rule, at: at(seconds), message: condition.rawValue)
        ledger.take(signal) { _ in context }
    }

    func end(_ ledger: inout AlertLedger, _ condition: AlertCondition = .interfaceDown, at seconds: Double) {
        let rule = AlertRule(id: "rule", condition: condition, severity: .critical)
        ledger.take(.clear(key(condition), by: rule, at: at(seconds)))
    }

    func hold(_ ledger: inout AlertLedger, _ hold: AlertHold?, _ condition: AlertCondition = .interfaceDown) {
        guard let id = ledger.open[key(condition)]?.id else { return }
        ledger.edit(id, of: key(condition)) { $0.hold = hold }
    }
}
