import Catalog
import Inventory
import Listing
import Synchronization
import Topology

/// The wiring at one state of the catalog, with what follows from it.
final class TopologySnapshot: Sendable {
    /// How devices are wired.
    let graph: TopologyGraph
    /// Where it breaks.
    let analysis: GraphAnalysis
    /// The device next to the poller; nil where it is not known.
    let place: DeviceID?
    /// Neighbours that are no devices of the inventory, ready to be listed.
    let orphans: Listing<PlacedRow<TopologyOrphan>>
    private let nodes: [DeviceID: Int]
    private let edges: [LinkRecordID: Int]
    private let made = Mutex(Made())

    /// What is made when it is first asked for.
    private struct Made {
        var json: [UInt8]?
        var points: [SinglePointOfFailure]?
    }

    init(_ graph: TopologyGraph, place: DeviceID?) {
        self.graph = graph
        analysis = GraphAnalysis(graph)
        orphans = Listing(PlacedRow.all(graph.orphans), schema: OrphanColumns.schema)
        let nodes = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        edges = Dictionary(graph.edges.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.nodes = nodes
        self.place = place.flatMap { nodes[$0] == nil ? nil : $0 }
    }

    /// The node of a device; nil where it is not in the graph.
    func node(_ id: DeviceID) -> TopologyNode? { nodes[id].map { graph.nodes[$0] } }

    /// The cable of a record; nil where it is not in the graph.
    func edge(_ id: LinkRecordID) -> TopologyEdge? { edges[id].map { graph.edges[$0] } }

    /// Name of a device; empty where it is not in the graph.
    func name(_ id: DeviceID) -> String { node(id)?.name ?? "" }

    /// The whole graph as a document, written once; who asks meanwhile waits for it.
    var json: [UInt8] {
        made.withLock { made in
            if let json = made.json { return json }
            let json = TopologyJSON(self).graph(graph)
            made.json = json
            return json
        }
    }

    /// What cuts others off if it fails, seen from the poller's place, the worst first.
    var singlePoints: [SinglePointOfFailure] {
        made.withLock { made in
            if let points = made.points { return points }
            let points = analysis.singlePointsOfFailure(from: place)
            made.points = points
            return points
        }
    }

    /// The wiring as the catalog has it now.
    static func present(_ services: APIServices) async throws -> TopologySnapshot {
        let book = try await services.catalog.topologyBook()
        let place = await services.topology.place(book)
        return TopologySnapshot(GraphBuilder.graph(book: book), place: place)
    }

    /// The wiring as it was at a time; devices, their names and places are those of now.
    static func past(_ services: APIServices, at time: Timestamp) async throws -> TopologySnapshot {
        let book = try await services.catalog.topologyBook()
        let records = try await services.catalog.links(at: time)
        let revisions = try await services.catalog.topologyRevisions(limit: .max)
        var graph = GraphBuilder.graph(book: book, records: records, at: time)
        graph.revision = revisions.first { $0.at <= time }?.number ?? 0
        graph.at = time
        return TopologySnapshot(graph, place: await services.topology.place(book))
    }
}
