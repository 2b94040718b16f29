import Inventory

@testable import Alerting

/// A generator that a seed repeats (SplitMix64).
struct CauseRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        defer { state &+= SplitMix.step }
        return SplitMix.mixed(state)
    }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
}

/// A network as it really is: devices and cables by number, and which of them work.
struct CauseWorld {
    var names: [String]
    var cables: [(a: Int, b: Int)] = []
    var place: Int?
    /// Switched off, with all their ports.
    var off: Set<Int> = []
    /// Their agents do not answer; they forward.
    var hung: Set<Int> = []
    /// Cables that are cut.
    var cut: Set<Int> = []
    /// Cables whose ports nobody knows.
    var portless: Set<Int> = []

    init(_ count: Int, place: Int? = 0) {
        names = (0..<count).map { "sw\($0)" }
        self.place = place
    }

    /// A small connected network with rings, parallel cables and tails.
    static func random(_ random: inout CauseRandom, devices: ClosedRange<Int>) -> CauseWorld {
        let count = Int.random(in: devices, using: &random)
        var world = CauseWorld(count)
        let spread = Int.random(in: 1...4, using: &random)
        for node in 1..<max(2, count) where node < count {
            world.cables.append((Int.random(in: max(0, node - spread)..<node, using: &random), node))
        }
        for _ in 0..<Int.random(in: 0...count, using: &random) where count > 1 {
            let (a, b) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
            if a != b { world.cables.append((min(a, b), max(a, b))) }
        }
        return world
    }

    static func device(_ number: Int) -> DeviceID { identifier(number, kind: 1) }
    /// The port at one end of a cable.
    static func port(_ cable: Int, far: Bool) -> InterfaceID { identifier(cable, kind: far ? 3 : 2) }

    static func identifier<Entity>(_ number: Int, kind: UInt64) -> Identifier<Entity> {
        var generator = CauseRandom(seed: UInt64(number) &* 8 &+ kind)
        return .random(using: &generator)
    }

    static func portName(_ cable: Int, far: Bool) -> String { "Gi\(far ? 1 : 0)/\(cable)" }

    var graph: ReachabilityGraph {
        ReachabilityGraph(
            devices: names.enumerated().map { .init(id: Self.device($0), name: $1) },
            cables: cables.enumerated().map { number, cable in
                func end(_ node: Int, _ far: Bool) -> ReachabilityGraph.End {
                    if portless.contains(number) { return .init(Self.device(node)) }
                    return .init(
                        Self.device(node), Self.port(number, far: far), port: Self.portName(number, far: far))
                }
                return .init(end(cable.a, false), end(cable.b, true))
            }, place: place.map(Self.device))
    }

    /// Devices that are joined to the poller's place without some devices and cables, by looking until nothing is new.
    func joined(withoutDevices devices: Set<Int>, cables gone: Set<Int>) -> Set<Int> {
        guard let place, !devices.contains(place) else { return [] }
        var reached: Set<Int> = [place]
        while true {
            let before = reached.count
            for (number, cable) in cables.enumerated() where !gone.contains(number) {
                if devices.contains(cable.a) || devices.contains(cable.b) { continue }
                if reached.contains(cable.a) { reached.insert(cable.b) }
                if reached.contains(cable.b) { reached.insert(cable.a) }
            }
            if reached.count == before { return reached }
        }
    }

    /// Devices that answer.
    var answering: Set<Int> { joined(withoutDevices: off, cables: cut).subtracting(hung) }

    /// Whether a port is down: its cable is cut, or the device at the far end is off.
    func isDown(_ cable: Int, far: Bool) -> Bool {
        cut.contains(cable) || off.contains(far ? cables[cable].a : cables[cable].b)
    }
}
