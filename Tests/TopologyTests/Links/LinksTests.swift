import Catalog
import Inventory
import Testing

@testable import Topology

@Suite struct LinksTests {
    private func wiring(_ names: [String] = ["a", "b", "c"]) -> Wiring {
        var net = Wiring()
        for name in names { net.device(name, sysName: "\(name).example.net", ports: ["1", "2", "3", "4"]) }
        return net
    }

    @Test func bothEndsAndBothProtocolsMakeOneLink() throws {
        var net = wiring()
        net.cable("a", "1", "b", "2")
        net.cable("a", "1", "b", "2", by: .cdp)
        net.run()
        #expect(net.links == ["a:1 - b:2"])
        let link = try #require(net.book.links.first).link
        #expect(link.witnesses.map(\.source).sorted() == ["cdp", "cdp", "lldp", "lldp"])
        #expect(!link.isSeenFromOneSide)
        #expect(link.confidence == 0.99)
        #expect(link.group == nil)
        #expect(net.contradictions == [])
    }

    @Test func aLinkSeenFromOneSideHasBothEnds() throws {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "2")
        net.run()
        #expect(net.links == ["a:1 - b:2"])
        let link = try #require(net.book.links.first).link
        #expect(link.isSeenFromOneSide)
        #expect(net.port("b", "2")?.connection.deviceID == net.id("a"))
        #expect(net.port("b", "2")?.connection.neighbourName == nil)
    }

    @Test func anEndThatShouldTellAndDoesNotLowersTheConfidence() throws {
        var (silent, mute) = (wiring(), wiring())
        silent.book.descriptions[silent.id("b")]?.protocols = [.lldp]
        silent.hears("a", on: "1", "b", at: "2")
        mute.hears("a", on: "1", "b", at: "2")
        silent.run()
        mute.run()
        let (low, high) = (try #require(silent.book.links.first), try #require(mute.book.links.first))
        #expect(low.link.confidence < high.link.confidence)
    }

    @Test func parallelCablesStayApartInOneGroup() {
        var net = wiring()
        net.cable("a", "1", "b", "2")
        net.cable("a", "3", "b", "4")
        net.cable("a", "4", "c", "1")
        net.run()
        #expect(net.links == ["a:1 - b:2", "a:3 - b:4", "a:4 - c:1"])
        let groups = net.book.links.map(\.link).sorted { Wiring.text($0) < Wiring.text($1) }.map(\.group)
        #expect(groups[0] != nil && groups[0] == groups[1] && groups[2] == nil)
    }

    @Test func membersOfAnAggregateOverTwoDevicesAreOneGroup() {
        var net = wiring()
        for port: Int64 in [1, 2] {
            var member = LocalSystem.Port(ifIndex: port)
            member.aggregateIfIndex = 99
            net.book.descriptions[net.id("a")]?.ports.append(member)
        }
        net.cable("a", "1", "b", "1")
        net.cable("a", "2", "c", "1")
        net.cable("b", "4", "c", "4")
        net.run()
        let groups = net.book.links.map(\.link).sorted { Wiring.text($0) < Wiring.text($1) }.map(\.group)
        #expect(groups == ["\(net.id("a"))/99", "\(net.id("a"))/99", nil])
    }

    @Test func aTelephoneAndTheComputerBehindItAreTwoStrangers() {
        var net = wiring()
        net.hears("a", on: "1", by: .cdp) {
            $0.systemName = "SEP001122334455"
            $0.port = Wiring.name("Port 1")
            $0.capabilities = [.telephone, .bridge]
        }
        net.hears("a", on: "1") {
            $0.systemName = "pc-17"
            $0.chassis = Wiring.mac("b0:7b:25:00:00:01")
            $0.capabilities = [.station]
        }
        let (_, counts) = net.run()
        #expect(net.links == ["?SEP001122334455:Port 1 - a:1", "?pc-17:- - a:1"])
        #expect(counts.orphans == 2)
        #expect(net.contradictions == [])
        #expect(net.port("a", "1")?.connection.neighbourName == "SEP001122334455")
    }

    @Test func aStrangerOfTwoProtocolsIsOneStranger() {
        var net = wiring()
        net.hears("a", on: "1") {
            $0.systemName = "isp-pe1"
            $0.chassis = Wiring.mac("00:aa:00:00:00:01")
            $0.port = Wiring.name("ge-0/0/1")
        }
        net.hears("a", on: "1", by: .cdp) {
            $0.systemName = "isp-pe1.example.org"
            $0.port = Wiring.name("ge-0/0/1")
        }
        let (_, counts) = net.run()
        #expect(net.links == ["?isp-pe1:ge-0/0/1 - a:1"])
        #expect(net.book.links.first?.link.witnesses.count == 2)
        #expect(counts.connections == 2)
    }

    @Test func aDeviceThatCDPCallsByItsAddressOnlyIsTheOneOfLLDP() {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "gi2")
        net.hears("a", on: "1", by: .cdp) {
            $0.chassis = Wiring.mac("00:1b:00:02:ff:f0")
            $0.port = Wiring.name("GigabitEthernet2")
        }
        let (_, counts) = net.run()
        #expect(counts.mapped == 2)
        #expect(net.book.links.count == 1)
        #expect(net.book.links.first?.link.witnesses.map(\.source) == ["cdp", "lldp"])
    }

    @Test func aDeviceUnderTwoNamesIsOneNeighbour() {
        var net = wiring()
        for (protocolHeard, name) in [(NeighbourProtocol.lldp, "b.example.net"), (.cdp, "OLD-NAME")] {
            net.hears("a", on: "1", by: protocolHeard) {
                $0.systemName = name
                if protocolHeard == .lldp { $0.chassis = Wiring.mac(Wiring.chassis(2)) }
                $0.port = Wiring.name("2")
                $0.systemDescription = "Some IOS Software, Version 15.2(7)E3"
                $0.capabilities = [.bridge]
            }
        }
        let (_, counts) = net.run()
        #expect(counts.mapped == 2 && counts.orphans == 0)
        #expect(net.links == ["a:1 - b:2"])
        #expect(net.contradictions == [])
    }

    @Test(arguments: ["Gi0/2", "another port"])
    func aNamelessRowOfLLDPDeniesNothingThatCDPNames(port: String) {
        var net = wiring()
        net.book.descriptions[net.id("b")] = nil
        net.hears("a", on: "1") {
            $0.chassis = Wiring.mac("00:aa:00:00:00:01")
            $0.port = Wiring.name(port)
            $0.capabilities = [.bridge]
        }
        net.hears("a", on: "1", "b", at: "GigabitEthernet0/2", by: .cdp)
        let (_, counts) = net.run()
        #expect(counts.mapped == (port == "Gi0/2" ? 2 : 1))
        #expect(net.links.count { $0.hasPrefix("a:1 - b:") } == 1)
    }

    @Test func whatABridgeWithoutCDPPassesOnIsNoCable() throws {
        var net = wiring()
        net.cable("a", "1", "b", "1")
        net.cable("b", "2", "c", "1")
        net.cable("a", "1", "c", "1", by: .cdp)
        let (_, counts) = net.run()
        #expect(net.links == ["a:1 - b:1", "b:2 - c:1"])
        #expect(counts.mapped == 6)
        #expect(net.contradictions.map(\.kind) == [.portUsedTwice])
        #expect(net.port("a", "1")?.connection.deviceID == net.id("b"))
    }

    @Test func aSharedSegmentIsToldAndDoubted() {
        var net = wiring()
        net.cable("a", "1", "b", "1")
        net.cable("a", "1", "c", "1")
        net.cable("b", "1", "c", "1")
        net.run()
        #expect(net.links == ["a:1 - b:1", "a:1 - c:1", "b:1 - c:1"])
        #expect(net.book.links.allSatisfy { $0.link.confidence < 0.7 })
        #expect(net.contradictions.map(\.kind) == [.portUsedTwice, .portUsedTwice, .portUsedTwice])
    }

    @Test func endsThatNameDifferentPortsAreOneDoubtedLink() throws {
        var net = wiring()
        net.hears("a", on: "1", "b", at: "2")
        net.hears("b", on: "2", "a", at: "4")
        net.run()
        #expect(net.links == ["a:1 - b:2"])
        #expect(net.contradictions.map(\.kind) == [.portsDisagree])
        #expect(try #require(net.book.links.first).link.confidence < 0.8)
    }

    @Test func rowsWithoutALocalPortMeetTheirFarEnd() {
        var net = wiring()
        net.hears("a", on: "port 17", "b", at: "2")
        net.hears("b", on: "2", "a", at: "1")
        net.run()
        #expect(net.links == ["a:1 - b:2"])
    }

    @Test func parallelCablesOfDevicesWithoutInterfacesAreToldApartByTheirWords() {
        var net = Wiring()
        net.device("a")
        net.device("b")
        for number in 1...2 {
            net.hears("a", on: "1/1/\(number)", "b", at: "GigabitEthernet0/\(number)")
            net.hears("b", on: "Gi0/\(number)", "a", at: "1/1/\(number)")
        }
        net.run()
        #expect(net.links == ["a:1/1/1 - b:Gi0/1", "a:1/1/2 - b:Gi0/2"])
        #expect(net.book.links.allSatisfy { !$0.link.isSeenFromOneSide })
    }

    @Test func aManualLinkConfirmsWhatIsHeard() throws {
        var net = wiring()
        net.cable("a", "1", "b", "2")
        net.book.manualLinks = [ManualLink(aDeviceID: net.id("b"), bDeviceID: net.id("a"), at: Wiring.start)]
        net.run()
        let link = try #require(net.book.links.first).link
        #expect(net.links == ["a:1 - b:2"])
        #expect(link.origin == .heard && link.confidence == 1)
        #expect(link.witnesses.map(\.source).sorted() == ["lldp", "lldp", "manual"])
    }

    @Test func aManualLinkStandsAloneWhereNothingIsHeard() throws {
        var net = wiring()
        net.book.manualLinks = [
            ManualLink(
                aDeviceID: net.id("a"), aInterfaceID: net.port("a", "1")?.id, bDeviceID: net.id("c"), at: Wiring.start)
        ]
        net.run()
        let link = try #require(net.book.links.first).link
        #expect(net.links == ["a:1 - c:-"])
        #expect(link.origin == .manual && link.confidence == 1 && !link.isSeenFromOneSide)
        #expect(net.port("a", "1")?.connection.deviceID == net.id("c"))
    }

    @Test func aManualLinkThatTheProtocolsDenyIsTold() {
        var net = wiring()
        net.cable("a", "1", "b", "2")
        net.book.manualLinks = [
            ManualLink(
                aDeviceID: net.id("a"), aInterfaceID: net.port("a", "1")?.id, bDeviceID: net.id("c"), at: Wiring.start)
        ]
        net.run()
        #expect(net.links == ["a:1 - b:2", "a:1 - c:-"])
        #expect(net.contradictions.map(\.kind) == [.manualDisagrees])
    }

    @Test func hostileNamesAreCutAndKeptOnOneLine() throws {
        var net = wiring()
        let name = "<script>\u{7}\n" + String(repeating: "é", count: 65_536)
        net.hears("a", on: "1") {
            $0.systemName = name
            $0.chassis = Wiring.mac("00:aa:00:00:00:01")
            $0.port = Wiring.name(name)
            $0.capabilities = [.bridge]
        }
        net.hears("a", on: "1") {
            $0.systemName = name + "2"
            $0.chassis = Wiring.mac("00:aa:00:00:00:02")
            $0.capabilities = [.bridge]
        }
        net.run()
        #expect(net.book.links.count == 2)
        #expect(net.book.links.allSatisfy { $0.link.b.deviceName.count <= 255 && ($0.link.b.port ?? "").count <= 255 })
        let told = try #require(net.contradictions.first)
        #expect(told.kind == .portUsedTwice && told.explanation.count < 400)
        #expect(!told.explanation.unicodeScalars.contains { $0.value < 32 })
    }

    @Test func thousandsOfBridgesAndOfWhatTheyPassOnAreDoneAtOnce() {
        var net = wiring()
        for number in 0..<5000 {
            net.hears("a", on: "1") {
                $0.chassis = Wiring.mac(Wiring.address(0xAA00 + number >> 8, number))
                $0.port = Wiring.name("p\(number)")
                $0.capabilities = [.bridge]
            }
            net.hears("a", on: "1", by: .cdp) { $0.systemName = "stranger \(number)" }
        }
        let (_, counts) = net.run()
        #expect(counts.connections == 10_000)
    }

    @Test func thousandsOfWordsForOnePortAreDoneAtOnce() {
        var net = Wiring()
        net.device("a")
        net.device("b")
        for number in 0..<3000 {
            net.hears("a", on: "a \(number)", "b", at: "b")
            net.hears("b", on: "b", "a", at: "c \(number)")
        }
        let (_, counts) = net.run()
        #expect(counts.connections == 6000 && counts.mapped == 6000)
    }

    @Test func thousandsOfRowsOnOnePortAreDoneAtOnce() {
        var net = wiring()
        for number in 0..<3000 {
            net.hears("a", on: "1", "b", at: "no port \(number)")
            net.hears("a", on: "2") {
                $0.systemName = "stranger \(number)"
                $0.chassis = Wiring.mac(Wiring.address(0xAA00 + number >> 8, number))
            }
            net.hears("b", on: "2", "a", at: "1")
        }
        let (_, counts) = net.run()
        #expect(counts.connections == 9000)
        #expect(net.links.count { !$0.hasPrefix("?") } == 1)
    }
}
