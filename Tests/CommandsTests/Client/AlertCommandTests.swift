import API
import Testing

@testable import Commands

@Suite struct AlertCommandTests {
    private static let id = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"
    private static let interface = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0002"

    private static func alert(_ message: String = "Interface Gi0/1 down on CORE-SW-01 (CRITICAL)", _ more: String = "")
        -> String
    {
        #"""
        {"id":"\#(id)","message":"\#(message)","condition":"interface_down","severity":"critical","state":"firing",
        "is_held":false,"hold":null,"device_name":"CORE-SW-01","if_name":"Gi0/1","relapses":0,"explains":0,
        "started_at":"2026-03-01T05:00:00.000Z","resolved_at":null,"notified_at":"2026-03-01T05:00:02.000Z",
        "acknowledged_at":null,"rule":"interface-down","labels":{"device":"CORE-SW-01"},"cause":null\#(more)}
        """#
    }

    private static let explained = #"""
        {"id":"\#(interface)","message":"Device BR-1\u001b[31m unreachable (CRITICAL)","severity":"critical",
        "state":"firing","is_held":true,"hold":"explained","explains":0,"started_at":"2026-03-01T05:00:00.000Z",
        "resolved_at":"2026-03-01T06:00:00.000Z","notified_at":null,"rule":"device-unreachable",
        "cause":{"alert_id":"\#(id)","name":"CORE-SW-01","path":["ADM","CORE-SW-01","BR-1"],
        "reason":"CORE-SW-01 is the only way to it."}}
        """#

    private static func page(_ items: String, total: Int = 1) -> APIResponse {
        .json(200, #"{"items":[\#(items)],"total":\#(total),"next_cursor":null}"#)
    }

    private static func body(_ request: APIRequest?) -> String {
        String(decoding: request?.body ?? [], as: UTF8.self)
    }

    // MARK: - Alerts

    @Test func `alerts are a table for people, with why nobody is told`() async {
        let rows = Self.alert() + "," + Self.explained
        let result = await run(["alerts"], ["GET /api/v1/alerts": [Self.page(rows, total: 7)]])
        #expect(result.status == 0 && result.asked.first?.query == "limit=50")
        #expect(result.output.contains("2026-03-01 05:00:00  critical"))
        #expect(result.output.contains("Interface Gi0/1 down on CORE-SW-01 (CRITICAL)"))
        #expect(result.output.contains("explained by CORE-SW-01") && result.output.contains("2026-03-01 05:00:02"))
        #expect(!result.output.contains("\u{1B}") && result.error.contains("2 of 7 shown"))
        let none = await run(["alerts"], ["GET /api/v1/alerts": [Self.page("", total: 0)]])
        #expect(none.status == 0 && none.output.isEmpty && none.error.contains("No alert that is not over"))
    }

    @Test func `what is asked for reaches the API`() async {
        let arguments = [
            "alerts", "list", "--interface", Self.interface, "--device", Self.id, "--severity", "high", "--severity",
            "critical", "--condition", "interface_down", "--state", "firing", "--no-held", "--cause", Self.id, "-q",
            "CORE", "--filter", "location=HQ", "--limit", "3", "--json",
        ]
        let result = await run(arguments, ["GET /api/v1/alerts": [Self.page(Self.alert())]])
        #expect(result.status == 0 && result.output.contains(#""message": "Interface Gi0/1 down"#))
        #expect(
            result.asked.first?.query
                == "interface_id=\(Self.interface)&device_id=\(Self.id)&severity=high%2Ccritical"
                + "&condition=interface_down&state=firing&is_held=false&cause_id=\(Self.id)&q=CORE&location=HQ&limit=3")
    }

    @Test func `history asks for a time and shows ends`() async {
        let result = await run(
            ["alerts", "history", "--from", "-7d", "--to", "now", "--held"],
            ["GET /api/v1/alerts/history": [Self.page(Self.alert() + "," + Self.explained, total: 2)]])
        #expect(result.asked.first?.query == "is_held=true&from=-7d&to=now&limit=50")
        #expect(result.output.contains("2026-03-01 06:00:00") && result.output.contains("goes on"))
    }

    @Test func `one alert is told with its cause, its steps, and what it explains`() async {
        let more = #"""
            ,"description":"It is down since 05:00.","context":{"remedy":"Call the bank.","facts":[
            {"name":"speed","text":"1 Gbps","at":null}],
            "before":[{"at":"2026-03-01T04:59:00.000Z","text":"CORE restarted"}]},
            "changes":[{"at":"2026-03-01T05:00:00.000Z","kind":"began","author":null,"text":"it began"},
            {"at":"2026-03-01T05:10:00.000Z","kind":"acknowledged","author":"nino","text":"on my way"}],
            "explained":[\#(Self.explained)],
            "deliveries":[{"created_at":"2026-03-01T05:00:02.000Z","receiver":"noc","state":"failed","reason":"change",
            "alert_count":1,"attempts":3,"last_error":"it answers 503"}],"tellings":[]
            """#
        let result = await run(
            ["alerts", "show", Self.id], ["GET /api/v1/alerts/\(Self.id)": [.json(200, Self.alert("A port", more))]])
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("A port\nIt is down since 05:00.\nWhat to do: Call the bank.\n"))
        for text in [
            "speed  1 Gbps", "CORE restarted", "acknowledged  nino  on my way", "It explains 1 alert:", "  Device BR-1",
            "noc", "it answers 503",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
        #expect(!result.output.contains("\u{1B}"))
        let held = await run(
            ["alerts", "show", Self.id], ["GET /api/v1/alerts/\(Self.id)": [.json(200, Self.explained)]])
        #expect(held.output.contains("Nobody is told: explained.\nExplained by CORE-SW-01: CORE-SW-01 is the only way"))
        #expect(held.output.contains("On the way: ADM - CORE-SW-01 - BR-1"))
    }

    @Test(arguments: [
        (["acknowledge"], "acknowledge", "{}"),
        (
            ["acknowledge", "--until", "2h", "--note", "on my way"], "acknowledge",
            #"{"until":"2h","note":"on my way"}"#
        ),
        (["unacknowledge", "--note", "not me"], "unacknowledge", #"{"note":"not me"}"#),
    ])
    func `what is said of an alert reaches the API`(arguments: [String], path: String, body: String) async {
        let said = #"{"id":"a","alert_id":"\#(Self.id)","kind":"\#(path)","until":null,"note":null}"#
        let result = await run(
            ["alerts"] + arguments + [Self.id], ["POST /api/v1/alerts/\(Self.id)/\(path)": [.json(201, said)]])
        #expect(result.status == 0 && Self.body(result.asked.first) == body)
        #expect(result.output.contains(Self.id) && result.output.contains(path))
    }

    @Test func `of several alerts those that are over are named, and the others are taken on`() async {
        let over = #"{"title":"Conflict","status":409,"detail":"the alert is over"}"#
        let answers = [
            "POST /api/v1/alerts/a/acknowledge": [APIResponse.json(201, #"{"alert_id":"a","kind":"acknowledge"}"#)],
            "POST /api/v1/alerts/b/acknowledge": [APIResponse.json(409, over)],
        ]
        let result = await run(["alerts", "acknowledge", "a", "b"], answers)
        #expect(result.status == 2 && result.error.contains("1 of 2 alerts did not take it"))
        #expect(result.error.contains("b: the alert is over") && result.output.contains("acknowledge"))
        let one = await run(["alerts", "acknowledge", "b"], answers)
        #expect(one.status == 1 && one.error.contains("error: the alert is over"))
    }

    @Test func `statistics show days, who is noisy and who was told below the counts`() async {
        let counts = #"""
            {"open":{"pending":1,"firing":2,"acknowledged":0},"median_seconds_to_resolve":300.5,
            "days":[{"date":"2026-03-01","fired":4,"resolved":3}],
            "noisiest":[{"entity":"interface:x","device_name":"CORE-SW-01","if_name":"Gi0/1","fired":9,"relapses":4}],
            "receivers":[{"receiver":"noc","waiting":0,"delivered":12,"failed":1}]}
            """#
        let result = await run(
            ["alerts", "statistics", "--days", "1"], ["GET /api/v1/alerts/statistics": [.json(200, counts)]])
        #expect(result.asked.first?.query == "days=1" && result.output.contains("firing        2"))
        for text in ["2026-03-01      4     3", "CORE-SW-01 Gi0/1       9", "noc"] {
            #expect(result.output.contains(text), "\(text)")
        }
    }

    // MARK: - Rules

    private static let rule = #"""
        {"id":"uplinks","origin":"file","condition":"high_utilization","severity":"high","follows_severity":false,
        "is_sent":true,"threshold":80,"clear":75,"for_seconds":300,"clear_seconds":0,"changes":null,
        "within_seconds":null,"where":[{"types":["isp","trunk"],"devices":[],"critical":true}],"labels":{}}
        """#

    @Test func `rules are listed with what they fit and what is wrong with the file`() async {
        let problem =
            #"{"severity":"warning","line":3,"column":5,"message":"the rule `b` is never asked","remedy":"move it"}"#
        let answer = #"{"items":[\#(Self.rule)],"total":1,"next_cursor":null,"problems":[\#(problem)]}"#
        let answers = ["GET /api/v1/alerts/rules": [APIResponse.json(200, answer)]]
        let result = await run(["alerts", "rules"], answers)
        #expect(result.output.contains("80 %") && result.output.contains("5 min"))
        #expect(result.output.contains("types isp, trunk; critical"))
        #expect(result.error.contains("alert file:3:5: warning: the rule `b` is never asked; move it"))
        let one = await run(["alerts", "rules", "explain", Self.interface], answers)
        #expect(one.asked.first?.query == "limit=1000&interface_id=\(Self.interface)")
        #expect(!one.error.contains("not looked at"))
        let gone = answer.replacing(#""problems":"#, with: #""is_watched":false,"problems":"#)
        let unwatched = await run(
            ["alerts", "rules", "explain", Self.interface], ["GET /api/v1/alerts/rules": [.json(200, gone)]])
        #expect(unwatched.error.contains("not looked at: switched off, gone, or not monitored"))
        let device = await run(["alerts", "rules", "explain", "--device", Self.id], answers)
        #expect(device.asked.first?.query == "limit=1000&device_id=\(Self.id)")
    }

    @Test(arguments: [
        (#"{"valid":true,"problems":[]}"#, Int32(0), "- is good: 0 errors, 0 warnings"),
        (
            #"{"valid":false,"problems":[{"severity":"error","line":2,"column":1,"message":"no","remedy":"do"}]}"#, 1,
            "- cannot be used: 1 error, 0 warnings"
        ),
    ])
    func `an alert file is checked by the API`(answer: String, status: Int32, verdict: String) async {
        let result = await run(
            ["alerts", "rules", "check", "-"], ["POST /api/v1/alerts/rules/check": [.json(200, answer)]],
            input: "version: 1\n")
        #expect(result.status == status && result.output == verdict + "\n")
        #expect(Self.body(result.asked.first) == #"{"rules":"version: 1\n"}"#)
        #expect(status == 0 || result.error == "-:2:1: error: no; do\n")
    }

    private static func replayed(_ message: String, _ standing: String, _ receivers: String, cause: String = "null")
        -> String
    {
        #"""
        {"id":"\#(id)","message":"\#(message)","condition":"interface_down","severity":"high","standing":"\#(standing)",
        "rule":"uplinks","started_at":"2026-03-01T05:00:00.000Z","fired_at":"2026-03-01T05:00:00.000Z",
        "resolved_at":null,"receivers":[\#(receivers)],"cause":\#(cause),"tellings":1,"holds":[]}
        """#
    }

    private static func replay(_ comparison: String) -> APIResponse {
        let rows = [
            replayed("Gi0/1 is busy", "told", #""boss","noc""#),
            replayed("Device BR-1 unreachable", "explained", "", cause: #""CORE-SW-01""#),
        ].joined(separator: ",")
        return .json(
            200,
            #"""
            {"from":"2026-03-01T00:00:00.000Z","to":"2026-03-08T00:00:00.000Z","readings":6048000,"damaged_blocks":2,
            "items":[\#(rows)],"total":1234,"is_complete":false,
            "standings":{"told":1200,"record_only":0,"explained":34,"pending":3},
            "deliveries":[{"receiver":"noc","deliveries":70,"escalations":1,"reminders":2,"alerts":90}],
            "pauses":[{"from":"2026-03-02T00:00:00.000Z","to":"2026-03-02T01:00:00.000Z"}],"comparison":\#(comparison)}
            """#)
    }

    @Test func `the past is run through the rules in force`() async {
        let answers = ["POST /api/v1/alerts/replay": [Self.replay("null")]]
        let result = await run(["alerts", "replay", "--from", "-7d"], answers)
        #expect(result.status == 0 && Self.body(result.asked.first) == #"{"from":"-7d"}"#)
        for text in [
            "goes on  high      Gi0/1 is busy", "boss, noc", "explained by CORE-SW-01",
            "noc             70            1          2      90",
            "1,234 alerts from 2026-03-01 00:00:00 to 2026-03-08 00:00:00: 1,200 told, 34 explained, 3 pending. ",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
        #expect(result.output.hasSuffix("Judged from 6,048,000 readings.\n"))
        #expect(result.error.contains("nothing at all was read from 2026-03-02 00:00:00 to 2026-03-02 01:00:00"))
        #expect(result.error.contains("2 blocks of readings are damaged") && result.error.contains("not all alerts"))
        let json = await run(["alerts", "replay", "--json"], answers)
        #expect(Self.body(json.asked.first) == "{}" && json.output.contains(#""total": 1234"#))
    }

    @Test func `rules are tried on the past, and compared with those in force`() async {
        let (new, gone) = (Self.replayed("a new one", "told", #""noc""#), Self.replayed("one less", "told", #""noc""#))
        let comparison = #"""
            {"new":[\#(new)],"gone":[\#(gone)],"changed":[{"before":\#(gone),"after":\#(new),
            "differences":["severity high instead of low","told instead of only recorded"]}],"same":40,
            "new_total":1234,"gone_total":1,"changed_total":2,"is_complete":false}
            """#
        let arguments = [
            "alerts", "replay", "--rule", "-", "--only", "uplinks", "--from", "-7d", "--to", "now", "--device", Self.id,
            "--limit", "2",
        ]
        let answers = ["POST /api/v1/alerts/replay": [Self.replay(comparison)]]
        let result = await run(arguments, answers, input: "version: 1\n")
        let body =
            #"{"rules":"version: 1\n","rule":"uplinks","from":"-7d","to":"now","device_id":"\#(Self.id)","limit":2}"#
        #expect(result.status == 0 && Self.body(result.asked.first) == body)
        for text in [
            "Only by the rules that are tried:\nSTART", "a new one", "Only by the rules in force:", "one less",
            "severity high instead of low, told instead of only recorded",
            "Next to the rules in force: 1,234 new, 1 gone, 2 changed, 40 the same.",
        ] {
            #expect(result.output.contains(text), "\(text)")
        }
        #expect(!result.output.contains("Gi0/1 is busy"))
        let all = await run(["alerts", "replay", "--rule", "-", "--no-compare"], answers, input: "x")
        #expect(Self.body(all.asked.first) == #"{"rules":"x","compare":false}"#)
        let refused = await run(
            ["alerts", "replay"],
            [
                "POST /api/v1/alerts/replay": [
                    .json(422, #"{"title":"Refused","status":422,"detail":"the alert file has 1 errors"}"#)
                ]
            ])
        #expect(refused.status == 1 && refused.error.contains("the alert file has 1 errors"))
    }

    // MARK: - Receivers

    @Test func `receivers are listed, and tried`() async {
        let row = #"""
            {"name":"noc","kind":"mail","is_used":true,"waiting":2,"oldest_waiting_at":"2026-03-01T05:00:00.000Z",
            "delivered":12,"failed":1,"last_error":"connection refused"}
            """#
        let listed = await run(["alerts", "receivers"], ["GET /api/v1/receivers": [Self.page(row)]])
        #expect(listed.output.contains("noc") && listed.output.contains("connection refused"))
        let path = "POST /api/v1/receivers/noc/trial"
        let taken = await run(
            ["alerts", "receivers", "try", "noc"],
            [path: [.json(200, #"{"receiver":"noc","is_taken":true,"refusal":null,"seconds":0.24}"#)]])
        #expect(taken.status == 0 && taken.output == "noc took it in 0.2 s\n")
        let refused = await run(
            ["alerts", "receivers", "try", "noc"],
            [path: [.json(200, #"{"receiver":"noc","is_taken":false,"refusal":"it answers 401","seconds":1}"#)]])
        #expect(refused.status == 1 && refused.error.contains("noc did not take it in 1.0 s: it answers 401"))
    }

    @Test func `deliveries are asked for by receiver, state and alert`() async {
        let row = #"""
            {"created_at":"2026-03-01T05:00:00.000Z","receiver":"noc","state":"waiting","reason":"change",
            "alert_count":3,"message":"Device CORE unreachable (CRITICAL)","attempts":2,
            "due_at":"2026-03-01T05:01:00.000Z","last_error":"timed out"}
            """#
        let result = await run(
            [
                "alerts", "deliveries", "--receiver", "noc", "--state", "waiting", "--state", "failed", "--alert",
                Self.id,
            ],
            ["GET /api/v1/deliveries": [Self.page(row)]])
        #expect(
            result.asked.first?.query == "receiver=noc&state=waiting%2Cfailed&alert_ids=\(Self.id)&limit=50")
        #expect(result.output.contains("2026-03-01 05:01:00") && result.output.contains("timed out"))
    }

    @Test(arguments: [
        ["alerts", "list", "--severity", "awful"], ["alerts", "list", "--condition", "nonsense"],
        ["alerts", "list", "--state", "nonsense"], ["alerts", "list", "--limit", "0"],
        ["alerts", "list", "--held", "--no-held"], ["alerts", "show"], ["alerts", "acknowledge"],
        ["alerts", "statistics", "--days", "0"], ["alerts", "rules", "explain"],
        ["alerts", "rules", "explain", "x", "--device", "y"], ["alerts", "replay", "--limit", "2000"],
        ["alerts", "replay", "--device", "a", "--interface", "b"], ["alerts", "silences", "add", "--for", "2h"],
        ["alerts", "silences", "add", "device=x"], ["alerts", "silences", "add", "nonsense", "--for", "2h"],
        ["alerts", "silences", "add", "device=x", "--for", "2h", "--until", "3h"],
        ["alerts", "maintenance", "add", "x", "--all", "--at", "2h"],
        ["alerts", "maintenance", "add", "x", "--all", "--for", "2h"],
        ["alerts", "maintenance", "add", "x", "--all", "--for", "2h", "--at", "1h", "--schedule", "daily at 22:00"],
        ["alerts", "deliveries", "--state", "gone"],
        // A name that was forgotten must not make a window of everything.
        ["alerts", "maintenance", "add", "device=CORE-SW-01", "--for", "2h", "--at", "1h"],
        ["alerts", "maintenance", "add", "device=CORE-SW-01", "--all", "--for", "2h", "--at", "1h"],
        ["alerts", "maintenance", "add", "device!~X", "type=isp", "--for", "2h", "--at", "1h"],
        ["alerts", "maintenance", "add", "x", "--for", "2h", "--at", "1h"],
        ["alerts", "maintenance", "add", "x", "device=X", "--all", "--for", "2h", "--at", "1h"],
        ["alerts", "silence", "--for", "2h"], ["alerts", "silence", "x"],
        ["alerts", "silence", "x", "--for", "2h", "--until", "3h"],
    ])
    func `a wrong option is an error of the command line`(_ arguments: [String]) async {
        let result = await run(arguments)
        #expect(result.status == 64 && result.asked.isEmpty)
    }

    @Test(arguments: [
        (["alerts", "silences", "add", "--help"], "all must hold"),
        (["alerts", "acknowledge", "--help"], "Escalations stop too"),
        (["alerts", "replay", "--help"], "three polls of it are missing"),
        (["alerts", "maintenance", "add", "--help"], "clocks of the zone count"),
    ])
    func `the help teaches`(arguments: [String], words: String) async {
        let result = await run(arguments)
        let help = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(help.contains(words), "\(help)")
    }
}
