import API
import Catalog
import Inventory
import Listing
import Testing

/// Silences and maintenance windows.
@Suite struct AlertSilenceTests {
    private static let now = Fixture.now

    @Test(arguments: [
        (#"{"matchers":["device=\"CORE\""],"duration":"2h"}"#, "device=\"CORE\"", 7_200.0),
        (#"{"matchers":["type=~isp|trunk"],"ends_at":"30m","comment":"work"}"#, "type=~\"isp|trunk\"", 1_800),
        (#"{"matchers":[{"label":"device","value":"A\"B"}],"duration":"1m"}"#, "device=\"A\\\"B\"", 60),
        (#"{"matchers":[{"label":"type","comparison":"=~","value":"isp"}],"duration":"1w"}"#, "type=~\"isp\"", 604_800),
        (#"{"matchers":["provider = magti"],"duration":"5m","starts_at":"1h"}"#, "provider=\"magti\"", 3_900),
    ])
    func aSilenceIsKeptAsItIsWritten(_ body: String, _ matcher: String, _ seconds: Double) async throws {
        let world = try await AlertWorld()
        let made = await world.api.send("POST", "/silences", body)
        #expect(made.status == 201, "\(made.text)")
        let silence = try made.document
        #expect(silence["matchers"] == [.string(matcher)])
        #expect(silence["ends_at"] == .string("\(Self.now.advanced(bySeconds: seconds))"))
        #expect(try await world.get("/silences").list("items") == [silence])
        #expect(try await world.get("/silences/\(silence.text("id"))") == silence)
        #expect(world.nudges.count == 1)
    }

    @Test(arguments: [
        ("{}", 400, "matchers"), (#"{"matchers":[],"duration":"1h"}"#, 400, "matchers"),
        (#"{"matchers":["device"],"duration":"1h"}"#, 400, "matchers"),
        (#"{"matchers":["9a=b"],"duration":"1h"}"#, 400, "matchers"),
        (#"{"matchers":[{"label":"device"}],"duration":"1h"}"#, 400, "matchers"),
        (#"{"matchers":[5],"duration":"1h"}"#, 400, "matchers"),
        (#"{"matchers":["device=~("],"duration":"1h"}"#, 422, "matchers"),
        (#"{"matchers":["device!=X"],"duration":"1h"}"#, 422, "matchers"),
        (#"{"matchers":["device=X"]}"#, 422, "duration"),
        (#"{"matchers":["device=X"],"duration":"1h","ends_at":"1h"}"#, 422, "duration"),
        (#"{"matchers":["device=X"],"duration":"1h5m"}"#, 400, "duration"),
        (#"{"matchers":["device=X"],"duration":"30s"}"#, 422, "duration"),
        (#"{"matchers":["device=X"],"duration":"9999w"}"#, 422, "duration"),
        (#"{"matchers":["device=X"],"ends_at":"-1h"}"#, 422, "ends_at"),
        (#"{"matchers":["device=X"],"ends_at":"1h","starts_at":"2h"}"#, 422, "ends_at"),
        (#"{"matchers":["device=X"],"duration":"1h","starts_at":"9999-12-31"}"#, 422, "ends_at"),
        (#"{"matchers":["device=X"],"duration":"1h","why":"x"}"#, 400, "why"),
    ])
    func whatIsNoSilenceIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let world = try await AlertWorld()
        let answer = await world.api.send("POST", "/silences", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field], "\(answer.text)")
        #expect(try await world.api.catalog.silences(endingAfter: nil).isEmpty)
    }

    @Test func aSilenceIsChangedEndedAndRemoved() async throws {
        let world = try await AlertWorld()
        let body = #"{"matchers":["device=CORE"],"duration":"1h","comment":"work"}"#
        let id = try await world.api.send("POST", "/silences", body).document.text("id")
        let changed = await world.api.send("PATCH", "/silences/\(id)", #"{"duration":"3h"}"#)
        let end = Self.now.advanced(bySeconds: 10_800)
        #expect(try changed.document["ends_at"] == .string("\(end)"), "\(changed.text)")
        #expect(try changed.document["comment"] == "work" && changed.document["state"] == "active")
        #expect(await world.api.send("PATCH", "/silences/\(id)", #"{"matchers":null}"#).status == 400)
        let ended = await world.api.send("POST", "/silences/\(id)/expire")
        #expect(try ended.document["state"] == "expired", "\(ended.text)")
        #expect(await world.api.send("POST", "/silences/\(id)/expire").status == 409)
        #expect(try await world.ids("/silences?state=expired") == [id])
        #expect(await world.api.send("DELETE", "/silences/\(id)").status == 204)
        #expect(await world.api.send("DELETE", "/silences/\(id)").status == 404)
        #expect(await world.api.send("GET", "/silences/\(id)").status == 404)
        #expect(world.nudges.count == 4)
    }

    @Test func oneThatHasNotBegunEndsBeforeItBegins() async throws {
        let world = try await AlertWorld()
        let body = #"{"matchers":["device=CORE"],"duration":"1h","starts_at":"2h"}"#
        let made = try await world.api.send("POST", "/silences", body).document
        #expect(made["state"] == "pending")
        let ended = try await world.api.send("POST", "/silences/\(made.text("id"))/expire").document
        #expect(ended["state"] == "expired" && ended["starts_at"] == ended["ends_at"])
    }

    @Test func aWindowOnceIsOpenForItsTime() async throws {
        let world = try await AlertWorld()
        let body = #"{"name":"core upgrade","matchers":["device=CORE"],"starts_at":"-10m","duration":"1h"}"#
        let made = await world.api.send("POST", "/maintenance-windows", body)
        #expect(made.status == 201, "\(made.text)")
        let window = try made.document
        #expect(window["is_now"] == true && window["next_start_at"] == .null && window["zone"] == "UTC")
        #expect(window["open_until"] == .string("\(Self.now.advanced(bySeconds: 3_000))"))
        #expect(window["duration_seconds"] == 3_600 && window["schedule"] == .null)
        #expect(try await world.get("/maintenance-windows").list("items") == [window])
    }

    @Test func aWindowThatRecursFollowsTheClocksOfItsZone() async throws {
        let world = try await AlertWorld()
        let body = #"{"name":"nights","matchers":[],"schedule":"0 2 * * *","zone":"Europe/Berlin","duration":"2h"}"#
        let made = await world.api.send("POST", "/maintenance-windows", body)
        #expect(made.status == 201, "\(made.text)")
        let window = try made.document
        // Summer time: 02:00 is midnight in UTC.
        #expect(window["next_start_at"] == "2026-09-22T00:00:00.000Z" && window["is_now"] == false)
        #expect(window.list("next_starts").count == 5 && window["matchers"] == [])
        let path = "/maintenance-windows/\(window.text("id"))"
        let limited = await world.api.send("PATCH", path, #"{"ends_at":"2026-09-23T12:00:00Z","comment":"short"}"#)
        #expect(try limited.document.list("next_starts").count == 2, "\(limited.text)")
        let once = await world.api.send("PATCH", path, #"{"starts_at":"1h"}"#)
        #expect(try once.document["schedule"] == .null && once.document["ends_at"] == .null, "\(once.text)")
        #expect(await world.api.send("DELETE", path).status == 204)
        #expect(await world.api.send("GET", path).status == 404)
        #expect(world.nudges.count == 4)
    }

    @Test(arguments: [
        ("{}", 400, ["name", "duration", "matchers"]),
        (#"{"name":"x","duration":"1h","starts_at":"1h"}"#, 400, ["matchers"]),
        (#"{"name":"x","matchers":null,"duration":"1h","starts_at":"1h"}"#, 400, ["matchers"]),
        (#"{"name":"x","matchers":[],"duration":"1h"}"#, 422, ["starts_at"]),
        (#"{"name":"x","matchers":[],"duration":"1h","starts_at":"1h","schedule":"@daily"}"#, 422, ["schedule"]),
        (#"{"name":"x","matchers":[],"duration":"1h","schedule":"often"}"#, 422, ["schedule"]),
        (#"{"name":"x","matchers":[],"duration":"1h","schedule":"@daily","zone":"Mars/Base"}"#, 422, ["zone"]),
        (#"{"name":"x","matchers":[],"duration":"1h","schedule":"@daily","zone":"no zone"}"#, 400, ["zone"]),
        (#"{"name":"x","matchers":[],"duration":"32d","schedule":"@daily"}"#, 422, ["duration"]),
        (#"{"name":"x","matchers":[],"duration":"1h","starts_at":"-2h"}"#, 422, ["starts_at"]),
        (#"{"name":"x","matchers":[],"duration":"1h","starts_at":"9999-12-31"}"#, 422, ["starts_at"]),
        (#"{"name":"x","matchers":[],"duration":"1h","schedule":"@daily","ends_at":"1m"}"#, 422, ["ends_at"]),
        (#"{"name":"x","matchers":[],"duration":"1h","starts_at":"1h","ends_at":"2h"}"#, 422, ["ends_at"]),
        (#"{"name":" x","matchers":[],"duration":"1h","starts_at":"1h"}"#, 400, ["name"]),
    ])
    func whatIsNoWindowIsToldWithItsField(_ body: String, _ status: Int, _ fields: [String]) async throws {
        let world = try await AlertWorld()
        let answer = await world.api.send("POST", "/maintenance-windows", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == fields, "\(answer.text)")
        #expect(try await world.api.catalog.maintenanceWindows().isEmpty && world.nudges.count == 0)
    }
}
