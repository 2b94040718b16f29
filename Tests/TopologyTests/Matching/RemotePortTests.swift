import Catalog
import Discovery
import Inventory
import Testing

@testable import Topology

@Suite struct RemotePortTests {
    /// A far device whose interfaces are named in many manners, and one that hears it.
    private func wiring() -> Wiring {
        var net = Wiring()
        let far = net.device("far", sysName: "far")
        net.addPort(
            far, 10101, "Gi1/0/1", descr: "GigabitEthernet1/0/1", alias: "to hearer", address: Wiring.address(1, 1))
        net.addPort(far, 10102, "Gi1/0/2", descr: "GigabitEthernet1/0/2", alias: "spare", address: Wiring.address(1, 2))
        net.addPort(far, 10103, "Gi1/0/3", descr: "GigabitEthernet1/0/3", alias: "spare", address: Wiring.address(1, 2))
        net.addPort(far, 513, "ge-0/0/1", descr: "ge-0/0/1", address: "")
        net.addPort(far, 14, "eth7", descr: "Panel port 7")
        net.addPort(far, 19, "eth14", descr: "Panel port 14")
        net.addPort(far, 20, "po1", descr: "port-channel1", alias: "to hearer 2")
        net.device("hearer", ports: ["Gi0/1"])
        return net
    }

    private func match(_ net: Wiring, port: NeighbourID?, _ description: String? = nil) throws -> (Int64?, [MatchRule])
    {
        var net = net
        net.hears("hearer", on: "Gi0/1") {
            $0.systemName = "far"
            $0.port = port
            $0.portDescription = description
        }
        net.run()
        let match = try #require(net.book.neighbours.first).match
        return (net.book.ports.first { $0.id == match.interfaceID }?.facts.ifIndex, match.interfaceRules)
    }

    private func text(_ text: String, _ subtype: Int? = 5) -> NeighbourID {
        NeighbourID(subtype: subtype, kind: .text, text: text)
    }

    @Test(
        arguments: [
            ("Gi1/0/1", 10101, MatchRule.portName), ("GigabitEthernet1/0/1", 10101, .portDescr),
            ("gigabitethernet 1/0/1", 10101, .portName), ("ge-0/0/1", 513, .portName), ("Panel port 7", 14, .portDescr),
            ("Port-channel1", 20, .portName), ("to hearer", 10101, .portAlias),
        ] as [(String, Int64, MatchRule)])
    func namesInAllTheirWritings(name: String, ifIndex: Int64, rule: MatchRule) throws {
        let (found, rules) = try match(wiring(), port: text(name))
        #expect(found == ifIndex)
        #expect(rules.contains(rule))
    }

    @Test func aNumberOfSubtypeLocalIsTheIfIndex() throws {
        let (found, rules) = try match(wiring(), port: text("513", 7))
        #expect(found == 513)
        #expect(rules == [.portIndex])
    }

    @Test func aNumberOfAnotherSubtypeIsNot() throws {
        #expect(try match(wiring(), port: text("513", 5)).0 == nil)
    }

    @Test func aDescriptionThatNamesThePortGoesBeforeItsNumber() throws {
        let (found, rules) = try match(wiring(), port: text("14", 7), "eth14")
        #expect(found == 19)
        #expect(rules == [.portName])
    }

    @Test func whatTheDeviceCallsItsPortGoesBeforeAll() throws {
        var net = wiring()
        var port = LocalSystem.Port(ifIndex: 19)
        port.portID = NeighbourID(subtype: 7, kind: .text, text: "14")
        net.book.descriptions[net.id("far")]?.ports = [port]
        let (found, rules) = try match(net, port: text("14", 7))
        #expect(found == 19)
        #expect(rules.first == .portID)
    }

    @Test func anAddressOfOneInterfaceNamesIt() throws {
        let (found, rules) = try match(wiring(), port: Wiring.mac(Wiring.address(1, 1)))
        #expect(found == 10101)
        #expect(rules == [.interfaceAddress])
    }

    @Test func anAddressThatInterfacesShareNamesNone() throws {
        #expect(try match(wiring(), port: Wiring.mac(Wiring.address(1, 2))).0 == nil)
        #expect(try match(wiring(), port: Wiring.mac(Wiring.address(1, 2)), "Gi1/0/3").0 == 10103)
    }

    @Test(arguments: ["spare", "nonsense", "-1", "99999999999999999999", "\u{0}", String(repeating: "9", count: 5000)])
    func whatNamesNoPortOrSeveralNamesNone(text: String) throws {
        #expect(try match(wiring(), port: NeighbourID(subtype: 7, kind: .text, text: text), text).0 == nil)
    }

    @Test func anInterfaceThatIsGoneIsNamedOnlyWhereNoneElseIs() throws {
        var net = wiring()
        let place = try #require(net.book.ports.firstIndex { $0.facts.ifIndex == 10101 })
        net.book.ports[place].isMissing = true
        #expect(try match(net, port: text("Gi1/0/1")).0 == 10101)
        net.addPort(net.id("far"), 20101, "Gi1/0/1", descr: "GigabitEthernet1/0/1")
        #expect(try match(net, port: text("Gi1/0/1")).0 == 20101)
    }

    @Test func theFarEndTellsWhatTheRowDoesNot() throws {
        var net = Wiring()
        net.device("a", ports: ["1", "2"])
        net.device("b", ports: ["1", "2"])
        net.hears("a", on: "1", "b", at: "unheard of")
        net.hears("b", on: "2", "a", at: "1")
        net.run()
        #expect(net.links == ["a:1 - b:2"])
        let row = try #require(net.book.neighbours.first { $0.deviceID == net.id("a") })
        #expect(row.match.interfaceRules == [.farEnd])
        #expect(row.match.interfaceID == net.port("b", "2")?.id)
    }

    @Test func theFarEndPicksOneOfSeveralDevices() throws {
        var net = Wiring()
        net.device("a", ports: ["1"])
        net.device("b1", sysName: "twin", ports: ["1"])
        net.device("b2", sysName: "twin", ports: ["1"])
        net.hears("a", on: "1") { $0.systemName = "twin" }
        net.hears("b2", on: "1", "a", at: "1")
        net.run()
        #expect(net.links == ["a:1 - b2:1"])
        #expect(net.contradictions == [])
    }

    @Test func whatSaysNothingOfItselfIsTheDeviceThatNamesThePort() throws {
        var net = Wiring()
        net.device("a", ports: ["1", "2"])
        net.device("b", ports: ["1"], chassis: "none")
        for port in ["1", "2"] {
            net.hears("a", on: port) {
                $0.chassis = Wiring.mac("00:aa:00:00:00:0\(port)")
                $0.capabilities = port == "1" ? [.bridge] : [.station]
            }
        }
        net.hears("b", on: "1", "a", at: "1")
        let (_, counts) = net.run()
        #expect(net.links == ["?00:aa:00:00:00:02:- - a:2", "a:1 - b:1"])
        #expect(counts.mapped == 2)
    }

    @Test func whatSaysItIsAnotherIsNot() throws {
        var net = Wiring()
        net.device("a", ports: ["1"])
        net.device("b", ports: ["1"])
        net.hears("a", on: "1") { $0.chassis = Wiring.mac("00:aa:00:00:00:01") }
        net.hears("b", on: "1", "a", at: "1")
        let (_, counts) = net.run()
        #expect(counts.mapped == 1)
    }

    @Test func theCatalogsInterfaceIsFoundByNameWhenNumbersMoved() throws {
        var net = wiring()
        net.hears("hearer", on: "Gi0/1") { $0.localIfIndex = 7 }
        net.hears("hearer", on: "gone") { $0.localIfIndex = 1 }
        net.arrivals[net.id("hearer")]?.interfaces = [
            LocalInterface(ifIndex: 7, ifName: "Gi0/1"), LocalInterface(ifIndex: 1, ifName: "Te0/9"),
        ]
        net.run()
        let rows = net.book.neighbours.sorted { ($0.reading.localIfIndex ?? 0) < ($1.reading.localIfIndex ?? 0) }
        #expect(rows.map(\.interfaceID) == [nil, net.port("hearer", "Gi0/1")?.id])
    }
}
