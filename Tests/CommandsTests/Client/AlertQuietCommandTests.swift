import API
import Testing

@testable import Commands

/// Silences and maintenance windows.
@Suite struct AlertQuietCommandTests {
    private static func page(_ items: String) -> APIResponse {
        .json(200, #"{"items":[\#(items)],"total":1,"next_cursor":null}"#)
    }

    private static func body(_ request: APIRequest?) -> String {
        String(decoding: request?.body ?? [], as: UTF8.self)
    }

    @Test func `alerts are silenced by their ids`() async {
        let row = #"{"id":"s1","state":"active","matchers":["alertname=\"DiskSpace\""],"comment":"works"}"#
        let answers = [
            "POST /api/v1/alerts/a/silence": [APIResponse.json(201, row)],
            "POST /api/v1/alerts/b/silence": [APIResponse.json(409, #"{"status":409,"detail":"the alert is over"}"#)],
        ]
        let both = await run(["alerts", "silence", "a", "b", "--for", "2h", "--comment", "works"], answers)
        #expect(both.status == 2 && both.output.contains("DiskSpace") && both.error.contains("b: the alert is over"))
        #expect(Self.body(both.asked.first) == #"{"duration":"2h","comment":"works"}"#)
        let until = await run(["alerts", "silence", "a", "--until", "3h"], answers)
        #expect(until.status == 0 && Self.body(until.asked.first) == #"{"ends_at":"3h"}"#)
    }

    @Test func `silences that hold are listed, added and ended`() async {
        let row = #"""
            {"id":"s1","state":"active","matchers":["device=\"CORE-SW-01\""],"starts_at":"2026-03-01T05:00:00.000Z",
            "ends_at":"2026-03-01T07:00:00.000Z","comment":"line card","author":"nino"}
            """#
        let listed = await run(["alerts", "silences"], ["GET /api/v1/silences": [Self.page(row)]])
        #expect(listed.asked.first?.query == "state=active%2Cpending&limit=1000")
        #expect(listed.output.contains(#"device="CORE-SW-01""#) && listed.output.contains("line card"))
        let all = await run(["alerts", "silences", "list", "--all"], ["GET /api/v1/silences": [Self.page(row)]])
        #expect(all.asked.first?.query == "limit=1000")
        let added = await run(
            ["alerts", "silences", "add", "device=CORE-SW-01", "type=~isp|trunk", "--for", "2h", "--comment", "works"],
            ["POST /api/v1/silences": [.json(201, row)]])
        #expect(added.status == 0)
        #expect(
            Self.body(added.asked.first)
                == #"{"matchers":["device=CORE-SW-01","type=~isp|trunk"],"duration":"2h","comment":"works"}"#)
        let ended = await run(
            ["alerts", "silences", "expire", "s1"], ["POST /api/v1/silences/s1/expire": [.json(200, row)]])
        #expect(ended.output == "expired s1\n")
    }

    @Test(arguments: [
        (
            ["upgrade", "device=CORE-SW-01", "--at", "2h", "--for", "1h"],
            #"{"name":"upgrade","matchers":["device=CORE-SW-01"],"starts_at":"2h","duration":"1h"}"#
        ),
        (
            [
                "sundays", "--all", "--schedule", "0 22 * * SUN", "--for", "1h", "--zone", "Asia/Tbilisi", "--until",
                "300d",
            ],
            #"{"name":"sundays","matchers":[],"schedule":"0 22 * * SUN","duration":"1h","zone":"Asia/Tbilisi","#
                + #""ends_at":"300d"}"#
        ),
    ])
    func `work is planned once or again and again`(arguments: [String], body: String) async {
        let result = await run(
            ["alerts", "maintenance", "add"] + arguments,
            ["POST /api/v1/maintenance-windows": [.json(201, #"{"id":"w1"}"#)]])
        #expect(result.status == 0 && Self.body(result.asked.first) == body)
    }

    @Test func `windows are listed with when they begin next, and removed`() async {
        let row = #"""
            {"id":"w1","name":"sundays","matchers":[],"schedule":"0 22 * * SUN","zone":"Asia/Tbilisi",
            "duration_seconds":5400,"next_start_at":"2026-03-01T18:00:00.000Z","open_until":null,"comment":null}
            """#
        let listed = await run(["alerts", "maintenance"], ["GET /api/v1/maintenance-windows": [Self.page(row)]])
        for text in ["2026-03-01 18:00:00", "0 22 * * SUN Asia/Tbilisi", "1 h 30 min", "all"] {
            #expect(listed.output.contains(text), "\(text)")
        }
        let removed = await run(
            ["alerts", "maintenance", "remove", "w1"],
            ["DELETE /api/v1/maintenance-windows/w1": [APIResponse(status: 204, body: .bytes([]))]])
        #expect(removed.output == "removed w1\n")
    }
}
