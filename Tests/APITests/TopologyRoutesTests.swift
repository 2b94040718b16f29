import API
import Inventory
import Listing
import Testing
import Topology

@Suite struct TopologyRoutesTests {
    @Test func theGraphHasOneEdgeForEachCable() async throws {
        let wiring = try await Wiring()
        let graph = try await wiring.get("/topology")
        #expect(
            Wiring.cables(graph) == [
                "ACC Gi0/1 - DIST Gi0/3", "CORE Gi0/1 - DIST Gi0/1", "CORE Gi0/2 - DIST Gi0/2",
            ])
        #expect(graph.list("nodes").map { $0.text("name") } == ["ACC", "CORE", "DIST", "LONE"])
        #expect(graph.list("unconnected_devices").map { $0.text("name") } == ["LONE"])
        #expect(graph["revision"] == 1)
        let ids = Set(graph.list("nodes").map { $0.text("id") })
        for edge in graph.list("edges") {
            #expect(ids.contains(edge.text("source")) && ids.contains(edge.text("target")))
            #expect(edge["seen_from"] == "both" && edge["protocols"] == ["lldp"] && edge["origin"] == "heard")
            #expect(edge.list("evidence").count == 2 && edge["is_up"] == true && edge["speed"] == 1_000_000_000)
        }
    }

    @Test func anOrphanIsKeptWithWhoSeesIt() async throws {
        let wiring = try await Wiring()
        let graph = try await wiring.get("/topology")
        let orphan = try #require(graph.list("orphans").first)
        #expect(orphan.text("neighbor_name") == Wiring.phone)
        let sighting = try #require(orphan.list("seen_from").first)
        #expect(sighting["device_name"] == "ACC" && sighting["interface"] == "Gi0/2" && sighting["protocol"] == "cdp")
    }

    @Test func theSumsAreThoseOfTheGraph() async throws {
        let wiring = try await Wiring()
        let sums = try await wiring.get("/topology/statistics")
        #expect(sums["total_devices"] == 4 && sums["connected_devices"] == 3 && sums["unconnected_devices"] == 1)
        #expect(sums["connected_percent"] == .real(75) || sums["connected_percent"] == 75)
        #expect(sums["total_connections"] == 7 && sums["mapped_connections"] == 6 && sums["orphans"] == 1)
        #expect(sums["edges"] == 3 && sums["edges_seen_from_both_sides"] == 3)
        #expect(try await wiring.get("/topology")["statistics"] == sums)
    }

    @Test func theSameQuestionHasTheSameAnswer() async throws {
        let wiring = try await Wiring()
        let first = await wiring.api.send("GET", "/topology").bytes
        // What is kept is thrown away by a change that changes nothing of the wiring.
        #expect(await wiring.api.send("PUT", "/profiles/p", #"{"version":"1","community":"x"}"#).status == 200)
        try await wiring.read([:])
        #expect(await wiring.api.send("GET", "/topology").bytes == first)
    }

    @Test(arguments: [
        ("around=ACC", ["ACC", "DIST"]), ("around=acc&depth=2", ["ACC", "CORE", "DIST"]),
        ("around=LONE&depth=9", ["LONE"]), ("around=CORE&depth=0", ["CORE"]), ("device_type=router", ["CORE"]),
        ("device_type=router,switch&tag=hq", ["ACC", "CORE", "DIST"]), ("tag=none", []),
        ("around=ACC&device_type=switch", ["ACC", "DIST"]),
    ])
    func aPartHasTheDevicesThatAreAskedFor(_ query: String, _ names: [String]) async throws {
        let wiring = try await Wiring()
        let graph = try await wiring.get("/topology?\(query)")
        #expect(graph.list("nodes").map { $0.text("name") } == names)
        let ids = Set(graph.list("nodes").map { $0.text("id") })
        #expect(
            graph.list("edges").allSatisfy { ids.contains($0.text("source")) && ids.contains($0.text("target")) })
    }

    @Test func aDeviceIsNamedByItsIdToo() async throws {
        let wiring = try await Wiring()
        #expect(try await wiring.get("/topology?around=\(wiring.acc)") == wiring.get("/topology?around=ACC"))
    }

    @Test(arguments: [
        ("/topology?around=CORR", 422, "around", "CORE"), ("/topology?around=", 400, "around", "1 to 255"),
        ("/topology?around=CORE&depth=101", 400, "depth", "0 to 100"), ("/topology?depth=2", 422, "depth", "around"),
        ("/topology?device_type=toaster", 400, "device_type", "switch"), ("/topology?tag=", 400, "tag", "1 to 64"),
        ("/topology?as_of=yesterday", 400, "as_of", "RFC 3339"), ("/topology?arround=CORE", 400, "arround", "around"),
        ("/topology/impact", 422, "device", "either"), ("/topology/impact?device=CORE&link=x", 400, "link", "UUID"),
        ("/topology/impact?link=00000000-0000-0000-0000-000000000000", 422, "link", "no cable"),
        ("/topology/path?from=CORE", 400, "to", "needed"), ("/topology/path?from=CORE&to=X", 422, "to", "X"),
        ("/topology/changes?from=now&to=-1h", 422, "from", "before"), ("/topology/changes?limit=0", 400, "limit", "1"),
        ("/topology/single-points?kind=both", 400, "kind", "device, link"),
        ("/topology/export?format=pdf", 400, "format", "svg"), ("/topology/orphans?sort=key", 400, "sort", "key"),
    ])
    func aWrongQuestionIsToldWithItsField(
        _ path: String, _ status: Int, _ field: String, _ words: String
    ) async throws {
        let wiring = try await Wiring()
        let answer = await wiring.api.send("GET", path)
        #expect(answer.status == status, "\(answer.text)")
        let problem = try answer.document
        #expect(problem.list("errors").map { $0.text("field") } == [field])
        #expect(problem.text("detail").contains(words), "\(problem.text("detail"))")
        #expect(!problem.text("remedy").isEmpty)
    }

    @Test func theWiringOfFormerTimesIsKept() async throws {
        let wiring = try await Wiring()
        let later = Fixture.now.advanced(bySeconds: -60)
        // The first run was an hour ago, the second a minute ago.
        let api = try await Wiring(isRead: false)
        try await api.read(Wiring.tables(), at: Fixture.now.advanced(bySeconds: -3600))
        try await api.read(Wiring.tables(parallel: false), at: later)
        #expect(Wiring.cables(try await api.get("/topology")).count == 2)
        #expect(
            Wiring.cables(try await api.get("/topology?as_of=-30m")) == Wiring.cables(try await wiring.get("/topology"))
        )
        #expect(try await api.get("/topology?as_of=-30m")["revision"] == 1)
        #expect(Wiring.cables(try await api.get("/topology?as_of=-2h")).isEmpty)
        #expect(Wiring.cables(try await api.get("/topology?as_of=now")).count == 2)
        let revisions = try await api.get("/topology/revisions")
        #expect(revisions.list("items").map { $0["number"] } == [2, 1] && revisions["total"] == 2)
        #expect(revisions.list("items").first?["vanished"] == 1)
    }

    @Test func anEmptyCatalogHasAnEmptyGraph() async throws {
        let api = try Fixture()
        let graph = try await api.send("GET", "/topology").document
        #expect(graph["revision"] == 0 && graph["at"] == .null && graph["nodes"] == [] && graph["edges"] == [])
        for path in ["statistics", "orphans", "contradictions", "changes", "revisions", "single-points", "links"] {
            #expect(await api.send("GET", "/topology/\(path)").status == 200, "\(path)")
        }
    }

    @Test func aGraphIsAnsweredFromMemoryUntilSomethingChanges() async throws {
        let loads = CallCount()
        let wiring = try await Wiring(
            topology: TopologySource(place: { _ in
                loads.count()
                return nil
            }))
        for _ in 0..<5 { _ = try await wiring.get("/topology") }
        #expect(loads.value == 1)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try? await wiring.get("/topology?around=ACC") } }
        }
        #expect(loads.value == 1)
        try await wiring.read(Wiring.tables(parallel: false))
        #expect(Wiring.cables(try await wiring.get("/topology")).count == 2)
        #expect(loads.value == 2)
    }

    @Test func aRunIsStartedForAllOrForOneDevice() async throws {
        let wiring = try await Wiring()
        let all = await wiring.api.send("POST", "/topology/discover")
        #expect(try all.status == 202 && all.document["job"] == "discover-topology")
        let one = await wiring.api.send("POST", "/topology/discover/\(wiring.acc)")
        #expect(try one.status == 202 && one.document["job"] == "discover-device-topology")
        #expect(try one.document["subject"] == .string("\(wiring.acc)"))
        let unknown = await wiring.api.send("POST", "/topology/discover/00000000-0000-0000-0000-000000000000")
        #expect(unknown.status == 404)
        #expect(await wiring.api.send("PATCH", "/devices/\(wiring.acc)", #"{"enabled":false}"#).status == 200)
        #expect(await wiring.api.send("POST", "/topology/discover/\(wiring.acc)").status == 409)
    }
}
