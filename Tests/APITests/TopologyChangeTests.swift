import API
import Inventory
import Listing
import Testing
import Topology

/// What operators do to topology: adopted orphans, manual links; and what devices may try with their names.
@Suite struct TopologyChangeTests {
    private static let hostile = #"<script>alert("x")</script>&'"}]]> "# + "\u{202E}\u{7}"

    @Test func anAdoptedOrphanIsADeviceWithItsCable() async throws {
        let wiring = try await Wiring()
        let orphan = try #require(try await wiring.get("/topology/orphans").list("items").first)
        #expect(orphan["management_addresses"] == ["10.0.9.9"] && orphan["protocols"] == ["cdp"])
        let body = JSONValue.object([JSONMember("key", orphan["key"] ?? .null)]).bytes
        let made = await wiring.api.send("POST", "/topology/orphans/adopt", String(decoding: body, as: UTF8.self))
        #expect(made.status == 201, "\(made.text)")
        let device = try made.document
        #expect(
            device["name"] == .string(Wiring.phone) && device["ip"] == "10.0.9.9" && device["device_type"] == "phone")
        #expect(made.header("Location") == "/api/v1/devices/\(device.text("id"))")
        let graph = try await wiring.get("/topology")
        #expect(graph["orphans"] == [])
        #expect(Wiring.cables(graph).contains("ACC Gi0/2 - \(Wiring.phone) Port 1"), "\(Wiring.cables(graph))")
    }

    @Test(arguments: [
        (#"{"key":"nobody"}"#, 422, "key"), (#"{}"#, 400, "key"), (#"{"key":"k","community":"x"}"#, 400, "community"),
        (#"{"key":"k","port":0}"#, 400, "port"),
    ])
    func anAdoptionThatCannotBeIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let wiring = try await Wiring()
        let answer = await wiring.api.send("POST", "/topology/orphans/adopt", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field])
    }

    @Test func anOrphanThatTellsNoAddressNeedsOne() async throws {
        let wiring = try await Wiring(isRead: false)
        try await wiring.read(Wiring.tables(orphan: Wiring.heard(2, "switch-x", "1")))
        let key = try #require(try await wiring.get("/topology/orphans").list("items").first).text("key")
        let refused = await wiring.api.send("POST", "/topology/orphans/adopt", #"{"key":"\#(key)"}"#)
        #expect(try refused.status == 422 && refused.document.list("errors").map { $0.text("field") } == ["ip"])
        let taken = await wiring.api.send("POST", "/topology/orphans/adopt", #"{"key":"\#(key)","ip":"10.0.0.1"}"#)
        #expect(taken.status == 409)
        let made = await wiring.api.send("POST", "/topology/orphans/adopt", #"{"key":"\#(key)","ip":"10.0.0.9"}"#)
        #expect(try made.status == 201 && made.document["device_type"] == "switch")
    }

    @Test func aManualLinkIsAnEdgeUntilItIsRemoved() async throws {
        let wiring = try await Wiring()
        let body = #"{"a_device":"lone","a_interface":"gi0/1","b_device":"\#(wiring.core)","note":"dark fibre"}"#
        let made = await wiring.api.send("POST", "/topology/links", body)
        #expect(made.status == 201, "\(made.text)")
        let link = try made.document
        #expect(link["a_device_name"] == "LONE" && link["a_interface"] == "Gi0/1" && link["b_interface"] == .null)
        let graph = try await wiring.get("/topology?around=LONE")
        let edge = try #require(graph.list("edges").first)
        #expect(edge["origin"] == "manual" && edge["protocols"] == ["manual"] && edge["seen_from"] == .null)
        #expect(graph["unconnected_devices"] == [])
        #expect(try await wiring.get("/topology/links")["total"] == 1)
        #expect(await wiring.api.send("POST", "/topology/links", body).status == 409)
        #expect(await wiring.api.send("DELETE", "/topology/links/\(link.text("id"))").status == 204)
        #expect(await wiring.api.send("DELETE", "/topology/links/\(link.text("id"))").status == 404)
        #expect(try await wiring.get("/topology?around=LONE")["edges"] == [])
    }

    @Test(arguments: [
        (#"{"a_device":"CORE"}"#, 400, "b_device"), (#"{"a_device":"CORE","b_device":"CORE"}"#, 422, "b_device"),
        (#"{"a_device":"CORE","b_device":"DISK"}"#, 422, "b_device"),
        (#"{"a_device":"CORE","a_interface":"Gi0/9","b_device":"DIST"}"#, 422, "a_interface"),
        (#"{"a_device":"CORE","b_device":"DIST","metric":1}"#, 400, "metric"),
        (#"{"a_device":"","b_device":"DIST"}"#, 400, "a_device"),
    ])
    func aLinkThatCannotBeIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let wiring = try await Wiring()
        let answer = await wiring.api.send("POST", "/topology/links", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field])
        #expect(try await wiring.get("/topology/links")["total"] == 0)
    }

    @Test func theNeighboursOfADeviceAreListed() async throws {
        let wiring = try await Wiring()
        let heard = try await wiring.get("/devices/\(wiring.acc)/neighbours")
        #expect(heard["total"] == 2)
        let items = heard.list("items")
        #expect(items.map { $0.text("local_if_name") } == ["Gi0/1", "Gi0/2"])
        #expect(items[0]["connected_to_device_name"] == "DIST" && items[0]["connected_to_if_name"] == "Gi0/3")
        #expect(items[1]["connected_to_device_id"] == .null && items[1]["platform"] == "IP Phone")
        #expect(items[1]["capabilities"] == ["telephone"] && items[1]["neighbor_port"] == "Port 1")
        let cdp = try await wiring.get("/devices/\(wiring.acc)/neighbours?protocol=cdp")
        #expect(cdp["total"] == 1)
        #expect(await wiring.api.send("GET", "/devices/00000000-0000-0000-0000-000000000000/neighbours").status == 404)
        let csv = await wiring.api.send("GET", "/devices/\(wiring.acc)/neighbours?format=csv").text
        #expect(csv.hasPrefix("id,device_id,device_name,interface_id,local_if_name,") && csv.contains("DIST"))
    }

    @Test(arguments: ["dot", "graphml", "svg", "json"])
    func anExportHasTheNamesOfItsDevices(_ format: String) async throws {
        let wiring = try await Wiring()
        let answer = await wiring.api.send("GET", "/topology/export?format=\(format)")
        #expect(answer.status == 200)
        for name in ["CORE", "DIST", "ACC"] { #expect(answer.text.contains(name), "\(name)") }
        #expect(answer.header("Content-Disposition") == "inline; filename=\"topology.\(format)\"")
        let part = await wiring.api.send("GET", "/topology/export?format=\(format)&around=ACC").text
        #expect(part.contains("DIST") && !part.contains("LONE"))
    }

    @Test func whatANeighbourCallsItselfIsTextEverywhere() async throws {
        let wiring = try await Wiring(isRead: false)
        let long = String(repeating: "a", count: 60_000)
        let reading = Wiring.heard(2, Self.hostile, long, address: "10.0.9.9", platform: Self.hostile)
        try await wiring.read(Wiring.tables(orphan: reading))
        for path in ["/topology", "/topology/orphans", "/devices/\(wiring.acc)/neighbours", "/topology/changes"] {
            let answer = await wiring.api.send("GET", path)
            #expect(answer.status == 200)
            _ = try answer.document
            #expect(!answer.bytes.contains(7) && !answer.bytes.contains(where: { $0 < 32 }))
        }
        let orphan = try #require(try await wiring.get("/topology/orphans").list("items").first)
        #expect(orphan.text("neighbor_name").contains("<script>"))
        let svg = await wiring.api.send("GET", "/topology/export?format=svg").text
        #expect(!svg.contains("<script"))
        // Its name is none that a device can have.
        let adoption = JSONValue.object([JSONMember("key", orphan["key"] ?? .null)]).bytes
        let refused = await wiring.api.send(
            "POST", "/topology/orphans/adopt", String(decoding: adoption, as: UTF8.self))
        #expect(try refused.status == 422 && refused.document.list("errors").map { $0.text("field") } == ["name"])
    }

    @Test(arguments: ["dot", "graphml", "svg"])
    func aDeviceWithMarkupInItsNameStaysText(_ format: String) async throws {
        let wiring = try await Wiring()
        let name = #"<b>&\"CORE\"]]>"#
        let body = #"{"name":"<b>&\"CORE\"]]>"}"#
        #expect(await wiring.api.send("PATCH", "/devices/\(wiring.core)", body).status == 200)
        let text = await wiring.api.send("GET", "/topology/export?format=\(format)").text
        #expect(!text.contains(name) || format == "dot")
        #expect(format == "dot" || !text.contains("<b>"))
    }
}
