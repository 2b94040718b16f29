import Classification
import Discovery
import Inventory
import Testing

@testable import Commands

@Suite struct ProbeReportTests {
    private static func report() throws -> ProbeReport {
        var uplink = InterfaceFacts(ifIndex: 3)
        uplink.ifName = "Gi0/0/3"
        uplink.ifAlias = "*** Magti uplink ***"
        uplink.ifType = 6
        uplink.ifSpeed = 1_000_000_000
        uplink.operStatus = 1
        var system = SystemFacts()
        system.sysName = "edge-1"
        var neighbour = NeighbourReading(heardBy: .lldp, localPort: "3")
        neighbour.localIfIndex = 3
        neighbour.systemName = "pe1"
        neighbour.port = NeighbourID(subtype: 5, kind: .text, text: "xe-0")
        neighbour.chassis = NeighbourID(subtype: 4, kind: .mac, text: "00:1b:21:00:00:01")
        neighbour.capabilities = [.router, .bridge]
        var stranger = NeighbourReading(heardBy: .cdp, localPort: "99")
        stranger.managementAddresses = ["192.0.2.9", "192.0.2.10"]
        var neighbours = DeviceNeighbours()
        neighbours.neighbours = [neighbour, stranger]
        return ProbeReport(
            reading: DeviceReading(system: system, interfaces: [uplink]), neighbours: neighbours,
            rules: try RuleSet.load(user: nil))
    }

    @Test func `JSON has the contract's members`() throws {
        let json = try Self.report().json
        #expect(json.members?.map(\.name) == ["system", "interfaces", "neighbours"])
        let interface = try #require(json["interfaces"]?.items?.first)
        let names = Set(interface.members?.map(\.name) ?? [])
        for name in [
            "if_index", "if_name", "if_descr", "if_alias", "if_type", "if_mtu", "if_speed", "if_phys_address",
            "if_admin_status", "if_oper_status", "interface_type", "isp_provider", "classification_confidence",
            "classification_rule",
        ] { #expect(names.contains(name), "\(name)") }
        #expect(interface["interface_type"] == "isp")
        #expect(interface["isp_provider"] == "magti")
        #expect(interface["if_descr"]?.isNull == true)
    }

    @Test func `a neighbour has all members, null where nothing is known`() throws {
        let neighbours = try #require(try Self.report().json["neighbours"]?.items)
        let expected: [JSONValue] = [
            [
                "protocol": "lldp", "local_if_index": 3, "local_if_name": "Gi0/0/3", "neighbor_name": "pe1",
                "neighbor_port": "xe-0", "neighbor_port_desc": .null, "chassis_id": "00:1b:21:00:00:01",
                "management_address": .null, "platform": .null, "capabilities": ["bridge", "router"],
            ],
            [
                "protocol": "cdp", "local_if_index": .null, "local_if_name": .null, "neighbor_name": .null,
                "neighbor_port": .null, "neighbor_port_desc": .null, "chassis_id": .null,
                "management_address": "192.0.2.9", "platform": .null, "capabilities": [],
            ],
        ]
        #expect(neighbours == expected)
    }

    @Test func `a neighbour counts where its interface is classified`() throws {
        var port = InterfaceFacts(ifIndex: 3)
        port.ifName = "Gi0/3"
        port.ifType = 6
        var phone = NeighbourReading(heardBy: .lldp, localPort: "3")
        phone.localIfIndex = 3
        phone.capabilities = [.telephone, .bridge]
        var computer = NeighbourReading(heardBy: .lldp, localPort: "3")
        computer.localIfIndex = 3
        computer.capabilities = [.station]
        var neighbours = DeviceNeighbours()
        neighbours.neighbours = [computer, phone]
        let report = ProbeReport(
            reading: DeviceReading(interfaces: [port]), neighbours: neighbours, rules: try RuleSet.load(user: nil))
        #expect(report.json["interfaces"]?.items?.first?["interface_type"] == "voice")
    }

    @Test func `people see the system and a table`() throws {
        let text = try Self.report().text(width: nil, colours: false)
        #expect(text.contains("sys_name  edge-1"))
        #expect(text.contains("1 interface\n"))
        #expect(text.contains("Gi0/0/3"))
        #expect(text.contains("2 neighbours\n"))
        #expect(text.contains("pe1"))
        #expect(text.contains("192.0.2.9"))
    }
}
