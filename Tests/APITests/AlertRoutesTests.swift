import API
import Catalog
import Inventory
import Listing
import Series
import Testing

@Suite struct AlertRoutesTests {
    @Test func anAlertTellsWhoWhatAndWhy() async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5) { alert in
            (alert.value, alert.threshold) = (85.5, 80)
            alert.context.labels = ["team": "core"]
            alert.acknowledgement = AlertAcknowledgement(at: Fixture.now, by: "anna", note: "on it")
            alert.state = .acknowledged
        }
        try await world.store([alert])
        let found = try #require(try await world.get("/alerts").list("items").first)
        #expect(found["message"] == "Interface Gi0/1 down on CORE (CRITICAL)" && found["condition"] == "interface_down")
        #expect(found["device_name"] == "CORE" && found["if_name"] == "Gi0/1" && found["interface_type"] == "isp")
        #expect(found["state"] == "acknowledged" && found["acknowledged_by"] == "anna" && found["is_held"] == false)
        #expect(found["value"] == .real(85.5) && found["threshold"] == .real(80) && found["resolved_at"] == .null)
        #expect(found["interface_id"] == .string("\(world.core.interfaces[0].id)") && found["system"] == .null)
        let labels = try #require(found["labels"])
        #expect(labels["alertname"] == "InterfaceDown" && labels["device"] == "CORE" && labels["team"] == "core")
        #expect(found["cause"] == .null && found["explains"] == 0)
    }

    @Test func onlyThoseThatAreNotOverAreListedWhereNothingElseIsAsked() async throws {
        let world = try await AlertWorld()
        let open = world.alert(on: 0, minutesAgo: 5)
        let over = AlertWorld.over(world.alert(on: 1, minutesAgo: 90), after: 30)
        try await world.store([open, over])
        #expect(try await world.ids("/alerts") == ["\(open.id)"])
        for path in ["/alerts/history", "/alerts?is_over=true,false", "/alerts?state=firing,resolved"] {
            #expect(try await world.ids(path) == ["\(open.id)", "\(over.id)"], "\(path)")
        }
        for path in ["/alerts?state=resolved", "/alerts?is_over=true", "/alerts?resolved_at__isnull=false"] {
            #expect(try await world.ids(path) == ["\(over.id)"], "\(path)")
        }
        #expect(try await world.ids("/alerts/history?from=-20m") == ["\(open.id)"])
        #expect(try await world.ids("/alerts/history?to=-20m") == ["\(over.id)"])
    }

    @Test func filtersChooseByWhatTheColumnsSay() async throws {
        let world = try await AlertWorld()
        let down = world.alert(on: 0, minutesAgo: 1) { $0.hold = .silenced }
        let busy = world.alert(on: 0, .highUtilization, minutesAgo: 2, severity: .high)
        let away = AlertWorld.alert(.device(world.edge.device.id), .deviceUnreachable, minutesAgo: 3)
        let disk = AlertWorld.alert(.system("disk"), .diskSpace, minutesAgo: 4, severity: .high)
        try await world.store([down, busy, away, disk])
        let (core, edge) = (world.core.device.id, world.edge.device.id)
        let wanted: [(query: String, alerts: [Alert])] = [
            ("severity=high", [busy, disk]), ("condition=disk_space,interface_down", [down, disk]),
            ("device_id=\(core)", [down, busy]), ("device_id=\(core),\(edge)", [down, busy, away]),
            ("interface_id=\(world.core.interfaces[0].id)", [down, busy]), ("is_held=true", [down]),
            ("is_held=false&severity=critical", [away]), ("hold=silenced", [down]), ("system=disk", [disk]),
            ("sort=started_at", [disk, away, busy, down]), ("q=core", [down, busy]),
            ("is_over=false&state=firing", [down, busy, away, disk]), ("is_over=true&state=firing", []),
        ]
        for (query, alerts) in wanted {
            #expect(try await world.ids("/alerts?\(query)") == alerts.map { "\($0.id)" }, "\(query)")
        }
    }

    @Test func pagesShowEachAlertOnce() async throws {
        let world = try await AlertWorld()
        let alerts = (0..<7).map { AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double($0)) }
        try await world.store(alerts.reversed())
        #expect(try await world.pages("/alerts?limit=2") == alerts.map { "\($0.id)" })
        #expect(try await world.get("/alerts?limit=2")["total"] == 7)
        #expect(await world.api.send("GET", "/alerts?cursor=anomalies-1-x").status == 422)
        let csv = await world.api.send("GET", "/alerts?format=csv&limit=2")
        #expect(csv.header("Total-Count") == "7" && csv.text.split(whereSeparator: \.isNewline).count == 3)
    }

    @Test func whatExplainsManyIsListedWithTheirNumber() async throws {
        let world = try await AlertWorld()
        let root = AlertWorld.alert(.device(world.core.device.id), .deviceUnreachable, minutesAgo: 5)
        let others = (6..<9).map { AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double($0)) }
        let explained = (0..<4).map { place in
            AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double(10 + place)) { alert in
                (alert.hold, alert.causeID) = (.explained, root.id)
                alert.context.cause = AlertCause(
                    alertID: root.id, name: "CORE", path: ["PLACE", "CORE", "X"], reason: "its only way")
            }
        }
        try await world.store([root] + others + explained)
        let rows = try await world.get("/alerts").list("items")
        #expect(rows.map { $0["explains"] } == [4, 0, 0, 0, 0, 0, 0, 0])
        #expect(rows[4]["cause"]?["path"] == ["PLACE", "CORE", "X"] && rows[4]["cause_id"] == .string("\(root.id)"))
        let story = try await world.get("/alerts/\(root.id)")
        #expect(story["explains"] == 4)
        #expect(story.list("explained").map { $0.text("id") } == explained.map { "\($0.id)" })
        #expect(try await world.ids("/alerts?cause_id=\(root.id)").count == 4)
    }

    @Test func aFlappingInterfaceAndWhatIsExplainedItselfMayExplainOthers() async throws {
        let world = try await AlertWorld()
        let device = world.core.device.id
        let far = AlertWorld.alert(.device(world.edge.device.id), .deviceUnreachable, minutesAgo: 9)
        let silent = AlertWorld.alert(.device(device), .deviceUnreachable, minutesAgo: 8) {
            ($0.hold, $0.causeID) = (.explained, far.id)
        }
        let flapping = world.alert(on: 0, .interfaceFlapping, minutesAgo: 7)
        let down = world.alert(on: 0, minutesAgo: 6) { ($0.hold, $0.causeID) = (.explained, flapping.id) }
        let busy = world.alert(on: 1, .highUtilization, minutesAgo: 5) {
            ($0.hold, $0.causeID) = (.explained, silent.id)
        }
        try await world.store([far, silent, flapping, down, busy])
        let rows = try await world.get("/alerts").list("items")
        #expect(rows.map { $0.text("id") } == [busy, down, flapping, silent, far].map { "\($0.id)" })
        #expect(rows.map { $0["explains"] } == [0, 0, 1, 1, 1])
        #expect(try await world.get("/alerts/\(silent.id)")["explains"] == 1)
    }

    @Test func oneAlertTellsItsWholeStory() async throws {
        let world = try await AlertWorld()
        let alert = world.alert(on: 0, minutesAgo: 5) { alert in
            alert.context.facts = [AlertFact("oper status", "down", at: Fixture.now)]
            alert.context.before = [AlertEvent(at: Fixture.now, deviceID: world.edge.device.id, "EDGE restarted")]
            alert.context.remedy = "call the provider"
            alert.tellings = [AlertTelling("noc", at: Fixture.now, severity: .critical)]
        }
        let delivery = AlertDelivery(receiver: "noc", group: "", reason: .change, alerts: [alert], at: Fixture.now)
        try await world.store(
            [alert],
            changes: [
                AlertChange(alert.id, .began, at: alert.startedAt, "it went down"),
                AlertChange(alert.id, .fired, at: alert.startedAt, "at once"),
            ], deliveries: [delivery])
        let story = try await world.get("/alerts/\(alert.id)")
        #expect(story.list("changes").map { $0.text("kind") } == ["began", "fired"])
        #expect(story.list("tellings").map { $0.text("receiver") } == ["noc"])
        #expect(story.list("deliveries").map { $0.text("id") } == ["\(delivery.id)"])
        let context = try #require(story["context"])
        #expect(context["device"]?["name"] == "CORE" && context["interface"]?["if_name"] == "Gi0/1")
        #expect(context.list("facts").map { $0.text("text") } == ["down"])
        #expect(context.list("before").map { $0.text("text") } == ["EDGE restarted"])
        #expect(context["remedy"] == "call the provider" && !story.text("description").isEmpty)
        for path in ["/alerts/x", "/alerts/00000000-0000-0000-0000-000000000000"] {
            #expect(await world.api.send("GET", path).status == 404)
        }
    }

    @Test func theNumbersCountWhatIsOpenAndWhatWas() async throws {
        let world = try await AlertWorld { source in
            source.statistics = {
                AlertCheckStatistics(checkedAt: Fixture.now, interfaces: 3, numbers: [.init("evaluations", 9)])
            }
        }
        let open = world.alert(on: 0, minutesAgo: 5) { $0.hold = .maintenance }
        let seen = world.alert(on: 1, minutesAgo: 10) { alert in
            alert.state = .acknowledged
            alert.acknowledgement = AlertAcknowledgement(at: alert.startedAt.advanced(bySeconds: 120))
        }
        let over = AlertWorld.over(world.alert(on: 1, .highUtilization, minutesAgo: 20, severity: .high), after: 4)
        let old = AlertWorld.over(world.alert(on: 1, .highUtilization, minutesAgo: 60 * 24 * 9), after: 1)
        let delivery = AlertDelivery(receiver: "noc", group: "", reason: .change, alerts: [open], at: Fixture.now)
        try await world.store([open, seen, over, old], deliveries: [delivery])
        let numbers = try await world.get("/alerts/statistics?days=3")
        #expect(numbers["open"] == ["pending": 0, "firing": 1, "acknowledged": 1])
        #expect(numbers["open_by_severity"]?["critical"] == 2 && numbers["open_by_severity"]?["high"] == 0)
        #expect(numbers["open_by_condition"]?["interface_down"] == 2 && numbers["open_by_hold"]?["maintenance"] == 1)
        let days = numbers.list("days")
        #expect(days.count == 3 && days.last?["date"] == "2026-09-21")
        #expect(days.last?["fired"] == 3 && days.last?["resolved"] == 1)
        #expect(numbers["median_seconds_to_acknowledge"] == .real(120))
        #expect(numbers["median_seconds_to_resolve"] == .real(240))
        let noisiest = try #require(numbers.list("noisiest").first)
        #expect(noisiest["if_name"] == "Gi0/2" && noisiest["fired"] == 2)
        #expect(numbers.list("receivers").map { $0["waiting"] } == [1])
        #expect(numbers["is_complete"] == true && numbers["checks"]?["evaluations"] == 9)
        #expect(await world.api.send("GET", "/alerts/statistics?days=0").status == 400)
    }

    @Test func whatIsOpenIsCountedWholeHoweverMuchThereWas() async throws {
        var settings = Fixture.exact
        settings.orderedRowsMax = 3
        let world = try await AlertWorld(settings: settings)
        let held = (0..<3).map { place in
            AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double(60 + place)) {
                $0.hold = .silenced
            }
        }
        try await world.store(held)
        let all = try await world.get("/alerts/statistics")
        #expect(all["is_complete"] == true && all["open_by_hold"]?["silenced"] == 3)
        try await world.store(
            (0..<3).map { AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double($0)) })
        let latest = try await world.get("/alerts/statistics")
        #expect(latest["is_complete"] == false && latest["open_by_hold"]?["silenced"] == 3)
        #expect(latest["open"]?["firing"] == 6)
        #expect(try await world.ids("/alerts?hold=silenced,maintenance&limit=2").count == 2)
        #expect(try await world.get("/alerts?hold=silenced")["total"] == 3)
    }

    /// Clocks that are turned at 01:00 UTC of 19 September, two days before now.
    private static func turned(from before: Int, to after: Int) -> ZoneRules {
        ZoneRules(name: "Test/Turned") { $0.seconds < 1_789_779_600 ? before : after }
    }

    @Test(arguments: [
        (7_200, 3_600, -5_400.0, 1), (7_200, 3_600, -9_000, 0), (3_600, 7_200, -1_800, 1), (3_600, 7_200, -5_400, 0),
    ])
    func daysBeginAtMidnightOfTheirDateAlsoWhereClocksWereTurned(
        _ before: Int, _ after: Int, _ secondsFromUTCMidnight: Double, _ count: Int
    ) async throws {
        let world = try await AlertWorld(zone: Self.turned(from: before, to: after))
        let fired = Timestamp(seconds: 1_789_689_600).advanced(bySeconds: secondsFromUTCMidnight)
        let minutes = Fixture.now.secondsSince(fired) / 60
        try await world.store([AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: minutes)])
        let numbers = try await world.get("/alerts/statistics?days=4")
        let days = numbers.list("days")
        #expect(days.map { $0.text("date") } == ["2026-09-18", "2026-09-19", "2026-09-20", "2026-09-21"])
        #expect(days.first?["fired"] == .integer(Int64(count)))
        #expect(numbers.list("noisiest").count == count)
    }

    @Test func whatIsTooMuchToPutInOrderSaysByWhatToNarrowIt() async throws {
        var settings = Fixture.exact
        settings.orderedRowsMax = 3
        let world = try await AlertWorld(settings: settings)
        try await world.store(
            (0..<4).map { AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double($0)) })
        let answer = await world.api.send("GET", "/alerts?sort=severity")
        #expect(answer.status == 422 && answer.text.contains("device_id"))
        #expect(try await world.get("/alerts/statistics")["is_complete"] == false)
    }
}
