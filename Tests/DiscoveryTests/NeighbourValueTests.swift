import Inventory
import Testing

@testable import Discovery

/// Values of neighbour tables as agents really send them.
@Suite("Ids, capabilities and addresses of neighbours")
struct NeighbourValueTests {
    private static let octets: [UInt8] = [0x00, 0x1B, 0x21, 0x0A, 0x0B, 0x0C]
    private static let written = "00:1b:21:0a:0b:0c"

    @Test(
        "A MAC address has one writing, however it was sent",
        arguments: [
            "00:1b:21:0a:0b:0c", "00:1B:21:0A:0B:0C", "00 1B 21 0A 0B 0C", "00 1b 21 0a 0b 0c ", "00-1B-21-0A-0B-0C",
            "0:1b:21:a:b:c", "001b.210a.0b0c", "001b-210a-0b0c", "001b21-0a0b0c", "001B210A0B0C", "0x001b210a0b0c",
        ])
    func addressesAsText(_ text: String) {
        let value = MIBValue.octets(Array(text.utf8))
        #expect(NeighbourID.chassis(subtype: 4, value) == NeighbourID(subtype: 4, kind: .mac, text: Self.written))
        #expect(NeighbourID.port(subtype: 3, value) == NeighbourID(subtype: 3, kind: .mac, text: Self.written))
        #expect(NeighbourID.hardwareAddress(value)?.text == Self.written)
        #expect(NeighbourID.chassis(subtype: 7, value)?.kind == .mac, "the subtype is only a hint")
    }

    @Test(
        "Ids by subtype and octets",
        arguments: [
            (4, octets, NeighbourID.Kind.mac, written), (7, octets, .mac, written), (4, octets + [0], .mac, written),
            (4, Array("00:1b:21:0a:0b:0c\0".utf8), .mac, written),
            (5, [1, 192, 0, 2, 7], .address, "192.0.2.7"), (5, [192, 0, 2, 7], .address, "192.0.2.7"),
            (5, [2, 0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1], .address, "2001:db8::1"),
            (5, Array("192.0.2.7".utf8), .address, "192.0.2.7"), (5, [6] + octets, .mac, written),
            (7, Array("192.0.2.7".utf8), .address, "192.0.2.7"),
            (4, [0x0A, 0x1B, 0x21, 0x9F], .text, "0a:1b:21:9f"), (4, Array("switch-7".utf8), .text, "switch-7"),
            (4, Array("ether1".utf8), .text, "ether1"), (6, Array("1/25\0".utf8), .text, "1/25"),
            (7, Array("123456789012".utf8), .text, "123456789012"), (7, Array(" Gi0/1 ".utf8), .text, "Gi0/1"),
            (7, Array("Gi0/1\0\u{7}garbage".utf8), .text, "Gi0/1"), (0, Array("x".utf8), .text, "x"),
        ] as [(Int, [UInt8], NeighbourID.Kind, String)])
    func chassisIDs(_ subtype: Int, _ octets: [UInt8], _ kind: NeighbourID.Kind, _ text: String) {
        let id = NeighbourID.chassis(subtype: subtype, .octets(octets))
        #expect(id == NeighbourID(subtype: subtype, kind: kind, text: text))
    }

    @Test("A port's subtypes are its own: 3 is a MAC address, 4 a network address, 5 a name")
    func portIDs() {
        #expect(NeighbourID.port(subtype: 3, .octets(Self.octets))?.kind == .mac)
        #expect(NeighbourID.port(subtype: 4, .octets([1, 192, 0, 2, 7]))?.text == "192.0.2.7")
        #expect(NeighbourID.port(subtype: 5, .octets(Array("Gi0/1".utf8)))?.text == "Gi0/1")
        #expect(NeighbourID.port(subtype: 7, .integer(35_717_120))?.text == "35717120")
        #expect(NeighbourID.port(subtype: nil, .octets(Self.octets))?.text == Self.written)
    }

    @Test(
        "Empty, zero and all-one ids say nothing",
        arguments: [
            [], [0, 0, 0, 0, 0, 0], [UInt8](repeating: 0xFF, count: 6), Array("00:00:00:00:00:00".utf8),
            Array("  ".utf8), [0], Array("000000000000".utf8),
        ] as [[UInt8]])
    func emptyIDs(_ octets: [UInt8]) {
        #expect(NeighbourID.chassis(subtype: 4, .octets(octets)) == nil)
        #expect(NeighbourID.port(subtype: 3, .octets(octets)) == nil)
        #expect(NeighbourID.chassis(subtype: 4, .null) == nil)
        #expect(NeighbourID.chassis(subtype: 5, .octets([1, 0, 0, 0, 0])) == nil)
    }

    @Test(
        "LLDP's capabilities, as bits and as the texts agents make of them",
        arguments: [
            ([0x28], [.bridge, .router]), ([0x28, 0x00], [.bridge, .router]), ([0x04], [.telephone]),
            ([0x24, 0x00], [.bridge, .telephone]), ([0x01], [.station]),
            ([0x39, 0x00], [.bridge, .wlanAP, .router, .station]),
            ([0x80, 0x00], [.other]), ([0x42], [.repeater, .docsis]), ([], []), ([0, 0], []), ([0x20], [.bridge]),
            (Array("28 2 4".utf8), [.bridge, .router]),
            (Array("39 00 2 3 4 7".utf8), [.bridge, .wlanAP, .router, .station]),
            (Array("28 00 2 4 ".utf8), [.bridge, .router]), (Array("04 5".utf8), [.telephone]), (Array("00".utf8), []),
            (Array("00 00".utf8), []), (Array("2800".utf8), [.bridge, .router]),
            (Array("00 20 10".utf8), [.bridge]), ([0x00, 0x20], [.bridge]), ([0x00, 0x14], [.bridge, .router]),
            ([0x00, 0x04], [.bridge]), ([0x00, 0x80], [.station]), (Array("Bridge, Router".utf8), [.bridge, .router]),
        ] as [([UInt8], Set<NeighbourCapability>)])
    func lldpCapabilities(_ octets: [UInt8], _ expected: Set<NeighbourCapability>) {
        #expect(NeighbourCapability.lldp(.octets(octets)) == expected)
    }

    @Test("What is enabled counts; where nothing is, what is supported")
    func enabledElseSupported() {
        let both = MIBValue.octets([0x28, 0])
        #expect(NeighbourCapability.lldp(enabled: .octets([0x20, 0]), supported: both) == [.bridge])
        #expect(NeighbourCapability.lldp(enabled: .octets([0, 0]), supported: both) == [.bridge, .router])
        #expect(NeighbourCapability.lldp(enabled: nil, supported: both) == [.bridge, .router])
        #expect(NeighbourCapability.lldp(enabled: nil, supported: nil).isEmpty)
    }

    @Test(
        "CDP's capabilities: a number as octets or as hex text",
        arguments: [
            ([0, 0, 0, 0x29], "Cisco ISR4331", [.router, .bridge]), ([0, 0, 0, 0x28], "WS-C2960X", [.bridge]),
            (Array("00000026".utf8), "cisco AIR-CAP2702I-E-K9", [.bridge, .wlanAP]),
            (Array("0x90".utf8), "Cisco IP Phone 8841", [.station, .telephone]),
            ([0, 0, 4, 0x90], "Cisco IP Phone 7962", [.station, .telephone]),
            ([0, 0, 0, 0x10], "AIR-CT5508-K9", [.station]), ([0, 0, 0, 0x10], "CIVS-IPC-3530", [.station]),
            ([0, 0, 0, 0x40], "hub", [.repeater]), ([0, 0, 0, 0x20], "x", [.other]), ([], "x", []),
            (Array("00 00 00 28".utf8), "x", [.bridge]),
        ] as [([UInt8], String, Set<NeighbourCapability>)])
    func cdpCapabilities(_ octets: [UInt8], _ platform: String, _ expected: Set<NeighbourCapability>) {
        #expect(NeighbourCapability.cdp(.octets(octets), platform: platform) == expected)
    }

    @Test(
        "Management addresses in an index: subtype, length, octets, and what agents make of it",
        arguments: [
            ([1, 4, 192, 0, 2, 7], "192.0.2.7"), ([1, 192, 0, 2, 7], "192.0.2.7"), ([1, 5, 192, 0, 2, 7], "192.0.2.7"),
            ([5, 1, 192, 0, 2, 7], "192.0.2.7"),
            ([2, 16, 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
            ([6, 6, 0, 0x1B, 0x21, 0, 0, 1], nil), ([1, 4, 0, 0, 0, 0], nil), ([1, 4, 127, 0, 0, 1], nil),
            ([1, 4, 256, 0, 2, 7], nil), ([1, 4, 192, 0], nil), ([2, 16, 1, 2], nil), ([], nil), ([1], nil),
            ([16, 4, 192, 0, 2, 7], nil), ([1, 4, 224, 0, 0, 5], nil),
        ] as [([UInt32], String?)])
    func addressesInIndexes(_ index: [UInt32], _ expected: String?) {
        #expect(NeighbourAddresses.inIndex(index) == expected)
    }

    @Test(
        "Management addresses in a value",
        arguments: [
            ([192, 0, 2, 7], "192.0.2.7"), (Array("192.0.2.7".utf8), "192.0.2.7"),
            (Array("C0000207".utf8), "192.0.2.7"),
            (Array("C0 00 02 07".utf8), "192.0.2.7"), ([0, 0, 0, 0], nil), (Array("+0000207".utf8), nil), ([], nil),
            ([127, 0, 0, 1], nil), (Array("127.0.0.1".utf8), nil), ([127, 1, 0, 1], "127.1.0.1"),
            (Array("127.0.0.2".utf8), "127.0.0.2"), ([224, 0, 0, 5], nil),
            (Array("sw1".utf8), nil), ([0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
        ] as [([UInt8], String?)])
    func addressesInValues(_ octets: [UInt8], _ expected: String?) {
        #expect(NeighbourAddresses.inValue(.octets(octets)) == expected)
    }

    @Test("A text of 64 kB is cut at a character's border; what a NUL ends, ends there")
    func textIsBounded() {
        let long = [UInt8](repeating: 0xD0, count: 1) + Array(String(repeating: "Ж", count: 40_000).utf8)
        let text = NeighbourText.clean(.octets(Array(long.dropFirst())))
        #expect(text == String(repeating: "Ж", count: NeighbourText.nameOctetsMax / 2))
        let odd = NeighbourText.clean(.octets(Array(("a" + String(repeating: "Ж", count: 40_000)).utf8)))
        #expect(odd == "a" + String(repeating: "Ж", count: (NeighbourText.nameOctetsMax - 1) / 2))
        #expect(NeighbourText.clean(.octets(Array("sw02\0\0\n00 00".utf8))) == "sw02")
        #expect(NeighbourText.clean(.octets(Array("<b>x</b>".utf8))) == "<b>x</b>")
        #expect(NeighbourText.clean(.octets([0, 0])) == nil && NeighbourText.clean(.null) == nil)
    }
}
