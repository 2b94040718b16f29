import Foundation
import Inventory
import Testing

@testable import Discovery

@Suite("What a device says of itself")
struct LocalSystemReadingTests {
    private static let lag = "1.2.840.10006.300.43.1.2.1.1."
    private static let stack = "1.3.6.1.2.1.31.1.2.1.3."
    private static let type = "1.3.6.1.2.1.2.2.1.3."

    @Test("chassis ids of LLDP and of the bridge, each once")
    func chassis() {
        let lldp = ("1.0.8802.1.1.2.1.3.2.0", MIBValue.octets([0, 0x1B, 0x21, 0, 0, 9]))
        let subtype = ("1.0.8802.1.1.2.1.3.1.0", MIBValue.integer(4))
        let same = ("1.3.6.1.2.1.17.1.1.0", MIBValue.octets([0, 0x1B, 0x21, 0, 0, 9]))
        let other = ("1.3.6.1.2.1.17.1.1.0", MIBValue.octets([0, 0x1B, 0x21, 0, 0, 1]))
        let bare = ("1.3.6.1.4.1.9.9.23.1.3.4.0", MIBValue.text("001b21000007"))
        let zero = ("1.3.6.1.2.1.17.1.1.0", MIBValue.octets([0, 0, 0, 0, 0, 0]))
        #expect(
            decode([lldp, subtype, same]).chassis == [NeighbourID(subtype: 4, kind: .mac, text: "00:1b:21:00:00:09")])
        #expect(decode([lldp, subtype, other]).chassis.map(\.text) == ["00:1b:21:00:00:01", "00:1b:21:00:00:09"])
        #expect(decode([bare]).chassis.map(\.text) == ["00:1b:21:00:00:07"])
        #expect(decode([bare]).systemNames.isEmpty)
        #expect(decode([zero]).chassis.isEmpty)
        #expect(decode([("1.3.111.2.802.1.1.13.1.3.2.0", .octets([0, 0x1B, 0x21, 0, 0, 5]))]).chassis.count == 1)
    }

    @Test("names of LLDP, CDP and the system, sorted, each once, empty ones left out")
    func names() {
        let system = decode([
            ("1.0.8802.1.1.2.1.3.3.0", .text("sw1.example.net")), ("1.3.6.1.4.1.9.9.23.1.3.4.0", .text("SW1(FOC1)")),
            ("1.3.6.1.2.1.1.5.0", .text("sw1.example.net \u{0}")),
        ])
        #expect(system.systemNames == ["SW1(FOC1)", "sw1.example.net"])
        #expect(decode([("1.3.6.1.2.1.1.5.0", .text(" "))]).systemNames.isEmpty)
    }

    @Test("addresses of both tables, without those that tell no device")
    func addresses() {
        let new = "1.3.6.1.2.1.4.34.1."
        let old = "1.3.6.1.2.1.4.20.1.2."
        let system = decode([
            (new + "3.1.4.10.0.0.1", .integer(3)), (new + "3.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1", .integer(3)),
            (new + "3.1.192.0.2.7", .integer(3)), (new + "3.3.8.192.0.2.8.0.0.0.3", .integer(3)),
            (new + "3.4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.3", .integer(3)),
            (new + "3.2.16.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1", .integer(1)), (new + "3.1.4.127.0.0.1", .integer(1)),
            (new + "3.1.4.10.0.0.255", .integer(3)), (new + "4.1.4.10.0.0.255", .integer(3)),
            (new + "3.1.4.10.0.0.999", .integer(3)), (new + "3.1.4.10.0", .integer(3)), (new + "3.16.1.1", .integer(3)),
            (old + "10.0.0.1", .integer(3)), (old + "172.16.0.1", .integer(4)), (old + "0.0.0.0", .integer(4)),
            (old + "169.254.3.4", .integer(4)), (old + "224.0.0.5", .integer(4)), (old + "10.0.0", .integer(4)),
        ])
        #expect(system.addresses == ["10.0.0.1", "172.16.0.1", "192.0.2.7", "192.0.2.8", "2001:db8::1"])
    }

    @Test("of the ports those are kept whose words say more than the interface does")
    func ports() {
        let port = "1.0.8802.1.1.2.1.3.7.1."
        let answer = NeighbourAnswer.made([
            (port + "2.1", .integer(5)), (port + "3.1", .text("Gi0/1")), (port + "4.1", .text("GigabitEthernet0/1")),
            (port + "2.2", .integer(3)), (port + "3.2", .octets([0, 0x1B, 0x21, 0, 0, 2])),
            (port + "4.2", .text("uplink")), (port + "3.9", .text("Gi0/3")), (port + "4.9", .text("to the roof")),
        ])
        let interfaces = [
            LocalInterface(ifIndex: 1, ifName: "Gi0/1", ifDescr: "GigabitEthernet0/1"),
            LocalInterface(ifIndex: 2, ifName: "Gi0/2", ifPhysAddress: "00:1b:21:00:00:02"),
            LocalInterface(ifIndex: 3, ifName: "Gi0/3"),
        ]
        let found = LocalSystemReading.decode(answer, interfaces: interfaces).ports
        #expect(found.map(\.ifIndex) == [2, 3])
        #expect(found.map { $0.portID?.text } == ["00:1b:21:00:00:02", "Gi0/3"])
        #expect(found.map(\.portDescription) == ["uplink", "to the roof"])
        #expect(found.allSatisfy { $0.aggregateIfIndex == nil })
    }

    @Test("a vendor's table names the ports where LLDP-MIB does not")
    func vendorPorts() {
        let system = decode([
            ("1.3.6.1.4.1.6527.3.1.2.59.3.1.1.2.1610891280.1", .integer(7)),
            ("1.3.6.1.4.1.6527.3.1.2.59.3.1.1.3.1610891280.1", .text("1610891280")),
            ("1.3.6.1.4.1.11863.6.35.1.2.1.1.3.49153", .text("00:1B:21:00:00:03")),
            ("1.3.6.1.4.1.11863.6.35.1.2.1.1.5.49153", .text("GigabitEthernet1/0/1")),
        ])
        #expect(system.ports.map(\.ifIndex) == [49_153, 1_610_891_280])
        #expect(system.ports.map { $0.portID?.text } == ["GigabitEthernet1/0/1", "1610891280"])
        #expect(system.chassis.map(\.text) == ["00:1b:21:00:00:03"])
        #expect(system.protocols == [.lldp])
    }

    @Test("an aggregate is the attached one, else the selected one, else the one that stands on the port")
    func aggregates() {
        #expect(aggregates([(Self.lag + "13.3", .integer(100)), (Self.lag + "12.3", .integer(101))]) == [3: 100])
        #expect(aggregates([(Self.lag + "12.3", .integer(101)), (Self.lag + "13.3", .integer(0))]) == [3: 101])
        #expect(aggregates([(Self.lag + "13.3", .integer(0)), (Self.lag + "13.4", .integer(4))]).isEmpty)
        let stacked = [(Self.type + "100", MIBValue.integer(161)), (Self.stack + "100.3", .integer(1))]
        #expect(aggregates(stacked) == [3: 100])
        #expect(aggregates(stacked + [(Self.lag + "13.3", .integer(7))]) == [3: 7])
        #expect(
            aggregates(stacked + [(Self.stack + "101.3", .integer(1)), (Self.type + "101", .integer(161))]).isEmpty)
        #expect(aggregates([(Self.type + "100", .integer(161)), (Self.stack + "100.3", .integer(2))]).isEmpty)
        #expect(aggregates([(Self.type + "100", .integer(6)), (Self.stack + "100.3", .integer(1))]).isEmpty)
        #expect(aggregates(stacked + [(Self.type + "3", .integer(161))]).isEmpty, "an aggregate's unit is no member")
        #expect(aggregates([(Self.type + "100", .integer(161)), (Self.stack + "100.0", .integer(1))]).isEmpty)
    }

    @Test("an aggregate may stand on a logical unit of the port")
    func aggregateOnUnit() {
        let answer = NeighbourAnswer.made([
            (Self.type + "100", .integer(161)), (Self.stack + "100.30", .integer(1)),
            (Self.stack + "30.3", .integer(1)),
        ])
        let names: [Int64: String] = [3: "xe-0/0/0", 30: "xe-0/0/0.0", 100: "ae0"]
        #expect(LocalAggregates.decode(answer, names: names)[3] == 100)
        #expect(LocalAggregates.decode(answer, names: [3: "eth0", 30: "br0", 100: "bond0"])[3] == nil)
    }

    @Test("thousands of ports under one unit, and of interfaces above it, are done at once")
    func aggregatesOfHostileStacks() {
        var rows = [(Self.type + "100000", MIBValue.integer(161)), (Self.stack + "100000.99999", .integer(1))]
        var names: [Int64: String] = [99_999: "a.0"]
        for number in 1...20_000 {
            rows.append((Self.stack + "99999.\(number)", .integer(1)))
            rows.append((Self.stack + "\(number + 200_000).99999", .integer(1)))
            names[Int64(number)] = "a"
        }
        let found = LocalAggregates.decode(NeighbourAnswer.made(rows), names: names)
        #expect(found.count == 20_001 && found[20_000] == 100_000)
    }

    @Test("a protocol is spoken where its tables answer, even without neighbours")
    func protocols() {
        #expect(decode([("1.0.8802.1.1.2.1.3.3.0", .text("x"))]).protocols == [.lldp])
        #expect(decode([("1.3.6.1.4.1.9.9.23.1.3.4.0", .text("x"))]).protocols == [.cdp])
        #expect(decode([("1.3.6.1.2.1.1.5.0", .text("x"))]).protocols.isEmpty)
        #expect(LocalSystemReading.decode(NeighbourAnswer(), interfaces: []) == LocalSystem())
    }

    @Test(
        "the recorded devices' aggregates", .enabled(if: Corpus.root != nil),
        arguments: [
            ("arista_eos", [43: 1_000_001, 44: 1_000_001] as [Int64: Int64]),
            (
                "timos_ixr",
                [
                    1_610_891_280: 1_342_177_281, 1_610_891_288: 1_342_177_281, 1_610_891_504: 1_342_177_282,
                    1_610_891_472: 1_342_177_283,
                ]
            ), ("vrp_ne8000-m8", [16: 54, 17: 54, 18: 54]), ("panos_440", [:]),
        ])
    func recordedAggregates(name: String, expected: [Int64: Int64]) throws {
        let system = try recorded(name)
        let found = system.ports.compactMap { port in port.aggregateIfIndex.map { (port.ifIndex, $0) } }
        #expect(Dictionary(found, uniquingKeysWith: { first, _ in first }) == expected)
    }

    @Test("every recorded device is described in order, without what tells no device", .enabled(if: Corpus.root != nil))
    func recordedDevices() throws {
        for name in try Corpus.deviceNames() {
            let system = try recorded(name)
            #expect(system.addresses == system.addresses.sorted() && system.systemNames == system.systemNames.sorted())
            #expect(system.ports.map(\.ifIndex) == system.ports.map(\.ifIndex).sorted(), "\(name)")
            #expect(Set(system.ports.map(\.ifIndex)).count == system.ports.count, "\(name)")
            for address in system.addresses {
                let parsed = try #require(NetworkAddress(address), "\(name): \(address)")
                #expect(parsed.tellsDevice && parsed.description == address, "\(name): \(address)")
                #expect(!address.hasPrefix("169.254.") && !address.hasPrefix("fe8"), "\(name): \(address)")
            }
        }
        #expect(try recorded("routeros_rb750gr3").protocols == [.lldp, .mndp])
        #expect(try recorded("fs-switch_s3900-24t4s").protocols == [.lldp])
    }

    @Test(
        "a recorded network's devices are known by the ids and names their neighbours use",
        .enabled(if: Corpus.root != nil))
    func recordedNetwork() throws {
        let folder = try #require(Corpus.root).appendingPathComponent("topologies/nms8003_lldp")
        let systems = try Corpus.answers(in: folder, columns: NeighbourAnswer.allColumns).mapValues {
            LocalSystemReading.decode($0, interfaces: LocalSystemColumns.interfaces($0))
        }
        #expect(systems.count == 5)
        for (name, system) in systems {
            #expect(!system.chassis.isEmpty, "\(name)")
            #expect(system.protocols.contains(.lldp), "\(name)")
            #expect(
                system.systemNames.contains { $0.lowercased().filter { $0 != "-" }.hasPrefix(name + ".") }, "\(name)")
        }
    }

    @Test("whatever a device answers, its description is in order")
    func anyAnswer() {
        for seed in UInt64(1)...80 {
            var generator = SeededGenerator(seed: seed)
            let answer = NeighbourAnswer.random(NeighbourAnswer.allColumns, using: &generator)
            let interfaces = LocalSystemColumns.interfaces(answer)
            let system = LocalSystemReading.decode(answer, interfaces: interfaces)
            #expect(system.ports.map(\.ifIndex) == Set(system.ports.map(\.ifIndex)).sorted(), "seed \(seed)")
            #expect(system.addresses == Set(system.addresses).sorted(), "seed \(seed)")
            #expect(!system.systemNames.contains(""), "seed \(seed)")
            #expect(LocalSystemReading.decode(answer, interfaces: interfaces) == system, "seed \(seed)")
        }
    }

    private func decode(_ values: [(String, MIBValue)]) -> LocalSystem {
        LocalSystemReading.decode(.made(values), interfaces: [])
    }

    private func aggregates(_ values: [(String, MIBValue)]) -> [Int64: Int64] {
        LocalAggregates.decode(.made(values), names: [:])
    }

    private func recorded(_ name: String) throws -> LocalSystem {
        let folder = try #require(Corpus.root).appendingPathComponent("devices/recordings")
        let answer = try Corpus.answer(in: folder, name, columns: NeighbourAnswer.allColumns)
        return LocalSystemReading.decode(answer, interfaces: LocalSystemColumns.interfaces(answer))
    }
}
