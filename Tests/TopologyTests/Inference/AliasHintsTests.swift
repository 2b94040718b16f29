import Catalog
import Inventory
import Testing
import Topology

@Suite("Hints from aliases")
struct AliasHintsTests {
    @Test(
        "an alias hints at the one device it names",
        arguments: [
            ("trunk: sw22-tbilisi", "sw22-tbilisi"),
            ("TO SW22-TBILISI", "sw22-tbilisi"),
            ("Uplink -> sw22-tbilisi (gi0/1)", "sw22-tbilisi"),
            ("ae4@sw22-tbilisi", "sw22-tbilisi"),
            ("\"sw22-tbilisi\"", "sw22-tbilisi"),
            ("_CBB_; fcr02.test.net; ae4", "fcr02.test.net"),
            ("_CBB_; fcr02; ae4", "fcr02.test.net"),
            ("HOUF_IXR_02 1/1/2 LAG-1", "HOUF_IXR_02"),
            ("peer plain.example.org", "plain"),
            ("fibre to Main Office SW1, rack 4", "Main Office SW1"),
            ("სადგური-1 uplink", "სადგური-1"),
            ("here and sw22-tbilisi", "sw22-tbilisi"),
        ])
    func named(alias: String, device: String) throws {
        let net = book(alias)
        let hint = try #require(AliasHints.hints(book: net.book).first, "\(alias)")
        let named = net.book.devices.first { $0.id == hint.namesDeviceID }
        #expect(named?.name == device || named?.sysName == device, "\(alias)")
        #expect(hint.alias == alias)
        #expect(hint.deviceID == net.book.devices.first?.id)
        #expect(hint.interfaceID == net.book.ports.first?.id)
        #expect(AliasHints.hints(book: net.book).count == 1)
    }

    @Test(
        "an alias that may mean something else hints at nothing",
        arguments: [
            "",
            "trunk",
            "uplink to sw22-tbilisi-old",
            "asw22-tbilisi",
            "old.sw22-tbilisi",
            "sw22",
            "sw22-tbilisi and fcr02",
            "fcr02.other.net",
            "gi0/1 here",
            "backup",
            "sw1",
            "1000",
            "twin-name",
            "twin-name or sw22-tbilisi",
            "here.example.net",
            "Main Office",
            String(repeating: "-", count: 70_000),
            String(repeating: " ", count: 1012) + "sw22-tbilisi-old",
            String(repeating: "a b ", count: 20_000),
        ])
    func notNamed(alias: String) {
        #expect(AliasHints.hints(book: book(alias).book).isEmpty, "\(alias.prefix(60))")
    }

    @Test("an interface of the IP stack that is named like the device takes nothing from the hint, a port does")
    func ownInterfaceNames() {
        for (type, count) in [(142, 1), (6, 0)] {
            var net = book("to sw22-tbilisi")
            net.book.ports[1].facts.ifName = "SW22-tbilisi"
            net.book.ports[1].facts.ifType = type
            #expect(AliasHints.hints(book: net.book).count == count, "ifType \(type)")
        }
    }

    @Test("where either device speaks a neighbour protocol there is no hint")
    func speaking() throws {
        for place in 0..<2 {
            var net = book("to sw22-tbilisi")
            net.hears(net.book.devices[place].id, at: 1, far: nil)
            #expect(AliasHints.hints(book: net.book).isEmpty, "device \(place)")
        }
    }

    @Test("loopbacks, tunnels, VLANs and ports that are gone are no ends of cables")
    func withoutCable() {
        for type in [24, 131, 135, 136, 142] {
            var net = book("to sw22-tbilisi")
            net.book.ports[0].facts.ifType = type
            #expect(AliasHints.hints(book: net.book).isEmpty, "ifType \(type)")
        }
        var net = book("to sw22-tbilisi")
        net.book.ports[0].isMissing = true
        #expect(AliasHints.hints(book: net.book).isEmpty)
    }

    @Test("where an operator linked the port there is no hint")
    func manual() {
        var net = book("to sw22-tbilisi")
        net.book.manualLinks = [
            ManualLink(
                aDeviceID: net.book.devices[0].id, aInterfaceID: net.book.ports[0].id,
                bDeviceID: net.book.devices[1].id, at: Timestamp(seconds: 0))
        ]
        #expect(AliasHints.hints(book: net.book).isEmpty)
    }

    @Test("whatever stands in an alias, a hint names a device that the alias names")
    func anything() {
        var generator = InferenceGenerator(seed: 5)
        let parts = [
            "sw22-tbilisi", " ", ".", "-", "_", ":", "\u{0}", "\u{301}", "İ", "ß", "fcr02", "<b>", "\u{1F600}",
        ]
        for _ in 0..<500 {
            let alias = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                parts[Int.random(in: 0..<parts.count, using: &generator)]
            }.joined()
            for hint in AliasHints.hints(book: book(alias).book) {
                #expect(alias.contains("sw22-tbilisi") || alias.contains("fcr02"), "\(alias)")
                #expect(hint.alias == alias)
            }
        }
    }

    /// A device with one alias, and others that it may name.
    private func book(_ alias: String) -> InferenceBook {
        var net = InferenceBook()
        _ = net.add("here", ports: 2, sysName: "here.example.net", aliases: [1: alias])
        _ = net.add("sw22-tbilisi")
        _ = net.add("core-2", sysName: "fcr02.test.net")
        _ = net.add("HOUF_IXR_02")
        _ = net.add("plain")
        _ = net.add("Main Office SW1")
        _ = net.add("სადგური-1")
        _ = net.add("backup")
        _ = net.add("sw1")
        _ = net.add("1000")
        _ = net.add("gi0/1", sysName: "Gi0")
        _ = net.add("twin-a", sysName: "twin-name")
        _ = net.add("twin-b", sysName: "twin-name")
        return net
    }
}
