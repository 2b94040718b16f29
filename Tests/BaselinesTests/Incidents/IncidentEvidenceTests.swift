import Inventory
import Testing

@testable import Baselines

@Suite("The evidence of an incident")
struct IncidentEvidenceTests {
    let network = StoryNetwork(sites: 1, devicesPerSite: 1, interfacesPerDevice: 6)

    private func evidence(_ members: [IncidentMember]) -> [String] {
        IncidentEvidence(members: members).sentences
    }

    private func member(_ index: Int, _ change: (inout AnomalyExplanation) -> Void) -> IncidentMember {
        var member = network.member(index, minute: 0)
        change(&member.anomaly.explanation)
        return member
    }

    @Test("interfaces that were reported down are named, the first three of them")
    func down() {
        let members = (0..<5).map { index in member(index) { $0.operStatus = index == 4 ? 1 : 2 } }
        #expect(
            evidence(members) == ["Reported down: Gi0/0 of SW-0-0, Gi0/1 of SW-0-0, Gi0/2 of SW-0-0 and 1 more"])
        #expect(evidence([member(0) { $0.operStatus = 1 }]) == ["The interface was reported up"])
        #expect(evidence([member(0) { $0.operStatus = nil }]).isEmpty)
        #expect(evidence([member(0) { $0.operStatus = 4 }]).isEmpty)
    }

    @Test("errors and discards above one in ten thousand packets are told, others are not")
    func errors() {
        let rows: [(Double?, Bool)] = [
            (nil, false), (0, false), (0.01, false), (0.011, true), (.nan, false), (2.5, true),
        ]
        for (percent, isTold) in rows {
            #expect(evidence([member(0) { $0.errorPercent = percent }]).isEmpty != isTold)
            #expect(evidence([member(0) { $0.discardPercent = percent }]).isEmpty != isTold)
        }
        let members = [member(0) { $0.errorPercent = 0.5 }, member(1) { $0.errorPercent = 2.5 }]
        #expect(evidence(members) == ["Errors on Gi0/0 of SW-0-0, Gi0/1 of SW-0-0: up to 3 % of packets"])
    }

    @Test("packets of half or twice the usual size are told")
    func packetSize() {
        let traffic = network.member(0, minute: 0, score: 5)
        for (packetRate, isTold) in [(1_000_000.0, true), (100_000, false), (20_000, true), (80_000, false)] {
            var packets = network.member(0, minute: 5, side: TrafficSide(.inbound, .packets), score: 5)
            (packets.anomaly.actual, packets.anomaly.expected) = (packetRate, 50_000)
            let told = evidence([traffic, packets])
            #expect(told.contains { $0.contains("octets") } == isTold, "\(packetRate): \(told)")
        }
        var packets = network.member(0, minute: 5, side: TrafficSide(.inbound, .packets), score: 5)
        (packets.anomaly.actual, packets.anomaly.expected) = (1_000_000, 50_000)
        #expect(
            evidence([traffic, packets])
                == ["Received packets on Gi0/0 of SW-0-0: 100 octets on average instead of 750"])
        packets.anomaly.expected = 0
        #expect(evidence([traffic, packets]).isEmpty)
    }

    @Test("what the other direction did is told")
    func directions() {
        let out = TrafficSide(.outbound, .traffic)
        #expect(
            evidence([network.member(0, minute: 0), network.member(0, minute: 0, side: out)]) == [
                "Both directions fell"
            ])
        let mixed = [network.member(0, minute: 0), network.member(0, minute: 0, side: out, score: 4)]
        #expect(evidence(mixed) == ["Both directions changed"])
        let three = mixed + [network.member(1, minute: 0), network.member(2, minute: 0)]
        #expect(evidence(three) == ["Both directions changed on 1 of 3 interfaces"])
        let alone = member(0) { ($0.peerActual, $0.peerExpected) = (310e6, 300e6) }
        #expect(evidence([alone]) == ["The other direction was as usual: 310 Mbps"])
    }

    @Test("a line that is nearly full is told")
    func utilisation() {
        var full = network.member(0, minute: 0, score: 6)
        full.place.lineSpeed = 1e9
        full.anomaly.actual = 970e6
        var other = network.member(1, minute: 0, score: 6)
        other.place.lineSpeed = 1e9
        #expect(evidence([full, other]) == ["Gi0/0 of SW-0-0 at 97 % of its 1 Gbps, and 1 more above 80 %"])
        full.place.lineSpeed = 0
        #expect(evidence([full]).isEmpty)
    }
}
