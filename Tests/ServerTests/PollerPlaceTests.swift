import Catalog
import Inventory
import Testing

@testable import Server

@Suite struct PollerPlaceTests {
    private static let now = Timestamp(seconds: 1_795_354_200)

    /// Three devices: one known by its address, two that say what their addresses are.
    private static func book() -> TopologyBook {
        var book = TopologyBook()
        book.devices = [("core-1", "192.0.2.1"), ("Edge-2", "edge-2.example"), ("edge-3", "2001:DB8::3")].map {
            Device(name: $0.0, address: $0.1, at: now)
        }
        for (place, addresses) in [["192.0.2.1"], ["10.0.0.1", "10.9.9.9"], ["10.9.9.9", "2001:db8::9"]].enumerated() {
            var system = LocalSystem()
            system.addresses = addresses
            book.descriptions[book.devices[place].id] = system
        }
        return book
    }

    private static func name(_ configured: String?, _ gateways: [String]) -> String? {
        let book = book()
        let id = PollerPlace(configured: configured, gateways: { gateways }).device(in: book)
        return book.devices.first { $0.id == id }?.name
    }

    @Test(
        arguments: [
            (["192.0.2.1"], "core-1"), (["10.0.0.1"], "Edge-2"), (["2001:db8::3"], "edge-3"),
            (["2001:db8::9"], "edge-3"),
            // The first gateway that is one device's; an address of two is nobody's.
            (["198.51.100.1", "10.0.0.1"], "Edge-2"), (["10.9.9.9"], nil), (["10.9.9.9", "192.0.2.1"], "core-1"),
            (["198.51.100.1"], nil), ([], nil), (["nonsense"], nil),
        ] as [([String], String?)])
    func thePollerStandsAtItsDefaultGateway(_ gateways: [String], _ expected: String?) {
        #expect(Self.name(nil, gateways) == expected)
    }

    @Test(
        arguments: [
            ("core-1", "core-1"), ("edge-2", "Edge-2"), ("EDGE-2.EXAMPLE", "Edge-2"), ("10.0.0.1", "Edge-2"),
            ("2001:0db8::3", "edge-3"), ("10.9.9.9", nil), ("unknown", nil),
        ] as [(String, String?)])
    func anOperatorsDeviceGoesBeforeTheGateway(_ configured: String, _ expected: String?) {
        #expect(Self.name(configured, ["192.0.2.1"]) == expected)
    }

    @Test(
        arguments: [
            ("GW", "GW"), ("gw", "gw"), ("Gw", nil), ("198.51.100.7", nil), ("nat.example", nil), ("core-1", "core-1"),
        ] as [(String, String?)])
    func anOperatorsWordForSeveralDevicesIsNobodys(_ configured: String, _ expected: String?) {
        var book = Self.book()
        for (name, address) in [
            ("GW", "198.51.100.7"), ("gw", "198.51.100.7"), ("nat-1", "nat.example"), ("nat-2", "NAT.example"),
        ] {
            book.devices.append(Device(name: name, address: address, at: Self.now))
        }
        let id = PollerPlace(configured: configured, gateways: { ["192.0.2.1"] }).device(in: book)
        #expect(book.devices.first { $0.id == id }?.name == expected)
    }

    @Test func anIDNamesADeviceToo() {
        let book = Self.book()
        let place = PollerPlace(configured: book.devices[2].id.description, gateways: { [] })
        #expect(place.device(in: book) == book.devices[2].id)
    }

    @Test func gatewaysAreReadFromTheKernelsTables() {
        // As the kernel writes them: numbers in the host's byte order, here a little-endian one.
        let routes = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth1\t00000000\t0200000A\t0003\t0\t0\t200\t00000000\t0\t0\t0
            eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
            eth0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0
            eth0\t0000A8C0\t0300000A\t0003\t0\t0\t1\t0000FFFF\t0\t0\t0
            eth2\t00000000\t0900000A\t0002\t0\t0\t1\t00000000\t0\t0\t0
            garbage

            """
        #expect(DefaultGateways.ipv4(routes: routes) == ["10.0.0.1", "10.0.0.2"])
        let zero = String(repeating: "0", count: 32)
        let gateway = "20010db8000000000000000000000001"
        let six = """
            \(zero) 00 \(zero) 00 fe800000000000000000000000000001 00000400 00000001 00000000 00450003 eth0
            \(zero) 00 \(zero) 00 \(gateway) 00000064 00000001 00000000 00000003 eth0
            \(zero) 00 \(zero) 00 \(zero) ffffffff 00000001 00000000 00200200 lo
            20010db8000000000000000000000000 40 \(zero) 00 \(zero) 00000100 00000001 00000000 00000001 eth0
            """
        #expect(DefaultGateways.ipv6(routes: six) == ["2001:db8::1", "fe80::1"])
        #expect(DefaultGateways.ipv4(routes: "").isEmpty && DefaultGateways.ipv6(routes: "\u{0}").isEmpty)
    }
}
