import Testing

@testable import Commands

@Suite struct TableTests {
    private static let columns = [
        TableColumn("NAME", "name", minimumWidth: 4), TableColumn("COUNT", "count", .right),
        TableColumn("TEXT", "text", minimumWidth: 5),
    ]
    private static let rows: [JSONValue] = [
        ["name": "core-sw-01", "count": 5, "text": "uplink to Magti"],
        ["name": "ბრანჩი", "count": 12_345, "text": nil],
    ]

    @Test func `cells stand under their titles, numbers to the right`() {
        let text = Table(columns: Self.columns, rows: Self.rows).render()
        #expect(
            text == """
                NAME        COUNT  TEXT
                core-sw-01      5  uplink to Magti
                ბრანჩი      12345
                """)
    }

    @Test func `a narrow terminal cuts the widest columns that may be cut, never the others`() {
        let text = Table(columns: Self.columns, rows: Self.rows).render(width: 26)
        for line in text.split(separator: "\n") { #expect(TextWidth.columns(of: String(line)) <= 26) }
        #expect(text.contains("12345"))
        #expect(text.contains("…"))
    }

    @Test func `columns are never cut below their minimum`() {
        let text = Table(columns: Self.columns, rows: Self.rows).render(width: 1)
        #expect(text.contains("cor…"))
        #expect(text.contains("upli…"))
    }

    @Test func `runs of jobs fit a terminal of 80 columns, and long messages are cut without one`() {
        let run: JSONValue = [
            "id": "0b0e7c66-7a3e-7a44-9a5b-0b6c1c7a0001", "job": "sweep-address-ranges", "subject": "10.0.0.0/8",
            "state": "succeeded", "started_at": "2026-03-01T04:00:00.000Z", "done": 254, "total": 254,
            "message": .string(String(repeating: "10.0.0.1 sw (profile default, new), ", count: 50)),
        ]
        for width in [80, 100, 120, 200] {
            let text = Table(columns: Columns.jobRuns, rows: [run]).render(width: width)
            for line in text.split(separator: "\n") { #expect(TextWidth.columns(of: String(line)) <= width) }
            #expect(text.contains("0b0e7c66-7a3e-7a44-9a5b-0b6c1c7a0001") && text.contains("MESSAGE"))
        }
        let piped = Table(columns: Columns.jobRuns, rows: [run]).render()
        for line in piped.split(separator: "\n") { #expect(TextWidth.columns(of: String(line)) <= 240) }
    }

    @Test func `without colours no cell is asked for one`() {
        let columns = [TableColumn("S", "s", colour: { _ in .red })]
        #expect(Table(columns: columns, rows: [["s": "up"]]).render() == "S\nup")
    }

    @Test func `colours surround the text and leave the alignment alone`() {
        let columns = [
            TableColumn("S", "s", colour: { $0["s"]?.string == "up" ? .green : nil }), TableColumn("N", "n"),
        ]
        let rows: [JSONValue] = [["s": "up", "n": "a"], ["s": "down", "n": "b"]]
        #expect(
            Table(columns: columns, rows: rows).render(colours: true)
                == "S     N\n\u{1B}[32mup\u{1B}[0m    a\ndown  b")
        #expect(!Table(columns: columns, rows: rows).render().contains("\u{1B}"))
    }

    @Test func `wide characters and marks keep the columns straight`() {
        let rows: [JSONValue] = [["name": "交换机", "count": 1], ["name": "e\u{301}te\u{301}", "count": 2]]
        let text = Table(columns: Array(Self.columns.prefix(2)), rows: rows).render()
        #expect(text == "NAME    COUNT\n交换机      1\ne\u{301}te\u{301}         2")
    }

    @Test func `text of a device cannot steer the terminal`() {
        let rows: [JSONValue] = [["name": "a\u{1B}[2Jb\nc\u{202E}d\u{9B}", "count": 1]]
        let text = Table(columns: Array(Self.columns.prefix(2)), rows: rows).render()
        #expect(text.split(separator: "\n").count == 2)
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{9B}"))
    }

    @Test(
        arguments: [
            ("abc", 3), ("", 0), ("იუ", 2), ("Ж", 1), ("交", 2), ("e\u{301}", 1), ("😀", 2), ("👨‍👩‍👧", 2), ("ﾊ", 1), ("한", 2),
        ])
    func `text takes as many columns as a terminal gives it`(text: String, columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }

    @Test(arguments: [("abcdef", 4, "abc…"), ("abc", 3, "abc"), ("交换机", 4, "交…"), ("abc", 1, "…"), ("abc", 0, "")])
    func `text is cut at a whole character`(text: String, width: Int, cut: String) {
        #expect(TextWidth.cut(text, to: width) == cut)
    }

    @Test func `a sheet aligns values, leaves nothing out but null, and indents objects`() {
        let object: JSONValue = ["id": 1, "name": "x", "gone": nil, "by_type": ["isp": 2, "trunk": 3]]
        #expect(ObjectSheet.render(object) == "id    1\nname  x\nby_type\n  isp    2\n  trunk  3")
    }
}
