import Inventory
import Testing
import Topology

@testable import API

/// What a neighbour tells of itself becomes the device's, where the operator says nothing.
@Suite struct OrphanAdoptionTests {
    private static func completed(
        _ capabilities: [NeighbourCapability], _ addresses: [String]
    ) throws -> DeviceChange {
        var reading = NeighbourReading(heardBy: .lldp, localPort: "1")
        reading.systemName = "stranger"
        reading.capabilities = Set(capabilities)
        reading.managementAddresses = addresses
        let neighbour = Neighbour(
            deviceID: .random(), interfaceID: nil, reading: reading, at: Timestamp(seconds: 1_800_000_000))
        let sighting = TopologyOrphan.Sighting(neighbour, deviceName: "CORE", port: "1")
        let orphan = TopologyOrphan(key: "stranger", name: "stranger", seenFrom: [sighting])
        let request = APIRequest(
            "POST", "/", headers: [APIHeader("Content-Type", "application/json")], body: Array("{}".utf8),
            origin: .process)
        return try OrphanAdoption(orphan).completed(DeviceChange(changing: request))
    }

    @Test(arguments: [
        ([NeighbourCapability.bridge, .router], DeviceType.switch), ([.router], .router), ([.bridge], .switch),
        ([.bridge, .telephone], .phone), ([.bridge, .wlanAP, .router], .accessPoint), ([], nil),
    ])
    func whatBridgesAndRoutesIsASwitch(_ capabilities: [NeighbourCapability], _ type: DeviceType?) throws {
        #expect(try Self.completed(capabilities, ["192.0.2.1"]).deviceType == type)
    }

    @Test(arguments: [
        (["fe80::1", "192.0.2.1"], "192.0.2.1"), (["169.254.1.1", "2001:db8::1"], "2001:db8::1"),
        (["not an address", "192.0.2.7"], "192.0.2.7"),
    ])
    func theAddressIsOneThatReachesIt(_ addresses: [String], _ expected: String) throws {
        #expect(try Self.completed([], addresses).address == expected)
    }

    @Test func anAddressOfOneWireIsNone() {
        #expect(throws: Problem.self) { try Self.completed([], ["fe80::1", "169.254.0.9"]) }
    }
}
