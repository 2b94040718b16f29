import API
import Testing

@testable import Commands

@Suite struct AnomalyCommandTests {
    private static let id = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"
    private static let interface = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0002"
    private static let anomaly = #"""
        {"id":"\#(id)","message":"Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)","kind":"traffic_spike",
        "severity":"critical","state":"raised","mode":"adaptive","direction":"in","measure":"traffic",
        "device_name":"CORE-SW-01","if_name":"Gi0/1\u001b[31m","started_at":"2026-03-01T05:00:00.000Z","ended_at":null,
        "confidence":0.59,"score":6.6,
        "explanation":{"sentences":["It is 2.7 times the usual of a Monday at 14:00.","It lasts for 10 minutes."]}}
        """#

    private static func page(_ items: String, total: Int = 1) -> APIResponse {
        .json(200, #"{"items":[\#(items)],"total":\#(total),"next_cursor":null}"#)
    }

    private static func body(_ request: APIRequest?) -> String {
        String(decoding: request?.body ?? [], as: UTF8.self)
    }

    @Test func `anomalies are a table for people, of what is raised`() async {
        let result = await run(["anomalies"], ["GET /api/v1/anomalies": [Self.page(Self.anomaly, total: 3)]])
        #expect(result.status == 0 && result.asked.first?.query == "state=raised&limit=50")
        #expect(result.output.contains("2026-03-01 05:00:00  goes on  CORE-SW-01  Gi0/1"))
        #expect(result.output.contains("Traffic spike detected: 850 Mbps") && !result.output.contains("\u{1B}"))
        #expect(result.error.contains("1 of 3 shown"))
    }

    @Test func `what is asked for reaches the API`() async {
        let arguments = [
            "anomalies", "list", "--interface", Self.interface, "--device", Self.id, "--severity", "high", "--severity",
            "critical", "--state", "muted", "--open", "--from", "-7d", "--to", "now", "--limit", "3", "--json",
        ]
        let result = await run(arguments, ["GET /api/v1/anomalies": [Self.page(Self.anomaly)]])
        #expect(result.status == 0)
        #expect(
            result.asked.first?.query
                == "from=-7d&to=now&state=muted&is_over=false&interface_id=\(Self.interface)&device_id=\(Self.id)"
                + "&severity=high%2Ccritical&limit=3")
        let all = await run(["anomalies", "list", "--all"], ["GET /api/v1/anomalies": [Self.page("", total: 0)]])
        #expect(all.asked.first?.query == "limit=50" && all.error.contains("No anomalies fit"))
    }

    @Test func `an anomaly is told with why it is one`() async {
        let result = await run(
            ["anomalies", "show", Self.id], ["GET /api/v1/anomalies/\(Self.id)": [.json(200, Self.anomaly)]])
        #expect(
            result.output.hasPrefix(
                """
                Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)
                CORE-SW-01 Gi0/1\u{FFFD}[31m
                It is 2.7 times the usual of a Monday at 14:00.
                It lasts for 10 minutes.
                """))
        #expect(result.output.contains("severity"))
    }

    @Test(arguments: [
        (["expected"], #"{"kind":"expected"}"#),
        (["new-normal", "--scope", "side"], #"{"kind":"new_normal","scope":"side"}"#),
        (
            ["mute", "--until", "2h", "--note", "works", "--scope", "interface"],
            #"{"kind":"mute","until":"2h","scope":"interface","note":"works"}"#
        ),
    ])
    func `what is said of an anomaly reaches the API`(arguments: [String], body: String) async {
        let result = await run(
            ["anomalies", "act", Self.id] + arguments,
            ["POST /api/v1/anomalies/\(Self.id)/actions": [.json(201, #"{"id":"a"}"#)]])
        #expect(result.status == 0 && Self.body(result.asked.first) == body)
    }

    @Test func `what was said is listed with whom it is of, and taken back`() async {
        func action(_ id: String, _ members: String) -> String {
            #"""
            {"id":"\#(id)","kind":"mute","interface_id":"\#(Self.interface)","device_name":"CORE-SW-01","if_name":"Gi0/1",
            "until":"2026-03-01T07:00:00.000Z","is_now":true,"note":"backup","author":null,
            "created_at":"2026-03-01T05:00:00.000Z",\#(members)}
            """#
        }
        let rows = [
            action("a1", #""anomaly_id":"\#(Self.id)","direction":"in","measure":"traffic""#),
            action("a2", #""anomaly_id":null,"direction":"out","measure":"packets""#),
            action("a3", #""anomaly_id":null,"direction":null,"measure":null"#),
        ].joined(separator: ",")
        let answers = ["GET /api/v1/anomalies/actions": [Self.page(rows, total: 3)]]
        let result = await run(["anomalies", "actions"], answers)
        #expect(result.status == 0 && result.asked.first?.query == "limit=1000")
        for text in [
            "2026-03-01 05:00:00  mute  CORE-SW-01  Gi0/1", "  anomaly  ", "  out packets  ", "  interface  ", "backup",
            "a3",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
        let now = await run(
            ["anomalies", "actions", "list", "--now", "--filter", "kind=mute", "--limit", "1", "--json"],
            ["GET /api/v1/anomalies/actions": [Self.page(rows, total: 3)]])
        #expect(now.asked.first?.query == "kind=mute&is_now=true&limit=1" && now.output.contains(#""id": "a2""#))
        let none = await run(["anomalies", "actions"], ["GET /api/v1/anomalies/actions": [Self.page("", total: 0)]])
        #expect(none.error.contains("`wardflux anomalies act` says it"))
        let removed = await run(
            ["anomalies", "actions", "remove", "a1"],
            ["DELETE /api/v1/anomalies/actions/a1": [APIResponse(status: 204, body: .bytes([]))]])
        #expect(removed.status == 0 && removed.output == "removed a1\n")
        #expect(
            CommandWords.remedy("GET /api/v1/anomalies/actions shows what was said with its ids.")
                == "`wardflux anomalies actions` shows what was said with its ids.")
    }

    @Test func `budgets are shown below the counts, those of groups too`() async {
        let counts = #"""
            {"open":{"raised":2,"held_back":1},"budget_per_week":20,"checked_at":"2026-03-01T05:00:00.000Z","budgets":[
            {"group":null,"per_week":20,"told":19,"held_back":3},
            {"group":"type:isp","per_week":5,"told":5,"held_back":1}]}
            """#
        let result = await run(
            ["anomalies", "statistics"], ["GET /api/v1/anomalies/statistics": [.json(200, counts)]])
        #expect(result.status == 0 && result.output.hasPrefix("open\n  raised     2\n  held_back  1\n"))
        #expect(
            result.output.hasSuffix(
                """

                BUDGET OF  PER WEEK  TOLD  HELD BACK
                all              20    19          3
                type:isp          5     5          1

                """))
        let json = await run(
            ["anomalies", "statistics", "--json"], ["GET /api/v1/anomalies/statistics": [.json(200, counts)]])
        #expect(json.output.contains(#""group": "type:isp""#))
        let none = await run(
            ["anomalies", "statistics"],
            ["GET /api/v1/anomalies/statistics": [.json(200, #"{"budget_per_week":null,"budgets":[]}"#)]])
        #expect(none.status == 0 && !none.output.contains("BUDGET"))
    }

    @Test(arguments: [
        (["baselines", "exclusions", "add", "--help"], "by itself"),
        (["baselines", "exclusions", "remove", "--help"], "not learnt from until `wardflux baselines relearn`"),
        (["anomalies", "actions", "remove", "--help"], "stays until `wardflux baselines relearn`"),
    ])
    func `the help tells what becomes of what was learnt`(arguments: [String], words: String) async {
        let result = await run(arguments)
        let help = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(help.contains(words) && !help.contains("stays learnt"), "\(help)")
    }

    @Test func `incidents are listed, and one is told with its members`() async {
        let incident = #"""
            {"id":"\#(Self.id)","title":"Traffic drop on 14 interfaces of CORE-SW-01","scope":"device",
            "severity":"high","state":"raised","started_at":"2026-03-01T05:00:00.000Z","ended_at":null,
            "anomaly_count":14,"evidence":["12 of 14 interfaces are down."],"members":[\#(Self.anomaly)]}
            """#
        let listed = await run(["anomalies", "incidents"], ["GET /api/v1/incidents": [Self.page(incident)]])
        #expect(listed.output.contains("Traffic drop on 14 interfaces of CORE-SW-01"))
        let one = await run(
            ["anomalies", "incidents", Self.id], ["GET /api/v1/incidents/\(Self.id)": [.json(200, incident)]])
        #expect(one.output.hasPrefix("Traffic drop on 14 interfaces of CORE-SW-01\n12 of 14 interfaces are down.\n"))
        #expect(one.output.contains("Traffic spike detected"))
    }

    @Test func `baselines are shown by day and hour`() async {
        func row(_ day: Int) -> String {
            #"""
            {"day_of_week":\#(day),"hour_of_day":4,"avg_in_mbps":320.4,"std_dev_in_mbps":80,"min_in_mbps":1.5,
            "max_in_mbps":900,"avg_out_mbps":0.123,"std_dev_out_mbps":0,"min_out_mbps":0,"max_out_mbps":12.34,
            "sample_count":24,"confidence":0.596}
            """#
        }
        let answers = ["GET /api/v1/interfaces/\(Self.interface)/baselines": [Self.page(row(0) + "," + row(1))]]
        let result = await run(["baselines", "show", Self.interface], answers)
        #expect(result.output.contains("Sunday  04:00  320 ± 80") && result.output.contains("Monday"))
        #expect(result.output.contains("0.12 ± 0") && result.output.contains("0.60"))
        let monday = await run(["baselines", "show", Self.interface, "--day", "monday"], answers)
        #expect(!monday.output.contains("Sunday") && monday.output.contains("Monday"))
    }

    @Test(arguments: [
        (["learn"], "learn", "{}"), (["learn", "--all"], "learn", #"{"scope":"all"}"#), (["relearn"], "relearn", "{}"),
        (["relearn", interface], "relearn", #"{"interface_id":"\#(interface)"}"#),
    ])
    func `learning follows its run`(arguments: [String], path: String, body: String) async {
        let run1 = #"{"id":"r1","job":"learn-baselines","state":"succeeded","message":"Updated 31,416 baselines"}"#
        let result = await run(
            ["baselines"] + arguments,
            [
                "POST /api/v1/baselines/\(path)": [.json(202, #"{"id":"r1"}"#)],
                "GET /api/v1/jobs/r1": [.json(200, run1)],
            ])
        #expect(result.status == 0 && result.output.hasPrefix("learn-baselines succeeded: Updated 31,416 baselines"))
        #expect(Self.body(result.asked.first) == body)
    }

    @Test func `forecasts tell the day and the interval`() async {
        let forecast = #"""
            {"device_name":"EDGE-1","if_name":"xe-0/0/0","isp_provider":"magti","capacity_bps":1e10,"level_bps":7.1e9,
            "p95_bps":6.5e9,"date":"2027-02-01","earliest":"2026-12-01","latest":null,"message":"Full in February."}
            """#
        let result = await run(["baselines", "forecast"], ["GET /api/v1/forecasts": [Self.page(forecast)]])
        #expect(result.output.contains("2027-02-01  2026-12-01 – …  Full in February."))
        let one = await run(
            ["baselines", "forecast", Self.interface, "--json"],
            ["GET /api/v1/interfaces/\(Self.interface)/forecast": [.json(200, forecast)]])
        #expect(one.output.contains(#""date": "2027-02-01""#))
    }

    @Test(arguments: [
        ([], #"{"from":"-2h","to":"now","scope":"all"}"#),
        (
            ["--tag", "hq", "--reason", "works"],
            #"{"from":"-2h","to":"now","scope":"tag","tag":"hq","reason":"works"}"#
        ),
        (["--device", id], #"{"from":"-2h","to":"now","scope":"device","device_id":"\#(id)"}"#),
        (["--interface", id], #"{"from":"-2h","to":"now","scope":"interface","interface_id":"\#(id)"}"#),
    ])
    func `a time is excluded for whom it is said`(arguments: [String], body: String) async {
        let result = await run(
            ["baselines", "exclusions", "add", "--from", "-2h", "--to", "now"] + arguments,
            ["POST /api/v1/baselines/exclusions": [.json(201, #"{"id":"e"}"#)]])
        #expect(result.status == 0 && Self.body(result.asked.first) == body)
    }

    @Test func `excluded times are listed and removed`() async {
        let row =
            #"{"id":"e1","scope":"tag","tag":"hq","from":"2026-03-01T05:00:00.000Z","to":"2026-03-02T05:00:00.000Z"}"#
        let result = await run(["baselines", "exclusions"], ["GET /api/v1/baselines/exclusions": [Self.page(row)]])
        #expect(result.output.contains("tag hq"))
        let removed = await run(
            ["baselines", "exclusions", "remove", "e1"],
            ["DELETE /api/v1/baselines/exclusions/e1": [APIResponse(status: 204, body: .bytes([]))]])
        #expect(removed.status == 0 && removed.output == "removed e1\n")
    }

    @Test func `what is recorded is replayed line by line`() async {
        let line = #"{"series":"A Gi0/1","timestamp":"2026-03-01T05:00:00.000Z","value":1,"event":"start"}"#
        let answer = APIResponse.json(200, #"{"items":[\#(line)],"total":1,"is_complete":false}"#)
        let result = await run(
            [
                "baselines", "replay", "--interface", Self.interface, "--from", "-7d", "--mode", "classic", "--json",
                "--all",
            ],
            ["GET /api/v1/interfaces/\(Self.interface)/replay": [answer]])
        #expect(result.status == 0 && result.output == line + "\n" && result.error.contains("more lines"))
        #expect(result.asked.first?.query == "from=-7d&mode=classic&all=true&limit=50000")
        let sided = #"{"series":"A Gi0/1","direction":"out","measure":"packets","value":1e3,"event":"start"}"#
        let table = await run(
            ["baselines", "replay", "--interface", Self.interface],
            [
                "GET /api/v1/interfaces/\(Self.interface)/replay": [
                    .json(200, #"{"items":[\#(sided)],"total":1,"is_complete":true}"#)
                ]
            ])
        #expect(table.output.contains("A Gi0/1  out packets  start") && table.error.isEmpty)
    }

    @Test(arguments: [
        ["anomalies", "list", "--severity", "awful"], ["anomalies", "list", "--limit", "0"],
        ["anomalies", "list", "--all", "--state", "raised"], ["anomalies", "act", "x", "mute"],
        ["anomalies", "act", "x", "new-normal", "--until", "2h"], ["anomalies", "act", "x", "forget"],
        ["baselines", "show"], ["baselines", "show", "x", "--day", "someday"],
        ["baselines", "exclusions", "add", "--from", "-2h"],
        ["baselines", "exclusions", "add", "--from", "-2h", "--to", "now", "--tag", "a", "--device", "b"],
    ])
    func `a wrong option is an error of the command line`(_ arguments: [String]) async {
        let result = await run(arguments)
        #expect(result.status == 64 && result.asked.isEmpty)
    }
}
