import Catalog
import Discovery
import Inventory
import Testing

@testable import Topology

@Suite struct RevisionTests {
    private func wiring() -> Wiring {
        var net = Wiring()
        for name in ["a", "b", "c"] { net.device(name, sysName: "\(name).example.net", ports: ["1", "2", "3", "4"]) }
        return net
    }

    private func cabled(_ net: inout Wiring) {
        net.cable("a", "1", "b", "1")
        net.cable("b", "2", "c", "1")
        net.hears("a", on: "4") { $0.systemName = "stranger" }
        net.answers("c")
    }

    @Test func theFirstRunMakesRevisionOneEvenOfNothing() {
        var net = Wiring()
        let (change, counts) = net.run()
        #expect(change.revision.number == 1)
        #expect(counts == TopologyCounts())
    }

    @Test func anUnchangedRunWritesSeenTimesOnly() {
        var net = wiring()
        cabled(&net)
        let (first, counts) = net.run()
        #expect(first.revision.number == 1 && first.revision.appeared == 3 && first.revision.links == 2)
        #expect(counts.connections == 5 && counts.mapped == 4 && counts.orphans == 1 && counts.connectedDevices == 3)
        #expect(counts.linksSeenFromBothSides == 2)
        let before = net.book
        cabled(&net)
        let (second, again) = net.run(after: 60)
        #expect(second.revision.number == 1)
        #expect(second.savedLinks.isEmpty && second.positions.isEmpty && second.connections.isEmpty)
        #expect(second.insertedNeighbours.isEmpty && second.updatedNeighbours.isEmpty)
        #expect(second.removedNeighbours.isEmpty && second.descriptions.isEmpty)
        #expect(Set(second.heardDevices) == Set(["a", "b", "c"].map { net.id($0) }))
        #expect(again.appeared == 0 && again.vanished == 0)
        #expect(net.book.neighbours.map(\.id) == before.neighbours.map(\.id))
        #expect(net.book.links == before.links)
    }

    @Test func aMovedCableIsOneVanishedAndOneAppearedLink() throws {
        var net = wiring()
        cabled(&net)
        net.run()
        net.cable("a", "1", "c", "3")
        net.cable("b", "2", "c", "1")
        net.hears("a", on: "4") { $0.systemName = "stranger" }
        let (change, counts) = net.run(after: 60)
        #expect(change.revision.number == 2 && counts.appeared == 1 && counts.vanished == 1)
        #expect(net.links == ["?stranger:- - a:4", "a:1 - c:3", "b:2 - c:1"])
        let gone = try #require(change.savedLinks.first { $0.vanishedRevision != nil })
        #expect(gone.vanishedRevision == 2 && gone.appearedRevision == 1 && Wiring.text(gone.link) == "a:1 - b:1")
        #expect(net.port("b", "1")?.connection == InterfaceConnection())
        #expect(net.port("a", "1")?.connection.deviceID == net.id("c"))
    }

    @Test func aCableMovedToAnotherPortOfTheSameDeviceIsAnotherLink() {
        var net = wiring()
        net.cable("a", "1", "b", "1")
        net.run()
        net.cable("a", "1", "b", "2")
        let (_, counts) = net.run(after: 60)
        #expect(counts.appeared == 1 && counts.vanished == 1)
        #expect(net.links == ["a:1 - b:2"])
    }

    @Test func aDeviceThatFailsKeepsItsRowsAndLinks() {
        var net = wiring()
        cabled(&net)
        net.run()
        let before = net.book
        net.hears("b", on: "1", "a", at: "1")
        net.hears("b", on: "2", "c", at: "1")
        net.hears("c", on: "1", "b", at: "2")
        net.failed = [net.id("a")]
        let (change, counts) = net.run(after: 60)
        #expect(change.revision.number == 1 && counts.devicesFailed == 1 && counts.devicesRead == 2)
        #expect(net.book.links == before.links)
        let kept = net.book.neighbours.filter { $0.deviceID == net.id("a") }
        #expect(kept == before.neighbours.filter { $0.deviceID == net.id("a") })
    }

    @Test func aLinkOfWhichOnlyTheFailedDeviceTellsStays() {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "1")
        net.run()
        net.failed = [net.id("a")]
        net.answers("b")
        net.run(after: 60)
        #expect(net.links == ["a:1 - b:1"])
        net.answers("a")
        net.run(after: 120)
        #expect(net.links == [])
    }

    @Test func newerWordsAboutAPortOverruleThoseOfAFailedDevice() {
        var net = wiring()
        net.cable("a", "1", "b", "1")
        net.run()
        net.cable("b", "1", "c", "1")
        net.failed = [net.id("a")]
        net.run(after: 60)
        #expect(net.links == ["b:1 - c:1"])
        #expect(net.contradictions == [])
    }

    @Test func aTableThatWasNotReadToItsEndDeniesNothing() throws {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "1")
        net.hears("a", on: "2", "c", at: "1", by: .cdp)
        net.run()
        net.hears("a", on: "3", "c", at: "3")
        net.arrivals[net.id("a")]?.failed = [.lldp: "timeout"]
        let (change, _) = net.run(after: 60)
        #expect(net.links == ["a:1 - b:1", "a:3 - c:3"])
        #expect(change.heardDevices.isEmpty && change.removedNeighbours.count == 1)
        let seen = net.book.neighbours.map { $0.lastSeenAt.secondsSince(Wiring.start) }.sorted()
        #expect(seen == [0, 60])
    }

    @Test func identitiesStayWhenANeighbourRenamesItsPort() throws {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "1")
        net.run()
        let before = try #require(net.book.neighbours.first)
        net.hears("a", on: "1", "b", at: "2")
        net.run(after: 60)
        let after = try #require(net.book.neighbours.first)
        #expect(
            after.id == before.id && after.firstSeenAt == before.firstSeenAt && after.lastSeenAt > before.lastSeenAt)
        #expect(after.match.interfaceID == net.port("b", "2")?.id)
    }

    @Test func aStrangerThatIsAdoptedKeepsItsLink() throws {
        var net = wiring()
        net.hears("a", on: "1") {
            $0.systemName = "new.example.net"
            $0.port = Wiring.name("1")
        }
        net.run()
        let before = try #require(net.book.links.first)
        net.device("new", sysName: "new.example.net", ports: ["1"])
        net.answers("new")
        net.failed = [net.id("a")]
        let (change, counts) = net.run(after: 60)
        #expect(net.links == ["a:1 - new:1"])
        #expect(net.book.links.first?.id == before.id && counts.mapped == 1)
        #expect(change.positions.count > 0)
    }

    @Test func thousandsOfStrangersThatAllGiveWayToOthersAreDoneAtOnce() {
        var net = wiring()
        let device = net.book.devices[0].name
        let port = net.book.ports.first { $0.deviceID == net.book.devices[0].id }?.facts.ifName ?? ""
        for round in 0..<2 {
            net.arrivals = [:]
            for number in 0..<8000 { net.hears(device, on: port) { $0.systemName = "guest-\(round)-\(number)" } }
            net.run()
        }
        #expect(net.book.links.count { $0.vanishedRevision == nil } == 8000)
    }

    @Test func aDeviceThatIsRemovedTakesItsRowsAndBecomesAStranger() {
        var net = wiring()
        cabled(&net)
        net.run()
        let gone = net.id("b")
        net.book.devices.removeAll { $0.id == gone }
        net.book.ports.removeAll { $0.deviceID == gone }
        net.hears("c", on: "1") { $0.systemName = "b.example.net" }
        net.run(after: 60)
        #expect(net.book.neighbours.allSatisfy { $0.deviceID != gone && $0.match.deviceID != gone })
        #expect(net.links == ["?b.example.net:- - c:1", "?b.example.net:1 - a:1", "?stranger:- - a:4"])
    }

    @Test func aNewNameOfADeviceChangesItsLinksAndMakesNoRevision() throws {
        var net = wiring()
        cabled(&net)
        net.run()
        for place in net.book.devices.indices where net.book.devices[place].name == "a" {
            net.book.devices[place].name = "alpha"
        }
        let (change, _) = net.run(after: 60)
        #expect(change.revision.number == 1 && change.savedLinks.count == 2)
        #expect(net.links.contains("alpha:1 - b:1"))
    }

    @Test func theInfrastructureNeighbourSpeaksForThePort() throws {
        var net = wiring()
        net.hears("a", on: "1") {
            $0.systemName = "aaa-pc"
            $0.capabilities = [.station]
        }
        net.hears("a", on: "1", "b", at: "1", by: .cdp)
        net.run()
        let connection = try #require(net.port("a", "1")).connection
        #expect(connection.deviceID == net.id("b") && connection.interfaceID == net.port("b", "1")?.id)
        #expect(connection.neighbourName == "b.example.net" && connection.neighbourPort == "1")
        #expect(connection.neighbourProtocol == "cdp")
        net.answers("a")
        net.run(after: 60)
        #expect(net.port("a", "1")?.connection == InterfaceConnection())
    }

    @Test func inferredLinksStayWhileTheirBridgeIsNotReadAndGoWhenTheyAreNotWanted() throws {
        var net = wiring()
        let printer = net.device("printer", ports: ["eth0"], chassis: "none", type: .other)
        let address = try #require(net.port("printer", "eth0")?.facts.ifPhysAddress)
        let settings = TopologySettings(infersFromForwarding: true)
        net.cable("a", "1", "b", "1")
        net.arrivals[net.id("a")]?.forwarding = [address: 3]
        net.answers("printer")
        net.answers("c")
        net.run(settings: settings)
        #expect(net.links == ["a:1 - b:1", "a:3 - printer:eth0"])
        let inferred = try #require(net.book.links.first { $0.link.origin == .inferred })
        #expect(inferred.link.confidence < 0.5 && net.port("a", "3")?.connection.deviceID == printer)
        net.failed = [net.id("a")]
        let (change, _) = net.run(after: 60, settings: settings)
        #expect(change.revision.number == 1 && net.book.links.contains(inferred))
        net.run(after: 120)
        #expect(net.links == ["a:1 - b:1"])
    }

    @Test func aRunOverOneDeviceInfersNothingAsItsTrunksCannotBeTold() throws {
        var net = wiring()
        net.device("printer", ports: ["eth0"], chassis: "none", type: .other)
        let address = try #require(net.port("printer", "eth0")?.facts.ifPhysAddress)
        net.cable("a", "1", "b", "1")
        net.arrivals[net.id("a")]?.forwarding = [address: 3]
        let onlyA = net.id("a")
        net.arrivals = net.arrivals.filter { $0.key == onlyA }
        net.run(settings: TopologySettings(infersFromForwarding: true))
        #expect(net.links == ["a:1 - b:1"])
    }
}
