import Catalog
import Inventory

@testable import Topology

/// A network for tests: devices by number, cables between them.
struct GraphFixture {
    static let start = Timestamp(seconds: 1_780_000_000)

    var names: [String]
    var types: [DeviceType]
    var cables: [(a: Int, b: Int)] = []
    var speeds: [Int64?] = []
    var isDown: Set<Int> = []

    init(_ count: Int, type: DeviceType = .switch) {
        names = (0..<count).map { "sw\($0)" }
        types = Array(repeating: type, count: count)
    }

    init(_ count: Int, cables: [(Int, Int)]) {
        self.init(count)
        for cable in cables { join(cable.0, cable.1) }
    }

    /// A small network with parallel cables, islands and, now and then, a hub.
    static func random(_ random: inout SplitMix, devices: ClosedRange<Int> = 1...9) -> GraphFixture {
        var network = GraphFixture(Int.random(in: devices, using: &random))
        let count = network.names.count
        let speeds: [Int64?] = [nil, 100_000_000, 1_000_000_000, 10_000_000_000]
        for _ in 0..<Int.random(in: 0...(count * 2), using: &random) {
            let (a, b) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
            guard a != b else { continue }
            for _ in 0..<(Int.random(in: 0..<5, using: &random) == 0 ? 2 : 1) {
                network.join(a, b, speed: speeds[Int.random(in: 0..<4, using: &random)])
                if Int.random(in: 0..<8, using: &random) == 0 { network.isDown.insert(network.cables.count - 1) }
            }
        }
        return network
    }

    @discardableResult
    mutating func add(_ name: String, _ type: DeviceType = .switch) -> Int {
        names.append(name)
        types.append(type)
        return names.count - 1
    }

    mutating func join(_ a: Int, _ b: Int, speed: Int64? = nil) {
        cables.append((a, b))
        speeds.append(speed)
    }

    static func device(_ number: Int) -> DeviceID { identifier(number, kind: 1) }
    static func cable(_ number: Int) -> LinkRecordID { identifier(number, kind: 2) }
    static func port(_ number: Int, far: Bool) -> InterfaceID { identifier(number, kind: far ? 4 : 3) }

    private static func identifier<Entity>(_ number: Int, kind: UInt64) -> Identifier<Entity> {
        var generator = SplitMix(seed: UInt64(number) &* 8 &+ kind)
        return .random(using: &generator)
    }

    /// The graph itself, nodes and edges numbered as here.
    var graph: TopologyGraph {
        var graph = TopologyGraph()
        graph.nodes = names.indices.map { TopologyNode(device($0), degree: 0) }
        for number in cables.indices {
            let (a, b) = cables[number]
            graph.nodes[a].degree += 1
            graph.nodes[b].degree += 1
            graph.edges.append(
                TopologyEdge(
                    id: Self.cable(number), link: link(number), a: a, b: b, speed: speeds[number],
                    isUp: !isDown.contains(number), since: Self.start))
        }
        return graph
    }

    func device(_ number: Int) -> Device {
        var device = Device(
            id: Self.device(number), name: names[number], address: "127.0.0.\(number % 250 + 1)", at: Self.start)
        device.deviceType = types[number]
        device.status = .up
        return device
    }

    func link(_ number: Int) -> Link {
        let (a, b) = cables[number]
        return Link(
            a: LinkEnd(
                deviceID: Self.device(a), interfaceID: Self.port(number, far: false), deviceName: names[a],
                port: "Gi0/\(number)"),
            b: LinkEnd(
                deviceID: Self.device(b), interfaceID: Self.port(number, far: true), deviceName: names[b],
                port: "Gi1/\(number)"),
            witnesses: [LinkWitness(deviceID: Self.device(a), source: "lldp")], confidence: 0.9)
    }

    /// The catalog's book of it: each cable heard from its first end.
    var book: TopologyBook {
        var book = TopologyBook()
        book.devices = names.indices.map(device).sorted { $0.name < $1.name }
        book.links = cables.indices.map {
            LinkRecord(id: Self.cable($0), link: link($0), revision: 1, at: Self.start)
        }
        book.revision = TopologyRevisionRecord(number: 1, at: Self.start)
        for number in cables.indices {
            for far in [false, true] {
                let device = far ? cables[number].b : cables[number].a
                var facts = InterfaceFacts(ifIndex: Int64(number + 1))
                facts.ifName = "Gi\(far ? 1 : 0)/\(number)"
                facts.ifSpeed = speeds[number]
                facts.operStatus = isDown.contains(number) ? 2 : 1
                book.ports.append(
                    PortRecord(
                        id: Self.port(number, far: far), deviceID: Self.device(device), facts: facts,
                        interfaceType: .trunk, isMissing: false, connection: InterfaceConnection()))
            }
            var reading = NeighbourReading(heardBy: .lldp, localPort: "\(number + 1)")
            reading.systemName = names[cables[number].b]
            var match = NeighbourMatch()
            match.deviceID = Self.device(cables[number].b)
            book.neighbours.append(
                Neighbour(
                    deviceID: Self.device(cables[number].a), interfaceID: Self.port(number, far: false),
                    reading: reading, match: match, at: Self.start))
        }
        return book
    }
}
