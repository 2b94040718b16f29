import API
import Testing

@testable import Commands

@Suite struct CommandTests {
    private static let deviceID = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"
    private static let devices = [
        "GET /api/v1/devices": [
            APIResponse.json(
                200,
                #"""
                {"items":[{"id":"\#(deviceID)","name":"CORE-SW-03","ip":"127.1.0.5","port":1161,
                "device_type":"switch","status":"up","vendor":"Cisco","model":null,"location":"Tbilisi",
                "last_seen_at":"2026-03-01T04:00:00.000Z"}],"total":1,"next_cursor":null}
                """#)
        ]
    ]

    @Test func `a list is a table for people`() async {
        let result = await run(["devices", "list"], Self.devices)
        #expect(result.status == 0)
        #expect(
            result.output == """
                NAME        ADDRESS         TYPE    STATUS  VENDOR  MODEL  LOCATION  LAST SEEN
                CORE-SW-03  127.1.0.5:1161  switch  up      Cisco          Tbilisi   2026-03-01 04:00:00

                """)
    }

    @Test func `a list is CSV or JSON for programs, with the API's names`() async throws {
        let csv = await run(["devices", "list", "--csv"], Self.devices)
        #expect(csv.output.hasPrefix("id,name,ip,port,device_type,status,vendor,model,location,last_seen_at\r\n"))
        let json = await run(["devices", "list", "--json"], Self.devices)
        #expect(try JSONReader.read(json.output)["items"]?.items?.first?["ip"] == "127.1.0.5")
    }

    @Test func `filters, search and order reach the API`() async {
        let arguments = [
            "interfaces", "list", "--type", "isp", "--no-monitored", "--status", "down", "-q", "magti",
            "--filter", "if_speed=1000000000", "--sort", "-if_speed", "--limit", "5",
        ]
        let result = await run(
            arguments, ["GET /api/v1/interfaces/list": [.json(200, #"{"items":[],"total":0,"next_cursor":null}"#)]])
        #expect(result.status == 0)
        #expect(
            result.asked.first?.query
                == "q=magti&if_speed=1000000000&sort=-if_speed&interface_type=isp&if_oper_status_name=down"
                + "&monitoring_enabled=false&limit=5")
    }

    @Test func `an interface is found by device and name and changed`() async {
        var answers = Self.devices
        answers["GET /api/v1/interfaces/device/\(Self.deviceID)"] = [
            .json(200, #"{"items":[{"id":"i-1","if_name":"Gi0/0/1"},{"id":"i-2","if_name":"Gi0/0/2"}],"total":2}"#)
        ]
        answers["PATCH /api/v1/interfaces/i-2"] = [.json(200, #"{"id":"i-2","interface_type":"isp"}"#)]
        let result = await run(
            ["interfaces", "set", "core-sw-03:Gi0/0/2", "--type", "isp", "--critical", "auto", "--notes", ""], answers)
        #expect(result.status == 0)
        let body = result.asked.last.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(body == #"{"interface_type":"isp","is_critical":null,"notes":null}"#)
    }

    @Test func `an unknown device is an error that names what there is`() async {
        let result = await run(["discover", "CORE-SW"], Self.devices)
        #expect(result.status == 1)
        #expect(result.error.hasPrefix("error: no device is named 'CORE-SW'\n"))
        #expect(result.error.contains("CORE-SW-03"))
    }

    private static func discovery(_ state: String) -> [String: [APIResponse]] {
        [
            "POST /api/v1/interfaces/discover/all": [.json(202, #"{"id":"r1","job":"discover-all-interfaces"}"#)],
            "GET /api/v1/jobs/r1": [
                .json(200, #"{"id":"r1","job":"discover-all-interfaces","state":"running","done":3,"total":876}"#),
                .json(
                    200,
                    #"""
                    {"id":"r1","job":"discover-all-interfaces","state":"\#(state)","done":876,"total":876,
                    "message":"m","results":{"interfaces_discovered":3247}}
                    """#),
            ],
        ]
    }

    @Test(
        arguments: [("succeeded", Int32(0)), ("partial", 2), ("failed", 1), ("cancelled", 1)])
    func `a command ends as the run it followed`(state: String, status: Int32) async {
        let result = await run(["discover", "--all"], Self.discovery(state))
        #expect(result.status == status)
        #expect(
            result.output == "discover-all-interfaces \(state): m\n  interfaces discovered: 3,247\n")
        #expect(result.error.isEmpty)
    }

    @Test(arguments: [(0, 0, Int32(1)), (3, 0, 2), (0, 3, 2)])
    func `a discovery of which nothing was read has failed`(whole: Int, part: Int, status: Int32) async {
        let ended = #"""
            {"id":"r1","job":"j","state":"partial","results":{"devices_discovered":\#(whole),
            "devices_partial":\#(part),"devices_failed":5}}
            """#
        let answers = [
            "POST /api/v1/interfaces/discover/all": [APIResponse.json(202, #"{"id":"r1"}"#)],
            "GET /api/v1/jobs/r1": [.json(200, ended)],
        ]
        #expect(await run(["discover", "--all"], answers).status == status)
    }

    @Test func `a run that a dead process left behind is started again, not for ever`() async {
        let left = await run(["discover", "--all"], Self.discovery("abandoned"))
        #expect(left.status == 1)
        #expect(left.asked.count { $0.method == "POST" } == 3)
        var answers = Self.discovery("abandoned")
        answers["POST /api/v1/interfaces/discover/all"]?.append(.json(202, #"{"id":"r2"}"#))
        answers["GET /api/v1/jobs/r2"] = [.json(200, #"{"id":"r2","job":"j","state":"succeeded"}"#)]
        let again = await run(["discover", "--all"], answers)
        #expect(again.status == 0)
        #expect(again.output == "j succeeded\n")
        #expect(again.error.contains("r1"))
    }

    @Test func `a run that is recorded a moment after it was accepted is waited for`() async {
        var answers = Self.discovery("succeeded")
        answers["GET /api/v1/jobs/r1"]?.insert(.json(404, #"{"title":"There is no such run"}"#), at: 0)
        #expect(await run(["discover", "--all"], answers).status == 0)
    }

    @Test func `progress is drawn on a terminal and wiped away`() async {
        let result = await run(["discover", "--all"], Self.discovery("succeeded"), errorWidth: 80)
        #expect(result.error.contains("3/876"))
        #expect(result.error.hasSuffix("\r\u{1B}[K"))
    }

    @Test func `without waiting the id of the run is all`() async {
        let result = await run(["discover", "--all", "--no-wait"], Self.discovery("succeeded"))
        #expect(result.output == "r1\n")
        #expect(result.asked.count == 1)
    }

    @Test func `an import reports its errors and ends as partial`() async {
        let report = #"""
            {"added":2,"changed":0,"unchanged":1,"errors":[{"line":4,"column":3,"field":"port","value":"x","detail":"'x' is no port"}]}
            """#
        let result = await run(
            ["devices", "import", "-", "--mode", "good"],
            ["POST /api/v1/devices/import": [.json(200, report)]], input: "name,ip\na,10.0.0.1\n")
        #expect(result.status == 2)
        #expect(result.output == "imported 3 devices: 2 added, 0 changed, 1 unchanged\n")
        #expect(result.error == "-: line 4, column 3, port: 'x' is no port\n")
        #expect(result.asked.first?.query == "format=csv&mode=good&dry_run=false")
    }

    private static func skipping(_ field: String) -> [String: [APIResponse]] {
        let report = #"""
            {"added":1,"changed":0,"unchanged":0,"dry_run":true,"errors":[],"skipped":[{"line":3,"column":1,
            "field":"\#(field)","value":null,"detail":"device 'spare-7' has no primary IP address"}]}
            """#
        return ["POST /api/v1/devices/import": [.json(200, report)]]
    }

    @Test(arguments: [("primary_ip", Int32(0)), ("[1].primary_ip4", 0), ("next", 2)])
    func `skipped rows are named and counted, and end as partial unless only an address is missing`(
        field: String, status: Int32
    ) async {
        for arguments in [[], ["--dry-run"]] {
            let result = await run(
                ["devices", "import", "-"] + arguments, Self.skipping(field), input: "name,primary_ip4\n")
            #expect(result.status == status)
            #expect(result.error.contains("spare-7") && result.error.contains("line 3"))
            #expect(result.output.hasSuffix("1 device: 1 added, 0 changed, 0 unchanged, 1 skipped\n"))
        }
    }

    @Test func `an export has the columns of an import, and a community in none`() async {
        let devices = #"""
            {"items":[{"id":"1","name":"sw, 1","ip":"10.0.0.1","port":1161,"device_type":"switch","location":null,
            "credential_profile":"branch","tags":["core","hq"],"status":"up"}],"total":1,"next_cursor":null}
            """#
        let result = await run(["devices", "export"], ["GET /api/v1/devices": [.json(200, devices)]])
        #expect(result.status == 0)
        #expect(
            result.output == "name,ip,port,version,community,profile,device_type,location,tags\r\n"
                + "\"sw, 1\",10.0.0.1,1161,,,branch,switch,,core;hq\r\n")
    }

    @Test(
        arguments: [
            ("devices.csv", "name,ip,port\n", DeviceImportCommand.Format.csv),
            ("export.csv", "name,device_role,primary_ip4\n", .netboxCSV),
            ("export.json", "[{\"name\":\"a\"}]", .netboxJSON),
            ("-", "\u{FEFF} {\"results\":[]}", .netboxJSON),
        ])
    func `the form of an import is seen in its file`(name: String, text: String, format: DeviceImportCommand.Format) {
        #expect(DeviceImportCommand.guess(name: name, bytes: Array(text.utf8)) == format)
    }

    @Test func `a community reaches the API and never the output`() async {
        let result = await run(
            ["profiles", "set", "default"], ["PUT /api/v1/profiles/default": [.json(200, #"{"name":"default"}"#)]],
            environment: ["WARDFLUX_COMMUNITY": "s3cret"])
        #expect(result.status == 0)
        #expect(result.asked.first.map { String(decoding: $0.body, as: UTF8.self) }?.contains("s3cret") == true)
        #expect(!result.output.contains("s3cret") && !result.error.contains("s3cret"))
    }

    @Test func `a user's pass phrases reach the API and never the output`() async {
        let result = await run(
            ["profiles", "add", "core", "--version", "3", "--user", "reader", "--auth", "sha256", "--priv", "aes128"],
            ["POST /api/v1/profiles": [.json(201, #"{"name":"core"}"#)]],
            environment: ["WARDFLUX_AUTH_PASS": "auth-hush-1", "WARDFLUX_PRIV_PASS": "priv-hush-2"])
        #expect(result.status == 0)
        let body = result.asked.first.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(
            body == #"{"name":"core","version":"3","user":"reader","auth_protocol":"SHA-256","#
                + #""auth_passphrase":"auth-hush-1","priv_protocol":"AES","priv_passphrase":"priv-hush-2"}"#)
        #expect(!result.output.contains("hush") && !result.error.contains("hush"))
    }

    @Test func `a profile that is there already is not added, and the remedy is a command`() async {
        let problem = #"""
            {"status":409,"detail":"there is a credential profile 'core' already",
            "remedy":"PATCH /api/v1/profiles/core changes it; PUT replaces it.","errors":[]}
            """#
        let result = await run(
            ["profiles", "add", "core"], ["POST /api/v1/profiles": [.json(409, problem)]],
            environment: ["WARDFLUX_COMMUNITY": "s3cret"])
        #expect(result.status == 1)
        #expect(result.error.contains("`wardflux profiles set core` replaces it."))
        #expect(!result.error.contains("s3cret"))
    }
}
