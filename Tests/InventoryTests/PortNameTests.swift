import Inventory
import Testing

@Suite("Writings of one port name")
struct PortNameTests {
    @Test(
        "The long and the short form of a name have one key",
        arguments: [
            ["GigabitEthernet0/1", "Gi0/1", "gi 0/1", "GE0/1", "gigabitEthernet 0/1", " Gi0/1 "],
            ["TenGigabitEthernet1/1/4", "Te1/1/4", "te 1/1/4", "XGigabitEthernet1/1/4", "10GE1/1/4", "TenGigE1/1/4"],
            ["FastEthernet0/24", "Fa0/24"], ["Ethernet1/9", "Eth1/9", "Et1/9", "Eth 1/9"],
            ["HundredGigE1/0/1", "hundredGigE 1/0/1", "Hu1/0/1", "100GE1/0/1"],
            ["TwentyFiveGigE1/0/2", "Twe1/0/2", "25GE1/0/2"], ["TwoGigabitEthernet1/0/3", "Tw1/0/3"],
            ["FortyGigabitEthernet1/1", "Fo1/1", "40GE1/1"], ["Port-channel12", "Po12", "port-channel 12"],
            ["Vlan10", "Vl10"], ["Loopback0", "Lo0"], ["Management1", "Ma1"], ["BRI0/2/0", "BR0/2/0"],
            ["ge-0/0/0", "ge-0/0/0.0"], ["ae3", "ae3.0"], ["Bundle-Ether7", "BE7"],
        ])
    func alike(_ names: [String]) {
        #expect(Set(names.map(PortName.key)).count == 1, "\(names.map(PortName.key))")
    }

    @Test(
        "Names of different ports keep different keys",
        arguments: [
            ("Gi0/1", "Gi0/10"), ("Gi0/1", "Te0/1"), ("Gi0/1", "Fa0/1"), ("Tw1/0/1", "Twe1/0/1"),
            ("ge-0/0/0.0", "ge-0/0/0.100"), ("ge-0/0/0", "xe-0/0/0"), ("Gi0/1", "Gi0/1.0"), ("Eth1/1", "et-1/1"),
            ("Fo1/1", "Fou1/1"), ("1", "11"), ("1/1", "11"), ("eth0", "eth0.100"), ("Po1", "Port1"),
        ])
    func different(_ one: String, _ other: String) {
        #expect(PortName.key(one) != PortName.key(other))
    }

    @Test("Names of other manners are only lower-cased and freed of white space")
    func others() {
        #expect(PortName.key("Slot: 0 Port: 1") == "slot:0port:1")
        #expect(PortName.key("1/1/1") == "1/1/1")
        #expect(PortName.key(" \t ") == "")
        #expect(PortName.key("ÄTHER 7") == "äther7")
        #expect(PortName.key("40GbE") == "40gbe")
    }

    @Test("A huge name costs no more than its length")
    func huge() {
        let name = String(repeating: "GigabitEthernet", count: 5_000)
        #expect(PortName.key(name) == name.lowercased())
    }
}
