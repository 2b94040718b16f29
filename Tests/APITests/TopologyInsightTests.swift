import API
import Catalog
import Inventory
import Listing
import Synchronization
import Testing
import Topology

/// Counts calls.
final class CallCount: Sendable {
    private let number = Mutex(0)

    func count() { number.withLock { $0 += 1 } }

    var value: Int { number.withLock { $0 } }
}

@Suite struct TopologyInsightTests {
    private static func seenFromCore(_ name: String = "CORE") -> TopologySource {
        TopologySource(place: { book in book.devices.first { $0.name == name }?.id })
    }

    private static func names(_ document: JSONValue, _ member: String) -> [String] {
        document.list(member).map { $0.text("name") }
    }

    @Test func whatADeviceCutsOffIsSeenFromThePollersPlace() async throws {
        let wiring = try await Wiring(topology: Self.seenFromCore())
        let impact = try await wiring.get("/topology/impact?device=dist")
        #expect(impact["viewpoint"]?["device_name"] == "CORE" && impact["viewpoint_fails"] == false)
        #expect(Self.names(impact, "cut_off") == ["ACC"] && impact["cut_off_count"] == 1)
        #expect(impact.list("failed_links").count == 3)
        let other = try await wiring.get("/topology/impact?device=DIST&from=ACC")
        #expect(Self.names(other, "cut_off") == ["CORE"])
        let own = try await wiring.get("/topology/impact?device=CORE")
        #expect(own["viewpoint_fails"] == true)
    }

    @Test func oneOfTwoParallelCablesCutsNothingOff() async throws {
        let wiring = try await Wiring(topology: Self.seenFromCore())
        for edge in try await wiring.get("/topology").list("edges") {
            let impact = try await wiring.get("/topology/impact?link=\(edge.text("id"))")
            let isLast = [edge.text("source_name"), edge.text("target_name")].contains("ACC")
            #expect(Self.names(impact, "cut_off") == (isLast ? ["ACC"] : []))
            #expect(impact["element"]?["edge"] == edge)
        }
    }

    @Test func singlePointsOfFailureAreToldWithWhatTheyCutOff() async throws {
        let wiring = try await Wiring(topology: Self.seenFromCore())
        let points = try await wiring.get("/topology/single-points")
        #expect(points["viewpoint"]?["kind"] == "device" && points["viewpoint"]?["device_name"] == "CORE")
        let devices = try await wiring.get("/topology/single-points?kind=device")
        #expect(devices.list("items").contains { $0["device_name"] == "DIST" && $0["cut_off"] == 1 })
        let links = try await wiring.get("/topology/single-points?kind=link")
        #expect(links.list("items").map { $0["edge"]?.text("source_interface") == nil } == [false])
        #expect(links["total"] == 1)
        #expect(points["total"] == .integer(Int64(devices.list("items").count + 1)))
        #expect(try await wiring.get("/topology/single-points?limit=1").list("items").count == 1)
    }

    @Test func aPathLeadsFromOneDeviceToTheOther() async throws {
        let wiring = try await Wiring()
        let path = try await wiring.get("/topology/path?from=ACC&to=core")
        #expect(path["is_connected"] == true && path["cables"] == 2 && path["is_redundant"] == false)
        #expect(Self.names(path, "nodes") == ["ACC", "DIST", "CORE"])
        #expect(Self.names(path, "single_points") == ["DIST"])
        #expect(path.list("edges").count == 2)
        let none = try await wiring.get("/topology/path?from=CORE&to=LONE")
        #expect(none["is_connected"] == false && none["nodes"] == [] && none["cables"] == .null)
    }

    @Test func aCableThatWasMovedIsToldAsOne() async throws {
        let wiring = try await Wiring(isRead: false)
        let (first, second) = (Fixture.now.advanced(bySeconds: -7200), Fixture.now.advanced(bySeconds: -60))
        try await wiring.read(Wiring.tables(parallel: false), at: first)
        var tables = Wiring.tables(parallel: false)
        tables["CORE"] = [Wiring.heard(2, "DIST", "Gi0/1")]
        tables["DIST"] = [Wiring.heard(1, "CORE", "Gi0/2")]
        tables["ACC"] = []
        try await wiring.read(tables, at: second)
        let changes = try await wiring.get("/topology/changes?from=-1h")
        #expect(changes["moved"] == 1 && changes["appeared"] == 0 && changes["is_complete"] == true)
        let moved = try #require(changes.list("items").first { $0["change"] == "moved" })
        #expect(
            moved["revision"] == 2 && moved.text("at") == second.description && moved.text("since") == first.description
        )
        let ports = ["from", "to"].map { side in
            Set(["source_interface", "target_interface"].map { moved[side]?.text($0) ?? "" })
        }
        #expect(ports == [["Gi0/1"], ["Gi0/1", "Gi0/2"]])
        // The cable of ACC and the one of its telephone.
        #expect(changes["vanished"] == 2)
        let before = try await wiring.get("/topology/changes?from=-3h&to=-1h")
        #expect(before["appeared"] == 3 && before["moved"] == 0 && before["vanished"] == 0)
    }

    @Test func changesThatAreCutShortSaySo() async throws {
        let wiring = try await Wiring(isRead: false)
        try await wiring.read(Wiring.tables(), at: Fixture.now.advanced(bySeconds: -60))
        #expect(try await wiring.get("/topology/changes?limit=2")["is_complete"] == false)
        #expect(try await wiring.get("/topology/changes?limit=4")["is_complete"] == true)
    }

    @Test func whatContradictsItselfIsListed() async throws {
        let wiring = try await Wiring(isRead: false)
        var tables = Wiring.tables()
        tables["CORE"]?[0] = Wiring.heard(1, "DIST", "Gi0/3")
        try await wiring.read(tables)
        let found = try await wiring.get("/topology/contradictions")
        #expect(found["total"] != 0)
        let names = Set(found.list("items").flatMap { $0.list("device_names") })
        #expect(names.isSuperset(of: ["CORE", "DIST"]))
        #expect(found.list("items").allSatisfy { !$0.text("explanation").isEmpty })
    }
}
