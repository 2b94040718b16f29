import FoundationEssentials
import Inventory
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    private static let text = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

    @Test("are written in lower case and read in either")
    func written() throws {
        let id = try #require(DeviceID(Self.text.uppercased()))
        #expect(id.description == Self.text)
        #expect("\(id)" == Self.text)
        #expect(DeviceID(Self.text) == id)
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "1", "6ba7b8109dad11d180b400c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430c",
            "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", "6ba7b810-9dad-11d1-80b4-00c04fd430cg",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8 ",
        ])
    func refused(text: String) {
        #expect(DeviceID(text) == nil)
    }

    @Test("drawn from a generator repeat with it and are of version 4", arguments: 0..<20 as Range<UInt64>)
    func drawn(seed: UInt64) {
        var (first, second) = (CountingGenerator(state: seed), CountingGenerator(state: seed))
        let id = InterfaceID.random(using: &first)
        #expect(id == InterfaceID.random(using: &second))
        let text = Array(id.description)
        #expect(text[14] == "4", "version of \(id)")
        #expect("89ab".contains(text[19]), "variant of \(id)")
        #expect(id != InterfaceID.random(using: &first))
    }

    @Test("order as their text does")
    func ordered() {
        var generator = CountingGenerator(state: 7)
        let ids = (0..<100).map { _ in DeviceID.random(using: &generator) }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test("have their text as JSON")
    func json() throws {
        let id = try #require(DeviceID(Self.text))
        #expect(String(decoding: try JSONEncoder().encode([id]), as: UTF8.self) == "[\"\(Self.text)\"]")
        let upper = Array("[\"\(Self.text.uppercased())\"]".utf8).asData
        #expect(try JSONDecoder().decode([DeviceID].self, from: upper) == [id])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([DeviceID].self, from: Array("[\"x\"]".utf8).asData)
        }
    }
}

/// A generator that a seed repeats (SplitMix64).
struct CountingGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
