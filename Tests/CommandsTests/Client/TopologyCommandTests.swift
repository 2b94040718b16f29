import API
import Testing

@testable import Commands

@Suite struct TopologyCommandTests {
    private static let core = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0001"
    private static let acc = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a0002"
    private static let edge = "0b0e7c66-7a3e-4a44-9a5b-0b6c1c7a00e1"
    private static let cable = #"""
        {"id":"\#(edge)","source":"\#(core)","target":"\#(acc)","source_name":"CORE-SW-01","target_name":"ACC-SW-02",
        "source_interface":"Gi0/1","target_interface":"Gi0/24","interface_type":"trunk","protocols":["cdp","lldp"],
        "seen_from":"both","speed":1000000000,"is_up":true,"confidence":0.95}
        """#
    private static let sums = #"""
        {"total_devices":876,"connected_devices":831,"connected_percent":94.86,"unconnected_devices":45,
        "total_connections":2145,"mapped_connections":1987,"orphans":158,"edges":1,"edges_seen_from_both_sides":1,
        "contradictions":2,"revision":4,"at":"2026-03-01T05:00:00.000Z"}
        """#
    private static let graph = APIResponse.json(200, #"{"nodes":[],"edges":[\#(cable)],"statistics":\#(sums)}"#)

    @Test func `the wiring is a table with its sums for people`() async {
        let result = await run(["topology", "show"], ["GET /api/v1/topology": [Self.graph]])
        #expect(result.status == 0)
        #expect(
            result.output == """
                DEVICE      INTERFACE  NEIGHBOUR  INTERFACE  TYPE   SPEED  STATUS  BY        SEEN FROM  CONF
                CORE-SW-01  Gi0/1      ACC-SW-02  Gi0/24     trunk    1 G  up      cdp;lldp  both       0.95
                876 devices, 831 connected (95 %), 45 not
                1 cable, 1 seen from both sides
                2,145 connections, 1,987 mapped to devices; 158 orphans
                2 contradictions: wardflux topology contradictions
                revision 4 of 2026-03-01 05:00:00

                """)
    }

    @Test(arguments: [["--format", "json"], ["--json"]])
    func `the wiring is the API's document for programs`(_ options: [String]) async throws {
        let result = await run(["topology", "show"] + options, ["GET /api/v1/topology": [Self.graph]])
        #expect(try JSONReader.read(result.output) == JSONReader.read(Self.graph.bytes))
    }

    @Test func `what is asked for reaches the API`() async {
        let arguments = [
            "topology", "show", "--around", "CORE-SW-01", "--depth", "2", "--type", "switch", "--type", "router",
            "--tag", "a,b", "--as-of", "-7d", "--format", "csv",
        ]
        let result = await run(arguments, ["GET /api/v1/topology": [Self.graph]])
        #expect(result.status == 0 && result.output.hasPrefix("id,source,target,"))
        #expect(
            result.asked.first?.query
                == "around=CORE-SW-01&depth=2&device_type=switch%2Crouter&tag=a%5C%2Cb&as_of=-7d")
    }

    @Test(arguments: [
        ["show", "--depth", "2"], ["show", "--format", "xml"], ["show", "--json", "--format", "csv"], ["impact"],
        ["impact", "A", "--link", "B"], ["path", "A"], ["changes", "--limit", "0"], ["discover", "--format", "csv"],
        ["single-points", "--kind", "cable"], ["export", "--format", "pdf"],
    ])
    func `a wrong option is an error of the command line`(_ arguments: [String]) async {
        let result = await run(["topology"] + arguments)
        #expect(result.status == 64 && result.asked.isEmpty)
    }

    @Test func `discovery follows its run`() async {
        let answers = [
            "POST /api/v1/topology/discover": [APIResponse.json(202, #"{"id":"r1","job":"discover-topology"}"#)],
            "POST /api/v1/topology/discover/\(Self.core)": [.json(202, #"{"id":"r1","job":"discover-topology"}"#)],
            "GET /api/v1/jobs/r1": [
                .json(
                    200,
                    #"{"id":"r1","job":"discover-topology","state":"succeeded","message":"m","results":{"links":987}}"#)
            ],
        ]
        for arguments in [[], [Self.core]] {
            let result = await run(["topology", "discover"] + arguments, answers)
            #expect(result.status == 0)
            #expect(result.output == "discover-topology succeeded: m\n  links: 987\n")
        }
        let json = await run(["topology", "discover", "--format", "json"], answers)
        #expect(json.output.contains(#""links": 987"#))
        #expect(await run(["topology", "discover", "--no-wait"], answers).output == "r1\n")
    }

    private static let orphans = APIResponse.json(
        200,
        #"""
        {"items":[{"key":"mac:00:11:22:33:44:55","neighbor_name":"SEP\u001b[31mX","protocols":["cdp"],
        "management_addresses":["10.0.9.9"],"platform":"IP Phone","capabilities":["telephone"],
        "seen_from":[{"device_name":"ACC-SW-02","interface":"Gi0/3"}]}],"total":1,"next_cursor":null}
        """#)

    @Test func `an orphan cannot steer the terminal`() async {
        let result = await run(["topology", "orphans"], ["GET /api/v1/topology/orphans": [Self.orphans]])
        #expect(result.status == 0 && !result.output.contains("\u{1B}"))
        #expect(result.output.contains("ACC-SW-02 Gi0/3") && result.output.contains("mac:00:11:22:33:44:55"))
    }

    @Test(arguments: ["mac:00:11:22:33:44:55", "sep\u{1B}[31mx"])
    func `an orphan is adopted by its key or its name`(_ orphan: String) async {
        let result = await run(
            ["topology", "adopt", orphan, "--name", "PHONE-1", "--type", "phone"],
            [
                "GET /api/v1/topology/orphans": [Self.orphans],
                "POST /api/v1/topology/orphans/adopt": [.json(201, #"{"id":"d","name":"PHONE-1"}"#)],
            ])
        #expect(result.status == 0 && result.output.contains("PHONE-1"))
        #expect(
            result.asked.last.map { String(decoding: $0.body, as: UTF8.self) }
                == #"{"key":"mac:00:11:22:33:44:55","name":"PHONE-1","device_type":"phone"}"#)
    }

    @Test func `an orphan that is not there is told`() async {
        let result = await run(["topology", "adopt", "x"], ["GET /api/v1/topology/orphans": [Self.orphans]])
        #expect(result.status == 1 && result.error.contains("no orphan is called 'x'"))
        #expect(result.error.contains("`wardflux topology orphans`"))
    }

    @Test func `changes tell where a cable was before`() async {
        let item = #"""
            {"change":"moved","at":"2026-03-01T05:00:00.000Z","source_name":"CORE-SW-01","source_interface":"Gi0/2",
            "target_name":"ACC-SW-02","target_interface":"Gi0/24",
            "from":{"source_interface":"Gi0/1","target_interface":"Gi0/24"}}
            """#
        let result = await run(
            ["topology", "changes", "--from", "-7d"],
            ["GET /api/v1/topology/changes": [.json(200, #"{"items":[\#(item)],"is_complete":false}"#)]])
        #expect(result.output.contains("2026-03-01 05:00:00  moved   CORE-SW-01  Gi0/2"))
        #expect(result.output.contains("Gi0/1 – Gi0/24") && result.error.contains("more changes"))
        #expect(result.asked.first?.query == "from=-7d")
    }

    private static let impact = #"""
        {"element":{"kind":"device","device_name":"CORE-SW-01"},"viewpoint":{"device_name":"GW-1"},
        "viewpoint_fails":false,"cut_off_count":1,"cut_off":[{"name":"ACC-SW-02","device_type":"switch","status":"up"}],
        "lost_redundancy":[{"name":"ACC-SW-03","device_type":"switch","status":"up"}]}
        """#

    @Test func `a cable that left a device for another tells which one it left`() async {
        let item = #"""
            {"change":"moved","at":"2026-03-01T05:00:00.000Z","source_name":"LEAF-01","source_interface":"mgmt0",
            "target_name":"LEAF-02","target_interface":"mgmt0","from":{"source_name":"ADM-SW-02",
            "source_interface":"8","target_name":"LEAF-01","target_interface":null}}
            """#
        let result = await run(
            ["topology", "changes"],
            ["GET /api/v1/topology/changes": [.json(200, #"{"items":[\#(item)],"is_complete":true}"#)]])
        #expect(result.output.contains("ADM-SW-02 8 – LEAF-01 ?\n"))
    }

    @Test func `a failure that cuts nothing off is told in a sentence`() async {
        let impact = #"{"element":{"device_name":"A"},"viewpoint_fails":false,"cut_off_count":0,"cut_off":[]}"#
        let result = await run(["topology", "impact", "A"], ["GET /api/v1/topology/impact": [.json(200, impact)]])
        #expect(result.output.hasPrefix("If A fails, no device is cut off"))
    }

    @Test(arguments: [
        ("succeeded", 876, 0, Int32(0)), ("partial", 875, 1, 2), ("partial", 0, 876, 1), ("failed", 0, 876, 1),
    ])
    func `discovery ends as its run did`(state: String, read: Int, failed: Int, status: Int32) async {
        let ended = #"""
            {"id":"r1","job":"discover-topology","state":"\#(state)",
            "results":{"devices_read":\#(read),"devices_partial":0,"devices_failed":\#(failed)}}
            """#
        let answers = [
            "POST /api/v1/topology/discover": [APIResponse.json(202, #"{"id":"r1"}"#)],
            "GET /api/v1/jobs/r1": [.json(200, ended)],
        ]
        #expect(await run(["topology", "discover"], answers).status == status)
    }

    @Test(arguments: [
        (["orphans", "-q", "x"], "orphans"), (["show", "--tag", "x"], ""), (["show", "--as-of", "-7d"], ""),
        (["links", "--filter", "note=x"], "links"),
    ])
    func `where nothing fits what was asked nothing is said of the rest`(_ arguments: [String], _ path: String) async {
        let none = APIResponse.json(200, #"{"items":[],"edges":[],"total":0,"next_cursor":null,"statistics":{}}"#)
        let answers = ["GET /api/v1/topology" + (path.isEmpty ? "" : "/\(path)"): [none]]
        let result = await run(["topology"] + arguments, answers)
        #expect(result.status == 0 && result.error.contains("fit"))
        #expect(!result.error.contains("No orphans:") && !result.error.contains("`wardflux topology"))
    }

    @Test func `a path from a device to itself is no way`() async {
        let path = #"{"is_connected":true,"cables":0,"is_redundant":true,"nodes":[{"name":"A"}],"edges":[]}"#
        let result = await run(["topology", "path", "A", "a"], ["GET /api/v1/topology/path": [.json(200, path)]])
        #expect(result.status == 0 && result.output == "A and a are the same device.\n")
    }

    @Test func `what fails with a device is told in a sentence`() async {
        let result = await run(
            ["topology", "impact", "CORE-SW-01"], ["GET /api/v1/topology/impact": [.json(200, Self.impact)]])
        #expect(
            result.output == """
                If CORE-SW-01 fails, 1 device is cut off, seen from GW-1.
                NAME       TYPE    STATUS
                ACC-SW-02  switch  up
                These stay connected without a second way:
                NAME       TYPE    STATUS
                ACC-SW-03  switch  up

                """)
    }

    @Test func `a cable that fails is named by one of its ends`() async {
        let answers = [
            "GET /api/v1/topology": [Self.graph], "GET /api/v1/topology/impact": [APIResponse.json(200, Self.impact)],
        ]
        let result = await run(["topology", "impact", "--link", "acc-sw-02:Gi0/24"], answers)
        #expect(result.status == 0 && result.asked.last?.query == "link=\(Self.edge)")
        let other = await run(["topology", "impact", "--link", "ACC-SW-02:Gi0/9"], answers)
        #expect(other.status == 1 && other.error.contains("no cable is known at 'ACC-SW-02:Gi0/9'"))
    }

    @Test func `a path is told in the direction it was asked for`() async {
        let path = #"""
            {"is_connected":true,"cables":1,"is_redundant":false,"nodes":[{"id":"\#(Self.acc)","name":"ACC-SW-02"},
            {"id":"\#(Self.core)","name":"CORE-SW-01"}],"edges":[\#(Self.cable)],"single_points":[]}
            """#
        let result = await run(
            ["topology", "path", "ACC-SW-02", "CORE-SW-01"], ["GET /api/v1/topology/path": [.json(200, path)]])
        #expect(result.status == 0)
        #expect(
            result.output == """
                DEVICE     INTERFACE  NEXT        INTERFACE  SPEED
                ACC-SW-02  Gi0/24     CORE-SW-01  Gi0/1        1 G
                1 cable; there is no second way

                """)
    }

    @Test func `where there is no path the command has failed`() async {
        let none = #"{"is_connected":false,"cables":null,"nodes":[],"edges":[],"single_points":[]}"#
        let answers = ["GET /api/v1/topology/path": [APIResponse.json(200, none)]]
        let result = await run(["topology", "path", "A", "B"], answers)
        #expect(result.status == 1 && result.output == "No cables lead from A to B.\n")
        let json = await run(["topology", "path", "A", "B", "--format", "json"], answers)
        #expect(json.status == 1 && json.output.hasPrefix("{"))
    }

    @Test func `a link is entered by names and removed by id`() async {
        let result = await run(
            ["topology", "links", "add", "A:Gi0/1", "B", "--note", "dark fibre"],
            ["POST /api/v1/topology/links": [.json(201, #"{"id":"l"}"#)]])
        #expect(
            result.asked.first.map { String(decoding: $0.body, as: UTF8.self) }
                == #"{"a_device":"A","a_interface":"Gi0/1","b_device":"B","note":"dark fibre"}"#)
        let removed = await run(
            ["topology", "links", "remove", "l"], ["DELETE /api/v1/topology/links/l": [APIResponse(status: 204)]])
        #expect(removed.status == 0 && removed.output == "removed l\n")
    }

    @Test(arguments: [
        ([], "json"), (["--format", "dot"], "dot"), (["--format", "svg", "--around", "A"], "svg"),
    ])
    func `an export is printed as it comes`(_ options: [String], _ form: String) async {
        let file = APIResponse(status: 200, body: .bytes(Array("graph {\n}\n".utf8)))
        let result = await run(["topology", "export"] + options, ["GET /api/v1/topology/export": [file]])
        #expect(result.output == "graph {\n}\n")
        #expect(result.asked.first?.query.hasSuffix("format=\(form)") == true)
    }

    @Test(arguments: [
        ("a.svg", TopologyExportCommand.Format.svg), ("a.GraphML", .graphml), ("a.gv", .dot), ("dot", .dot),
        ("a.txt", .json), ("", .json),
    ])
    func `the form of an export is seen in its name`(_ name: String, _ form: TopologyExportCommand.Format) {
        #expect(TopologyExportCommand.Format(name: name) == form)
    }

    @Test func `the neighbours of a device are a table`() async {
        let neighbours = #"""
            {"items":[{"local_if_name":"Gi0/1","neighbor_name":"acc","neighbor_port":"Gi0/24","protocol":"lldp",
            "connected_to_device_name":"ACC-SW-02","connected_to_if_name":"Gi0/24","confidence":1,
            "capabilities":["bridge"],"first_seen_at":"2026-03-01T05:00:00.000Z",
            "last_seen_at":"2026-03-02T05:00:00.000Z"}],"total":1,"next_cursor":null}
            """#
        let result = await run(
            ["devices", "neighbours", Self.core],
            ["GET /api/v1/devices/\(Self.core)/neighbours": [.json(200, neighbours)]])
        #expect(
            result.output == """
                INTERFACE  NEIGHBOUR  PORT    BY    DEVICE            CONF  PLATFORM  CAPABILITIES  \
                SINCE                LAST HEARD
                Gi0/1      acc        Gi0/24  lldp  ACC-SW-02 Gi0/24  1.00            bridge        \
                2026-03-01 05:00:00  2026-03-02 05:00:00

                """)
    }

    @Test func `an unknown device is told with the command that shows them`() async {
        let problem = #"""
            {"status":422,"detail":"around: no device has the id or name 'X'",
            "remedy":"GET /api/v1/devices shows the devices with their ids.",
            "errors":[{"field":"around","value":"X","detail":"no device has the id or name 'X'"}]}
            """#
        let result = await run(
            ["topology", "show", "--around", "X"], ["GET /api/v1/topology": [.json(422, problem)]])
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.error.contains("no device has the id or name 'X'"))
        #expect(result.error.contains("`wardflux devices list --json` shows"))
    }
}
