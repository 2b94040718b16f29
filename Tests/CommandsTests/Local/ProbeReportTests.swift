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
        let neighbour = NeighbourFacts(
            protocolName: "lldp", capabilities: [.router, .bridge], name: "pe1", port: "xe-0")
        return ProbeReport(
            reading: DeviceReading(system: system, interfaces: [uplink], neighbours: [3: [neighbour]]),
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
        #expect(json["neighbours"]?.items?.first?["capabilities"] == ["bridge", "router"])
    }

    @Test func `people see the system and a table`() throws {
        let text = try Self.report().text(width: nil, colours: false)
        #expect(text.contains("sys_name  edge-1"))
        #expect(text.contains("1 interface\n"))
        #expect(text.contains("Gi0/0/3"))
    }
}
