import API
import Baselines
import Catalog
import Inventory
import Listing
import Series
import Testing

@Suite struct AnomalyRoutesTests {
    @Test func anAnomalyTellsWhoWhatAndWhy() async throws {
        let traffic = try await OddTraffic()
        let stored = try await traffic.store(1)
        let found = try #require(try await traffic.get("/anomalies").list("items").first)
        #expect(found["message"] == "Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)")
        #expect(found["device_name"] == "CORE" && found["if_name"] == "Gi0/1" && found["interface_type"] == "isp")
        #expect(found["time_context"] == "Monday 14:00" && found["confidence_word"] == "firm")
        #expect(found["direction"] == "in" && found["measure"] == "traffic" && found["is_over"] == true)
        #expect(found["score"] == .real(5.5) && found["z_score"] == .real(6.6))
        let why = try #require(found["explanation"])
        #expect(why["sentences"] == ["It is more than twice what was expected."])
        #expect(why.list("same_hour_last_weeks").map { $0 == .null } == [false, true, false, true])
        #expect(why["other"]?["mode"] == "classic" && why["duration"] == .null)
        #expect(try await traffic.get("/anomalies/\(stored[0].id)") == found)
    }

    @Test func theEvidenceIsInNumbersToo() async throws {
        let traffic = try await OddTraffic()
        let anomalies = [2, 1].map { status in
            OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: Int64(status)) { anomaly in
                guard status == 2 else { return }
                anomaly.explanation.operStatus = status
                anomaly.explanation.errorPercent = 0.5
                anomaly.explanation.discardPercent = 12.25
                anomaly.explanation.lineSpeed = 1e9
            }
        }
        try await traffic.api.catalog.saveAnomalies(anomalies, incidents: [])
        let why = try #require(try await traffic.get("/anomalies/\(anomalies[0].id)")["explanation"])
        #expect(why["oper_status"] == 2 && why["line_speed_bps"] == .real(1e9))
        #expect(why["error_percent"] == .real(0.5) && why["discard_percent"] == .real(12.25))
        let none = try #require(try await traffic.get("/anomalies/\(anomalies[1].id)")["explanation"])
        for name in ["oper_status", "line_speed_bps", "error_percent", "discard_percent"] {
            #expect(none[name] == .null, "\(name)")
        }
    }

    @Test func whereTheOtherMethodDidNotWatchThereIsNoWordOfIt() async throws {
        let traffic = try await OddTraffic()
        let anomaly = OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: 5) { anomaly in
            anomaly.explanation.other = nil
        }
        try await traffic.api.catalog.saveAnomalies([anomaly], incidents: [])
        let found = try await traffic.get("/anomalies/\(anomaly.id)")
        #expect(found["explanation"]?["other"] == .null && found["z_score"] == .null)
    }

    @Test func whatIsTooMuchToPutInOrderSaysByWhatToNarrowIt() async throws {
        var settings = Fixture.exact
        settings.orderedRowsMax = 10
        let traffic = try await OddTraffic(settings: settings)
        try await traffic.store(11)
        let answer = await traffic.api.send("GET", "/anomalies?sort=score&limit=1")
        #expect(answer.status == 422)
        let remedy = try answer.document.text("remedy")
        for name in ["state", "severity", "pattern", "interface_id", "device_id", "is_over", "from", "to"] {
            #expect(remedy.contains(name), "\(name): \(remedy)")
        }
        // By each of these the catalog chooses, so that they help.
        let narrowed = await traffic.api.send("GET", "/anomalies?sort=score&limit=1&severity=critical")
        #expect(narrowed.status == 200)
        let members = (0..<Int64(11)).map { OddTraffic.anomaly(on: traffic.core.interfaces[1], minutesAgo: $0) }
        let incidents = members.map { member in
            var incident = Incident(scope: .interface, at: member.startedAt)
            incident.anomalyIDs = [member.id]
            return incident
        }
        try await traffic.api.catalog.saveAnomalies(members, incidents: incidents)
        let refused = try await traffic.get("/incidents?q=x").text("remedy")
        #expect(refused.contains("state, is_over, from and to") && !refused.contains("pattern"), "\(refused)")
    }

    @Test func pagesStayWholeWhileAnomaliesAreAdded() async throws {
        let traffic = try await OddTraffic()
        let stored = try await traffic.store(25, from: 10)
        var later: Int64 = 9
        let ids = try await traffic.pages("/anomalies?limit=7") {
            try await traffic.store(1, from: later)
            later -= 1
        }
        #expect(ids == stored.map { "\($0.id)" })
    }

    @Test func anomaliesOfOneMomentArePagedWithoutLoss() async throws {
        let traffic = try await OddTraffic()
        let same = (0..<11).map { _ in OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: 5) }
        try await traffic.api.catalog.saveAnomalies(same, incidents: [])
        let ids = try await traffic.pages("/anomalies?limit=2")
        #expect(ids == same.map { "\($0.id)" }.sorted())
        // Another order is made by the API and has the same rows.
        #expect(try await traffic.pages("/anomalies?limit=3&sort=severity,-score").sorted() == ids)
    }

    @Test(
        arguments: [
            ("", 6), ("state=raised", 4), ("state=muted,held_back", 2), ("severity=critical", 1),
            ("pattern=outage,spike", 6), ("pattern=outage", 1), ("is_over=false", 2), ("kind=traffic_drop", 1),
            ("kind__ne=traffic_drop", 5), ("mode=classic", 1), ("device_name=EDGE", 2), ("q=edge", 2),
            ("severity=critical&is_over=false", 1), ("score__gte=5.6", 1), ("from=-30m", 4), ("to=-30m", 3),
            ("from=-100m&to=-30m", 3), ("state=raised&sort=score&limit=1", 4), ("measure=packets", 1),
            ("from=-1m&state=raised", 3), ("is_over=true,false", 6), ("is_over=false,true&severity=critical", 1),
        ] as [(String, Int64)])
    func aFilterChoosesByItsColumn(_ query: String, _ total: Int64) async throws {
        let traffic = try await OddTraffic()
        let (core, edge) = (traffic.core.interfaces[0], traffic.edge.interfaces[0])
        try await traffic.api.catalog.saveAnomalies(
            [
                OddTraffic.anomaly(on: core, minutesAgo: 10),
                OddTraffic.anomaly(on: core, minutesAgo: 60, severity: .critical, isOver: false) { $0.score = 9 },
                OddTraffic.anomaly(on: core, minutesAgo: 20) { $0.state = .muted },
                OddTraffic.anomaly(on: core, minutesAgo: 40) { $0.state = .heldBack },
                OddTraffic.anomaly(on: edge, minutesAgo: 90) { ($0.kind, $0.pattern) = (.trafficDrop, .outage) },
                OddTraffic.anomaly(on: edge, minutesAgo: 5, isOver: false) { anomaly in
                    anomaly.mode = .classic
                    anomaly.side = TrafficSide(.outbound, .packets)
                },
            ], incidents: [])
        let page = try await traffic.get("/anomalies?\(query)")
        #expect(page["total"] == .integer(total), "\(page.list("items").map { $0.text("started_at") })")
    }

    @Test func deviceAndInterfaceChooseWhatIsTheirs() async throws {
        let traffic = try await OddTraffic()
        try await traffic.store(3)
        let other = OddTraffic.anomaly(on: traffic.edge.interfaces[0], minutesAgo: 3)
        try await traffic.api.catalog.saveAnomalies([other], incidents: [])
        let edge = traffic.edge
        for query in [
            "?device_id=\(edge.device.id)", "?interface_id=\(edge.interfaces[0].id)",
            "?device_id=\(edge.device.id)&device_id__ne=\(traffic.core.device.id)",
        ] {
            #expect(try await traffic.get("/anomalies\(query)")["total"] == 1, "\(query)")
        }
        let own = try await traffic.get("/interfaces/\(edge.interfaces[0].id)/anomalies")
        #expect(own["total"] == 1 && own.list("items").first?.text("id") == "\(other.id)")
        let none = try await traffic.get(
            "/interfaces/\(edge.interfaces[0].id)/anomalies?interface_id=\(traffic.core.interfaces[0].id)")
        #expect(none["total"] == 0)
    }

    @Test(arguments: [
        ("/anomalies?state=loud", 400, "state"), ("/anomalies?severity=", 400, "severity"),
        ("/anomalies?from=yesterday", 400, "from"), ("/anomalies?from=2026-02-30", 422, "from"),
        ("/anomalies?from=now&to=-1h", 422, "from"), ("/anomalies?limit=0", 400, "limit"),
        ("/anomalies?sort=loudness", 400, "sort"), ("/anomalies?interface_id=1", 400, "interface_id"),
        ("/anomalies?colour=red", 400, "colour"), ("/anomalies?cursor=abc", 422, "cursor"),
        ("/anomalies?cursor=%20", 400, "cursor"), ("/anomalies?cursor=anomalies-1-2", 422, "cursor"),
        ("/anomalies?cursor=incidents-1-6fa459ea-ee8a-4ca4-894e-db77e160355e", 422, "cursor"),
        ("/anomalies?sort=score&cursor=anomalies-1-6fa459ea-ee8a-4ca4-894e-db77e160355e", 422, "cursor"),
        ("/anomalies?is_over=maybe", 400, "is_over"), ("/anomalies?from=%00", 400, "from"),
        ("/incidents?scope=planet", 400, "scope"), ("/incidents?from=x", 400, "from"),
        ("/incidents?cursor=abc", 422, "cursor"),
    ])
    func whatIsWrongIsToldWithItsParameter(_ path: String, _ status: Int, _ field: String) async throws {
        let traffic = try await OddTraffic()
        let answer = await traffic.api.send("GET", path)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") }.contains(field), "\(answer.text)")
    }

    @Test func allThatIsWrongIsToldAtOnce() async throws {
        let traffic = try await OddTraffic()
        let answer = await traffic.api.send("GET", "/anomalies?from=x&state=loud&limit=9999")
        #expect(try Set(answer.document.list("errors").map { $0.text("field") }) == ["from", "state", "limit"])
    }

    @Test(arguments: [
        "/anomalies/x", "/anomalies/00000000-0000-0000-0000-000000000000",
        "/incidents/00000000-0000-0000-0000-000000000000", "/incidents/%00",
        "/interfaces/00000000-0000-0000-0000-000000000000/anomalies", "/interfaces/x/baselines",
        "/interfaces/00000000-0000-0000-0000-000000000000/expected",
        "/interfaces/00000000-0000-0000-0000-000000000000/replay",
        "/interfaces/00000000-0000-0000-0000-000000000000/forecast",
    ])
    func whatIsNotThereIsNotFound(_ path: String) async throws {
        let traffic = try await OddTraffic()
        let answer = await traffic.api.send("GET", path)
        #expect(answer.status == 404 && answer.header("Content-Type") == "application/problem+json", "\(answer.text)")
    }

    @Test func theFileHasARowForEach() async throws {
        let traffic = try await OddTraffic()
        try await traffic.store(120)
        let whole = await traffic.api.send("GET", "/anomalies?format=csv").text
        #expect(whole.split(separator: "\r\n").count == 121 && whole.hasPrefix("id,message,kind,pattern,"))
        let page = await traffic.api.send("GET", "/anomalies?format=csv&limit=50")
        #expect(page.header("Total-Count") == "120" && page.text.split(separator: "\r\n").count == 51)
        let cursor = try #require(page.header("Next-Cursor"))
        let next = await traffic.api.send("GET", "/anomalies?format=csv&limit=100&cursor=\(cursor)")
        #expect(next.text.split(separator: "\r\n").count == 71 && next.header("Next-Cursor") == nil)
    }

    @Test func incidentsHaveTheirMembers() async throws {
        let traffic = try await OddTraffic()
        let members = [
            OddTraffic.anomaly(on: traffic.core.interfaces[0], minutesAgo: 30),
            OddTraffic.anomaly(on: traffic.core.interfaces[1], minutesAgo: 29, isOver: false),
        ]
        var incident = Incident(scope: .device, at: members[0].startedAt)
        incident.deviceID = traffic.core.device.id
        incident.title = "Traffic spike on 2 interfaces of CORE"
        incident.anomalyIDs = members.map(\.id)
        incident.evidence = ["Both are up."]
        incident.severity = .high
        try await traffic.api.catalog.saveAnomalies(members, incidents: [incident])
        let page = try await traffic.get("/incidents?is_over=false")
        let found = try #require(page.list("items").first)
        #expect(page["total"] == 1 && found["device_name"] == "CORE" && found["anomaly_count"] == 2)
        #expect(found["evidence"] == ["Both are up."] && found["scope"] == "device")
        let story = try await traffic.get("/incidents/\(incident.id)")
        #expect(story.list("members").map { $0.text("id") } == members.map { "\($0.id)" })
        #expect(story.list("members").map { $0.text("incident_id") } == members.map { _ in "\(incident.id)" })
        for query in [
            "is_over=true,false", "severity=high", "scope=device", "q=spike core",
            "device_id=\(traffic.core.device.id)",
        ] {
            let path = "/incidents?\(query.replacing(" ", with: "+"))"
            #expect(try await traffic.get(path)["total"] == 1, "\(query)")
        }
        for query in ["is_over=true", "state=muted", "to=-1h", "scope=site", "severity=low"] {
            #expect(try await traffic.get("/incidents?\(query)")["total"] == 0, "\(query)")
        }
    }

    @Test func theNumbersAreThoseOfTheCatalog() async throws {
        let checks = AnomalyCheckStatistics(
            checkedAt: Fixture.now, checkMilliseconds: 0.5, interfaces: 187, numbers: [.init("samples", 748)])
        let traffic = try await OddTraffic(
            anomalies: AnomalySource(budget: AlarmBudget(perWeek: 20), statistics: { checks }))
        let core = traffic.core.interfaces[0]
        try await traffic.api.catalog.saveAnomalies(
            [
                OddTraffic.anomaly(on: core, minutesAgo: 10, severity: .low, isOver: false),
                OddTraffic.anomaly(on: core, minutesAgo: 3 * 1_440),
                OddTraffic.anomaly(on: core, minutesAgo: 2 * 1_440) { $0.state = .heldBack },
                OddTraffic.anomaly(on: core, minutesAgo: 9 * 1_440),
            ], incidents: [])
        let numbers = try await traffic.get("/anomalies/statistics")
        #expect(numbers["open"]?["raised"] == 1 && numbers["open_by_severity"]?["low"] == 1)
        #expect(numbers["last_day"]?["raised"] == 1)
        #expect(numbers["last_week"]?["raised"] == 2 && numbers["last_week"]?["held_back"] == 1)
        #expect(numbers["last_week_by_severity"]?["high"] == 1)
        #expect(numbers["budget_per_week"] == 20 && numbers["watched_interfaces"] == 187)
        #expect(numbers["checks"]?["samples"] == 748 && numbers["check_milliseconds"] == .real(0.5))
    }

    @Test func eachBudgetTellsHowItStands() async throws {
        let budget = AlarmBudget(perWeek: 20, groups: [.type(.isp): 5, .type(.trunk): 7])
        let known = try await OddTraffic()
        var incident = Incident(scope: .interface, at: Fixture.now)
        incident.state = .heldBack
        var book = IncidentBook(budget: budget)
        book.note(incident, at: [InterfacePlace(known.core.interfaces[0], of: known.core.device)])
        let checks = AnomalyCheckStatistics(budgets: book.standings(at: Fixture.now))
        let traffic = try await OddTraffic(anomalies: AnomalySource(budget: budget, statistics: { checks }))
        let numbers = try await traffic.get("/anomalies/statistics")
        let standings: JSONValue = [
            ["group": .null, "per_week": 20, "told": 0, "held_back": 1],
            ["group": "type:isp", "per_week": 5, "told": 0, "held_back": 1],
            ["group": "type:trunk", "per_week": 7, "told": 0, "held_back": 0],
        ]
        #expect(numbers["budgets"] == standings && numbers["budget_per_week"] == 20)
        #expect(try await known.get("/anomalies/statistics")["budgets"] == [])
    }

    @Test func namesOfInterfacesAreTextEverywhere() async throws {
        let traffic = try await OddTraffic()
        let hostile = #"<script>alert("x")</script>&'"}]]>"# + "\u{202E}\u{7}\n" + String(repeating: "a", count: 64_000)
        try await traffic.api.catalog.reviseInterfaces(of: [traffic.core.device.id]) { books in
            var revision = InterfaceRevision(deviceID: traffic.core.device.id)
            revision.updated = (books.first?.live ?? []).map { row in
                var row = row
                row.facts.ifName = hostile
                return row
            }
            return ([revision], ())
        }
        try await traffic.store(2)
        for path in [
            "/anomalies", "/anomalies?q=script", "/interfaces/\(traffic.core.interfaces[0].id)/anomalies",
            "/interfaces/\(traffic.core.interfaces[0].id)/baselines",
        ] {
            let answer = await traffic.api.send("GET", path)
            #expect(answer.status == 200)
            _ = try answer.document
            #expect(!answer.bytes.contains { $0 < 32 })
        }
    }
}
