import Discovery
import Testing

@Suite("Text and numbers as devices send them")
struct MIBTextTests {
    @Test(
        "Text is cleaned and nothing of it is lost",
        arguments: [
            ("GigabitEthernet0/0/1", "GigabitEthernet0/0/1"),
            ("", ""),
            ("  padded   ", "padded"),
            ("two  spaces stay", "two  spaces stay"),
            ("line one\r\nline two\n", "line one line two"),
            ("tab\there", "tab here"),
            ("\"quoted \\ text\"", "\"quoted \\ text\""),
            ("მაგთი uplink", "მაგთი uplink"),
            ("bell\u{7}inside a longer text", "bell\\x07inside a longer text"),
        ])
    func cleansText(sent: String, expected: String) {
        #expect(MIBText.clean(Array(sent.utf8)) == expected)
    }

    @Test(
        "Octets that are not text are told apart",
        arguments: [
            ([0x31, 0x2F, 0x32, 0x35, 0x00], "1/25"),
            ([0x00, 0x00], ""),
            ([0x45, 0x00, 0x74, 0x00, 0x68, 0x00], "Eth"),
            ([0x00, 0xE0, 0x83, 0xF6, 0x12, 0x00], "0x00e083f61200"),
            ([0x01, 0x02, 0x03], "0x010203"),
            ([0x42, 0xFC, 0x72, 0x6F], "Büro"),
            ([0x63, 0x61, 0x66, 0xE9, 0x20, 0x80], "café €"),
            ([0xC3, 0x28], "Ã("),
            ([0xE2, 0x82], "â‚"),
            ([0xED, 0xA0, 0x80, 0x41], "í €A"),
            ([0xF4, 0x90, 0x80, 0x80, 0x41, 0x42], "ô\\x90€€AB"),
        ] as [([UInt8], String)])
    func decodesOctets(octets: [UInt8], expected: String) {
        #expect(MIBText.clean(octets) == expected)
    }

    @Test(
        "Physical addresses of any length, as octets or as text, are written as lower-case hex with colons",
        arguments: [
            ([], ""),
            ([0x00], "00"),
            ([0xAC, 0x7E, 0x8A, 0x19, 0xBF, 0x40], "ac:7e:8a:19:bf:40"),
            (Array(repeating: 0, count: 8), "00:00:00:00:00:00:00:00"),
            (Array("0:e:83:f6:12:0".utf8), "00:0e:83:f6:12:00"),
            (Array("AC A3 1E 00 00 01".utf8), "ac:a3:1e:00:00:01"),
            (Array("ac-a3-1e-00-00-01\0".utf8), "ac:a3:1e:00:00:01"),
            (Array("aca3.1e00.0001".utf8), "ac:a3:1e:00:00:01"),
            (Array("ACA31E000001".utf8), "ac:a3:1e:00:00:01"),
            (Array("not an address".utf8), "6e:6f:74:20:61:6e:20:61:64:64:72:65:73:73"),
        ] as [([UInt8], String)])
    func writesPhysicalAddresses(octets: [UInt8], expected: String) {
        #expect(PhysicalAddress.text(of: .octets(octets)) == expected)
    }

    @Test("A physical address that is no octet string is none")
    func numbersAreNoAddress() {
        #expect(PhysicalAddress.text(of: .integer(5)) == nil)
        #expect(PhysicalAddress.text(of: .null) == nil)
    }

    @Test("Random octets always give text without controls, and never trap")
    func randomOctets() {
        let seed: UInt64 = 20_260_301
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let octets = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let text = MIBText.clean(octets)
            #expect(
                !text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "seed \(seed) \(octets)")
            _ = PhysicalAddress.text(of: .octets(octets))
        }
    }
}
