import API
import Inventory
import Listing
import Testing

@Suite struct SNMPRoutesTests {
    private static let numbers = SNMPStatistics(
        counters: [.init("requests", 12), .init("kernel_drops", 1)], gauges: [.init("in_flight", 3)],
        roundTrips: [.init(microsecondsMax: 1000, count: 10), .init(microsecondsMax: nil, count: 2)])

    @Test func theEngineTellsItsNumbers() async throws {
        let api = try Fixture(snmp: SNMPStatisticsSource(engine: { Self.numbers }))
        let answer = await api.send("GET", "/snmp/statistics")
        #expect(answer.status == 200)
        #expect(
            try answer.document == [
                "counters": ["requests": 12, "kernel_drops": 1], "gauges": ["in_flight": 3],
                "round_trips": [
                    ["microseconds_max": 1000, "count": 10], ["microseconds_max": .null, "count": 2],
                ],
            ])
    }

    @Test func aDeviceTellsWhatIsKnownOfItsAgent() async throws {
        let api = try Fixture(
            snmp: SNMPStatisticsSource(agent: { device in
                SNMPAgentStatistics(
                    address: device.address + ":161", statistics: device.name == "KNOWN" ? Self.numbers : nil)
            }))
        let (known, _) = try await api.add("KNOWN", address: "10.0.0.1")
        let (new, _) = try await api.add("NEW", address: "10.0.0.2")
        let first = try await api.send("GET", "/devices/\(known.id)/snmp").document
        #expect(first["known"] == true && first["address"] == "10.0.0.1:161")
        #expect(first["counters"]?["requests"] == 12 && first["device_id"] == .string("\(known.id)"))
        let second = try await api.send("GET", "/devices/\(new.id)/snmp").document
        #expect(second["known"] == false && second["counters"] == .object([]) && second["round_trips"] == [])
        #expect(await api.send("GET", "/devices/\(DeviceID.random())/snmp").status == 404)
    }
}
