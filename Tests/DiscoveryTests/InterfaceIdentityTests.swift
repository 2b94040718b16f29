import Discovery
import Inventory
import Testing

/// A case of identity: what was, what is, and which row of the new reading each old row must become.
struct IdentityCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let old: [InterfaceFacts]
    let new: [InterfaceFacts]
    /// For each old row the ifIndex it has now; nil where it is gone.
    let expected: [Int64?]
}

private let cases: [IdentityCase] = [
    IdentityCase(
        testDescription: "nothing changed",
        old: [facts(1, name: "Gi1", descr: "G1"), facts(2, name: "Gi2", descr: "G2")],
        new: [facts(1, name: "Gi1", descr: "G1"), facts(2, name: "Gi2", descr: "G2")],
        expected: [1, 2]),
    IdentityCase(
        testDescription: "a reboot renumbered all, names stayed",
        old: [
            facts(1, name: "Gi1", descr: "G1"), facts(2, name: "Gi2", descr: "G2"), facts(3, name: "Gi3", descr: "G3"),
        ],
        new: [
            facts(1, name: "Gi3", descr: "G3"), facts(2, name: "Gi1", descr: "G1"), facts(9, name: "Gi2", descr: "G2"),
        ],
        expected: [2, 9, 1]),
    IdentityCase(
        testDescription: "a module moved to another slot: other names and indexes, same addresses",
        old: [
            facts(101, name: "Gi1/0/1", descr: "G1/0/1", mac: mac(1)),
            facts(102, name: "Gi1/0/2", descr: "G1/0/2", mac: mac(2)),
        ],
        new: [
            facts(201, name: "Gi2/0/1", descr: "G2/0/1", mac: mac(1)),
            facts(202, name: "Gi2/0/2", descr: "G2/0/2", mac: mac(2)),
        ],
        expected: [201, 202]),
    IdentityCase(
        testDescription: "a module moved to another slot whose aliases went with it",
        old: [facts(101, name: "Gi1/0/1", alias: "ISP_MAGTI", mac: mac(1))],
        new: [facts(201, name: "Gi2/0/1", alias: "ISP_MAGTI", mac: mac(1))],
        expected: [201]),
    IdentityCase(
        testDescription: "two ports swapped their names; address and ifIndex stayed with the hardware",
        old: [facts(1, name: "eth0", descr: "eth0", mac: mac(1)), facts(2, name: "eth1", descr: "eth1", mac: mac(2))],
        new: [facts(1, name: "eth1", descr: "eth1", mac: mac(1)), facts(2, name: "eth0", descr: "eth0", mac: mac(2))],
        expected: [1, 2]),
    IdentityCase(
        testDescription: "two ports swapped names and aliases: configuration moved, and with it the identity",
        old: [
            facts(1, name: "eth0", descr: "eth0", alias: "wan", mac: mac(1)),
            facts(2, name: "eth1", descr: "eth1", alias: "lan", mac: mac(2)),
        ],
        new: [
            facts(1, name: "eth1", descr: "eth1", alias: "lan", mac: mac(1)),
            facts(2, name: "eth0", descr: "eth0", alias: "wan", mac: mac(2)),
        ],
        expected: [2, 1]),
    IdentityCase(
        testDescription: "two ports without addresses swapped their names: that is renumbering",
        old: [facts(1, name: "Gi1", descr: "G1"), facts(2, name: "Gi2", descr: "G2")],
        new: [facts(1, name: "Gi2", descr: "G2"), facts(2, name: "Gi1", descr: "G1")],
        expected: [2, 1]),
    IdentityCase(
        testDescription: "equal names, told apart by address through renumbering",
        old: [facts(1, name: "port", descr: "port", mac: mac(1)), facts(2, name: "port", descr: "port", mac: mac(2))],
        new: [facts(7, name: "port", descr: "port", mac: mac(2)), facts(8, name: "port", descr: "port", mac: mac(1))],
        expected: [8, 7]),
    IdentityCase(
        testDescription: "equal names, told apart by alias through renumbering",
        old: [facts(1, name: "port", alias: "a"), facts(2, name: "port", alias: "b")],
        new: [facts(7, name: "port", alias: "b"), facts(8, name: "port", alias: "a")],
        expected: [8, 7]),
    IdentityCase(
        testDescription: "equal names, told apart by alias though each ifIndex moved by one",
        old: [
            facts(1, name: "port", alias: "a"), facts(2, name: "port", alias: "b"), facts(3, name: "port", alias: "c"),
        ],
        new: [
            facts(2, name: "port", alias: "a"), facts(3, name: "port", alias: "b"), facts(4, name: "port", alias: "c"),
        ],
        expected: [2, 3, 4]),
    IdentityCase(
        testDescription: "equal names, told apart by ifIndex; one is gone, one is new",
        old: [facts(1, name: "port"), facts(2, name: "port"), facts(3, name: "port")],
        new: [facts(1, name: "port"), facts(3, name: "port"), facts(9, name: "port")],
        expected: [1, nil, 3]),
    IdentityCase(
        testDescription: "equal names and nothing else, all renumbered: their order decides",
        old: [facts(1, name: "port"), facts(2, name: "port"), facts(3, name: "port")],
        new: [facts(11, name: "port"), facts(12, name: "port"), facts(13, name: "port")],
        expected: [11, 12, 13]),
    IdentityCase(
        testDescription: "an ifIndex that another port took over is not the old port",
        old: [facts(5, name: "Gi1/0/5", descr: "G1/0/5", mac: mac(5))],
        new: [facts(5, name: "Vlan20", descr: "Vlan20", mac: mac(20), type: 53)],
        expected: [nil]),
    IdentityCase(
        testDescription: "an ifIndex that another port took over, on a device without addresses",
        old: [facts(5, name: "Gi1/0/5", descr: "G1/0/5"), facts(6, name: "Gi1/0/6", descr: "G1/0/6")],
        new: [facts(5, name: "Gi1/0/6", descr: "G1/0/6"), facts(6, name: "Gi1/0/7", descr: "G1/0/7")],
        expected: [nil, 5]),
    IdentityCase(
        testDescription: "an ifIndex that another port took over, where all ports share address and description",
        old: [facts(5, name: "1/5", descr: "Port", mac: mac(1)), facts(6, name: "1/6", descr: "Port", mac: mac(1))],
        new: [facts(5, name: "1/9", descr: "Port", mac: mac(1)), facts(6, name: "1/6", descr: "Port", mac: mac(1))],
        expected: [nil, 6]),
    IdentityCase(
        testDescription: "no names at all: the ifIndex is the identity",
        old: [facts(1), facts(2, type: 24), facts(3, type: nil)],
        new: [facts(1), facts(2, type: 24), facts(3, type: nil)],
        expected: [1, 2, 3]),
    IdentityCase(
        testDescription: "no names, but addresses: they survive renumbering",
        old: [facts(1, name: "", descr: "", mac: mac(1)), facts(2, name: "", descr: "", mac: mac(2))],
        new: [facts(1, name: "", descr: "", mac: mac(2)), facts(2, name: "", descr: "", mac: mac(1))],
        expected: [2, 1]),
    IdentityCase(
        testDescription: "a renamed interface keeps its ifIndex and address",
        old: [facts(1, name: "ether1", descr: "ether1", mac: mac(1))],
        new: [facts(1, name: "WAN", descr: "WAN", mac: mac(1))],
        expected: [1]),
    IdentityCase(
        testDescription: "a renamed interface without address keeps its ifIndex and alias",
        old: [facts(1, name: "ether1", descr: "ether1", alias: "uplink")],
        new: [facts(1, name: "WAN", descr: "WAN", alias: "uplink")],
        expected: [1]),
    IdentityCase(
        testDescription: "another name with nothing but the ifIndex in common is another interface",
        old: [facts(1, name: "ether1", descr: "ether1")],
        new: [facts(1, name: "WAN", descr: "WAN")],
        expected: [nil]),
    IdentityCase(
        testDescription: "a replaced line card has other addresses; slot names and ifIndexes stay",
        old: [
            facts(1, name: "Gi1/1", descr: "G1/1", mac: mac(1)), facts(2, name: "Gi1/2", descr: "G1/2", mac: mac(2)),
        ],
        new: [
            facts(1, name: "Gi1/1", descr: "G1/1", mac: mac(91)), facts(2, name: "Gi1/2", descr: "G1/2", mac: mac(92)),
        ],
        expected: [1, 2]),
    IdentityCase(
        testDescription: "stack member 2 became member 3, member 1 stayed",
        old: [
            facts(101, name: "Gi1/0/1", mac: mac(1)), facts(201, name: "Gi2/0/1", mac: mac(11)),
            facts(202, name: "Gi2/0/2", mac: mac(12)),
        ],
        new: [
            facts(101, name: "Gi1/0/1", mac: mac(1)), facts(301, name: "Gi3/0/1", mac: mac(11)),
            facts(302, name: "Gi3/0/2", mac: mac(12)),
        ],
        expected: [101, 301, 302]),
    IdentityCase(
        testDescription: "an all-zero address tells nothing",
        old: [facts(1, name: "tun1", mac: "00:00:00:00:00:00"), facts(2, name: "tun2", mac: "00:00:00:00:00:00")],
        new: [facts(3, name: "tun9", mac: "00:00:00:00:00:00")],
        expected: [nil, nil]),
    IdentityCase(
        testDescription: "an alias alone does not carry an identity to another port",
        old: [facts(1, name: "Gi1", alias: "To-BRANCH-42")],
        new: [facts(2, name: "Gi2", alias: "To-BRANCH-42")],
        expected: [nil]),
    IdentityCase(
        testDescription: "an edited alias changes nothing",
        old: [facts(1, name: "Gi1", alias: "old text")],
        new: [facts(4, name: "Gi1", alias: "new text")],
        expected: [4]),
    IdentityCase(
        testDescription: "another ifType after a firmware update, names as before",
        old: [facts(1, name: "Po1", type: 53)],
        new: [facts(6, name: "Po1", type: 161)],
        expected: [6]),
]

private let logicalCases: [IdentityCase] = [
    IdentityCase(
        testDescription: "VLAN interfaces that share one address, renumbered, one deleted and one new",
        old: [
            facts(10, name: "Vlan10", mac: mac(1), type: 53), facts(20, name: "Vlan20", mac: mac(1), type: 53),
            facts(30, name: "Vlan30", mac: mac(1), type: 53),
        ],
        new: [
            facts(11, name: "Vlan10", mac: mac(1), type: 53), facts(20, name: "Vlan30", mac: mac(1), type: 53),
            facts(31, name: "Vlan40", mac: mac(1), type: 53),
        ],
        expected: [11, nil, 20]),
    IdentityCase(
        testDescription: "the only VLAN interface deleted and another made, which gets the chassis' address too",
        old: [facts(1, name: "Gi1", mac: mac(1)), facts(10, name: "Vlan10", descr: "Vlan10", mac: mac(9), type: 53)],
        new: [facts(1, name: "Gi1", mac: mac(1)), facts(20, name: "Vlan20", descr: "Vlan20", mac: mac(9), type: 53)],
        expected: [1, nil]),
    IdentityCase(
        testDescription: "a renamed bundle keeps its ifIndex and address",
        old: [facts(5, name: "bond0", descr: "bond0", mac: mac(5), type: 161)],
        new: [facts(5, name: "uplink", descr: "uplink", mac: mac(5), type: 161)],
        expected: [5]),
    IdentityCase(
        testDescription: "a bundle with its first member's address, dissolved during a reboot",
        old: [
            facts(1, name: "Gi1", mac: mac(1)), facts(2, name: "Gi2", mac: mac(2)),
            facts(49, name: "Po1", mac: mac(1), type: 161),
        ],
        new: [facts(11, name: "Gi1", mac: mac(1)), facts(12, name: "Gi2", mac: mac(2))],
        expected: [11, 12, nil]),
    IdentityCase(
        testDescription: "bundles renumbered, their addresses dealt anew from their members",
        old: [facts(49, name: "Po1", mac: mac(1), type: 161), facts(50, name: "Po2", mac: mac(2), type: 161)],
        new: [facts(61, name: "Po1", mac: mac(2), type: 161), facts(62, name: "Po2", mac: mac(1), type: 161)],
        expected: [61, 62]),
    IdentityCase(
        testDescription: "a device replaced by another model: what has the same name goes on, the rest is new",
        old: [
            facts(10_101, name: "Gi1/0/1", descr: "GigabitEthernet1/0/1", mac: mac(1)),
            facts(10_148, name: "Gi1/0/48", descr: "GigabitEthernet1/0/48", mac: mac(48)),
        ],
        new: [
            facts(9, name: "Gi1/0/1", descr: "GigabitEthernet1/0/1", mac: mac(901)),
            facts(57, name: "Te1/1/1", descr: "TenGigabitEthernet1/1/1", mac: mac(948)),
        ],
        expected: [9, nil]),
    IdentityCase(
        testDescription: "no names at all: another type or address at an ifIndex is another interface",
        old: [facts(1, name: "", descr: ""), facts(2, mac: mac(2)), facts(3)],
        new: [facts(1, name: "", descr: "", type: 24), facts(2, mac: mac(7)), facts(3)],
        expected: [nil, nil, 3]),
]

@Suite("Identity of interfaces")
struct InterfaceIdentityTests {
    @Test("Each old row becomes the right new row", arguments: cases + logicalCases)
    func decides(_ example: IdentityCase) {
        let rows = stored(example.old)
        let new = example.new.sorted { $0.ifIndex < $1.ifIndex }
        let decision = InterfaceIdentity.decide(stored: rows, liveCount: rows.count, facts: new)
        var found = [Int64?](repeating: nil, count: rows.count)
        for pair in decision.pairs { found[pair.stored] = new[pair.new].ifIndex }
        #expect(found == example.expected, "\(decision)")
        #expect(decision.pairs.count + decision.unknown.count == new.count)
        #expect(decision.pairs.count + decision.absent.count == rows.count)
    }

    @Test("The order of the stored rows does not matter", arguments: cases + logicalCases)
    func ignoresOrder(_ example: IdentityCase) {
        let rows = stored(example.old)
        let new = example.new.sorted { $0.ifIndex < $1.ifIndex }
        func outcome(_ rows: [Interface]) -> [InterfaceID: Int64] {
            let decision = InterfaceIdentity.decide(stored: rows, liveCount: rows.count, facts: new)
            return Dictionary(uniqueKeysWithValues: decision.pairs.map { (rows[$0.stored].id, new[$0.new].ifIndex) })
        }
        #expect(outcome(rows) == outcome(rows.reversed()))
    }

    @Test("A present row wins over a missing one, and that over a removed one, where the evidence is equal")
    func prefersThePresent() {
        let present = stored([facts(1, name: "Gi1")], seed: 1)
        let missing = stored([facts(2, name: "Gi1")], missingSince: .start, seed: 2)
        let removed = stored([facts(3, name: "Gi1")], seed: 3)
        let new = [facts(9, name: "Gi1")]
        let all = InterfaceIdentity.decide(stored: missing + present + removed, liveCount: 2, facts: new)
        #expect(all.pairs.map(\.stored) == [1])
        let without = InterfaceIdentity.decide(stored: missing + removed, liveCount: 1, facts: new)
        #expect(without.pairs.map(\.stored) == [0])
        let last = InterfaceIdentity.decide(stored: removed, liveCount: 0, facts: new)
        #expect(last.pairs.map(\.stored) == [0])
    }

    @Test("The evidence of a decision is reported, and adds up to at least the minimum")
    func reportsEvidence() {
        let rows = stored([facts(1, name: "Gi1", mac: mac(1))])
        let decision = InterfaceIdentity.decide(stored: rows, liveCount: 1, facts: [facts(2, name: "Gi1", mac: mac(1))])
        let evidence = decision.pairs.first?.evidence ?? []
        #expect(evidence == [.uniqueName, .uniquePhysAddress, .sameType])
        #expect(evidence.reduce(0) { $0 + $1.weight } >= IdentityEvidence.weightMin)
    }

    @Test("Random devices keep every identity through renumbering, and never merge two", arguments: 1...60)
    func survivesRenumbering(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 1...80, using: &generator)
        let old = (0..<count).map { number in
            facts(
                Int64(number + 1), name: "Gi\(number / 24)/0/\(number % 24)", descr: "GigabitEthernet\(number)",
                alias: Bool.random(using: &generator) ? "link \(number)" : "",
                mac: Bool.random(using: &generator) ? mac(number) : mac(0))
        }
        let rows = stored(old)
        let gone = Set((0..<count).filter { _ in Int.random(in: 0..<10, using: &generator) == 0 })
        let indexes = (1...Int64(count * 2)).shuffled(using: &generator)
        var new: [(origin: Int?, facts: InterfaceFacts)] = []
        for place in old.indices where !gone.contains(place) {
            var moved = old[place]
            moved.ifIndex = indexes[place]
            if Bool.random(using: &generator) { moved.ifAlias = "edited" }
            new.append((place, moved))
        }
        new.append((nil, facts(indexes[count], name: "new", descr: "new", mac: mac(9999))))
        new.sort { $0.facts.ifIndex < $1.facts.ifIndex }
        let decision = InterfaceIdentity.decide(stored: rows, liveCount: rows.count, facts: new.map(\.facts))
        for pair in decision.pairs { #expect(new[pair.new].origin == pair.stored, "seed \(seed)") }
        #expect(decision.pairs.count == count - gone.count, "seed \(seed)")
        #expect(Set(decision.pairs.map(\.stored)).count == decision.pairs.count, "seed \(seed)")
        #expect(Set(decision.absent) == gone, "seed \(seed)")
    }

    @Test("Random nonsense is decided without a merge, and the same way twice", arguments: 1...60)
    func decidesNonsense(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed) &* 7919)
        func row(_ index: Int64) -> InterfaceFacts {
            func few(_ words: [String?]) -> String? { words.randomElement(using: &generator) ?? nil }
            return facts(
                index, name: few([nil, "", "a", "b"]), descr: few([nil, "", "a", "c"]), alias: few([nil, "", "x"]),
                mac: few([nil, "", mac(1), mac(2)]), type: [nil, 6, 24].randomElement(using: &generator) ?? nil)
        }
        let rows = stored((0..<12).map { row($0) })
        let new = (5..<17).map { row($0) }
        let decision = InterfaceIdentity.decide(stored: rows, liveCount: 8, facts: new)
        #expect(Set(decision.pairs.map(\.stored)).count == decision.pairs.count, "seed \(seed)")
        #expect(Set(decision.pairs.map(\.new)).count == decision.pairs.count, "seed \(seed)")
        #expect(InterfaceIdentity.decide(stored: rows, liveCount: 8, facts: new) == decision, "seed \(seed)")
    }

    @Test("A device of 10,000 ports with one name for all, and all renumbered, is decided in order")
    func decidesLargeDevices() {
        let old = (1...10_000).map { facts(Int64($0), name: "port", descr: "port", mac: mac(0)) }
        let new = (1...10_000).map { facts(Int64($0) + 20_000, name: "port", descr: "port", mac: mac(0)) }
        let rows = stored(old)
        let decision = InterfaceIdentity.decide(stored: rows, liveCount: rows.count, facts: new)
        #expect(decision.pairs.map(\.stored) == Array(0..<10_000))
    }
}
