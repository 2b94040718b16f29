import Catalog
import Discovery
import Inventory
import Testing

@testable import Topology

@Suite struct MatchingPropertyTests {
    @Test(arguments: 0..<20)
    func theTrueCablingIsFoundAndNoneFalse(block: UInt64) {
        for seed in block * 50..<block * 50 + 50 {
            var network = RandomNetwork(seed: seed)
            let (_, counts) = network.net.run()
            let links = network.net.links
            #expect(links.filter { !$0.hasPrefix("?") } == network.truth, "seed \(seed)")
            #expect(counts.orphans == network.strangers, "seed \(seed)")
            #expect(network.net.contradictions == [], "seed \(seed)")
        }
    }

    @Test(arguments: 0..<100)
    func theOrderOfRowsMakesNoDifference(seed: UInt64) {
        var network = RandomNetwork(seed: seed)
        var shuffled = network
        shuffled.shuffle()
        network.net.run()
        shuffled.net.run()
        #expect(
            network.net.book.links.map(\.link).sorted(by: LinkWriting.precedes)
                == shuffled.net.book.links.map(\.link).sorted(by: LinkWriting.precedes))
        #expect(network.net.contradictions == shuffled.net.contradictions)
    }

    @Test(arguments: 0..<100)
    func aSecondRunChangesNothing(seed: UInt64) {
        var network = RandomNetwork(seed: seed)
        let arrivals = network.net.arrivals
        network.net.run()
        network.net.rerun(arrivals)
        let (change, _) = network.net.run(after: 60)
        #expect(change.revision.number == 1 && change.savedLinks.isEmpty && change.updatedNeighbours.isEmpty)
        #expect(change.insertedNeighbours.isEmpty && change.removedNeighbours.isEmpty && change.connections.isEmpty)
    }

    @Test(arguments: 0..<100)
    func devicesThatFailLoseNothing(seed: UInt64) {
        var network = RandomNetwork(seed: seed)
        let arrivals = network.net.arrivals
        network.net.run()
        let links = network.net.book.links
        var random = SplitMix(seed: seed)
        let failing = Set(network.net.book.devices.map(\.id).filter { _ in Bool.random(using: &random) })
        network.net.rerun(arrivals.filter { !failing.contains($0.key) })
        network.net.failed = failing
        let (change, _) = network.net.run(after: 60)
        #expect(network.net.book.links == links)
        #expect(change.removedNeighbours.isEmpty)
    }

    @Test(arguments: 0..<100)
    func hostileBytesBreakNothing(seed: UInt64) {
        var network = RandomNetwork(seed: seed)
        var random = SplitMix(seed: seed)
        for device in network.net.arrivals.keys.sorted() {
            for place in network.net.arrivals[device]?.neighbours.indices ?? 0..<0 {
                guard Bool.random(using: &random) else { continue }
                network.net.arrivals[device]?.neighbours[place].spoil(using: &random)
            }
        }
        network.net.run()
        #expect(network.net.book.links.allSatisfy { $0.link.confidence >= 0 && $0.link.confidence <= 1 })
        #expect(
            network.net.book.links.allSatisfy { $0.link.a.deviceID != nil && $0.link.a.deviceID != $0.link.b.deviceID })
    }
}

extension Wiring {
    /// Has devices say again what they said.
    mutating func rerun(_ said: [DeviceID: DeviceNeighbours]) {
        arrivals = said
    }
}

extension NeighbourReading {
    /// Puts nonsense into some of the fields.
    mutating func spoil(using random: inout SplitMix) {
        let nonsense = [
            "", ".", "(", "a(b)", ")(", "\u{0}\u{1}", "<img src=x>", "..........", String(repeating: "x", count: 300),
            "0", "-", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "::", "0.0.0.0", "🦆", "e\u{301}",
            Wiring.chassis(1), "sys-1", "Gi0/1",
        ]
        func word() -> String { nonsense.randomElement(using: &random) ?? "" }
        if Bool.random(using: &random) { systemName = word() }
        if Bool.random(using: &random) { chassis = NeighbourID(subtype: 4, kind: .mac, text: word()) }
        if Bool.random(using: &random) { port = NeighbourID(subtype: 7, kind: .text, text: word()) }
        if Bool.random(using: &random) { portDescription = word() }
        if Bool.random(using: &random) { managementAddresses = [word(), word()] }
        if Bool.random(using: &random) { localIfIndex = [nil, -1, 0, Int64.max].randomElement(using: &random) ?? nil }
        if Bool.random(using: &random) { capabilities = [] }
    }
}
