import CatalogRows
@testable import CatalogSQLite
import Foundation
import Testing

@Suite("JSON in columns, written and read by hand")
struct JSONColumnTests {
    private static let pieces = [
        "", "a", "\"", "\\", "\n", "\t", "\r", "\0", "\u{01}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "🏦", "\u{2028}",
        "\u{FFFD}", "/", "\\u0041", "[", "]", "{", "}", ",", ":", " ", "ю",
    ]

    private func read<Value>(_ text: String, _ body: (inout JSONCursor) throws -> Value) throws -> Value {
        try Array(text.utf8).withUnsafeBufferPointer { octets in
            var cursor = JSONCursor(octets)
            let value = try body(&cursor)
            try cursor.end()
            return value
        }
    }

    @Test("lists of texts come back octet by octet, and are what Foundation reads", arguments: 0..<300)
    func lists(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let texts = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
                Self.pieces.randomElement(using: &random)
            }.joined()
        }
        let written = JSONText.list(texts)
        let found = try read(written) { try $0.strings() }
        #expect(found.map { Array($0.utf8) } == texts.map { Array($0.utf8) }, "seed \(seed): \(written)")
        let other = try JSONDecoder().decode([String].self, from: Data(written.utf8))
        #expect(other.map { Array($0.utf8) } == texts.map { Array($0.utf8) }, "seed \(seed): \(written)")
    }

    @Test(
        "other writers' forms are read",
        arguments: [
            (#" [ "a" , "b" ] "#, ["a", "b"]), (#"["\u0041\u00e9\ud83c\udfe6"]"#, ["Aé🏦"]), ("[]", []),
            (#"["\/\b\f\r"]"#, ["/\u{08}\u{0C}\r"]), (#"["\ud83cx"]"#, ["\u{FFFD}x"]),
            (#"["\udfe6"]"#, ["\u{FFFD}"]), (#"["\ud83c\u0041"]"#, ["\u{FFFD}A"]),
        ] as [(String, [String])])
    func foreignForms(text: String, expected: [String]) throws {
        #expect(try read(text) { try $0.strings() } == expected)
    }

    @Test(
        "what is no list of texts is not read",
        arguments: [
            "", "[", "[\"", "[\"a\"", "[\"a\",", "[1]", "{}", "null", "\"a\"", "[] x", "[\"a\" \"b\"]", "[\"\\",
            "[\"\\u00",
            "[\"\\u00zz\"]", "[[\"a\"]]", "[,]",
        ])
    func malformed(text: String) {
        #expect(throws: JSONCursor.Malformed.self) { try read(text) { try $0.strings() } }
    }

    @Test("members that are not asked for are passed over, however deep they are nested")
    func skips() throws {
        let deep = String(repeating: "[{\"]\":", count: 50_000) + "0" + String(repeating: "}]", count: 50_000)
        let text = "{\"x\":\(deep),\"y\":[],\"n\":-12.5e+3,\"t\":true,\"z\":\"\\\"}\",\"wanted\":-7}"
        let found = try read(text) { cursor in
            var found: Int64?
            try cursor.object { name, value in
                if name == "wanted" { found = try value.integer() } else { try value.skip() }
            }
            return found
        }
        #expect(found == -7)
    }

    @Test("numbers come back exactly", arguments: 0..<50)
    func numbers(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        for _ in 0..<100 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            var object = JSONObjectText()
            object.add("x", number)
            var found: Double?
            try read(object.closed) { cursor in try cursor.object { found = try $1.number() } }
            #expect(found?.bitPattern == number.bitPattern, "seed \(seed): \(object.closed)")
            let other = try JSONDecoder().decode([String: Double].self, from: Data(object.closed.utf8))
            #expect(other == ["x": number], "seed \(seed)")
        }
    }

    @Test(
        "what is no number is not read", arguments: ["nan", "inf", "0x1p4", "1e999", "-", "", "\"1\"", "[1]", "true"])
    func noNumbers(text: String) {
        #expect(throws: JSONCursor.Malformed.self) { try read(text) { try $0.number() } }
    }

    @Test("words are read: true, false and null")
    func words() throws {
        #expect(try read(" true ") { try $0.boolean() } && !read("false") { try $0.boolean() })
        #expect(try read("null") { try $0.isNull() })
        #expect(try read("1") { try !$0.isNull() && $0.number() == 1 })
        for text in ["nul", "nulls", "n", ""] {
            #expect(throws: JSONCursor.Malformed.self, "\(text)") { try read(text) { try $0.isNull() } }
        }
        for text in ["True", "1", "null", "\"true\"", "truefalse"] {
            #expect(throws: JSONCursor.Malformed.self, "\(text)") { try read(text) { try $0.boolean() } }
        }
    }

    @Test("cut and changed texts are read or refused, never trapped on", arguments: 0..<50)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let whole = Array(#"{"a":["x","\u00e9\n"],"b":{"c":[1,{"d":null}]},"e":12}"#.utf8)
        for _ in 0..<200 {
            var octets = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !octets.isEmpty {
                octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            octets.withUnsafeBufferPointer { octets in
                var cursor = JSONCursor(octets)
                try? cursor.object { _, value in try value.skip() }
                var other = JSONCursor(octets)
                _ = try? other.strings()
            }
        }
    }
}
