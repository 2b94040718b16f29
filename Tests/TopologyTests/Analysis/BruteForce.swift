@testable import Topology

/// What `GraphAnalysis` answers, found by taking things away and looking who is still reached.
struct BruteForce {
    let network: GraphFixture
    private var count: Int { network.names.count }

    /// The two devices of each cable, a bit for each.
    private let masks: [UInt64]

    /// Networks of at most 64 devices.
    init(_ network: GraphFixture) {
        self.network = network
        masks = network.cables.map { 1 << UInt64($0.a) | 1 << UInt64($0.b) }
    }

    /// Devices reached from one, itself included, without some devices and cables.
    func reached(from start: Int, without devices: Set<Int> = [], cables: Set<Int> = []) -> Set<Int> {
        guard !devices.contains(start) else { return [] }
        let usable = masks.indices.filter { number in
            !cables.contains(number) && !devices.contains(network.cables[number].a)
                && !devices.contains(network.cables[number].b)
        }.map { masks[$0] }
        let reached = Self.spread(1 << UInt64(start), usable)
        return Set((0..<count).filter { reached & (1 << UInt64($0)) != 0 })
    }

    /// Adds both ends of each cable of which one is reached, until nothing changes; a bit for each device.
    private static func spread(_ start: UInt64, _ cables: [UInt64]) -> UInt64 {
        var reached = start
        while true {
            let before = reached
            for ends in cables where reached & ends != 0 { reached |= ends }
            if reached == before { return reached }
        }
    }

    func parts(of devices: Set<Int>, without: Set<Int> = [], cables: Set<Int> = []) -> [[Int]] {
        var left = devices.subtracting(without)
        var parts: [[Int]] = []
        while let first = left.min() {
            let part = reached(from: first, without: without, cables: cables)
            parts.append(part.sorted())
            left.subtract(part)
        }
        return parts.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }

    var articulationPoints: [Int] {
        (0..<count).filter { device in
            let part = reached(from: device)
            return parts(of: part, without: [device]).count > 1
        }
    }

    var bridges: [Int] {
        network.cables.indices.filter {
            !reached(from: network.cables[$0].a, cables: [$0]).contains(network.cables[$0].b)
        }
    }

    /// Whether two devices stay joined whichever single cable fails.
    func isRedundant(_ a: Int, _ b: Int, without devices: Set<Int> = [], cables: Set<Int> = []) -> Bool {
        let usable = masks.indices.filter { number in
            !cables.contains(number) && !devices.contains(network.cables[number].a)
                && !devices.contains(network.cables[number].b)
        }.map { masks[$0] }
        let (start, end): (UInt64, UInt64) = (1 << UInt64(a), 1 << UInt64(b))
        guard Self.spread(start, usable) & end != 0 else { return false }
        return usable.indices.allSatisfy { failed in
            var left = usable
            left.remove(at: failed)
            return Self.spread(start, left) & end != 0
        }
    }

    struct Loss {
        var cutOff: [Int]
        var parts: [[Int]]
        var lostRedundancy: [Int]
        var viewpointFails: Bool
    }

    func loss(device: Int?, cable: Int?, root: Int?, withRedundancy: Bool = true) -> Loss {
        let (devices, cables) = (Set([device].compactMap { $0 }), Set([cable].compactMap { $0 }))
        let place = device ?? cable.map { network.cables[$0].a } ?? 0
        let whole = reached(from: place)
        let parts = parts(of: whole, without: devices, cables: cables)
        let eye = root.flatMap { whole.contains($0) ? $0 : nil }
        if let eye, eye == device {
            return Loss(cutOff: parts.joined().sorted(), parts: parts, lostRedundancy: [], viewpointFails: true)
        }
        let home = eye.map { eye in parts.first { $0.contains(eye) } ?? [] } ?? parts.first ?? []
        let lost = parts.filter { $0 != home }
        guard withRedundancy else {
            return Loss(cutOff: lost.joined().sorted(), parts: lost, lostRedundancy: [], viewpointFails: false)
        }
        let degree = { (node: Int) in network.cables.count { $0.a == node || $0.b == node } }
        let seer = eye ?? home.min { (-degree($0), $0) < (-degree($1), $1) }
        let weakened = home.filter { node in
            guard let seer, node != seer else { return false }
            return isRedundant(node, seer) && !isRedundant(node, seer, without: devices, cables: cables)
        }
        return Loss(cutOff: lost.joined().sorted(), parts: lost, lostRedundancy: weakened, viewpointFails: false)
    }

    /// All paths with the fewest cables, as devices, found by trying them all; empty where there is none.
    func shortestPaths(_ a: Int, _ b: Int) -> [[Int]] {
        var paths = [[a]]
        for _ in 0..<count {
            let arrived = paths.filter { $0.last == b }
            if !arrived.isEmpty { return arrived }
            paths = paths.flatMap { path in
                Set(
                    network.cables.compactMap { cable -> Int? in
                        guard let end = path.last else { return nil }
                        let next = cable.a == end ? cable.b : cable.b == end ? cable.a : end
                        return path.contains(next) ? nil : next
                    }
                ).map { path + [$0] }
            }
        }
        return []
    }

    /// Speed of the fastest cable between two devices; -1 for one that is down, 0 for one of unknown speed.
    func speed(_ a: Int, _ b: Int) -> Int64 {
        network.cables.indices.filter { network.cables[$0] == (a, b) || network.cables[$0] == (b, a) }
            .map { network.isDown.contains($0) ? -1 : network.speeds[$0] ?? 0 }.max() ?? -2
    }

    /// The path that is to be answered.
    func path(_ a: Int, _ b: Int) -> [Int]? {
        func slowest(_ path: [Int]) -> Int64 { zip(path, path.dropFirst()).map { speed($0, $1) }.min() ?? .max }
        return shortestPaths(a, b).min { left, right in
            let (near, far) = (slowest(left), slowest(right))
            return near == far ? left.lexicographicallyPrecedes(right) : near > far
        }
    }

    func singlePoints(_ a: Int, _ b: Int) -> Set<Int> {
        Set((0..<count).filter { $0 != a && $0 != b && !reached(from: a, without: [$0]).contains(b) })
    }
}
