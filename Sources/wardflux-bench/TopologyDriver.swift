import CatalogSQLite
import Inventory
import Topology

/// Builds, analyses and lays out the topology of a catalog, or lays out a made-up network of a given size.
enum TopologyDriver {
    static let options: Set<String> = ["catalog", "rounds", "layout", "seed"]

    static func run(_ options: DriverOptions) throws -> String {
        let devices = try options.number("layout", default: 0)
        if devices > 0 {
            return try layout(devices: devices, seed: UInt64(try options.number("seed", default: 1)))
        }
        return try graph(
            path: options.word("catalog", default: ""), rounds: try options.number("rounds", default: 5))
    }

    /// Wall seconds of each round, and what was found.
    private static func graph(path: String, rounds: Int) throws -> String {
        guard !path.isEmpty else { throw DriverError("'catalog=' is missing") }
        let catalog = try SQLiteCatalog.open(path: path)
        let book = try WardfluxBench.waiting { try await catalog.topologyBook() }
        var graph = TopologyGraph()
        var (building, analysing): ([String], [String]) = ([], [])
        for _ in 0..<max(1, rounds) {
            building.append(seconds { graph = GraphBuilder.graph(book: book) })
            analysing.append(seconds { _ = GraphAnalysis(graph).singlePointsOfFailure(from: nil) })
        }
        return """
            {"nodes":\(graph.nodes.count),"edges":\(graph.edges.count),"contradictions":\(graph.contradictions.count),\
            "build_seconds":[\(building.joined(separator: ","))],\
            "analysis_seconds":[\(analysing.joined(separator: ","))]}
            """
    }

    /// CPU seconds of a whole layout, then of one after a device was added.
    private static func layout(devices: Int, seed: UInt64) throws -> String {
        let network = madeUp(devices, seed)
        let before = ProcessorTime.seconds
        let places = GraphLayout.place(nodes: network.nodes, edges: network.edges)
        let whole = ProcessorTime.seconds - before
        let grownNodes = network.nodes + [LayoutNode(key: "new", deviceType: .switch)]
        let grownEdges = network.edges + [(devices, devices / 2)]
        let again = ProcessorTime.seconds
        let grown = GraphLayout.place(nodes: grownNodes, edges: grownEdges, previous: places + [nil])
        let growth = ProcessorTime.seconds - again
        let moved = zip(places, grown).count { $0.x != $1.x || $0.y != $1.y }
        return """
            {"devices":\(devices),"edges":\(network.edges.count),"cpu_seconds":\(whole),\
            "growth_cpu_seconds":\(growth),"moved":\(moved)}
            """
    }

    /// Four cores, a distribution layer with two uplinks each, branches with one or, one in ten, two.
    private static func madeUp(_ devices: Int, _ seed: UInt64) -> (nodes: [LayoutNode], edges: [(Int, Int)]) {
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, bound)))
        }
        let hubs = max(4, devices / 40)
        var edges: [(Int, Int)] = []
        for node in 1..<max(2, devices) {
            let above = node < 4 ? node : node < hubs ? 4 : hubs
            let first = random(above)
            edges.append((node, first))
            if node < hubs || node % 10 == 0 { edges.append((node, (first + 1) % above)) }
        }
        return ((0..<devices).map { LayoutNode(key: "device-\($0)", deviceType: .switch) }, edges)
    }

    private static func seconds(_ work: () -> Void) -> String {
        let clock = ContinuousClock()
        let taken = clock.measure(work)
        return "\(Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)"
    }
}
