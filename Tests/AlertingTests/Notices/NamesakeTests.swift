import Inventory
import Testing

@testable import Alerting

@Suite("Interfaces of one device with one name")
struct NamesakeTests {
    private static let start = Timestamp(seconds: 1_795_354_200)

    private static func port(_ device: Device, _ index: Int64, _ name: String) -> Interface {
        var facts = InterfaceFacts(ifIndex: index)
        facts.ifName = name
        return Interface(deviceID: device.id, facts: facts, at: start)
    }

    private static func labels(_ port: Interface, in inventory: AlertInventory) -> [String: String] {
        var alert = Alert(
            entity: .interface(port.id, of: port.deviceID), condition: .interfaceDown, rule: "r", severity: .high,
            at: start)
        alert.context.interface = AlertContext.Interface(
            port, isNameShared: inventory.namesakes.contains(port.id))
        return AlertLabels.labels(of: alert)
    }

    @Test("have their ifIndex as a label, others have not")
    func haveLabels() {
        let devices = (1...2).map { Device(name: "SW-\($0)", address: "127.0.0.\($0)", at: Self.start) }
        let first = [Self.port(devices[0], 1, "eth0"), Self.port(devices[0], 2, "eth0")]
        let others = [Self.port(devices[0], 3, "eth1"), Self.port(devices[1], 1, "eth0")]
        let inventory = AlertInventory(devices: devices, interfaces: first + others)
        let labels = first.map { Self.labels($0, in: inventory) }
        #expect(labels.map { $0["if_index"] } == ["1", "2"] && labels[0] != labels[1])
        for port in others { #expect(Self.labels(port, in: inventory)["if_index"] == nil) }
    }
}
