import Testing

@testable import Notifiers

struct PlainTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\r\nb\u{0}c\u{7F}d\u{9B}e", "a  b c d e"), ("\u{202E}x\u{2066}y\u{2028}z", " x y z"),
        ("მაგთი 👩‍👩‍👧", "მაგთი 👩‍👩‍👧"),
    ])
    func aLineHasNoControls(_ text: String, _ expected: String) {
        #expect(PlainText.line(text) == expected)
    }

    @Test func linesKeepTheirBreaks() {
        #expect(PlainText.lines("a\r\nb\nc\td\re") == "a\nb\nc\td e")
    }

    @Test func noTextIsLongerThanAskedAndNoneIsCutWithinAScalar() {
        for (name, text) in Notices.hostileTexts {
            for max in [3, 4, 10, 100, 1000] {
                let line = PlainText.line(text, octetsMax: max)
                #expect(line.utf8.count <= max, "\(name)")
                let isWhole = line.unicodeScalars.count == text.unicodeScalars.count
                #expect(isWhole || line.unicodeScalars.last == "…", "\(name) \(max)")
            }
        }
        #expect(PlainText.clipped("ééé", octetsMax: 6) == "ééé")
        #expect(PlainText.clipped("éééé", octetsMax: 6) == "é…")
    }

    @Test func markupIsEscapedAndEntitiesAreNeverCut() {
        #expect(MarkupText.html("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;")
        for max in 1...20 {
            let text = MarkupText.slack("<&><&>", unitsMax: max)
            #expect(text.utf16.count <= max)
            let rest = text.replacing("&lt;", with: "").replacing("&amp;", with: "").replacing("&gt;", with: "")
            #expect(rest == "…", "\(text)")
        }
    }
}
