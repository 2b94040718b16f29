import API
import Catalog
import Inventory
import Listing
import Synchronization
import Testing
import Traffic

/// `/topology/map`: the graph in columns, the same as `/topology` in rows.
@Suite struct TopologyMapTests {
    @Test func theColumnsAreTheGraph() async throws {
        let wiring = try await Wiring()
        let (map, graph) = (try await wiring.get("/topology/map"), try await wiring.get("/topology"))
        let (nodes, edges) = (try #require(map["nodes"]), try #require(map["edges"]))
        #expect(nodes.list("name") == graph.list("nodes").compactMap { $0["name"] })
        #expect(nodes.list("x") == graph.list("nodes").compactMap { $0["x"] })
        let ids = nodes.list("id")
        for (place, edge) in graph.list("edges").enumerated() {
            guard case .integer(let source) = edges.list("source")[place] else { continue }
            #expect(ids[Int(source)] == edge["source"] && edges.list("id")[place] == edge["id"])
            #expect(edges.list("source_interface")[place] == edge["source_interface"])
            #expect(edges.list("up")[place] == edge["is_up"] && edges.list("speed")[place] == edge["speed"])
        }
        #expect(map.list("orphans") == graph.list("orphans") && map["statistics"] == graph["statistics"])
        #expect(map.list("unconnected").count == 1)
    }

    @Test func whatBreaksTheNetworkIsNamed() async throws {
        let wiring = try await Wiring()
        let map = try await wiring.get("/topology/map")
        let names = (map["nodes"]?.list("name") ?? []).map { $0 }
        let points = (map["single_points"]?.list("nodes") ?? []).compactMap { place -> JSONValue? in
            if case .integer(let number) = place { names[Int(number)] } else { nil }
        }
        #expect(points == ["DIST"])
        #expect(map["single_points"]?.list("edges").count == 1)
    }

    @Test func trafficIsOfTheCableInEitherDirection() async throws {
        let box = RatesBox()
        let metrics = MetricsSource(rates: { id in box.rates.first { $0.interfaceID == id } })
        let wiring = try await Wiring(metrics: metrics)
        // DIST sends 500 Mbit/s to ACC and hears 20 Mbit/s; ACC was not read.
        let ports = try await wiring.api.catalog.interfaces(of: wiring.dist)
        let port = try #require(ports.first { $0.facts.ifIndex == 3 })
        let earlier = CounterReading.sample(secondsAgo: 310, inOctets: 0)
        let later = CounterReading.sample(secondsAgo: 10, inOctets: 750_000_000, outOctets: 18_750_000_000)
        box.rates = [InterfaceRates(port.id, later, step: RateLaw().step(from: earlier, to: later))]
        let map = try await wiring.get("/topology/map")
        let edges = try #require(map["edges"])
        let place = try #require(
            edges.list("source_interface").indices.first { place in
                [edges.list("source_interface")[place], edges.list("target_interface")[place]].contains("Gi0/3")
            })
        let loads = [edges.list("to_target")[place], edges.list("to_source")[place]]
        let isSource = edges.list("source_interface")[place] == "Gi0/3"
        #expect(loads == (isSource ? [.real(50), .real(2)] : [.real(2), .real(50)]))
    }
}
