import Inventory
import Testing

@Suite("Interfaces and what their fields are called")
struct InterfaceTests {
    private static let now = Timestamp(seconds: 1_772_337_600)

    private func interface(_ edit: (inout InterfaceFacts) -> Void = { _ in }) -> Interface {
        var facts = InterfaceFacts(ifIndex: 7)
        edit(&facts)
        return Interface(deviceID: .random(), facts: facts, at: Self.now)
    }

    @Test(
        "are called by ifName, else ifDescr, else ifIndex",
        arguments: [
            ("Gi1", "GigabitEthernet1", "Gi1"), (nil, "GigabitEthernet1", "GigabitEthernet1"),
            ("", "GigabitEthernet1", "GigabitEthernet1"), (nil, nil, "ifIndex 7"), ("", "", "ifIndex 7"),
        ] as [(String?, String?, String)])
    func named(name: String?, descr: String?, expected: String) {
        let interface = interface {
            $0.ifName = name
            $0.ifDescr = descr
        }
        #expect(interface.displayName == expected)
    }

    @Test("start as seen now, monitored, not overridden, and up before only where they are up")
    func starts() {
        let fresh = interface { $0.operStatus = 1 }
        #expect(fresh.wasUp)
        #expect(!interface { $0.operStatus = 2 }.wasUp)
        #expect(!interface().wasUp)
        #expect(fresh.createdAt == Self.now && fresh.lastSeenAt == Self.now && fresh.lastDiscoveredAt == Self.now)
        #expect(fresh.missingSince == nil && fresh.monitoringEnabled && fresh.enabled)
        #expect(!fresh.classificationOverridden)
    }

    @Test("count as overridden in their classification by type or provider only")
    func overridden() {
        for field in OverridableField.allCases {
            var changed = interface()
            changed.overrides = [field]
            #expect(changed.classificationOverridden == [.interfaceType, .ispProvider].contains(field), "\(field)")
        }
    }

    @Test("status numbers have the names of IF-MIB (RFC 2863), others are their number")
    func statusNames() {
        let names = (0...8).map { InterfaceStatus.name(of: $0) }
        let expected = [
            "0", "up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown", "8",
        ]
        #expect(names == expected)
    }

    @Test("types, statuses and states are written as the contract spells them")
    func spelled() {
        #expect(
            InterfaceType.allCases.map(\.rawValue) == [
                "isp", "trunk", "access", "server_link", "branch_link", "management", "loopback", "voice", "camera",
            ])
        #expect(
            DeviceType.allCases.map(\.rawValue) == [
                "switch", "router", "firewall", "access_point", "server", "phone", "camera", "other",
            ])
        #expect(DeviceStatus.allCases.map(\.rawValue) == ["up", "down", "unknown"])
        #expect(
            OverridableField.allCases.map(\.rawValue) == [
                "interface_type", "isp_provider", "is_critical", "monitoring_enabled",
            ])
        #expect(JobState.allCases.filter(\.isFinal) == [.succeeded, .partial, .failed, .cancelled, .abandoned])
    }

    @Test(
        "SNMP versions are read as people write them",
        arguments: [
            ("1", .v1), ("v1", .v1), ("2c", .v2c), ("2", .v2c), ("V2C", .v2c), ("v3", .v3), ("3", .v3), ("4", nil),
            ("", nil), ("2u", nil),
        ] as [(String, SNMPVersionName?)])
    func versions(text: String, version: SNMPVersionName?) {
        #expect(SNMPVersionName(reading: text) == version)
    }
}
