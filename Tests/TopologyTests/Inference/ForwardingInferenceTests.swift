import Catalog
import Inventory
import Testing
import Topology

@Suite("Links inferred from forwarding tables")
struct ForwardingInferenceTests {
    @Test("a server is linked to the one port that does not lead to another switch")
    func edgePort() throws {
        var net = InferenceBook()
        let (one, two, server) = twoSwitchesAndAServer(&net)
        let link = try #require(links(net).first)
        #expect(links(net).count == 1)
        #expect(Set([link.a.deviceID, link.b.deviceID]) == [two, server])
        #expect(link.origin == .inferred)
        #expect(link.witnesses.map(\.source) == ["fdb"])
        #expect(link.witnesses.map(\.deviceID) == [two])
        #expect(link.confidence == ForwardingInference.confidence)
        let ends = [link.a, link.b]
        #expect(ends.first { $0.deviceID == two }?.interfaceID == net.id(two, 7))
        #expect(ends.first { $0.deviceID == server }?.interfaceID == net.id(server, 1))
        #expect(link.a.deviceID.map { a in link.b.deviceID.map { a < $0 } ?? false } == true)
        #expect(one != two)
    }

    @Test("without the neighbour on the trunk two ports remain, and nothing is said")
    func twoPortsRemain() {
        var net = InferenceBook()
        _ = twoSwitchesAndAServer(&net)
        net.book.neighbours.removeAll { $0.reading.localIfIndex == 1 }
        #expect(links(net).isEmpty)
    }

    @Test("a trunk is known by the other switch's address where no neighbour protocol runs on it")
    func trunkByAddress() {
        var net = InferenceBook()
        let (one, two, _) = twoSwitchesAndAServer(&net)
        net.book.neighbours.removeAll()
        net.learns(one, at: 1, two, itsPort: 3)
        net.learns(two, at: 1, one, itsPort: 3)
        #expect(links(net).contains { $0.witnesses.map(\.deviceID) == [two] })
    }

    @Test("a device that is heard, or hears, or may be an ambiguous neighbour, is left to the protocols")
    func speaking() {
        for kind in 0..<3 {
            var net = InferenceBook()
            let (one, two, server) = twoSwitchesAndAServer(&net)
            if kind == 0 { net.hears(server, at: 1, far: nil) }
            if kind == 1 { net.hears(one, at: 5, far: server) }
            if kind == 2 {
                net.hears(two, at: 5, far: nil)
                net.book.neighbours[net.book.neighbours.count - 1].match.candidates = [server, one]
            }
            #expect(links(net).isEmpty, "kind \(kind)")
        }
    }

    @Test("behind a port where another neighbour stands nothing is inferred", arguments: [true, false])
    func neighbourAtThePort(isKnown: Bool) {
        var net = InferenceBook()
        let (_, two, _) = twoSwitchesAndAServer(&net)
        let phone = net.add("phone", type: .phone)
        net.hears(two, at: 7, far: isKnown ? phone : nil, capabilities: [.telephone])
        #expect(links(net).isEmpty)
    }

    @Test("two silent servers at one port are behind something that nobody manages")
    func twoAtOnePort() {
        var net = InferenceBook()
        let (_, two, _) = twoSwitchesAndAServer(&net)
        let other = net.add("other")
        net.learns(two, at: 7, other)
        #expect(links(net).isEmpty)
    }

    @Test("a silent switch is found with both its ports, and what is behind it is linked to it")
    func silentSwitch() throws {
        var net = InferenceBook()
        let top = net.add("top", type: .switch, ports: 8)
        let root = net.add("root", type: .switch, ports: 8)
        net.hears(top, at: 1, far: root)
        let silent = net.add("silent", type: .switch, ports: 8)
        let server = net.add("server")
        net.learns(top, at: 4, silent, itsPort: 8)
        net.learns(top, at: 4, server)
        net.learns(silent, at: 8, top, itsPort: 1)
        net.learns(silent, at: 3, server)
        let found = links(net)
        #expect(found.count == 2)
        let trunk = try #require(found.first { link in Set([link.a.deviceID, link.b.deviceID]) == [top, silent] })
        #expect(Set([trunk.a.interfaceID, trunk.b.interfaceID]) == [net.id(top, 4), net.id(silent, 8)])
        #expect(trunk.confidence == ForwardingInference.confidenceOfBothEnds)
        #expect(trunk.witnesses.map(\.deviceID) == [top, silent].sorted())
        let leaf = try #require(found.first { link in Set([link.a.deviceID, link.b.deviceID]) == [silent, server] })
        #expect(Set([leaf.a.interfaceID, leaf.b.interfaceID]) == [net.id(silent, 3), net.id(server, 1)])
    }

    @Test("an aggregate leads where its members lead, a logical unit where its port leads")
    func aggregatesAndUnits() {
        for usesUnit in [true, false] {
            var net = InferenceBook()
            let (one, _, server) = twoSwitchesAndAServer(&net)
            net.forwarding[one] = [:]
            var facts = InterfaceFacts(ifIndex: 100)
            facts.ifName = usesUnit ? "Gi0/1.0" : "ae0"
            facts.ifType = usesUnit ? 53 : 161
            net.add(facts, to: one)
            net.learns(one, at: 100, server)
            if !usesUnit {
                var member = LocalSystem.Port(ifIndex: 1)
                member.aggregateIfIndex = 100
                var local = LocalSystem()
                local.ports = [member]
                net.book.descriptions[one] = local
            }
            #expect(links(net).count == 1, "unit: \(usesUnit)")
        }
    }

    @Test("addresses that two devices have, that routers share, or that are no device's, tell nothing")
    func addressesOfNobody() {
        let cases = [
            ("00:1b:21:00:00:77", 1), ("52:54:00:00:00:01", 1), ("00:00:5e:00:01:0a", 0), ("00:00:5e:00:02:0a", 0),
            ("00:00:0c:07:ac:01", 0), ("00:00:0c:9f:f0:01", 0), ("00:07:b4:00:01:02", 0), ("00:00:00:00:00:00", 0),
            ("01:80:c2:00:00:0e", 0), ("", 0), ("x", 0), ("00-1b-21-00-00-77", 0),
        ]
        for (address, count) in cases {
            var net = InferenceBook()
            let edge = net.add("edge", type: .switch, ports: 4)
            _ = net.add("server")
            net.book.ports[4].facts.ifPhysAddress = address
            net.forwarding[edge] = [address: 2]
            #expect(links(net).count == count, "\(address)")
        }
        var net = InferenceBook()
        let (_, _, server) = twoSwitchesAndAServer(&net)
        let twin = net.add("twin")
        net.book.ports[net.book.ports.count - 1].facts.ifPhysAddress =
            net.book.ports.first { $0.deviceID == server }?.facts.ifPhysAddress
        #expect(links(net).isEmpty, "\(twin) has the address of \(server)")
    }

    @Test("a device with a manual link is left to the operator")
    func manualLink() {
        var net = InferenceBook()
        let (one, _, server) = twoSwitchesAndAServer(&net)
        net.book.manualLinks = [ManualLink(aDeviceID: one, bDeviceID: server, at: Timestamp(seconds: 0))]
        #expect(links(net).isEmpty)
    }

    @Test("in random trees every inferred link is a cable, and every lone server at a read switch is found")
    func randomTrees() {
        for seed in UInt64(1)...200 {
            var tree = RandomTree(seed: seed)
            let found = tree.net.linksInferred()
            for link in found {
                let pair = Set([link.a.deviceID, link.b.deviceID].compactMap { $0 })
                #expect(tree.cables.contains(pair), "seed \(seed): \(link.a.deviceName) to \(link.b.deviceName)")
            }
            for server in tree.servers {
                let count = found.count { $0.a.deviceID == server || $0.b.deviceID == server }
                #expect(count == 1, "seed \(seed): a server has \(count) links")
            }
            tree.net.book.ports.shuffle(using: &tree.generator)
            tree.net.book.neighbours.shuffle(using: &tree.generator)
            #expect(tree.net.linksInferred() == found, "seed \(seed): order changes the result")
        }
    }

    private func links(_ net: InferenceBook) -> [Link] { net.linksInferred() }

    /// `one` and `two` hear each other at their port 1; a server's address is learnt at both, it is at port 7 of `two`.
    private func twoSwitchesAndAServer(_ net: inout InferenceBook) -> (DeviceID, DeviceID, DeviceID) {
        let one = net.add("one", type: .switch, ports: 8)
        let two = net.add("two", type: .switch, ports: 8)
        let server = net.add("server", type: .server)
        net.hears(one, at: 1, far: two)
        net.hears(two, at: 1, far: one)
        net.learns(one, at: 1, server)
        net.learns(two, at: 7, server)
        return (one, two, server)
    }
}

extension InferenceBook {
    func linksInferred() -> [Link] {
        ForwardingInference.links(book: book, neighbours: book.neighbours, forwarding: forwarding)
    }
}

/// A tree of switches that all hear their neighbours and learnt all addresses, with silent servers on ports of their own.
private struct RandomTree {
    var net: InferenceBook
    var generator: InferenceGenerator
    var cables: Set<Set<DeviceID>> = []
    var servers: [DeviceID] = []
    private var nodes: [DeviceID] = []
    private var neighbours: [[(node: Int, port: Int64)]] = []

    init(seed: UInt64) {
        net = InferenceBook(seed: seed)
        generator = InferenceGenerator(seed: seed &* 7)
        let switches = Int.random(in: 1...7, using: &generator)
        for number in 0..<switches {
            add(net.add("sw\(number)", type: .switch, ports: 30))
            if number > 0 { connect(number, Int.random(in: 0..<number, using: &generator), speaks: true) }
        }
        for number in 0..<Int.random(in: 1...9, using: &generator) {
            servers.append(net.add("server\(number)"))
            add(servers[number])
            connect(nodes.count - 1, Int.random(in: 0..<switches, using: &generator), speaks: false)
        }
        for number in 0..<switches { learn(at: number) }
    }

    private mutating func add(_ device: DeviceID) {
        nodes.append(device)
        neighbours.append([])
    }

    private mutating func connect(_ one: Int, _ two: Int, speaks: Bool) {
        let ports = (Int64(neighbours[one].count + 1), Int64(neighbours[two].count + 1))
        neighbours[one].append((two, ports.0))
        neighbours[two].append((one, ports.1))
        cables.insert([nodes[one], nodes[two]])
        guard speaks else { return }
        net.hears(nodes[one], at: ports.0, far: nodes[two])
        net.hears(nodes[two], at: ports.1, far: nodes[one])
    }

    private mutating func learn(at start: Int) {
        for (first, port) in neighbours[start] {
            var waiting = [(node: first, from: start)]
            while let (node, from) = waiting.popLast() {
                net.learns(nodes[start], at: port, nodes[node])
                waiting += neighbours[node].filter { $0.node != from }.map { ($0.node, node) }
            }
        }
    }
}
