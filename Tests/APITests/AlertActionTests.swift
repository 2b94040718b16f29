import Catalog
import CatalogSQLite
import Inventory
import Listing
import Testing

@testable import API

/// What operators say of alerts, and the events that tell of them.
@Suite struct AlertActionTests {
    @Test func whatIsSaidIsKeptInOrderAndTheDeskIsNudged() async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5)
        try await world.store([alert])
        let path = "/alerts/\(alert.id)"
        let said = await world.api.send("POST", path + "/acknowledge", #"{"note":"on it","minutes":30}"#)
        #expect(said.status == 201, "\(said.text)")
        let action = try said.document
        #expect(action["kind"] == "acknowledge" && action["note"] == "on it" && action["author"] == .null)
        #expect(action["until"] == .string("\(Fixture.now.advanced(bySeconds: 1_800))"))
        #expect(await world.api.send("POST", path + "/unacknowledge").status == 201)
        let kept = try await world.api.catalog.alertActions(after: 0, limit: 10)
        #expect(kept.map(\.kind) == [.acknowledge, .unacknowledge] && kept.map(\.alertID) == [alert.id, alert.id])
        #expect(world.nudges.count == 2)
    }

    @Test(arguments: [
        ("acknowledge", #"{"until":"-1h"}"#, 422, "until"), ("acknowledge", #"{"until":"400d"}"#, 422, "until"),
        ("acknowledge", #"{"until":"soon"}"#, 400, "until"), ("acknowledge", #"{"minutes":0}"#, 400, "minutes"),
        ("acknowledge", #"{"until":"1h","minutes":5}"#, 422, "minutes"), ("acknowledge", "[]", 400, "body"),
        ("unacknowledge", #"{"until":"1h"}"#, 400, "until"), ("acknowledge", #"{"note":5}"#, 400, "note"),
    ])
    func whatCannotBeSaidIsToldWithItsField(
        _ word: String, _ body: String, _ status: Int, _ field: String
    ) async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5)
        try await world.store([alert])
        let answer = await world.api.send("POST", "/alerts/\(alert.id)/\(word)", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field], "\(answer.text)")
        #expect(try await world.api.catalog.alertActions(after: 0, limit: 10).isEmpty && world.nudges.count == 0)
    }

    @Test func nothingIsSaidOfWhatIsOverOrNotThere() async throws {
        let world = try await AlertWorld()
        let over = AlertWorld.over(world.alert(on: 0, minutesAgo: 50), after: 5)
        try await world.store([over])
        #expect(await world.api.send("POST", "/alerts/\(over.id)/acknowledge").status == 409)
        #expect(await world.api.send("POST", "/alerts/\(over.id)/silence", #"{"duration":"1h"}"#).status == 409)
        #expect(await world.api.send("POST", "/alerts/\(AlertID.random())/acknowledge").status == 404)
        #expect(
            await world.api.send("POST", "/alerts/\(AlertID.random())/silence", #"{"duration":"1h"}"#).status == 404)
    }

    @Test func whatDoesNotFireYetCannotBeAcknowledgedAndTellsWhatElseCanBeDone() async throws {
        let world = try await AlertWorld()
        let pending = world.alert(on: 0, minutesAgo: 1) { ($0.state, $0.firedAt) = (.pending, nil) }
        try await world.store([pending])
        let answer = await world.api.send("POST", "/alerts/\(pending.id)/acknowledge")
        #expect(answer.status == 409 && answer.text.contains("pending"), "\(answer.text)")
        #expect(answer.text.contains("/alerts/\(pending.id)/silence"))
        #expect(try await world.api.catalog.alertActions(after: 0, limit: 10).isEmpty && world.nudges.count == 0)
        let silenced = await world.api.send("POST", "/alerts/\(pending.id)/silence", #"{"duration":"1h"}"#)
        #expect(silenced.status == 201, "\(silenced.text)")
    }

    // MARK: - Silences

    @Test func anAlertIsSilencedByItsOwnLabels() async throws {
        let world = try await AlertWorld()
        let port = world.alert(on: 0, minutesAgo: 5)
        let device = AlertWorld.alert(.device(world.edge.device.id), .deviceUnreachable, minutesAgo: 5) {
            $0.context.device = AlertContext.Device(world.edge.device)
        }
        let disk = AlertWorld.alert(.system("disk"), .diskSpace, minutesAgo: 4)
        try await world.store([port, device, disk])
        let wanted: [(Alert, JSONValue)] = [
            (port, ["alertname=\"InterfaceDown\"", "device=\"CORE\"", "interface=\"Gi0/1\""]),
            (device, ["alertname=\"DeviceUnreachable\"", "device=\"EDGE\""]),
            (disk, ["alertname=\"DiskSpace\"", "system=\"disk\""]),
        ]
        for (alert, matchers) in wanted {
            let body = #"{"duration":"2h","comment":"line card"}"#
            let made = await world.api.send("POST", "/alerts/\(alert.id)/silence", body)
            #expect(made.status == 201, "\(made.text)")
            let silence = try made.document
            #expect(silence["matchers"] == matchers && silence["comment"] == "line card")
            #expect(silence["starts_at"] == .string("\(Fixture.now)") && silence["state"] == "active")
            #expect(silence["ends_at"] == .string("\(Fixture.now.advanced(bySeconds: 7_200))"))
            #expect(try await world.get("/silences/\(silence.text("id"))") == silence)
        }
        #expect(world.nudges.count == 3)
    }

    @Test func anAlertOfNoNameIsNotSilencedTogetherWithAllOthers() async throws {
        let world = try await AlertWorld()
        let nameless = AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: 5)
        let half = world.alert(on: 0, minutesAgo: 5) { $0.context.interface = nil }
        try await world.store([nameless, half])
        for alert in [nameless, half] {
            let answer = await world.api.send("POST", "/alerts/\(alert.id)/silence", #"{"duration":"2h"}"#)
            #expect(answer.status == 409 && answer.text.contains("POST /api/v1/silences"), "\(answer.text)")
        }
        #expect(try await world.api.catalog.silences(endingAfter: nil).isEmpty)
    }

    @Test(arguments: [
        ("{}", 422, "duration"), (#"{"duration":"9999w"}"#, 422, "duration"), (#"{"ends_at":"-1h"}"#, 422, "ends_at"),
        (#"{"duration":"1h","ends_at":"1h"}"#, 422, "duration"), (#"{"duration":"1h","matchers":[]}"#, 400, "matchers"),
        (#"{"duration":"1h","starts_at":"1h"}"#, 400, "starts_at"),
    ])
    func whatDoesNotSilenceAnAlertIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5)
        try await world.store([alert])
        let answer = await world.api.send("POST", "/alerts/\(alert.id)/silence", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field], "\(answer.text)")
        #expect(try await world.api.catalog.silences(endingAfter: nil).isEmpty)
    }

    // MARK: - Events

    @Test func silencesAndWindowsAreToldAsTheyAreEnteredChangedEndedAndRemoved() async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5)
        try await world.store([alert])
        let api = world.api
        var reader = try #require(api.application.state.events.open(lastID: nil)).makeAsyncIterator()
        _ = await reader.next()
        let made = try await api.send("POST", "/silences", #"{"matchers":["device=X"],"duration":"1h"}"#).document
        let silence = "/silences/\(made.text("id"))"
        _ = await api.send("PATCH", silence, #"{"comment":"works"}"#)
        _ = await api.send("POST", silence + "/expire")
        _ = await api.send("DELETE", silence)
        _ = await api.send("DELETE", silence)
        _ = await api.send("POST", "/alerts/\(alert.id)/silence", #"{"duration":"1h"}"#)
        let body = #"{"name":"works","matchers":[],"starts_at":"1h","duration":"1h"}"#
        let planned = try await api.send("POST", "/maintenance-windows", body).document
        let window = "/maintenance-windows/\(planned.text("id"))"
        _ = await api.send("PATCH", window, #"{"duration":"2h"}"#)
        _ = await api.send("DELETE", window)
        var events: [(name: String, data: JSONValue)] = []
        for _ in 0..<8 { events.append(try Self.event(await reader.next())) }
        #expect(
            events.map(\.name) == Array(repeating: "silence", count: 5)
                + Array(repeating: "maintenance_window", count: 3))
        #expect(
            events.map { $0.data.text("event") } == [
                "created", "changed", "expired", "removed", "created", "created", "changed", "removed",
            ])
        #expect(events[0].data["matchers"] == ["device=\"X\""] && events[1].data["comment"] == "works")
        #expect(events[2].data["state"] == "expired" && events[3].data["id"] == made["id"])
        #expect(events[6].data["duration_seconds"] == 7_200 && events[7].data["id"] == planned["id"])
    }

    @Test func whereNewsWereLostOrCannotBeToldWhoeverWatchesReadsAgain() async throws {
        let stored = try SQLiteCatalog.inMemory()
        let world = try await AlertWorld(catalog: stored)
        let state = world.api.application.state
        var reader = try #require(state.events.open(lastID: nil)).makeAsyncIterator()
        _ = await reader.next()
        let alert = world.alert(on: 0, minutesAgo: 1)
        await AlertNewsFeed(state: state).follow(AlertNews(alerts: [alert], isAfterLoss: true))
        #expect(try Self.event(await reader.next()).name == "resync")
        #expect(try Self.event(await reader.next()).name == "alert")
        try await stored.close()
        await AlertNewsFeed(state: state).follow(AlertNews(alerts: [alert]))
        #expect(try Self.event(await reader.next()).name == "resync")
    }

    @Test func whoDoesNotReadNewsMeetsWordOfTheLossBehindWhatIsLost() async throws {
        var queue = AlertNewsQueue(bufferMax: 4)
        let ids = (0...30).map { _ in AlertID.random() }
        func news(_ number: Int) -> AlertNews { AlertNews(removed: [ids[number]]) }
        for number in 1...4 { queue.add(news(number)) }
        var reader = queue.stream.makeAsyncIterator()
        #expect(await reader.next() == news(1))
        for number in 5...30 { queue.add(news(number)) }
        queue.finish()
        var (kept, losses): ([AlertNews], [Int]) = ([], [])
        while let next = await reader.next() {
            if next.isAfterLoss { losses.append(kept.count) } else { kept.append(next) }
        }
        // The latest are there, and at least one word of the loss.
        #expect(kept == (30 - kept.count + 1...30).map { news($0) } && (2...4).contains(kept.count))
        #expect(!losses.isEmpty && losses.count + kept.count == 4)
    }

    @Test func whoSaysItIsNamedByTheirToken() async throws {
        var settings = Fixture.exact
        settings.requiresToken = true
        settings.isLoopbackOnly = false
        let world = try await AlertWorld(settings: settings)
        let alert = world.alert(on: 0, minutesAgo: 5)
        try await world.store([alert])
        try await world.api.catalog.saveAccessToken(
            AccessToken(name: "anna", hash: "hash of secret", createdAt: Fixture.now))
        let path = "/alerts/\(alert.id)/acknowledge"
        #expect(await world.api.send("POST", path, origin: .network).status == 401)
        let said = await world.api.send(
            "POST", path, headers: [APIHeader("Authorization", "Bearer secret")], origin: .network)
        #expect(try said.document["author"] == "anna", "\(said.text)")
    }

    @Test func eventsTellWhatOpenedChangedAndEndedTheWorstThatIsSentFirst() async throws {
        let world = try await AlertWorld()
        let state = world.api.application.state
        let opened = world.alert(on: 0, minutesAgo: 1, severity: .medium)
        let held = world.alert(on: 1, minutesAgo: 2) { $0.hold = .silenced }
        let ended = AlertWorld.over(world.alert(on: 0, .highUtilization, minutesAgo: 9, severity: .high), after: 1)
        let gone = AlertID.random()
        var reader = try #require(state.events.open(lastID: nil)).makeAsyncIterator()
        _ = await reader.next()
        try await AlertNewsFeed(state: state).tell(
            AlertNews(
                alerts: [opened, held, ended],
                changes: [AlertChange(opened.id, .began, at: opened.startedAt, "")], removed: [gone]))
        var events: [(name: String, data: JSONValue)] = []
        for _ in 0..<4 { events.append(try Self.event(await reader.next())) }
        #expect(events.map(\.name) == ["alert", "alert", "alert", "alerts"])
        #expect(events.prefix(3).map { $0.data.text("event") } == ["resolved", "opened", "changed"])
        #expect(events.prefix(3).map { $0.data.text("id") } == [ended.id, opened.id, held.id].map(\.description))
        #expect(events[3].data["omitted"] == 0 && events[3].data["removed"] == [.string("\(gone)")])
    }

    @Test func aStormIsToldInPart() async throws {
        let world = try await AlertWorld()
        let state = world.api.application.state
        var reader = try #require(state.events.open(lastID: nil)).makeAsyncIterator()
        _ = await reader.next()
        let storm = (0..<150).map { AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double($0)) }
        try await AlertNewsFeed(state: state).tell(AlertNews(alerts: storm))
        var last = try Self.event(await reader.next())
        for _ in 0..<AlertNewsFeed.toldMax { last = try Self.event(await reader.next()) }
        #expect(last.name == "alerts" && last.data["omitted"] == 50 && last.data["removed"] == [])
    }

    /// The name and the data of an event.
    private static func event(_ bytes: [UInt8]?) throws -> (name: String, data: JSONValue) {
        let lines = String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n")
        func field(_ name: String) -> String {
            lines.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) } ?? ""
        }
        return (field("event"), try JSONParser.parse(Array(field("data").utf8)))
    }
}
