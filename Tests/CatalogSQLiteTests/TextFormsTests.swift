@testable import CatalogSQLite
import Inventory
import Testing

@Suite("The written forms of ids and times")
struct TextFormsTests {
    private static let edges: [Int64] = [
        0, -1, 1, 999, 1_000, 951_782_399_999, 951_782_400_000, 1_772_366_400_123, -62_167_219_200_000,
        253_402_300_799_999,
    ]

    @Test("times are written as their description and read back", arguments: 0..<200)
    func times(number: Int) throws {
        var random = SeededGenerator(state: UInt64(number))
        let range = Int64(-62_167_219_200_000)...253_402_300_799_999
        let drawn = Int64.random(in: range, using: &random)
        let time = Timestamp(milliseconds: number < Self.edges.count ? Self.edges[number] : drawn)
        var octets = [UInt8](repeating: 0, count: TextForms.timeLength)
        #expect(octets.withUnsafeMutableBufferPointer { TextForms.write(time, to: $0) })
        #expect(String(decoding: octets, as: UTF8.self) == time.description)
        #expect(octets.withUnsafeBufferPointer { TextForms.time($0) } == time)
    }

    @Test("years that do not fit four digits are not written", arguments: [-62_167_219_200_001, 253_402_300_800_000])
    func farTimes(milliseconds: Int64) {
        var octets = [UInt8](repeating: 0, count: TextForms.timeLength)
        #expect(
            !octets.withUnsafeMutableBufferPointer { TextForms.write(Timestamp(milliseconds: milliseconds), to: $0) })
    }

    @Test(
        "what is no time is not read",
        arguments: [
            "", "2026-03-01T04:00:00Z", "2026-02-30T04:00:00.000Z", "2026-03-01T24:00:00.000Z",
            "2026-03-01T04:00:00.000z", "2026-03-01 04:00:00.000Z", "2026-03-01T04:00:0a.000Z",
            "２026-03-01T04:00:00.0Z",
        ])
    func badTimes(text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { TextForms.time($0) } == nil)
    }

    @Test("ids are written as their description and read back in either case", arguments: 0..<50)
    func ids(number: UInt64) throws {
        var random = SeededGenerator(state: number)
        let id = DeviceID.random(using: &random)
        var octets = [UInt8](repeating: 0, count: TextForms.uuidLength)
        octets.withUnsafeMutableBufferPointer { TextForms.write(id.uuid, to: $0) }
        #expect(String(decoding: octets, as: UTF8.self) == id.description)
        #expect(octets.withUnsafeBufferPointer { TextForms.uuid($0) } == id.uuid)
        let upper = Array(id.description.uppercased().utf8)
        #expect(upper.withUnsafeBufferPointer { TextForms.uuid($0) } == id.uuid)
    }

    @Test(
        "what is no id is not read",
        arguments: [
            "", "6ba7b810-9dad-11d1-80b4-00c04fd430c", "6ba7b810-9dad-11d1-80b4-00c04fd430c88",
            "6ba7b810x9dad-11d1-80b4-00c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430cg",
        ])
    func badIDs(text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { TextForms.uuid($0) } == nil)
    }
}
