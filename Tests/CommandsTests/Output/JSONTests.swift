import Testing

@testable import Commands

@Suite struct JSONTests {
    @Test(
        arguments: [
            (#"{"b":1,"a":[true,false,null,"x"]}"#, #"{"b":1,"a":[true,false,null,"x"]}"#),
            (#" [ 1 , 2.50 , -3e5 ] "#, "[1,2.50,-3e5]"),
            (#""\u10d3\u0416 \ud83d\ude00 \n\"""#, #""დЖ 😀 \n\"""#),
            ("18446744073709551615", "18446744073709551615"),
            ("{}", "{}"), ("[]", "[]"), (#""\ud800""#, "\"\u{FFFD}\""),
        ])
    func `what is read is written again with members in order and numbers as spelt`(text: String, written: String)
        throws
    {
        #expect(JSONWriter.compact(try JSONReader.read(text)) == written)
    }

    @Test(
        arguments: [
            "", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "tru", "01", "-", "1.", "\"abc", "\"\u{1}\"", "[1] 2", "{a:1}",
            "\"\\x\"", "\"\\u12\"", String(repeating: "[", count: 70),
        ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text) }
    }

    @Test func `every shorter beginning of a document is refused`() {
        let text = #"{"items":[{"a":"\u0041\n","b":-1.5e3}],"total":null}"#
        for length in 0..<text.utf8.count {
            #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text.utf8.prefix(length)) }
        }
    }

    @Test func `a syntax error names its line`() {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read("{\n\"a\": 1,\n oops}") }
        #expect(error?.line == 3)
    }

    @Test func `pretty text is indented by two spaces and empty lists stay short`() {
        let value: JSONValue = ["a": [1, 2], "b": [:], "c": []]
        #expect(JSONWriter.pretty(value) == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}")
    }

    @Test func `control characters are escaped`() {
        #expect(JSONWriter.compact("a\u{1b}\u{7f}\t") == #""a\u001b\u007f\t""#)
    }
}
