import API
import FoundationEssentials
import Testing

@testable import Commands

@Suite struct SeriesCommandTests {
    private static let path = "POST /api/v1/series/import"

    private static func report(_ readings: Int, unknown: Int = 0) -> APIResponse {
        .json(
            200,
            #"""
            {"readings":\#(readings),"accepted":\#(readings),"repeated":0,"out_of_order":0,"out_of_range":0,
            "unknown_readings":\#(unknown),"unknown_interfaces":\#(unknown > 0 ? "[\"SW:Gi0/1\"]" : "[]")}
            """#)
    }

    /// An answer in pieces that cut characters.
    private static func pieces(_ text: String) -> APIResponse {
        let left = OneByOne(Array(text.utf8))
        return APIResponse(status: 200, body: .pull { await left.next() })
    }

    private actor OneByOne {
        private var rest: ArraySlice<UInt8>
        init(_ bytes: [UInt8]) { rest = bytes[...] }
        func next() -> [UInt8]? { rest.popFirst().map { [$0] } }
    }

    @Test func `an export is written line by line, no character cut`() async {
        let text = "{\"device_name\":\"თბილისი\"}\n{\"at\":1}\nrest"
        let answers = ["GET /api/v1/series/export": [Self.pieces(text)]]
        let result = await run(["series", "export", "--from", "-7d", "--interface", SeriesCommandTests.id], answers)
        #expect(result.status == 0 && result.output == text)
        #expect(result.asked.first?.query == "from=-7d&format=jsonl&interface=\(Self.id)")
    }

    private static let id = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"

    @Test func `a file has its name only when all of it is there`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "all.csv").path
        let whole = await run(
            ["series", "export", "-o", file], ["GET /api/v1/series/export": [Self.pieces("a,b\r\n")]])
        #expect(whole.status == 0 && whole.asked.first?.query == "format=csv")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "a,b\r\n")
        struct Broken: Error {}
        let broken = APIResponse(status: 200, body: .pull { throw Broken() })
        let other = folder.appending(path: "broken.csv").path
        let result = await run(["series", "export", "-o", other], ["GET /api/v1/series/export": [broken]])
        #expect(result.status != 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["all.csv"])
    }

    @Test func `an import tells what was added`() async {
        let result = await run(
            ["series", "import", "-"], [Self.path: [Self.report(2)]], input: "interface_id,at\nx,y\n")
        #expect(result.status == 0 && result.output == "imported 2 readings: 2 added, 0 there already\n")
        #expect(result.asked.first?.query == "format=csv&first_line=1")
        #expect(result.asked.first?.headers.first(named: "Content-Type") == "text/csv")
    }

    @Test func `what is not in the inventory is named and the import is partial`() async {
        let answers = [Self.path: [Self.report(2, unknown: 3)]]
        let result = await run(["series", "import", "-"], answers, input: "{\"at\":1}\n")
        #expect(result.status == 2 && result.output.contains("3 of unknown interfaces"))
        #expect(result.error == "-: not in the inventory: SW:Gi0/1\n")
        #expect(result.asked.first?.query == "format=jsonl&first_line=1")
    }

    @Test func `a wrong line is named with its line, field and remedy`() async {
        let problem = #"""
            {"status":422,"detail":"the readings have 1 error; none of this body was added",
            "remedy":"Correct the places named in errors and send it again: what is there already stays as it is.",
            "errors":[{"field":"at","value":"x","detail":"give an RFC 3339 time","line":7}]}
            """#
        let result = await run(["series", "import", "-"], [Self.path: [.json(422, problem)]], input: "{}\n")
        #expect(result.status == 1)
        #expect(result.error.contains("line 7, at: give an RFC 3339 time"))
    }

    @Test(arguments: ["# HELP x\n", "interface_if_in_errors{a=\"b\"} 1 2\n"])
    func `Prometheus text is refused with the reason`(_ input: String) async {
        let result = await run(["series", "import", "-"], input: input)
        #expect(result.status == 64 && result.error.contains("csv or jsonl") && result.asked.isEmpty)
    }

    @Test(arguments: [1, 3, 7, 64, 1_000], [1, 5, 1_000])
    func `pieces are whole lines and know their place`(_ bytesMax: Int, _ feed: Int) {
        let text = Array("h1,h2\r\na,\"x\ny\"\r\n\r\nb,2\nlast".utf8)
        var pieces = LinePieces(bytesMax: bytesMax, hasQuotes: true)
        var found: [LinePieces.Piece] = []
        for start in stride(from: 0, to: text.count, by: feed) {
            if let piece = pieces.take(text[start..<min(start + feed, text.count)]) { found.append(piece) }
        }
        if let piece = pieces.finish() { found.append(piece) }
        #expect(found.flatMap(\.bytes) == text)
        for (piece, next) in zip(found, found.dropFirst()) {
            #expect(piece.bytes.last == 10 && piece.bytes.count { $0 == 34 } % 2 == 0)
            #expect(next.firstLine == piece.firstLine + piece.bytes.count { $0 == 10 })
        }
    }

    @Test func `a line without an end is told, and not kept for ever`() {
        var pieces = LinePieces(bytesMax: 1_000, hasQuotes: true)
        let megabyte = [UInt8](repeating: 120, count: 1 << 20)
        _ = pieces.take("h\n1,\"\n".utf8)
        for _ in 0..<15 {
            _ = pieces.take(megabyte)
            #expect(pieces.endlessLine == nil)
        }
        for _ in 0..<2 { _ = pieces.take(megabyte) }
        #expect(pieces.endlessLine == 2)
    }

    @Test func `a piece of a table has the header and the number of its lines`() async throws {
        let transport = FakeTransport([Self.path: [Self.report(1)]])
        var importer = PieceImport(client: APIClient(transport: transport), form: .csv)
        var sum = ImportSum()
        try await importer.add(LinePieces.Piece(bytes: Array("h\n1\n2\n".utf8), firstLine: 1), &sum)
        try await importer.add(LinePieces.Piece(bytes: Array("3\n".utf8), firstLine: 4), &sum)
        #expect(transport.asked.map { String(decoding: $0.body, as: UTF8.self) } == ["h\n1\n2\n", "h\n3\n"])
        #expect(transport.asked.map(\.query) == ["format=csv&first_line=1", "format=csv&first_line=3"])
        #expect(sum.count("accepted") == 2)
    }

    @Test(arguments: [("working", Int32(0)), ("degraded", 0), ("failing", 1)])
    func `the status fails where the store takes no readings`(_ state: String, _ status: Int32) async {
        let answers = [
            "GET /api/v1/series/statistics": [APIResponse.json(200, #"{"kind":"embedded","state":"\#(state)"}"#)]
        ]
        let result = await run(["series", "status"], answers)
        #expect(result.status == status && result.output == "kind   embedded\nstate  \(state)\n")
    }
}
