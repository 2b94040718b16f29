import API
import Baselines
import Catalog
import Inventory
import Listing
import Testing

@Suite struct BaselineRoutesTests {
    private static func rows(of interface: InterfaceID, samples: Int = 24) -> [Baseline] {
        (0..<168).map { hour in
            let figures = BaselineFigures(
                average: Double(hour), standardDeviation: 2, minimum: 0, maximum: 400, sampleCount: samples)
            return Baseline(
                interfaceID: interface, hourOfDay: hour % 24, dayOfWeek: hour / 24, inbound: figures,
                outbound: BaselineFigures(average: 1, sampleCount: samples), lastUpdated: Fixture.now)
        }
    }

    @Test func theRowsAreThoseOfTheTableInTheOrderOfTheWeek() async throws {
        let traffic = try await OddTraffic()
        let id = traffic.core.interfaces[0].id
        _ = try await traffic.api.catalog.replaceBaselines(of: [id], with: Self.rows(of: id).shuffled())
        let found = try await traffic.get("/interfaces/\(id)/baselines")
        #expect(found["total"] == 168 && found["next_cursor"] == .null && found["note"] == .null)
        #expect(found["last_updated"] == .string(Fixture.now.description) && found["building"] == 168)
        let rows = found.list("items")
        #expect(rows.count == 168 && rows[25]["day_of_week"] == 1 && rows[25]["hour_of_day"] == 1)
        #expect(rows[25]["avg_in_mbps"] == .real(25) || rows[25]["avg_in_mbps"] == 25)
        #expect(rows[25]["sample_count"] == 24 && rows[25]["confidence_word"] == "building")
        let part = try await traffic.get("/interfaces/\(id)/baselines?day_of_week=6&hour_of_day__gte=22")
        #expect(part["total"] == 2)
        let file = await traffic.api.send("GET", "/interfaces/\(id)/baselines?format=csv").text
        #expect(file.hasPrefix("id,interface_id,hour_of_day,day_of_week,avg_in_mbps,std_dev_in_mbps,min_in_mbps"))
        #expect(file.split(separator: "\r\n").count == 169)
    }

    @Test func withoutBaselinesItSaysWhatToDo() async throws {
        let traffic = try await OddTraffic()
        let (uplink, trunk) = (traffic.core.interfaces[0].id, traffic.core.interfaces[1].id)
        let found = try await traffic.get("/interfaces/\(uplink)/baselines")
        #expect(found["total"] == 0 && found.text("note").contains("7 samples"))
        #expect(try await traffic.get("/interfaces/\(trunk)/baselines").text("note").contains("scope all"))
    }

    @Test func theNumbersTellSettingsToo() async throws {
        var detection = DetectionSettings()
        detection.lookBackDays = 28
        let traffic = try await OddTraffic(
            anomalies: AnomalySource(zone: .fixed(name: "Asia/Tbilisi", offsetSeconds: 14_400), detection: detection))
        let id = traffic.core.interfaces[0].id
        _ = try await traffic.api.catalog.replaceBaselines(of: [id], with: Self.rows(of: id, samples: 60))
        let numbers = try await traffic.get("/baselines/statistics")
        #expect(numbers["total"] == 168 && numbers["interfaces"] == 1 && numbers["reliable"] == 168)
        #expect(numbers["zone"] == "Asia/Tbilisi" && numbers["look_back_days"] == 28)
        #expect(numbers["confidence_word"] == "reliable")
    }

    @Test(
        arguments: [
            ("/baselines/learn", nil, "learn-baselines", nil),
            ("/baselines/learn", #"{"scope":"critical"}"#, "learn-baselines", nil),
            ("/baselines/learn", #"{"scope":"all"}"#, "learn-baselines", "all"),
            ("/baselines/relearn", nil, "relearn-baselines", "all"),
            ("/baselines/relearn", "{}", "relearn-baselines", "all"),
        ] as [(String, String?, String, String?)])
    func learningIsAJobToFollow(_ path: String, _ body: String?, _ job: String, _ subject: String?) async throws {
        let traffic = try await OddTraffic()
        let answer = await traffic.api.send("POST", path, body)
        #expect(answer.status == 202, "\(answer.text)")
        let run = try answer.document
        #expect(run["job"] == .string(job) && run["subject"] == (subject.map(JSONValue.string) ?? .null))
        #expect(answer.header("Location") == "/api/v1/jobs/\(run.text("id"))")
    }

    @Test func oneInterfaceIsLearntAnew() async throws {
        let traffic = try await OddTraffic()
        let id = traffic.core.interfaces[0].id
        let answer = await traffic.api.send("POST", "/baselines/relearn", #"{"interface_id":"\#(id)"}"#)
        #expect(try answer.status == 202 && answer.document["subject"] == .string("\(id)"))
        let none = await traffic.api.send(
            "POST", "/baselines/relearn", #"{"interface_id":"00000000-0000-0000-0000-000000000000"}"#)
        #expect(try none.status == 422 && none.document.list("errors").map { $0.text("field") } == ["interface_id"])
    }

    @Test(arguments: ["monitoring_enabled", "enabled", "device"])
    func whatIsNotMonitoredIsNotLearntAnew(_ off: String) async throws {
        let traffic = try await OddTraffic()
        let id = traffic.core.interfaces[0].id
        let path = off == "device" ? "/devices/\(traffic.core.device.id)" : "/interfaces/\(id)"
        let body = off == "device" ? #"{"enabled":false}"# : #"{"\#(off)":false}"#
        #expect(await traffic.api.send("PATCH", path, body).status == 200)
        let answer = await traffic.api.send("POST", "/baselines/relearn", #"{"interface_id":"\#(id)"}"#)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == ["interface_id"])
        #expect(try await traffic.get("/jobs")["total"] == 0)
    }

    @Test func anExcludedTimeIsKeptUntilItIsRemoved() async throws {
        let traffic = try await OddTraffic()
        let (device, interface) = (traffic.core.device.id, traffic.core.interfaces[0].id)
        let exclusions: [(String, ExclusionScope)] = [
            (#"{"scope":"all","from":"-1h","to":"2h","reason":"maintenance"}"#, .all),
            (#"{"scope":"device","device_id":"\#(device)","from":"now","to":"2h"}"#, .device(device)),
            (#"{"scope":"interface","interface_id":"\#(interface)","from":"-2d","to":"-1d"}"#, .interface(interface)),
            (
                #"{"scope":"tag","tag":"site:north","from":"2026-09-01","to":"2026-09-02T06:00:00+02:00"}"#,
                .tag("site:north")
            ),
        ]
        for (body, scope) in exclusions {
            let made = await traffic.api.send("POST", "/baselines/exclusions", body)
            #expect(made.status == 201, "\(made.text)")
            let row = try made.document
            let kept = try await traffic.api.catalog.baselineExclusions().first { "\($0.id)" == row.text("id") }
            #expect(kept?.scope == scope, "\(body)")
        }
        let list = try await traffic.get("/baselines/exclusions")
        #expect(list["total"] == 4)
        let named = try await traffic.get("/baselines/exclusions?scope=interface").list("items")
        #expect(named.count == 1 && named[0]["if_name"] == "Gi0/1" && named[0]["device_name"] == "CORE")
        #expect(try await traffic.get("/baselines/exclusions?is_now=true")["total"] == 2)
        for item in list.list("items") {
            #expect(await traffic.api.send("DELETE", "/baselines/exclusions/\(item.text("id"))").status == 204)
            #expect(await traffic.api.send("DELETE", "/baselines/exclusions/\(item.text("id"))").status == 404)
        }
        #expect(try await traffic.get("/baselines/exclusions")["total"] == 0)
    }

    @Test(
        arguments: [
            (#"{"from":"now","to":"2h"}"#, 400, ["scope"]), (#"{"scope":"all","to":"2h"}"#, 400, ["from"]),
            (#"{"scope":"all","from":"now","to":"-2h"}"#, 422, ["to"]),
            (#"{"scope":"all","from":"now","to":"now"}"#, 422, ["to"]),
            (#"{"scope":"all","from":"1970-01-01","to":"2026-01-01"}"#, 422, ["to"]),
            (#"{"scope":"device","from":"now","to":"2h"}"#, 422, ["device_id"]),
            (
                #"{"scope":"all","device_id":"6fa459ea-ee8a-4ca4-894e-db77e160355e","from":"now","to":"2h"}"#, 422,
                ["device_id"]
            ),
            (
                #"{"scope":"device","device_id":"6fa459ea-ee8a-4ca4-894e-db77e160355e","from":"now","to":"2h"}"#, 422,
                ["device_id"]
            ),
            (
                #"{"scope":"interface","interface_id":"6fa459ea-ee8a-4ca4-894e-db77e160355e","from":"now","to":"2h"}"#,
                422, ["interface_id"]
            ),
            (#"{"scope":"interface","interface_id":"six","from":"now","to":"2h"}"#, 400, ["interface_id"]),
            (#"{"scope":"tag","tag":"","from":"now","to":"2h"}"#, 400, ["tag"]),
            (#"{"scope":"all","from":"later","to":"2h","until":"x"}"#, 400, ["from", "until"]),
        ] as [(String, Int, Set<String>)])
    func anExclusionThatCannotBeIsToldWithItsFields(_ body: String, _ status: Int, _ fields: Set<String>) async throws {
        let traffic = try await OddTraffic()
        let answer = await traffic.api.send("POST", "/baselines/exclusions", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(
            try Set(answer.document.list("errors").map { $0.text("field") }).isSuperset(of: fields), "\(answer.text)")
        #expect(try await traffic.api.catalog.baselineExclusions().isEmpty)
    }
}
