import API
import Testing

@testable import Commands

@Suite struct TrafficCommandTests {
    private static let id = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"
    private static let top = #"""
        {"by":"traffic","window":"now","items":[{"interface_id":"\#(id)","device_name":"CORE-SW-03","if_name":"Gi0/1",
        "if_alias":"Magti","interface_type":"isp","isp_provider":"magti","if_speed":1000000000,"in_bps":94500000.4,
        "out_bps":null,"utilization_percent":9.45,"error_percent":0,"discards_per_second":0.25}]}
        """#

    @Test func `the top is a table for people`() async {
        let result = await run(["interfaces", "top"], ["GET /api/v1/interfaces/top": [.json(200, Self.top)]])
        #expect(result.status == 0)
        #expect(
            result.output == """
                DEVICE      INTERFACE  ALIAS  TYPE  PROVIDER  SPEED      IN  OUT   UTIL  ERRORS  DISCARDS/S
                CORE-SW-03  Gi0/1      Magti  isp   magti       1 G  94.5 M       9.5 %     0 %         0.3

                """)
        #expect(result.asked.first?.query == "by=traffic&window=now&limit=10")
    }

    @Test func `without a terminal the top is read once, watched or not`() async {
        let answers = ["GET /api/v1/interfaces/top": [APIResponse.json(200, Self.top)]]
        let result = await run(["interfaces", "top", "--watch"], answers)
        #expect(result.status == 0 && result.asked.count == 1 && !result.output.contains("\u{1B}"))
    }

    @Test func `a frame is drawn over the one before`() {
        #expect(LiveText.frame("A\nB") == "\u{1B}[HA\u{1B}[K\nB\u{1B}[K\n\u{1B}[J")
    }

    @Test(arguments: [(24, 23), (3, 2), (1, 1), (200, 100)])
    func `a frame never scrolls its terminal`(_ lines: Int, _ shown: Int) {
        let frame = LiveText.frame((0..<100).map { "row \($0)" }.joined(separator: "\n"), lines: lines)
        #expect(frame.count { $0 == "\n" } == shown && frame.hasPrefix("\u{1B}[Hrow 0\u{1B}[K\n"))
    }

    @Test(arguments: [
        ["top", "--limit", "0"], ["top", "--by", "speed"], ["top", "--by", "discards", "--window", "24h"],
        ["top", "--watch", "--json"], ["metrics", "x", "--points", "1"],
        ["metrics", "x", "--step", "5m", "--points", "9"],
    ])
    func `a wrong option is an error of the command line`(_ arguments: [String]) async {
        let result = await run(["interfaces"] + arguments)
        #expect(result.status == 64 && result.asked.isEmpty)
    }

    private static let metrics = #"""
        {"interface_id":"\#(id)","points":[
        {"at":"2026-03-01T04:00:00.000Z","in_bps":{"min":1000,"avg":94500000,"max":96000000},"out_bps":null,
        "utilization_percent":9.45,"error_percent":0.0123,"readings":1,"origin":["64"]},
        {"at":"2026-03-01T04:05:00.000Z","in_bps":null,"out_bps":null,"utilization_percent":null,"error_percent":null,
        "readings":0,"origin":["gap"]}]}
        """#

    @Test func `a gap in recorded traffic is told as one`() async {
        let path = "GET /api/v1/interfaces/\(Self.id)/metrics"
        let result = await run(
            ["interfaces", "metrics", Self.id, "--from", "-2h", "--step", "5m"], [path: [.json(200, Self.metrics)]])
        #expect(
            result.output == """
                TIME                     IN  IN MAX  OUT  OUT MAX   UTIL    ERRORS  READINGS  ORIGIN
                2026-03-01 04:00:00  94.5 M    96 M    -        -  9.5 %  0.0123 %         1  64
                2026-03-01 04:05:00       -       -    -        -                          0  gap

                """)
        #expect(result.asked.first?.query == "from=-2h&step=5m")
    }

    @Test func `recorded traffic is CSV as the server writes it`() async {
        let path = "GET /api/v1/interfaces/\(Self.id)/metrics"
        let csv = APIResponse(status: 200, body: .bytes(Array("at,in\r\n".utf8)))
        let result = await run(["interfaces", "metrics", Self.id, "--csv"], [path: [csv]])
        #expect(result.output == "at,in\r\n" && result.asked.first?.query == "format=csv")
    }

    @Test func `a wrong time is told as the server says`() async {
        let problem = #"""
            {"status":400,"detail":"from: give an RFC 3339 time","remedy":"Correct the parameters named in errors; /api/v1/openapi.json describes all of them.",
            "errors":[{"field":"from","value":"x","detail":"give an RFC 3339 time"}]}
            """#
        let path = "GET /api/v1/interfaces/\(Self.id)/metrics"
        let result = await run(
            ["interfaces", "metrics", Self.id, "--from", "x", "--csv"], [path: [.json(400, problem)]])
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.error.hasPrefix("error: from: give an RFC 3339 time\n"))
    }

    @Test func `the summary of one interface is its last day`() async {
        let answers = [
            "GET /api/v1/interfaces/\(Self.id)/summary": [APIResponse.json(200, #"{"avg_in_mbps":12.5,"note":null}"#)]
        ]
        let result = await run(["interfaces", "summary", Self.id], answers)
        #expect(result.output == "avg_in_mbps  12.5\n")
    }
}
