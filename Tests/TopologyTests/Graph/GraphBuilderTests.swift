import Catalog
import Inventory
import Testing

@testable import Topology

@Suite("The graph of a catalog")
struct GraphBuilderTests {
    private func stranger(
        _ device: Int, port: String, name: String?, chassis: String? = nil, by heardBy: NeighbourProtocol = .lldp
    ) -> Neighbour {
        var reading = NeighbourReading(heardBy: heardBy, localPort: port)
        reading.systemName = name
        reading.chassis = chassis.map { NeighbourID(kind: .mac, text: $0) }
        return Neighbour(
            deviceID: GraphFixture.device(device), interfaceID: nil, reading: reading, at: GraphFixture.start)
    }

    @Test func `devices and cables are ordered as people count`() {
        var network = GraphFixture(12)
        for port in [11, 2, 10] { network.join(0, port) }
        let graph = GraphBuilder.graph(book: network.book)
        #expect(graph.nodes.map(\.name) == (0..<12).map { "sw\($0)" })
        #expect(graph.edges.map { graph.nodes[$0.b].name } == ["sw2", "sw10", "sw11"])
        #expect(graph.nodes.map(\.degree).reduce(0, +) == 6)
    }

    @Test func `parallel cables are ordered by their ports, port 2 before port 10`() {
        let network = GraphFixture(2, cables: (0..<12).reversed().map { _ in (1, 0) })
        let graph = GraphBuilder.graph(book: network.book)
        #expect(graph.edges.map { $0.link.a.port ?? "" } == (0..<12).map { "Gi0/\($0)" })
    }

    @Test func `a cable is as fast as its slower end, and up where both are`() {
        var network = GraphFixture(3)
        network.join(0, 1, speed: 1_000)
        network.join(1, 2)
        network.isDown = [1]
        var book = network.book
        book.ports[1].facts.ifSpeed = 500
        let graph = GraphBuilder.graph(book: book)
        #expect(graph.edges.map(\.speed) == [500, nil])
        #expect(graph.edges.map(\.isUp) == [true, false])
        #expect(graph.edges[0].interfaceType == .trunk)
        book.ports = []
        #expect(GraphBuilder.graph(book: book).edges.allSatisfy { $0.isUp == nil && $0.interfaceType == nil })
    }

    @Test func `strangers are gathered by chassis, and a row of CDP joins that of LLDP by name`() {
        var book = GraphFixture(3, cables: [(0, 1)]).book
        book.neighbours += [
            stranger(0, port: "7", name: "Phone-1", chassis: "00:1b:21:00:00:01"),
            stranger(1, port: "10", name: "phone-1", by: .cdp),
            stranger(1, port: "2", name: "other", chassis: "00:1b:21:00:00:02"),
            stranger(2, port: "1", name: nil, chassis: "00:1b:21:00:00:01"),
            stranger(2, port: "2", name: nil), stranger(2, port: "3", name: nil),
        ]
        let graph = GraphBuilder.graph(book: book)
        #expect(graph.orphans.map { $0.seenFrom.count } == [1, 1, 1, 3])
        let phone = graph.orphans.first { $0.key == "00:1b:21:00:00:01" }
        #expect(phone?.name == "Phone-1")
        #expect(phone?.seenFrom.map(\.deviceName) == ["sw0", "sw1", "sw2"])
        #expect(graph.statistics.totalConnections == 7)
        #expect(graph.statistics.mappedConnections == 1)
        #expect(graph.statistics.orphanConnections == 6)
    }

    @Test func `one name of two chassis is two strangers`() {
        var book = GraphFixture(1).book
        book.neighbours = [
            stranger(0, port: "1", name: "localhost", chassis: "00:1b:21:00:00:01"),
            stranger(0, port: "2", name: "localhost", chassis: "00:1b:21:00:00:02"),
            stranger(0, port: "3", name: "localhost", by: .cdp),
        ]
        #expect(GraphBuilder.graph(book: book).orphans.count == 3)
    }

    @Test func `the sums count what the graph holds`() {
        let network = GraphFixture(8, cables: [(0, 1), (0, 1), (1, 2), (4, 5)])
        let sums = GraphBuilder.graph(book: network.book).statistics
        #expect(sums.totalDevices == 8)
        #expect(sums.connectedDevices == 5)
        #expect(sums.unconnectedDevices == 3)
        #expect(sums.connectedPercent == 62.5)
        #expect(sums.edges == 4)
        #expect(sums.components == 2)
        #expect(sums.largestComponent == 3)
        #expect(sums.articulationPoints == 1)
        #expect(sums.bridges == 2)
        #expect(sums.edgesSeenFromBothSides == 0)
    }

    @Test func `a cable from a device to itself, or to a device that is gone, is none`() {
        var book = GraphFixture(3, cables: [(0, 1), (1, 2)]).book
        book.links[0].link.b = book.links[0].link.a
        book.devices.removeAll { $0.name == "sw2" }
        let graph = GraphBuilder.graph(book: book)
        #expect(graph.edges.isEmpty)
        #expect(graph.nodes.map(\.degree) == [0, 0])
    }

    @Test func `a manual link counts from its entry to its removal, whether or not discovery ran`() {
        var book = GraphFixture(3, cables: [(0, 1)]).book
        book.manualLinks = [
            ManualLink(
                aDeviceID: GraphFixture.device(1), bDeviceID: GraphFixture.device(2),
                at: GraphFixture.start.advanced(bySeconds: 5))
        ]
        let graph = GraphBuilder.graph(book: book)
        #expect(graph.edges.map(\.link.origin) == [.heard, .manual])
        #expect(graph.edges.last?.since == book.manualLinks[0].createdAt)
        #expect(graph.edges.last.map { [$0.a, $0.b].sorted() } == [1, 2])
        #expect(graph.statistics.connectedDevices == 3)

        if let entered = graph.edges.last {
            book.links.append(LinkRecord(id: entered.id, link: entered.link, revision: 2, at: entered.since))
        }
        #expect(GraphBuilder.graph(book: book).edges == graph.edges)
        book.manualLinks = []
        #expect(GraphBuilder.graph(book: book).edges.map(\.link.origin) == [.heard])
    }

    @Test func `in the past a device that is gone has the name it had, and strangers are remembered`() {
        var book = GraphFixture(3, cables: [(0, 1), (1, 2)]).book
        var records = book.links
        records[1].link.b.deviceID = nil
        book.devices.removeAll { $0.name == "sw1" }
        let then = GraphFixture.start.advanced(bySeconds: 60)
        let graph = GraphBuilder.graph(book: book, records: records, at: then)
        #expect(graph.nodes.map(\.name) == ["sw0", "sw1", "sw2"])
        #expect(graph.nodes.map(\.isGone) == [false, true, false])
        #expect(graph.edges.count == 1)
        #expect(graph.orphans.map(\.name) == ["sw2"])
        #expect(graph.at == then)
        #expect(graph.statistics.totalConnections == 2)
        #expect(graph.statistics.mappedConnections == 1)
    }

    @Test func `around a device are those within so many cables, and what joins them`() {
        let network = GraphFixture(6, cables: [(0, 1), (1, 2), (2, 3), (0, 2), (4, 5)])
        let focus = GraphFocus(GraphBuilder.graph(book: network.book))
        let near = focus.around(GraphFixture.device(0), depth: 1)
        #expect(near.nodes.map(\.name) == ["sw0", "sw1", "sw2"])
        #expect(near.edges.count == 3)
        #expect(near.edges.allSatisfy { near.nodes[$0.a].id == $0.link.a.deviceID })
        #expect(near.statistics.totalDevices == 3)
        #expect(focus.around(GraphFixture.device(0), depth: -1).nodes.count == 1)
        #expect(focus.around(GraphFixture.device(0), depth: .max).nodes.count == 4)
        #expect(focus.around(GraphFixture.device(99), depth: 3).nodes.isEmpty)
    }

    @Test func `a filter keeps devices of any of the types that have any of the tags`() {
        var network = GraphFixture(3, cables: [(0, 1), (1, 2)])
        network.types = [.switch, .router, .router]
        var book = network.book
        for number in book.devices.indices { book.devices[number].tags = number == 2 ? ["core", "hq"] : ["hq"] }
        let focus = GraphFocus(GraphBuilder.graph(book: book))
        #expect(focus.filtered(types: [.router]).nodes.map(\.name) == ["sw1", "sw2"])
        #expect(focus.filtered(types: [.router], tags: ["core", "x"]).nodes.map(\.name) == ["sw2"])
        #expect(focus.filtered().nodes.count == 3)
        #expect(focus.filtered(types: [.router]).nodes.map(\.degree) == [2, 1])
    }
}
