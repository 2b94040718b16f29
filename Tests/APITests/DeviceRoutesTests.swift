import API
import Catalog
import Inventory
import Listing
import Testing

@Suite struct DeviceRoutesTests {
    @Test func aDeviceIsAddedReadChangedAndRemoved() async throws {
        let api = try Fixture()
        let made = await api.send("POST", "/devices", #"{"name":"CORE","ip":"10.0.0.1","tags":["b","a","b"]}"#)
        #expect(made.status == 201)
        let device = try made.document
        #expect(device["port"] == 161 && device["device_type"] == "other" && device["tags"] == ["a", "b"])
        guard case .string(let id) = device["id"] else { return }
        #expect(made.header("Location") == "/api/v1/devices/\(id)")
        #expect(try await api.send("GET", "/devices").document["total"] == 1)
        let changed = try await api.send("PATCH", "/devices/\(id)", #"{"port":1161,"location":"Tbilisi"}"#).document
        #expect(changed["port"] == 1161 && changed["location"] == "Tbilisi" && changed["name"] == "CORE")
        #expect(await api.send("DELETE", "/devices/\(id)").status == 204)
        for method in ["GET", "DELETE"] { #expect(await api.send(method, "/devices/\(id)").status == 404) }
        #expect(try await api.send("GET", "/devices").document["total"] == 0)
    }

    @Test(arguments: ["0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "10.0.0.300"])
    func anAddressNoDeviceCanHaveIsRefused(address: String) async throws {
        let api = try Fixture()
        let answer = await api.send("POST", "/devices", #"{"name":"CORE","ip":"\#(address)"}"#)
        #expect(answer.status == 422)
        #expect(try answer.document["errors"] != .null)
        #expect(answer.text.contains(#""field":"ip""#))
        #expect(try await api.send("GET", "/devices").document["total"] == 0)
    }

    @Test func oneAddressHasOneSpelling() async throws {
        let api = try Fixture()
        let mapped = await api.send("POST", "/devices", #"{"name":"CORE","ip":"::ffff:10.0.0.1"}"#)
        #expect(try mapped.document["ip"] == "10.0.0.1")
        #expect(await api.send("POST", "/devices", #"{"name":"EDGE","ip":"10.0.0.1"}"#).status == 409)
    }

    @Test func aNameOrAnAddressThatIsTakenIsAConflict() async throws {
        let api = try Fixture()
        try await api.add("CORE", address: "10.0.0.1")
        for body in [#"{"name":"CORE","ip":"10.0.0.2"}"#, #"{"name":"EDGE","ip":"10.0.0.1"}"#] {
            let answer = await api.send("POST", "/devices", body)
            #expect(answer.status == 409, "\(answer.text)")
        }
        #expect(try await api.send("GET", "/devices").document["total"] == 1)
    }

    @Test(arguments: [
        (#"{"ip":"10.0.0.1"}"#, "name"), (#"{"name":"A"}"#, "ip"), (#"{"name":"A","ip":null}"#, "ip"),
        (#"{"name":"A","ip":"x y"}"#, "ip"), (#"{"name":" A","ip":"x"}"#, "name"), (#"{"name":"","ip":"x"}"#, "name"),
        (#"{"name":"A","ip":"x","port":0}"#, "port"), (#"{"name":"A","ip":"x","port":1.5}"#, "port"),
        (#"{"name":"A","ip":"x","port":"161"}"#, "port"), (#"{"name":"A","ip":"x","tags":"a"}"#, "tags"),
        (#"{"name":"A","ip":"x","community":"public"}"#, "community"),
        (#"{"name":"A","ip":"x","device_type":"fridge"}"#, "device_type"),
    ])
    func aBadDeviceIsRefusedByField(_ body: String, _ field: String) async throws {
        let api = try Fixture()
        let answer = await api.send("POST", "/devices", body)
        #expect(answer.status == 400)
        guard case .array(let errors) = try answer.document["errors"] else { return }
        #expect(errors.map { $0["field"] } == [.string(field)], "\(answer.text)")
        #expect(!answer.text.contains("public"))
        #expect(try await api.catalog.devices(.all) == [])
    }

    @Test func anUnknownProfileIsRefusedWithTheNearestName() async throws {
        let api = try Fixture()
        #expect(await api.send("PUT", "/profiles/branches", #"{"version":"2c","community":"s3cret"}"#).status == 200)
        let answer = await api.send("POST", "/devices", #"{"name":"A","ip":"x","credential_profile":"branchs"}"#)
        #expect(answer.status == 422 && answer.text.contains("did you mean 'branches'?"))
    }

    @Test func aProfilesSecretNeverComesOut() async throws {
        let api = try Fixture()
        let saved = await api.send("PUT", "/profiles/p", #"{"version":"1","community":"s3cret"}"#)
        let bad = await api.send("PUT", "/profiles/p", #"{"version":"9","community":["s3cret"]}"#)
        let listed = await api.send("GET", "/profiles")
        #expect(bad.status == 400)
        for answer in [saved, bad, listed] { #expect(!answer.text.contains("s3cret"), "\(answer.text)") }
        #expect(try listed.document["total"] == 1)
        #expect(await api.send("DELETE", "/profiles/p").status == 204)
        #expect(await api.send("DELETE", "/profiles/p").status == 404)
    }

    @Test func anImportWithErrorsKeepsNothingUnlessGoodRowsAreAskedFor() async throws {
        let failure = DeviceImportReport.Failure(line: 3, column: 7, field: "port", value: nil, detail: "no port")
        let api = try Fixture(report: DeviceImportReport(added: 1, changed: 0, unchanged: 0, failures: [failure]))
        let all = await api.send("POST", "/devices/import", "x", type: "text/csv")
        let good = await api.send("POST", "/devices/import?mode=good", "x", type: "text/csv; charset=utf-8")
        #expect(all.status == 422 && good.status == 200)
        for answer in [all, good] {
            #expect(
                try answer.document["errors"] == [
                    ["field": "port", "value": .null, "detail": "no port", "line": 3, "column": 7]
                ])
        }
        #expect(await api.send("POST", "/devices/import", "{", type: "application/json").status == 400)
        #expect(await api.send("POST", "/devices/import", "x", type: "text/plain").status == 415)
        #expect(await api.send("POST", "/devices/import?format=netbox-json", "x", type: "text/csv").status == 422)
        #expect(await api.send("POST", "/devices/import?mode=some", "x", type: "text/csv").status == 400)
    }

    @Test func aSweepIsCheckedBeforeItIsAccepted() async throws {
        let api = try Fixture()
        #expect(await api.send("POST", "/devices/sweep", #"{"ranges":["10.0.0.0/30"],"add":true}"#).status == 202)
        #expect(await api.send("POST", "/devices/sweep", #"{"ranges":["10.0.0.0/99"]}"#).status == 422)
        #expect(await api.send("POST", "/devices/sweep", #"{"ranges":[]}"#).status == 400)
        #expect(await api.send("POST", "/devices/sweep", #"{}"#).status == 400)
    }
}
