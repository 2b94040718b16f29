import Inventory
import Testing

@testable import Baselines

@Suite("Where an interface is")
struct InterfacePlaceTests {
    @Test("the site is what follows site: in the first such tag, in the order of text")
    func site() {
        let rows: [([String], String?)] = [
            ([], nil), (["core"], nil), (["site:"], nil), (["core", "site:tbilisi"], "tbilisi"),
            (["site:b", "site:a"], "a"), (["Site:x"], nil), (["site:a:b"], "a:b"),
        ]
        for (tags, site) in rows {
            var device = Device(name: "SW", address: "127.0.0.1", at: StoryNetwork.monday)
            device.tags = tags
            let interface = Interface(
                deviceID: device.id, facts: InterfaceFacts(ifIndex: 7), at: StoryNetwork.monday)
            let place = InterfacePlace(interface, of: device)
            #expect(place.site == site && place.tags == tags)
            #expect(place.deviceName == "SW" && place.interfaceName == "ifIndex 7")
        }
    }

    @Test("a census counts all, and those of each site")
    func census() {
        let network = StoryNetwork(sites: 2, devicesPerSite: 2, interfacesPerDevice: 3)
        var places = network.places
        places[0].tags = []
        #expect(InterfaceCensus(places) == InterfaceCensus(total: 12, bySite: ["s0": 5, "s1": 6]))
    }
}
