import Inventory
import Listing
import Testing

@Suite struct JSONTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: [
        ("plain", "\"plain\""), ("", "\"\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ("\u{8}\t\n\u{C}\r", "\"\\b\\t\\n\\f\\r\""),
        ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\\u007f\""), ("მ😀/", "\"მ😀/\""),
    ])
    func textIsEscapedAsRFC8259Asks(_ value: String, _ expected: String) {
        var writer = JSONWriter()
        writer.string(value)
        #expect(text(writer.bytes) == expected)
    }

    @Test func numbersAndTimesAreWrittenExactly() {
        var writer = JSONWriter()
        writer.beginArray()
        for number in [0, -1, Int64.max, Int64.min] { writer.integer(number) }
        writer.real(0.5)
        writer.real(.infinity)
        writer.real(.nan)
        writer.time(Timestamp(milliseconds: -1))
        writer.time(Timestamp(seconds: 1_772_337_600))
        writer.endArray()
        #expect(
            text(writer.bytes)
                == "[0,-1,9223372036854775807,-9223372036854775808,0.5,null,null,"
                + "\"1969-12-31T23:59:59.999Z\",\"\(Timestamp(seconds: 1_772_337_600))\"]")
    }

    @Test func aPageIsWrittenInTheEnvelopeOfAllLists() throws {
        let listing = Listing([Sample.numbered(1, "a", size: 7, tags: ["x"]), .numbered(2)], schema: Sample.schema)
        var writer = JSONWriter()
        try listing.page(ListQuery(limit: 1)).write(Sample.schema, to: &writer)
        let document = try JSONParser.parse(writer.bytes)
        #expect(document["total"] == 2)
        #expect(document["next_cursor"] != .null)
        #expect(
            document["items"] == [
                [
                    "id": "00000000-0000-0000-0000-000000000001", "name": "a", "size": 7, "kind": "big", "is_on": false,
                    "tags": ["x"], "secret": "x",
                ]
            ])
    }

    @Test(arguments: [
        ("{\"a\":[1,-2.5,true,null],\"b\":{}}", "{\"a\":[1,-2.5,true,null],\"b\":{}}"),
        (" [ ] ", "[]"), ("\"\\u10db\\ud83d\\ude00\\n\"", "\"მ😀\\n\""), ("1e2", "100.0"), ("-0", "0"),
    ])
    func goodDocumentsAreRead(_ source: String, _ expected: String) throws {
        #expect(text(try JSONParser.parse(Array(source.utf8)).bytes) == expected)
    }

    @Test(arguments: [
        ("", 1, 1, "ends where a value"), ("{\"a\": 1", 1, 8, "ends inside an object"),
        ("[1,\n 2,", 2, 4, "ends where"),
        ("{\"a\":1,\"a\":2}", 1, 8, "occurs twice"), ("[1,]", 1, 4, "a value is expected"),
        ("{a:1}", 1, 2, "double quotes"),
        ("01", 1, 2, "leading zero"), ("1.", 1, 3, "digit"), ("\"\u{1}\"", 1, 2, "control character"),
        ("tru", 1, 1, "true"),
        ("\"\\ud800\"", 1, 2, "surrogate"), ("\"\\u0000\"", 1, 2, "U+0000"), ("1 2", 1, 3, "ends before"),
        ("\"abc", 1, 5, "ends inside a text"), ("1e999", 1, 1, "too large"), ("NaN", 1, 1, "a value is expected"),
    ])
    func badDocumentsAreRefusedAtTheirPlace(_ source: String, _ line: Int, _ column: Int, _ part: String) {
        let error = #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(source.utf8)) }
        #expect(error?.line == line && error?.column == column, "\(source): \(error.map(String.init) ?? "")")
        #expect(error?.reason.contains(part) == true, "\(source): \(error?.reason ?? "")")
    }

    @Test func everyCutAndEveryChangedByteIsAnsweredWithoutATrap() {
        let whole = Array("{\"a\":[1,2.5e3,\"\\u10db\\\"\",{\"b\":null}],\"c\":false}".utf8)
        for length in 0..<whole.count {
            #expect(throws: JSONParseError.self) { try JSONParser.parse(Array(whole[..<length])) }
        }
        var dice = Dice(seed: 11)
        for _ in 0..<2000 {
            var mutated = whole
            mutated[Int.random(in: 0..<whole.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            _ = try? JSONParser.parse(mutated)
        }
        let deep = [UInt8](repeating: 91, count: 100_000)
        #expect(throws: JSONParseError.self) { try JSONParser.parse(deep) }
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: JSONParseError.self) { try JSONParser.parse([34, 0xC3, 0x28, 34]) }
    }
}
