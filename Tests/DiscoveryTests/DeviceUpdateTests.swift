import Catalog
import Discovery
import Inventory
import Testing

@Suite("The row of a device")
struct DeviceUpdateTests {
    private func reading() -> DeviceReading {
        var system = SystemFacts()
        system.sysDescr = "Arista Networks EOS version 4.15.3F running on an Arista Networks DCS-7050TX-128"
        system.sysObjectID = "1.3.6.1.4.1.30065.1.3011.7050.1958.128"
        system.sysName = "leaf-1"
        system.sysLocation = "Tbilisi"
        system.sysUpTime = 123_456
        return DeviceReading(system: system)
    }

    @Test("A device that answered is up and carries what it says")
    func answers() {
        let device = Device(name: "leaf", address: "10.0.0.1", at: .start)
        let row = DeviceUpdate.answered(device, reading: reading(), at: .start.later(10))
        #expect(row.status == .up && row.vendor == "Arista" && row.model == "DCS-7050TX-128")
        #expect(row.osVersion == "EOS 4.15.3F" && row.deviceType == .switch && row.location == "Tbilisi")
        #expect(row.uptimeSeconds == 1234 && row.updatedAt == .start.later(10))
        let again = DeviceUpdate.answered(row, reading: reading(), at: .start.later(20))
        #expect(again.updatedAt == .start.later(10) && again.lastSeenAt == .start.later(20))
    }

    @Test("What the operator said of type and place stays")
    func keepsOperatorsWord() {
        var device = Device(name: "leaf", address: "10.0.0.1", at: .start)
        device.deviceType = .router
        device.location = "rack 7"
        let row = DeviceUpdate.answered(device, reading: reading(), at: .start)
        #expect(row.deviceType == .router && row.location == "rack 7")
    }

    @Test("A silent device is down with the reason; the same failure again changes nothing")
    func fails() throws {
        var device = Device(name: "leaf", address: "10.0.0.1", at: .start)
        device.status = .up
        let failure = DeviceFailure(.unreachable, message: "no answer to 3 attempts; check the access list")
        let revision = DeviceUpdate.failed(device, failure, at: .start.later(5))
        let row = try #require(revision.device)
        #expect(row.status == .down && row.lastError == failure.message && row.updatedAt == .start.later(5))
        #expect(revision.updated.isEmpty && revision.seenAt == nil)
        #expect(DeviceUpdate.failed(row, failure, at: .start.later(9)).device == nil)
    }

    @Test("A device that answers nonsense is not called down")
    func nonsenseIsNotDown() {
        var device = Device(name: "leaf", address: "10.0.0.1", at: .start)
        device.status = .up
        let revision = DeviceUpdate.failed(device, DeviceFailure(.unusable, message: "no SNMP"), at: .start)
        #expect(revision.device?.status == .up && revision.device?.lastError == "no SNMP")
    }
}
