import Inventory
import Listing
import Testing

@Suite struct InterfaceColumnsTests {
    private static let contract = [
        "id", "device_id", "if_index", "if_name", "if_alias", "if_descr", "if_type", "if_mtu", "if_speed",
        "duplex", "if_phys_address", "if_admin_status", "if_oper_status", "if_last_change", "interface_type",
        "isp_provider", "is_critical", "classification_confidence", "classification_rule", "classification_overridden",
        "connected_to_device_id", "connected_to_interface_id", "lldp_neighbor_name", "lldp_neighbor_port",
        "neighbor_protocol", "monitoring_enabled", "enabled", "notes", "created_at", "updated_at", "last_discovered_at",
        "last_seen_at", "missing_since", "device_name", "if_admin_status_name", "if_oper_status_name",
    ]

    @Test func everyColumnThatUsersDependOnIsThere() {
        let names = Set(InterfaceColumns.schema.columns.map(\.name))
        #expect(Self.contract.filter { !names.contains($0) } == [])
        #expect(names.count == InterfaceColumns.schema.columns.count)
    }

    @Test func statusesAreNumbersWithTheirNamesBesideThem() throws {
        var facts = InterfaceFacts(ifIndex: 3)
        facts.operStatus = 7
        facts.adminStatus = 42
        let interface = Interface(deviceID: .random(), facts: facts, at: Timestamp(seconds: 0))
        var writer = JSONWriter()
        InterfaceColumns.schema.write(InterfaceRow(interface: interface, deviceName: "SW"), to: &writer)
        let document = try JSONParser.parse(writer.bytes)
        #expect(document["if_oper_status"] == 7 && document["if_oper_status_name"] == "lowerLayerDown")
        #expect(document["if_admin_status"] == 42 && document["if_admin_status_name"] == "42")
        #expect(document["if_name"] == .null && document["device_name"] == "SW")
    }

    @Test(arguments: [(Duplex.half, "half"), (.full, "full"), (nil, nil)] as [(Duplex?, String?)])
    func theDuplexIsAWordOrNothing(duplex: Duplex?, written: String?) throws {
        var facts = InterfaceFacts(ifIndex: 3)
        facts.duplex = duplex
        let interface = Interface(deviceID: .random(), facts: facts, at: Timestamp(seconds: 0))
        var writer = JSONWriter()
        InterfaceColumns.schema.write(InterfaceRow(interface: interface, deviceName: "SW"), to: &writer)
        #expect(try JSONParser.parse(writer.bytes)["duplex"] == written.map(JSONValue.string) ?? .null)
    }

    @Test func theSummaryCountsByTypeProviderAndStatus() throws {
        let rows = (0..<10).map { number in
            var facts = InterfaceFacts(ifIndex: Int64(number))
            facts.operStatus = number < 7 ? 1 : 2
            var interface = Interface(deviceID: .random(), facts: facts, at: Timestamp(seconds: Int64(number)))
            interface.interfaceType = number < 3 ? .isp : number < 5 ? .trunk : .access
            interface.ispProvider = number < 2 ? "magti" : number == 2 ? "veon" : nil
            interface.isCritical = number < 4
            interface.monitoringEnabled = number != 9
            return InterfaceRow(interface: interface, deviceName: "SW")
        }
        let document = try JSONParser.parse(InterfaceSummary(rows).json)
        #expect(document["total_interfaces"] == 10)
        #expect(document["isp_interfaces"] == 3)
        #expect(document["trunk_interfaces"] == 2)
        #expect(document["critical_interfaces"] == 4)
        #expect(document["monitoring_enabled"] == 9)
        #expect(document["last_discovery"] == "1970-01-01T00:00:09.000Z")
        #expect(document["by_type"]?["access"] == 5 && document["by_type"]?["camera"] == 0)
        #expect(document["by_provider"] == ["magti": 2, "veon": 1])
        #expect(document["by_status"] == ["down": 3, "up": 7])
    }

    @Test func anEmptyInventoryHasASummary() throws {
        let document = try JSONParser.parse(InterfaceSummary([]).json)
        #expect(document["total_interfaces"] == 0 && document["last_discovery"] == .null)
    }
}
