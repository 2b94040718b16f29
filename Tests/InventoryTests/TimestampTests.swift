import FoundationEssentials
import Inventory
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "are written as RFC 3339 with milliseconds and Z",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_772_337_600_007, "2026-03-01T04:00:00.007Z"), (951_825_600_000, "2000-02-29T12:00:00.000Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func written(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text)
        #expect(Timestamp(text) == time)
    }

    @Test(
        "are read with offsets, decimals and separators as RFC 3339 allows them",
        arguments: [
            "2026-03-01T04:00:00Z", "2026-03-01t04:00:00z", "2026-03-01 04:00:00Z", "2026-03-01T04:00:00.0Z",
            "2026-03-01T08:00:00+04:00", "2026-02-28T22:30:00-05:30", "2026-03-01T04:00:00.000999999Z",
            "2026-03-01T04:00:00-00:00",
        ])
    func read(text: String) {
        #expect(Timestamp(text) == Timestamp(seconds: 1_772_337_600))
    }

    @Test("keep tenths and hundredths in their places")
    func decimals() {
        #expect(Timestamp("1970-01-01T00:00:00.5Z")?.milliseconds == 500)
        #expect(Timestamp("1970-01-01T00:00:00.05Z")?.milliseconds == 50)
        #expect(Timestamp("1970-01-01T00:00:00.0054Z")?.milliseconds == 5)
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", "now", "2026-03-01", "2026-03-01T04:00:00", "2026-03-01T04:00Z", "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-03-01T24:00:00Z",
            "2026-03-01T00:60:00Z", "2026-03-01T00:00:60Z", "2026-03-01T04:00:00.Z", "2026-03-01T04:00:00+0400",
            "2026-03-01T04:00:00+24:00", "2026-03-01T04:00:00+04:60", "2026-03-01T04:00:00ZZ", " 2026-03-01T04:00:00Z",
            "+026-03-01T04:00:00Z", "2026-03-01T04:00:00.5", "2026-3-1T04:00:00.000Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("order by time, in numbers and in text alike")
    func ordered() {
        let times = [-1, 0, 999, 1_000, 86_400_000, 1_772_337_600_007].map { Timestamp(milliseconds: $0) }
        #expect(times.sorted() == times)
        #expect(times.map(\.description).sorted() == times.map(\.description))
    }

    @Test("seconds round down, also before 1970", arguments: [(0, 0), (999, 0), (1_000, 1), (-1, -1), (-1_000, -1)])
    func seconds(milliseconds: Int64, seconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test("have a text at the ends of what they can hold", arguments: [Int64.min, .max])
    func ends(milliseconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).description.hasSuffix(milliseconds < 0 ? ".192Z" : ".807Z"))
    }

    @Test("move by seconds and tell the distance")
    func arithmetic() {
        let time = Timestamp(seconds: 100)
        #expect(time.advanced(bySeconds: 0.25).milliseconds == 100_250)
        #expect(time.advanced(bySeconds: -100) == Timestamp(seconds: 0))
        #expect(time.advanced(bySeconds: 90).secondsSince(time) == 90)
        #expect(time.secondsSince(time.advanced(bySeconds: 0.001)) == -0.001)
    }

    @Test("have their text as JSON, and say what is wrong with another")
    func json() throws {
        let time = Timestamp(milliseconds: 1_772_337_600_007)
        let text = String(decoding: try JSONEncoder().encode([time]), as: UTF8.self)
        #expect(text == "[\"2026-03-01T04:00:00.007Z\"]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: Array(text.utf8).asData) == [time])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Array("[\"soon\"]".utf8).asData)
        }
    }
}

extension [UInt8] {
    /// The same octets for JSONDecoder.
    var asData: Data { Data(self) }
}
