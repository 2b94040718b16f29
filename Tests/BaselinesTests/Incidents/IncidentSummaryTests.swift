import Inventory
import Testing

@testable import Baselines

@Suite("What an incident is called")
struct IncidentSummaryTests {
    let network: StoryNetwork = {
        var network = StoryNetwork(sites: 2, devicesPerSite: 2, interfacesPerDevice: 4)
        network.link(0, 4)
        return network
    }()

    @Test("the narrowest scope that fits, and a line that says what and where")
    func titles() {
        let rows: [([Int], IncidentScope, String)] = [
            ([0], .interface, "Traffic drop on Gi0/0 of SW-0-0"),
            ([0, 4], .link, "Traffic drop on the link Gi0/0 of SW-0-0 – Gi0/0 of SW-0-1"),
            ([0, 1, 2], .device, "Traffic drop on 3 interfaces of SW-0-0"),
            ([0, 1, 4], .device, "Traffic drop on 3 interfaces of or to SW-0-0"),
            ([1, 2, 5], .site, "Traffic drop on 3 interfaces of 2 devices at s0"),
            ([1, 2, 8], .common, "Traffic drop on 3 interfaces of 2 devices at 2 sites"),
        ]
        for (indices, scope, title) in rows {
            let summary = IncidentSummary(indices.map { network.member($0, minute: 0) })
            #expect(summary.scope == scope)
            let parts = title.split(separator: " – ").map(String.init)
            #expect(
                summary.title == title
                    || parts.count == 2
                        && parts.allSatisfy { part in
                            summary.title.contains(part.replacing("Traffic drop on the link ", with: ""))
                        },
                "\(summary.title)")
            #expect((summary.deviceID != nil) == [.interface, .device].contains(scope))
            #expect((summary.site == "s0") == (scope != .common))
        }
    }

    @Test("what they have in common names them")
    func words() {
        var outage = network.member(0, minute: 0)
        outage.anomaly.pattern = .outage
        let (drop, spike) = (network.member(1, minute: 0), network.member(2, minute: 0, score: 5))
        #expect(IncidentSummary([outage]).title.hasPrefix("Outage on"))
        #expect(IncidentSummary([outage, drop]).title.hasPrefix("Traffic drop on"))
        #expect(IncidentSummary([spike, drop]).title.hasPrefix("Unusual traffic on"))
    }

    @Test("names of any length and content give one line of bounded length")
    func hostileNames() {
        var member = network.member(0, minute: 0)
        let names = [
            String(repeating: "x", count: 65_536), "a\u{0}b\nc\u{202E}d\u{1B}[31m", "", "\n\n", "<b>&\"'</b>",
            String(repeating: "e\u{301}", count: 5000), String(repeating: " ", count: 70_000) + "x",
        ]
        for name in names {
            member.place.interfaceName = name
            member.place.deviceName = name
            member.anomaly.explanation.operStatus = 2
            for text in [IncidentSummary([member]).title] + IncidentEvidence(members: [member]).sentences {
                #expect(text.unicodeScalars.count <= 200)
                #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
                #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .format })
            }
        }
        #expect(LabelText.shown("Gi0/1 \t to  Tbilisi") == "Gi0/1 to Tbilisi")
        #expect(LabelText.shown("<b>მაგთი</b>") == "<b>მაგთი</b>")
        #expect(LabelText.shown("\u{200B}") == "unnamed")
    }
}
