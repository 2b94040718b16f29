import Catalog
import Inventory
import Testing

@testable import Topology

@Suite struct MatchingTests {
    /// A core, an access switch, and one that hears whatever a test says.
    private func wiring() -> Wiring {
        var net = Wiring()
        net.device("core1", sysName: "core1.example.net", ports: ["Gi0/1", "Gi0/2"])
        net.device("access1", sysName: "access1.example.net", ports: ["Gi0/1", "Gi0/2"])
        net.device("hearer", sysName: "hearer.example.net", ports: ["Gi0/1", "Gi0/2"])
        return net
    }

    private func match(
        _ net: Wiring, domains: [String] = [], _ fill: (inout NeighbourReading) -> Void
    ) throws -> NeighbourMatch {
        var net = net
        net.hears("hearer", on: "Gi0/1", fill)
        net.run(settings: TopologySettings(stripDomains: domains))
        return try #require(net.book.neighbours.first { $0.deviceID == net.id("hearer") }).match
    }

    @Test func theChassisDecides() throws {
        let net = wiring()
        let match = try match(net) { $0.chassis = Wiring.mac(Wiring.chassis(1)) }
        #expect(match.deviceID == net.id("core1"))
        #expect(match.deviceRules == [.chassis])
        #expect(match.confidence == 0.95)
    }

    @Test func anInterfacesAddressStandsInForTheChassis() throws {
        let net = wiring()
        let match = try match(net) { $0.chassis = Wiring.mac(Wiring.address(1, 2)) }
        #expect(match.deviceID == net.id("core1"))
        #expect(match.deviceRules == [.interfaceAddress])
    }

    @Test(arguments: [
        ("core1.example.net", MatchRule.name), ("CORE1.EXAMPLE.NET.", .name), ("core1", .name),
        ("core1.example.net(FDO21000K10)", .nameWithoutSerial), ("Core1(FDO21000K10)", .nameWithoutSerial),
    ])
    func namesInAllTheirForms(name: String, rule: MatchRule) throws {
        let net = wiring()
        let match = try match(net) { $0.systemName = name }
        #expect(match.deviceID == net.id("core1"))
        #expect(match.deviceRules.contains(rule))
    }

    @Test func aShortNameFitsAnyDomainButNotAnother() throws {
        var net = wiring()
        net.device("edge1.example.net", ports: ["1"])
        net.device("plain", ports: ["1"])
        #expect(try match(net) { $0.systemName = "edge1" }.deviceID == net.id("edge1.example.net"))
        #expect(try match(net) { $0.systemName = "plain.other.org" }.deviceID == net.id("plain"))
        #expect(try match(net) { $0.systemName = "edge1.other.org" }.deviceID == nil)
        #expect(try match(net) { $0.systemName = "core1.other.org" }.deviceID == nil)
        let stripped = try match(net, domains: ["other.org"]) { $0.systemName = "edge1.other.org" }
        #expect(stripped.deviceID == net.id("edge1.example.net"))
    }

    @Test(arguments: ["10.0.0.2", "core-mgmt.example.net"])
    func theManagementAddressIsTheDevices(address: String) throws {
        var net = Wiring()
        net.device("core", address: address)
        net.device("hearer", ports: ["Gi0/1"])
        let match = try match(net) { $0.managementAddresses = [address] }
        #expect(match.deviceID == net.id("core"))
        #expect(match.deviceRules == [.managementAddress])
    }

    @Test func anAddressOfItsOwnIsTheDevicesToo() throws {
        var net = wiring()
        net.book.descriptions[net.id("core1")]?.addresses = ["192.0.2.7"]
        let match = try match(net) { $0.managementAddresses = ["192.0.2.7"] }
        #expect(match.deviceID == net.id("core1"))
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "169.254.3.4", "fe80::1", "::1"])
    func addressesOfNobodyMatchNobody(address: String) throws {
        var net = Wiring()
        net.device("poller", address: address)
        net.device("hearer", ports: ["Gi0/1"])
        #expect(try match(net) { $0.managementAddresses = [address] }.deviceID == nil)
    }

    @Test func twoDevicesWithOneNameAreAmbiguous() throws {
        var net = Wiring()
        net.device("a", sysName: "sw-floor2")
        net.device("b", sysName: "sw-floor2")
        net.device("hearer", ports: ["Gi0/1"])
        let match = try match(net) { $0.systemName = "sw-floor2" }
        #expect(match.deviceID == nil)
        #expect(match.candidates == [net.id("a"), net.id("b")])
    }

    @Test func theChassisDecidesBetweenTwoOfOneName() throws {
        var net = Wiring()
        net.device("a", sysName: "sw-floor2")
        net.device("b", sysName: "sw-floor2")
        net.device("hearer", ports: ["Gi0/1"])
        let match = try match(net) {
            $0.systemName = "sw-floor2"
            $0.chassis = Wiring.mac(Wiring.chassis(2))
        }
        #expect(match.deviceID == net.id("b"))
        #expect(match.confidence > 0.9)
    }

    @Test func oneDeviceEnteredTwiceIsAmbiguousAndTold() throws {
        var net = Wiring()
        net.device("a", sysName: "sw1.example.net", chassis: "00:1b:ff:00:00:01")
        net.device("b", sysName: "sw1.example.net", chassis: "00:1b:ff:00:00:01")
        net.device("hearer", ports: ["Gi0/1"])
        net.hears("hearer", on: "Gi0/1") {
            $0.systemName = "sw1.example.net"
            $0.chassis = Wiring.mac("00:1b:ff:00:00:01")
        }
        net.run()
        #expect(net.book.neighbours.first?.match.candidates == [net.id("a"), net.id("b")])
        let kinds = Set(net.contradictions.map(\.kind))
        #expect(kinds == [.ambiguousNeighbour, .sharedIdentity])
        #expect(net.links == ["?sw1.example.net:- - hearer:Gi0/1"])
    }

    @Test func contextsOfOneChassisAreToldApartByName() throws {
        var net = Wiring()
        net.device("vdc-a", sysName: "vdc-a", chassis: "00:1b:ff:00:00:01")
        net.device("vdc-b", sysName: "vdc-b", chassis: "00:1b:ff:00:00:01")
        net.device("hearer", ports: ["Gi0/1"])
        let match = try match(net) {
            $0.systemName = "vdc-b"
            $0.chassis = Wiring.mac("00:1b:ff:00:00:01")
        }
        #expect(match.deviceID == net.id("vdc-b"))
    }

    @Test func theChassisBeatsAnotherDevicesNameAndItIsTold() throws {
        var net = wiring()
        net.hears("hearer", on: "Gi0/1") {
            $0.systemName = "access1.example.net"
            $0.chassis = Wiring.mac(Wiring.chassis(1))
        }
        net.run()
        let match = try #require(net.book.neighbours.first).match
        #expect(match.deviceID == net.id("core1"))
        #expect(match.confidence < 0.95)
        let told = try #require(net.contradictions.first { $0.kind == .ambiguousNeighbour })
        #expect(told.deviceIDs == ["access1", "core1", "hearer"].map { net.id($0) })
    }

    @Test(arguments: ["switch", "localhost", "MikroTik", "port-description"])
    func aNameThatNobodyGaveMatchesNobody(name: String) throws {
        var net = Wiring()
        net.device("box", sysName: name)
        net.device("hearer", ports: ["Gi0/1"])
        let stranger = try match(net) {
            $0.systemName = name
            $0.chassis = Wiring.mac("00:aa:bb:cc:dd:01")
        }
        #expect(stranger.deviceID == nil)
        let itself = try match(net) {
            $0.systemName = name
            $0.chassis = Wiring.mac(Wiring.chassis(1))
        }
        #expect(itself.deviceID == net.id("box"))
    }

    @Test func aNameThatSeveralStrangersBearMatchesNoneOfThem() throws {
        var net = Wiring()
        net.device("kiosk", sysName: "kiosk")
        net.device("hearer", ports: ["Gi0/1", "Gi0/2", "Gi0/3"])
        for (port, chassis) in [("Gi0/1", "00:aa:00:00:00:01"), ("Gi0/2", "00:aa:00:00:00:02")] {
            net.hears("hearer", on: port) {
                $0.systemName = "kiosk"
                $0.chassis = Wiring.mac(chassis)
            }
        }
        net.hears("hearer", on: "Gi0/3") {
            $0.systemName = "kiosk"
            $0.chassis = Wiring.mac(Wiring.chassis(1))
        }
        let (_, counts) = net.run()
        #expect(counts.mapped == 1)
        #expect(counts.orphans == 2)
        let mapped = try #require(net.book.neighbours.first { $0.match.deviceID != nil })
        #expect(mapped.reading.localPort == "Gi0/3")
    }

    @Test func theNamesakeOfADeviceThatIsHeardItselfIsAnother() throws {
        for isHeard in [true, false] {
            var net = Wiring()
            net.device("kiosk", sysName: "kiosk", ports: ["1"])
            net.device("hearer", ports: ["Gi0/1", "Gi0/2"])
            net.hears("hearer", on: "Gi0/1") {
                $0.systemName = "kiosk"
                $0.chassis = Wiring.mac("00:aa:00:00:00:01")
            }
            net.hears("hearer", on: "Gi0/1", by: .cdp) { $0.systemName = "kiosk" }
            if isHeard { net.hears("hearer", on: "Gi0/2", "kiosk", at: "1") }
            net.run()
            let links = net.links.filter { !$0.hasPrefix("?") }
            #expect(links == (isHeard ? ["hearer:Gi0/2 - kiosk:1"] : ["hearer:Gi0/1 - kiosk:-"]))
        }
    }

    @Test func addressesOfLoopbackThatOneDeviceHasAreItsOwn() throws {
        var net = Wiring()
        net.device("simulated", address: "127.1.0.9")
        net.device("hearer", ports: ["Gi0/1"])
        #expect(try match(net) { $0.managementAddresses = ["127.1.0.9"] }.deviceID == net.id("simulated"))
    }

    @Test func addressesOfRedundantRoutersAreNoEvidence() throws {
        var net = Wiring()
        let device = net.device("r1")
        net.addPort(device, 9, "Vlan1", address: "00:00:5e:00:01:01")
        net.device("hearer", ports: ["Gi0/1"])
        #expect(try match(net) { $0.chassis = Wiring.mac("00:00:5e:00:01:01") }.deviceID == nil)
    }

    @Test func anAddressThatClonesShareIsWorthAShare() throws {
        var net = Wiring()
        for name in ["vm1", "vm2", "vm3"] {
            let device = net.device(name, chassis: "none")
            net.addPort(device, 2, "eth0", address: "02:42:00:00:00:02")
        }
        net.device("hearer", ports: ["Gi0/1"])
        let open = try match(net) { $0.chassis = Wiring.mac("02:42:00:00:00:02") }
        #expect(open.deviceID == nil)
        #expect(open.candidates.count == 3)
        let named = try match(net) {
            $0.chassis = Wiring.mac("02:42:00:00:00:02")
            $0.systemName = "vm2"
        }
        #expect(named.deviceID == net.id("vm2"))
    }

    @Test func aDeviceIsNotItsOwnNeighbourByNameAlone() throws {
        let net = wiring()
        let match = try match(net) {
            $0.systemName = "hearer.example.net"
            $0.chassis = Wiring.mac("00:aa:bb:cc:dd:01")
        }
        #expect(match.deviceID == nil)
    }

    @Test func aDeviceThatHearsItselfHasNoLink() throws {
        var net = wiring()
        net.hears("hearer", on: "Gi0/1", "hearer", at: "Gi0/2")
        net.run()
        #expect(net.links == [])
        #expect(net.contradictions.map(\.kind) == [.selfLink])
        #expect(net.port("hearer", "Gi0/1")?.connection.deviceID == nil)
    }

    @Test func emptyRowsMatchNobodyAndTrapNowhere() throws {
        #expect(try match(wiring()) { _ in }.deviceID == nil)
        #expect(try match(wiring()) { $0.systemName = " . " }.deviceID == nil)
    }
}
