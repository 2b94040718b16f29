import API
import Baselines
import Catalog
import CatalogSQLite
import Inventory
import Listing
import Testing

/// What operators say of anomalies.
@Suite struct AnomalyActionTests {
    @Test(arguments: [
        (#"{"kind":"expected","note":"a sale"}"#, "expected"), (#"{"kind":"mute","until":"2h"}"#, "muted"),
        (#"{"kind":"new_normal"}"#, "raised"), (#"{"kind":"mute","until":"2h","scope":"side"}"#, "muted"),
        (#"{"kind":"expected","scope":"interface","until":"1d"}"#, "expected"),
    ])
    func whatIsSaidIsKeptAndShows(_ body: String, _ state: String) async throws {
        let traffic = try await OddTraffic()
        let anomaly = OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: 5, isOver: false)
        try await traffic.api.catalog.saveAnomalies([anomaly], incidents: [])
        let made = await traffic.api.send("POST", "/anomalies/\(anomaly.id)/actions", body)
        #expect(made.status == 201, "\(made.text)")
        let action = try made.document
        #expect(action["device_name"] == "CORE" && action["author"] == .null)
        #expect(try await traffic.get("/anomalies/\(anomaly.id)")["state"] == .string(state))
        #expect(try await traffic.get("/anomalies/actions").list("items") == [action])
        let kept = try #require(try await traffic.api.catalog.anomalyActions(after: nil).first)
        #expect(kept.createdAt == Fixture.now && kept.interfaceID == anomaly.interfaceID)
        // Taken back, it is as before.
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/\(action.text("id"))").status == 204)
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/\(action.text("id"))").status == 404)
        #expect(try await traffic.get("/anomalies/\(anomaly.id)")["state"] == "raised")
    }

    @Test func aMuteOfASideIsNotOneOfTheOther() async throws {
        let traffic = try await OddTraffic()
        let interface = traffic.core.interfaces[0]
        let anomalies = TrafficSide.all.map { side in
            OddTraffic.anomaly(on: interface, minutesAgo: 5, isOver: false) { $0.side = side }
        }
        try await traffic.api.catalog.saveAnomalies(anomalies, incidents: [])
        func muted() async throws -> Set<String> {
            Set(try await traffic.get("/anomalies?state=muted").list("items").map { $0.text("id") })
        }
        let path = "/anomalies/\(anomalies[1].id)/actions"
        #expect(await traffic.api.send("POST", path, #"{"kind":"mute","until":"1h","scope":"side"}"#).status == 201)
        #expect(try await muted() == ["\(anomalies[1].id)"])
        #expect(
            await traffic.api.send("POST", path, #"{"kind":"mute","until":"1h","scope":"interface"}"#).status == 201)
        #expect(try await muted() == Set(anomalies.map { "\($0.id)" }))
    }

    @Test func anIncidentFollowsItsMembers() async throws {
        let traffic = try await OddTraffic()
        let members = traffic.core.interfaces.map { OddTraffic.anomaly(on: $0, minutesAgo: 5, isOver: false) }
        var incident = Incident(scope: .device, at: members[0].startedAt)
        incident.anomalyIDs = members.map(\.id)
        try await traffic.api.catalog.saveAnomalies(members, incidents: [incident])
        for (member, state) in zip(members, ["raised", "expected"]) {
            let path = "/anomalies/\(member.id)/actions"
            #expect(await traffic.api.send("POST", path, #"{"kind":"expected"}"#).status == 201)
            #expect(try await traffic.get("/incidents/\(incident.id)")["state"] == .string(state))
        }
        #expect(try await traffic.get("/incidents/\(incident.id)").list("members").count == 2)
    }

    @Test(arguments: [AnomalyState.heldBack, .raised])
    func takingAMuteBackTellsNothingThatABudgetHeldBack(_ told: AnomalyState) async throws {
        let traffic = try await OddTraffic(anomalies: AnomalySource(budget: AlarmBudget(perWeek: 20)))
        let members = traffic.core.interfaces.map { interface in
            OddTraffic.anomaly(on: interface, minutesAgo: 5, isOver: false) { $0.state = told }
        }
        var incident = Incident(scope: .device, at: members[0].startedAt)
        incident.anomalyIDs = members.map(\.id)
        incident.state = told
        try await traffic.api.catalog.saveAnomalies(members, incidents: [incident])
        let path = "/anomalies/\(members[0].id)/actions"
        let made = await traffic.api.send("POST", path, #"{"kind":"mute","until":"2h"}"#)
        #expect(try await traffic.get("/anomalies/\(members[0].id)")["state"] == "muted")
        let id = try made.document.text("id")
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/\(id)").status == 204)
        #expect(try await traffic.get("/anomalies/\(members[0].id)")["state"] == .string(told.rawValue))
        #expect(try await traffic.get("/anomalies/\(members[1].id)")["state"] == .string(told.rawValue))
        #expect(try await traffic.get("/incidents/\(incident.id)")["state"] == .string(told.rawValue))
    }

    @Test func withoutABudgetWhatIsNotMutedAnyMoreIsTold() async throws {
        let traffic = try await OddTraffic()
        let anomaly = OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: 5, isOver: false)
        var incident = Incident(scope: .interface, at: anomaly.startedAt)
        incident.anomalyIDs = [anomaly.id]
        try await traffic.api.catalog.saveAnomalies([anomaly], incidents: [incident])
        let made = await traffic.api.send(
            "POST", "/anomalies/\(anomaly.id)/actions", #"{"kind":"mute","until":"2h"}"#)
        #expect(try await traffic.get("/incidents/\(incident.id)")["state"] == "muted")
        let id = try made.document.text("id")
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/\(id)").status == 204)
        #expect(try await traffic.get("/incidents/\(incident.id)")["state"] == "raised")
    }

    @Test(
        "what is said is kept where the states cannot follow at once: the next check sees to them",
        .enabled(if: SQLProgram.isThere, "no /usr/bin/sqlite3 here"))
    func whatIsSaidIsKeptWhereStatesCannotFollow() async throws {
        let folder = try TestFolder()
        let catalog = try SQLiteCatalog.open(path: folder.path("catalog.db"))
        let traffic = try await OddTraffic(catalog: catalog)
        let anomaly = try await traffic.store(1)[0]
        try SQLProgram.run(
            "CREATE TRIGGER refusal BEFORE UPDATE OF state ON anomalies BEGIN SELECT RAISE(ABORT, 'refused'); END",
            folder.path("catalog.db"))
        let path = "/anomalies/\(anomaly.id)/actions"
        let made = await traffic.api.send("POST", path, #"{"kind":"expected"}"#)
        #expect(made.status == 201, "\(made.text)")
        #expect(try await traffic.get("/anomalies/actions")["total"] == 1)
        #expect(try await traffic.get("/anomalies/\(anomaly.id)")["state"] == "raised")
        let id = try made.document.text("id")
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/\(id)").status == 204)
        #expect(try await traffic.get("/anomalies/actions")["total"] == 0)
    }

    @Test(arguments: [
        ("{}", 400, "kind"), (#"{"kind":"mute"}"#, 422, "until"), (#"{"kind":"ignore"}"#, 400, "kind"),
        (#"{"kind":"mute","until":"-1h"}"#, 422, "until"), (#"{"kind":"mute","until":"now"}"#, 422, "until"),
        (#"{"kind":"mute","until":"9999d"}"#, 422, "until"), (#"{"kind":"mute","until":"soon"}"#, 400, "until"),
        (#"{"kind":"mute","until":null}"#, 422, "until"), (#"{"kind":"mute","until":5}"#, 400, "until"),
        (#"{"kind":"new_normal","until":"1h"}"#, 422, "until"), (#"{"kind":"expected","until":"1h"}"#, 422, "until"),
        (#"{"kind":"expected","scope":"world"}"#, 400, "scope"), (#"{"kind":"expected","why":"x"}"#, 400, "why"),
        (#"{"kind":"mute","until":"2026-02-30T00:00:00Z"}"#, 422, "until"), ("[]", 400, "body"),
    ])
    func whatCannotBeSaidIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let traffic = try await OddTraffic()
        let anomaly = try await traffic.store(1)[0]
        let answer = await traffic.api.send("POST", "/anomalies/\(anomaly.id)/actions", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field], "\(answer.text)")
        #expect(try await traffic.api.catalog.anomalyActions(after: nil).isEmpty)
    }

    @Test func nothingIsSaidOfWhatIsNotThere() async throws {
        let traffic = try await OddTraffic()
        for path in ["/anomalies/00000000-0000-0000-0000-000000000000/actions", "/anomalies/x/actions"] {
            #expect(await traffic.api.send("POST", path, #"{"kind":"expected"}"#).status == 404)
        }
        #expect(await traffic.api.send("DELETE", "/anomalies/actions/x").status == 404)
    }

    @Test func whoSaysItNeedsATokenAndIsNamed() async throws {
        var settings = Fixture.exact
        settings.requiresToken = true
        settings.isLoopbackOnly = false
        let traffic = try await OddTraffic(settings: settings)
        let anomaly = try await traffic.store(1)[0]
        let token = AccessToken(name: "night shift", hash: "hash of secret", createdAt: Fixture.now)
        try await traffic.api.catalog.saveAccessToken(token)
        let path = "/anomalies/\(anomaly.id)/actions"
        let body = #"{"kind":"expected"}"#
        for (method, place) in [
            ("POST", path), ("GET", "/anomalies"), ("POST", "/baselines/learn"), ("POST", "/baselines/exclusions"),
        ] {
            let refused = await traffic.api.send(method, place, body, origin: .network)
            #expect(refused.status == 401, "\(method) \(place)")
        }
        let made = await traffic.api.send(
            "POST", path, body, headers: [APIHeader("Authorization", "Bearer secret")], origin: .network)
        #expect(made.status == 201, "\(made.text)")
        #expect(try made.document["author"] == "night shift")
    }
}
