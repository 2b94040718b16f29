import API
import Catalog
import Inventory
import Listing
import Testing

@Suite struct InterfaceRoutesTests {
    @Test func theListIsFilteredSortedAndPaged() async throws {
        let api = try Fixture()
        try await api.add("SW-2", [.isp, .access, .trunk])
        try await api.add("SW-1", [.isp])
        let first = try await api.send("GET", "/interfaces/list?interface_type=isp&limit=1").document
        #expect(first["total"] == 2)
        guard case .string(let cursor) = first["next_cursor"], case .array(let items) = first["items"] else {
            Issue.record("\(first)")
            return
        }
        #expect(items.first?["device_name"] == "SW-1")
        let next = try await api.send("GET", "/interfaces/list?interface_type=isp&limit=1&cursor=\(cursor)").document
        #expect(next["next_cursor"] == .null)
        guard case .array(let rest) = next["items"] else { return }
        #expect(rest.map { $0["device_name"] } == ["SW-2"])
    }

    @Test(arguments: [("critical", 1), ("isp", 1), ("list", 3)])
    func shortcutsChooseTheirRows(_ path: String, _ total: Int64) async throws {
        let api = try Fixture()
        try await api.add("SW", [.isp, .access, .trunk])
        #expect(try await api.send("GET", "/interfaces/\(path)").document["total"] == .integer(total))
    }

    @Test func interfacesOfADeviceAreItsOwn() async throws {
        let api = try Fixture()
        let (device, _) = try await api.add("SW-1", [.isp, .access])
        try await api.add("SW-2", [.isp])
        #expect(try await api.send("GET", "/interfaces/device/\(device.id)").document["total"] == 2)
        #expect(await api.send("GET", "/interfaces/device/\(DeviceID.random())").status == 404)
        #expect(await api.send("GET", "/interfaces/device/x").status == 404)
    }

    @Test func aTableIsCSVWhereThatIsAskedFor() async throws {
        let api = try Fixture()
        try await api.add("SW", [.isp, .access])
        let byHeader = await api.send("GET", "/interfaces/list", headers: [APIHeader("Accept", "text/csv")])
        let byParameter = await api.send("GET", "/interfaces/list?format=csv&limit=1")
        #expect(byHeader.header("Content-Type")?.hasPrefix("text/csv") == true)
        #expect(byHeader.text.split(separator: "\r\n").count == 3)
        #expect(byParameter.text.split(separator: "\r\n").count == 2)
        #expect(byParameter.header("Total-Count") == "2")
        #expect(byParameter.header("Next-Cursor") != nil)
    }

    @Test func whatAnOperatorSetsIsKeptAndGivenBackByNull() async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.access])
        let path = "/interfaces/\(rows[0].id)"
        let set = try await api.send(
            "PATCH", path, #"{"interface_type":"isp","isp_provider":"magti","notes":"ours","monitoring_enabled":false}"#
        ).document
        #expect(set["interface_type"] == "isp" && set["isp_provider"] == "magti" && set["is_critical"] == true)
        #expect(set["classification_rule"] == "operator" && set["classification_overridden"] == true)
        #expect(set["overrides"] == ["interface_type", "isp_provider", "monitoring_enabled"])
        #expect(try await api.send("GET", path).document == set)
        let back = try await api.send(
            "PATCH", path, #"{"interface_type":null,"isp_provider":null,"notes":null,"monitoring_enabled":null}"#
        ).document
        #expect(back["overrides"] == [] && back["isp_provider"] == .null && back["notes"] == .null)
        #expect(back["classification_overridden"] == false && back["monitoring_enabled"] == true)
        #expect(back["interface_type"] != "isp" && back["is_critical"] == false)
    }

    @Test func aChangeOfNothingChangesNoRow() async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.access])
        let before = try await api.catalog.revision()
        #expect(await api.send("PATCH", "/interfaces/\(rows[0].id)", "{}").status == 200)
        #expect(try await api.catalog.revision() == before)
    }

    @Test(arguments: [
        (#"{"interface_tipe":"isp"}"#, "interface_tipe", "did you mean 'interface_type'?"),
        (#"{"interface_type":"wan"}"#, "interface_type", "one of isp, trunk"),
        (#"{"is_critical":1}"#, "is_critical", "true or false is expected, not an integer"),
        (#"{"is_critical":"true"}"#, "is_critical", "true or false is expected, not a string"),
        (#"{"enabled":null}"#, "enabled", "must have a value"), (#"[]"#, "body", "an object is expected"),
        (#"{"isp_provider":"Ma gti"}"#, "isp_provider", "only letters"), (#"{"notes":"\u0000"}"#, "body", "U+0000"),
        (#"{"notes": "#, "body", "the document ends"),
    ])
    func aBadChangeNamesTheFieldAndChangesNothing(_ body: String, _ field: String, _ part: String) async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.access])
        let answer = await api.send("PATCH", "/interfaces/\(rows[0].id)", body)
        #expect(answer.status == 400)
        guard case .array(let errors) = try answer.document["errors"] else {
            Issue.record("\(answer.text)")
            return
        }
        #expect(errors.first?["field"] == .string(field))
        #expect(answer.text.contains(part), "\(answer.text)")
        #expect(try await api.catalog.interfaces(withIDs: [rows[0].id]) == rows)
    }

    @Test func discoveryIsAcceptedWithThePlaceOfItsRun() async throws {
        let api = try Fixture()
        let (device, _) = try await api.add("SW")
        for path in ["all", "\(device.id)"] {
            let answer = await api.send("POST", "/interfaces/discover/\(path)")
            #expect(answer.status == 202)
            let place = try #require(answer.header("Location"))
            let run = await api.application.respond(to: APIRequest("GET", place, origin: .process))
            #expect(run.status == 200)
            #expect(try run.document["id"] == answer.document["id"])
        }
        #expect(await api.send("POST", "/interfaces/discover/\(DeviceID.random())").status == 404)
    }

    @Test func anUnknownProviderIsRefusedWithThoseThereAre() async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.access])
        let answer = await api.send("PATCH", "/interfaces/\(rows[0].id)", #"{"isp_provider":"magtii"}"#)
        #expect(answer.status == 422 && answer.text.contains("did you mean 'magti'?"), "\(answer.text)")
        #expect(try await api.catalog.interfaces(withIDs: [rows[0].id]) == rows)
        let none = try await api.send("PATCH", "/interfaces/\(rows[0].id)", #"{"isp_provider":""}"#).document
        #expect(none["isp_provider"] == .null && none["overrides"] == ["isp_provider"])
    }

    @Test func aSummaryAfterChangesIsWhatCountingAnewGives() async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.access, .isp, .trunk, .isp])
        #expect(try await api.send("GET", "/interfaces/summary").document["critical_interfaces"] == 2)
        for (row, body) in zip(
            rows,
            [
                #"{"interface_type":"isp","isp_provider":"magti"}"#, #"{"interface_type":"camera"}"#,
                #"{"is_critical":true,"monitoring_enabled":false}"#, #"{"interface_type":"trunk"}"#,
            ])
        {
            #expect(await api.send("PATCH", "/interfaces/\(row.id)", body).status == 200)
            let kept = try await api.catalog.interfaces(after: nil, limit: 100)
            let fresh = InterfaceSummary(kept.map { InterfaceRow(interface: $0, deviceName: "SW") })
            #expect(await api.send("GET", "/interfaces/summary").bytes == fresh.json)
        }
    }
}
