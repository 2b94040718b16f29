import Inventory
import Testing

@testable import Discovery

@Suite("Local ports of neighbours")
struct NeighbourPortsTests {
    /// Interfaces with ifIndex 101, 102, … of these names.
    private func interfaces(_ names: [String]) -> [LocalInterface] {
        names.enumerated().map { LocalInterface(ifIndex: Int64(101 + $0.offset), ifName: $0.element) }
    }

    private func port(_ number: UInt32, _ id: String?, subtype: Int? = 5, _ words: String? = nil) -> LocalPort {
        LocalPort(
            number: number, id: .port(subtype: subtype, id.map { .octets(Array($0.utf8)) }), portDescription: words)
    }

    private func resolved(_ ports: LocalPorts, _ number: UInt32) -> Place? {
        ports.resolve(portNumber: number).map { Place(ifIndex: $0.ifIndex, rule: $0.rule) }
    }

    struct Place: Equatable {
        let ifIndex: Int64
        let rule: LocalPortRule
    }

    @Test("The id that is an ifName decides before the bridge's port and before the number (VRP, SONiC)")
    func nameFirst() {
        let ports = LocalPorts(
            interfaces: interfaces(["GigabitEthernet0/0/1", "GigabitEthernet0/0/2"])
                + [LocalInterface(ifIndex: 1, ifName: "NULL0")],
            ports: [port(1, "GigabitEthernet0/0/1")], bridgePorts: [1: 102])
        #expect(resolved(ports, 1) == Place(ifIndex: 101, rule: .portIDIsName))
    }

    @Test("A name in its long form finds its short one; an exact name wins over one that is only alike")
    func longAndShort() {
        let ports = LocalPorts(
            interfaces: interfaces(["Gi1/0/1", "ge-0/0/0", "ge-0/0/0.0"]),
            ports: [port(1, "GigabitEthernet1/0/1"), port(2, "ge-0/0/0"), port(3, "ge-0/0/0.0")], bridgePorts: [:])
        #expect(resolved(ports, 1) == Place(ifIndex: 101, rule: .portIDIsName))
        #expect(resolved(ports, 2) == Place(ifIndex: 102, rule: .portIDIsName))
        #expect(resolved(ports, 3) == Place(ifIndex: 103, rule: .portIDIsName))
    }

    @Test("Each rule decides where the better ones have nothing to say")
    func rulesInOrder() {
        var all = interfaces(["a", "b", "c", "d", "e", "f"])
        all[1].ifPhysAddress = "00:1b:21:00:00:02"
        all[2].ifDescr = "Ethernet Port on unit 1, port 3"
        all[3].ifAlias = "uplink to core"
        all[5].ifAlias = "Port 6"
        all.append(LocalInterface(ifIndex: 9, ifName: "nine"))
        let ports = LocalPorts(
            interfaces: all,
            ports: [
                port(1, "x1"), port(2, "00 1B 21 00 00 02", subtype: 3), port(3, "Ethernet Port on unit 1, port 3"),
                port(4, "x4", "uplink to core"), port(5, "105", subtype: 7), port(6, "Port 6", subtype: 1),
                port(9, "x9"),
            ], bridgePorts: [1: 101])
        #expect(resolved(ports, 1) == Place(ifIndex: 101, rule: .bridgePort))
        #expect(resolved(ports, 2) == Place(ifIndex: 102, rule: .portIDIsAddress))
        #expect(resolved(ports, 3) == Place(ifIndex: 103, rule: .portIDIsDescr))
        #expect(resolved(ports, 4) == Place(ifIndex: 104, rule: .portDescription))
        #expect(resolved(ports, 5) == Place(ifIndex: 105, rule: .portIDIsIndex))
        #expect(resolved(ports, 6) == Place(ifIndex: 106, rule: .portDescription))
        #expect(resolved(ports, 9) == Place(ifIndex: 9, rule: .portNumberIsIndex))
        #expect(resolved(ports, 77) == nil)
    }

    @Test("A word that two ports or two interfaces share finds no interface")
    func ambiguousWords() {
        var all = interfaces(["eth0", "eth0", "up", "down"])
        all[2].ifPhysAddress = "00:1b:21:00:00:07"
        let ports = LocalPorts(
            interfaces: all,
            ports: [
                port(1, "eth0"), port(2, "00:1b:21:00:00:07", subtype: 3), port(3, "00:1b:21:00:00:07", subtype: 3),
                port(4, "x", "down"), port(5, "y", "down"),
            ], bridgePorts: [:])
        for number in 1...5 { #expect(resolved(ports, UInt32(number)) == nil, "port \(number)") }
        #expect(ports.name(ofPort: 2) == "2", "an id that two ports share names none")
        #expect(ports.name(ofPort: 1) == "eth0" && ports.name(ofPort: 77) == "77")
    }

    @Test("A rule that the names contradict is not used for the ports without a name either")
    func contradictedRules() {
        let names = (1...6).map { "swp\($0)" }
        let listed = (1...4).map { port(UInt32($0), "swp\($0)") } + [port(5, "oob")]
        let offByOne = Dictionary(uniqueKeysWithValues: (1...5).map { (UInt32($0), Int64(101 + $0)) })
        let ports = LocalPorts(interfaces: interfaces(names), ports: listed, bridgePorts: offByOne)
        #expect(resolved(ports, 4) == Place(ifIndex: 104, rule: .portIDIsName))
        #expect(resolved(ports, 5) == nil, "the bridge's ports are off by one here")
        let right = Dictionary(uniqueKeysWithValues: (1...5).map { (UInt32($0), Int64(100 + $0)) })
        let agreeing = LocalPorts(interfaces: interfaces(names), ports: listed, bridgePorts: right)
        #expect(resolved(agreeing, 5) == Place(ifIndex: 105, rule: .bridgePort))
    }

    @Test("Addresses that tell ports apart show that the bridge's numbers are others (lldpd on a bridge)")
    func addressesAgainstBridge() {
        let all = (1...4).map {
            LocalInterface(ifIndex: Int64($0), ifName: "eth\($0)", ifPhysAddress: "00:1b:21:00:00:0\($0)")
        }
        let listed = (1...3).map { port(UInt32($0), "00:1b:21:00:00:0\($0)", subtype: 3) }
        let ports = LocalPorts(interfaces: all, ports: listed, bridgePorts: [1: 2, 2: 3, 3: 4])
        for number in 1...3 {
            #expect(resolved(ports, UInt32(number)) == Place(ifIndex: Int64(number), rule: .portIDIsAddress))
        }
    }

    @Test("No port gets an interface that better evidence gave to another port")
    func takenInterfaces() {
        let all = [LocalInterface(ifIndex: 1, ifName: "a"), LocalInterface(ifIndex: 2, ifName: "b")]
        let ports = LocalPorts(interfaces: all, ports: [port(7, "b"), port(1, "a")], bridgePorts: [:], heardOn: [2])
        #expect(resolved(ports, 7) == Place(ifIndex: 2, rule: .portIDIsName))
        #expect(resolved(ports, 2) == nil, "interface 2 is port 7")
    }

    @Test("A bridge's numbers outside LLDP's say nothing about LLDP's (RouterOS)")
    func otherBridgePorts() {
        let all = (1...6).map { LocalInterface(ifIndex: Int64($0), ifName: "ether\($0)") }
        let ports = LocalPorts(interfaces: all, ports: [], bridgePorts: [1: 3, 2: 4, 3: 5, 4: 6], heardOn: [6])
        #expect(resolved(ports, 6) == Place(ifIndex: 6, rule: .portNumberIsIndex))
    }

    @Test("Where a device has no interfaces the number is no ifIndex; what its bridge says still is")
    func withoutInterfaces() {
        let ports = LocalPorts(interfaces: [], ports: [port(2, "eth0")], bridgePorts: [3: 30])
        #expect(resolved(ports, 2) == nil)
        #expect(resolved(ports, 3) == Place(ifIndex: 30, rule: .bridgePort))
    }

    @Test("A vendor's text finds its port by name, address, description or number")
    func texts() {
        var all = interfaces(["gigabitEthernet 1/0/1", "b"])
        all[1].ifDescr = "Port two"
        all[1].ifPhysAddress = "00:1b:21:00:00:02"
        let ports = LocalPorts(interfaces: all, ports: [], bridgePorts: [7: 101])
        #expect(ports.resolve(portText: "Gi1/0/1")?.ifIndex == 101)
        #expect(ports.resolve(portText: "00:1B:21:00:00:02")?.rule == .portIDIsAddress)
        #expect(ports.resolve(portText: "Port two")?.rule == .portIDIsDescr)
        #expect(ports.resolve(portText: "7")?.ifIndex == 101)
        #expect(ports.resolve(portText: "") == nil && ports.resolve(portText: "99999999999") == nil)
        #expect(ports.resolve(bridgePort: 7) == 101 && ports.resolve(bridgePort: 8) == nil)
    }
}
