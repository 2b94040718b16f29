import Catalog
import Inventory
import Listing
import Testing

@testable import API
@testable import Alerting

/// Rules, replays, receivers and deliveries.
@Suite struct AlertRuleTests {
    private static let text = """
        version: 1
        rules:
          - id: quiet-uplinks
            condition: interface_down
            severity: low
            where: {types: [isp]}
            labels: {team: core}
        route:
          receivers: [noc]
          escalate: [{after: 10m, receivers: [boss]}]
        receivers:
          - name: noc
            webhook: {url: "http://127.0.0.1:9/"}
          - name: boss
            webhook: {url: "http://127.0.0.1:9/"}
        """

    /// A world with that file in force.
    private func world(_ change: @escaping (inout AlertSource) -> Void = { _ in }) async throws -> AlertWorld {
        let (file, problems) = AlertFile.read(Self.text)
        return try await AlertWorld { source in
            source.rules = { AlertRulesInForce(file: file, problems: problems) }
            source.receivers = {
                ["noc", "boss", "spare"].map { AlertReceiver(name: $0, kind: "webhook") }
            }
            change(&source)
        }
    }

    @Test func theRulesAreListedInTheOrderInWhichTheyAreAsked() async throws {
        let world = try await world()
        let page = try await world.get("/alerts/rules")
        let items = page.list("items")
        #expect(items.first?["id"] == "quiet-uplinks" && items.first?["origin"] == "file")
        #expect(items.first?["labels"] == ["team": "core"])
        #expect(items.first?.list("where").first?["types"] == ["isp"])
        #expect(items.dropFirst().allSatisfy { $0["origin"] == "shipped" })
        #expect(items.count == AlertFile.shipped.count + 1 && page["total"] == .integer(Int64(items.count)))
        #expect(page.list("problems").count == AlertFile.read(Self.text).problems.count)
        let downs = try await world.get("/alerts/rules?condition=interface_down&origin=shipped").list("items")
        #expect(!downs.isEmpty && downs.allSatisfy { $0["condition"] == "interface_down" })
        #expect(await world.api.send("GET", "/alerts/rules?format=csv").text.hasPrefix("id,origin,"))
    }

    @Test func theRulesThatDecideAboutAnEntityAreAsked() async throws {
        let world = try await world()
        func deciding(_ query: String, _ condition: String) async throws -> [String] {
            try await world.ids("/alerts/rules?\(query)&condition=\(condition)")
        }
        let (isp, trunk) = (world.core.interfaces[0].id, world.core.interfaces[1].id)
        #expect(try await deciding("interface_id=\(isp)", "interface_down") == ["quiet-uplinks"])
        let other = try await deciding("interface_id=\(trunk)", "interface_down")
        #expect(other.count == 1 && other != ["quiet-uplinks"])
        #expect(try await deciding("device_id=\(world.core.device.id)", "interface_down").isEmpty)
        #expect(try await deciding("device_id=\(world.core.device.id)", "device_unreachable").count == 1)
        // Those of either: a rule is about interfaces or about devices.
        let both = try await world.ids("/alerts/rules?interface_id=\(isp)&device_id=\(world.core.device.id)")
        #expect(both.contains("quiet-uplinks") && both.contains("device-unreachable"), "\(both)")
        for name in ["interface_id", "device_id"] {
            #expect(await world.api.send("GET", "/alerts/rules?\(name)=\(DeviceID.random())").status == 422)
            #expect(await world.api.send("GET", "/alerts/rules?\(name)=x").status == 400)
        }
    }

    @Test func itIsToldWhereWhatIsAskedForIsNotLookedAt() async throws {
        let world = try await world()
        func isWatched(_ query: String) async throws -> JSONValue? {
            try await world.get("/alerts/rules?\(query)")["is_watched"]
        }
        let (device, interface) = (world.core.device.id, world.core.interfaces[1].id)
        func monitor(_ isMonitored: Bool) async throws {
            try await world.api.catalog.reviseInterfaces(of: [device]) { books in
                var revision = InterfaceRevision(deviceID: device)
                revision.updated = books.flatMap(\.live).filter { $0.id == interface }.map { row in
                    var row = row
                    row.monitoringEnabled = isMonitored
                    return row
                }
                return ([revision], ())
            }
        }
        try await monitor(true)
        #expect(try await isWatched("interface_id=\(interface)") == true)
        try await monitor(false)
        #expect(try await isWatched("interface_id=\(interface)") == false)
        #expect(try await isWatched("interface_id=\(interface)&device_id=\(device)") == false)
        #expect(try await isWatched("device_id=\(device)") == true)
        #expect(try await isWatched("limit=5") == .null)
    }

    @Test func aFileIsCheckedWithThePlacesOfWhatIsWrong() async throws {
        let world = try await world()
        func check(_ text: String) async throws -> JSONValue {
            let body = JSONValue.object([JSONMember("rules", .string(text))])
            return try await world.api.send(
                "POST", "/alerts/rules/check", String(decoding: body.bytes, as: UTF8.self)
            ).document
        }
        #expect(try await check(Self.text)["valid"] == true)
        let broken = try await check("version: 1\nrules:\n  - id: a\n    condition: sunshine\n    severity: low\n")
        #expect(broken["valid"] == false)
        #expect(broken.list("problems").first?["line"] == 4, "\(broken)")
        #expect(await world.api.send("POST", "/alerts/rules/check", "{}").status == 400)
    }

    // MARK: - Replay

    private static let from = Fixture.now.advanced(bySeconds: -86_400)

    /// A source that answers with these alerts, and keeps what it was asked.
    private static func replaying(
        _ alerts: [Alert], _ asked: Kept<AlertReplayQuestion>
    ) -> @Sendable (AlertReplayQuestion) async throws -> AlertReplayAnswer {
        { question in
            asked.keep(question)
            // As the engine gathers them: those that ended first, and at the end what still fires.
            let ended = alerts.sorted { ($0.resolvedAt ?? question.to) < ($1.resolvedAt ?? question.to) }
            let found = ended.prefix(question.alertsMax).map { ReplayedAlert($0) }
                .sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
            var totals = AlertReplayTotals()
            for alert in found { totals.add(alert) }
            let tried = AlertReplayResult(
                from: question.from, to: question.to, alerts: found, leftOut: 0, totals: totals, pauses: [])
            let comparison = AlertReplayComparison(before: tried, after: tried)
            return AlertReplayAnswer(
                tried: tried, comparison: question.isCompared ? comparison : nil, readings: 7)
        }
    }

    @Test func aReplayTellsWhoWouldHaveBeenAlarmed() async throws {
        let asked = Kept<AlertReplayQuestion>()
        let plain = try await AlertWorld()
        var down = plain.alert(on: 0, minutesAgo: 60)
        down.rule = "quiet-uplinks"
        down.notifiedAt = down.firedAt
        var away = AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: 50)
        away.rule = "device-unreachable"
        let alerts = [down, away]
        let world = try await world { $0.replay = Self.replaying(alerts, asked) }
        let whole = try await world.api.send("POST", "/alerts/replay").document
        #expect(whole.list("items").map { $0.text("id") } == alerts.map { "\($0.id)" }, "\(whole)")
        #expect(whole["from"] == .string("\(Self.from)") && whole["readings"] == 7 && whole["comparison"] == .null)
        #expect(whole["total"] == 2 && whole["is_complete"] == true)
        #expect(whole["standings"]?["told"] == 1 && whole["standings"]?["untold"] == 1)
        #expect(asked.last?.file.rules.map(\.id) == ["quiet-uplinks"])
        let one = try await world.api.send("POST", "/alerts/replay", #"{"rule":"quiet-uplinks"}"#).document
        #expect(one.list("items").map { $0.text("if_name") } == ["Gi0/1"] && one["total"] == 1)
        #expect(one["standings"]?["untold"] == 0)
        let first = try await world.api.send("POST", "/alerts/replay", #"{"limit":1}"#).document
        #expect(first.list("items").count == 1 && first["is_complete"] == false)
    }

    @Test func theFirstAlertsAreToldThoseThatStillFireToo() async throws {
        let asked = Kept<AlertReplayQuestion>()
        let firing = AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: 500)
        let short = (0..<5).map { place in
            AlertWorld.over(
                AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: Double(400 - place)), after: 1)
        }
        let world = try await world { $0.replay = Self.replaying(short + [firing], asked) }
        let first = try await world.api.send("POST", "/alerts/replay", #"{"limit":2}"#).document
        #expect(first.list("items").map { $0.text("id") } == ["\(firing.id)", "\(short[0].id)"], "\(first)")
        #expect(first["total"] == 6 && first["is_complete"] == false)
    }

    @Test func ofAComparisonAllTotalsAreToldHoweverFewAreShown() async throws {
        func found(_ count: Int, _ minutesAgo: Double) -> [Alert] {
            (0..<count).map { place in
                let start = minutesAgo - Double(place)
                return AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: start)
            }
        }
        @Sendable func result(_ alerts: [Alert], _ question: AlertReplayQuestion) -> AlertReplayResult {
            AlertReplayResult(
                from: question.from, to: question.to, alerts: alerts.map { ReplayedAlert($0) }, leftOut: 0,
                totals: AlertReplayTotals(), pauses: [])
        }
        let (new, gone, before) = (found(3, 90), found(4, 80), found(2, 70))
        let after = before.map { alert in
            var alert = alert
            alert.severity = .low
            return alert
        }
        let world = try await world { source in
            source.replay = { question in
                let tried = result(new + after, question)
                return AlertReplayAnswer(
                    tried: tried,
                    comparison: AlertReplayComparison(before: result(gone + before, question), after: tried))
            }
        }
        func comparison(_ limit: Int) async throws -> JSONValue {
            let body = #"{"compare":true,"limit":\#(limit)}"#
            return try #require(try await world.api.send("POST", "/alerts/replay", body).document["comparison"])
        }
        for (limit, isComplete) in [(2, false), (3, false), (4, true)] {
            let told = try await comparison(limit)
            #expect(told["new_total"] == 3 && told["gone_total"] == 4 && told["changed_total"] == 2)
            #expect(told.list("new").count == min(limit, 3) && told.list("gone").count == min(limit, 4))
            #expect(told["is_complete"] == .boolean(isComplete), "\(limit)")
        }
    }

    @Test func aReplayWaitsForNoChartAndNoChartForIt() async throws {
        let (entered, entering) = AsyncStream.makeStream(of: Void.self)
        let (opened, opening) = AsyncStream.makeStream(of: Void.self)
        let answer = Self.replaying([], Kept<AlertReplayQuestion>())
        let world = try await world { source in
            source.replay = { question in
                entering.finish()
                for await _ in opened {}
                return try await answer(question)
            }
        }
        let replay = Task { await world.api.send("POST", "/alerts/replay").status }
        for await _ in entered {}
        let passed = try await world.api.application.state.histories.pass(Int.max) { true }
        #expect(passed)
        opening.finish()
        #expect(await replay.value == 200)
    }

    @Test func whatTheServerFindsInTheReceiversOfAFileKeepsItFromBeingTried() async throws {
        let world = try await world { source in
            source.replay = Self.replaying([], Kept<AlertReplayQuestion>())
            source.check = { text in
                AlertFile.read(text + "nonsense: 5\n").problems
            }
        }
        let body = JSONValue.object([JSONMember("rules", .string(Self.text))])
        let answer = await world.api.send("POST", "/alerts/replay", String(decoding: body.bytes, as: UTF8.self))
        #expect(answer.status == 422, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == ["rules"])
    }

    @Test func otherRulesAreComparedWithThoseInForce() async throws {
        let asked = Kept<AlertReplayQuestion>()
        let alert = AlertWorld.alert(.device(.random()), .deviceUnreachable, minutesAgo: 50)
        let world = try await world { $0.replay = Self.replaying([alert], asked) }
        let text = JSONValue.object([JSONMember("rules", "version: 1\ndefaults: false\nrules: []\n")])
        let answer = await world.api.send("POST", "/alerts/replay", String(decoding: text.bytes, as: UTF8.self))
        #expect(try answer.document["comparison"]?["same"] == 1, "\(answer.text)")
        let question = try #require(asked.last)
        #expect(question.isCompared && question.file.effectiveRules.isEmpty)
    }

    @Test(arguments: [
        (#"{"rule":"quiet-uplink"}"#, 422, "rule"), (#"{"rules":"rules: 5"}"#, 422, "rules"),
        (#"{"from":"1970-01-01"}"#, 422, "from"), (#"{"from":"-9999d"}"#, 422, "from"),
        (#"{"from":"-36d"}"#, 422, "from"), (#"{"to":"-35d"}"#, 422, "from"),
        (#"{"from":"-1h","to":"-2h"}"#, 422, "from"), (#"{"to":"1h"}"#, 422, "to"), (#"{"from":"x"}"#, 400, "from"),
        (#"{"limit":0}"#, 400, "limit"), (#"{"device_id":"x"}"#, 400, "device_id"),
        (#"{"device_id":"00000000-0000-0000-0000-000000000000"}"#, 422, "device_id"),
        (#"{"interface_id":"00000000-0000-0000-0000-000000000000"}"#, 422, "interface_id"),
    ])
    func whatCannotBeReplayedIsToldWithItsField(_ body: String, _ status: Int, _ field: String) async throws {
        let world = try await world { $0.replay = Self.replaying([], Kept<AlertReplayQuestion>()) }
        let answer = await world.api.send("POST", "/alerts/replay", body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").first?["field"] == .string(field), "\(answer.text)")
    }

    @Test func aReplayReachesAsFarBackAsReadingsAreKept() async throws {
        let asked = Kept<AlertReplayQuestion>()
        let world = try await world { $0.replay = Self.replaying([], asked) }
        #expect(await world.api.send("POST", "/alerts/replay", #"{"from":"-35d"}"#).status == 200)
        #expect(asked.last?.from == Fixture.now.advanced(bySeconds: -35 * 86_400))
        let refused = await world.api.send("POST", "/alerts/replay", #"{"from":"-9999d"}"#)
        #expect(refused.text.contains("kept for 35 days"), "\(refused.text)")
    }

    @Test func withoutHistoryThereIsNoReplay() async throws {
        #expect(await (try await AlertWorld()).api.send("POST", "/alerts/replay").status == 503)
    }

    // MARK: - Receivers and deliveries

    private static func delivery(_ receiver: String, _ alerts: [Alert] = []) -> AlertDelivery {
        AlertDelivery(receiver: receiver, group: "", reason: .change, alerts: alerts, at: Fixture.now)
    }

    @Test func receiversTellHowTheirDeliveriesGo() async throws {
        let world = try await world()
        var gone = Self.delivery("old")
        (gone.state, gone.endedAt, gone.lastError) = (.failed, Fixture.now, "refused")
        try await world.store([], deliveries: [Self.delivery("noc"), Self.delivery("noc"), gone])
        let rows = try await world.get("/receivers").list("items")
        #expect(rows.map { $0.text("name") } == ["noc", "boss", "spare", "old"])
        #expect(rows.map { $0["is_used"] } == [true, true, false, false])
        #expect(rows.map { $0["waiting"] } == [2, 0, 0, 0] && rows[3]["failed"] == 1 && rows[3]["kind"] == .null)
        #expect(rows[3]["last_error"] == "refused")
    }

    @Test func aReceiverIsTried() async throws {
        let world = try await world {
            $0.trial = { AlertTrialOutcome(refusal: $0 == "noc" ? nil : "no such host", seconds: 0.5) }
        }
        let taken = try await world.api.send("POST", "/receivers/noc/trial").document
        #expect(taken["is_taken"] == true && taken["refusal"] == .null && taken["seconds"] == .real(0.5))
        let refused = try await world.api.send("POST", "/receivers/boss/trial").document
        #expect(refused["is_taken"] == false && refused["refusal"] == "no such host")
        #expect(await world.api.send("POST", "/receivers/nobody/trial").status == 404)
    }

    @Test func deliveriesAreListedTheLatestFirst() async throws {
        let world = try await world()
        let alert = world.alert(on: 0, minutesAgo: 5)
        var done = Self.delivery("noc", [alert])
        (done.state, done.endedAt, done.attempts) = (.delivered, Fixture.now, 2)
        let all = [done, Self.delivery("noc"), Self.delivery("boss"), Self.delivery("noc"), Self.delivery("boss")]
        try await world.store([alert], deliveries: all)
        #expect(try await world.pages("/deliveries?limit=2") == all.reversed().map { "\($0.id)" })
        #expect(try await world.get("/deliveries?limit=1")["total"] == 5)
        let chosen: [(query: String, count: Int)] = [
            ("receiver=noc", 3), ("receiver=noc&state=waiting", 2), ("state=delivered,failed", 1),
            ("alert_ids=\(alert.id)", 1), ("sort=receiver,number", 5), ("receiver=noc,boss", 5), ("q=gi0/1", 1),
        ]
        for (query, count) in chosen {
            let page = try await world.get("/deliveries?\(query)")
            #expect(page.list("items").count == count && page["total"] == .integer(Int64(count)), "\(query)")
        }
        let row = try #require(try await world.get("/deliveries?state=delivered").list("items").first)
        #expect(row["message"] == .string(alert.message) && row["alert_ids"] == [.string("\(alert.id)")])
        #expect(row["attempts"] == 2 && row["alert_count"] == 1)
        #expect(await world.api.send("GET", "/deliveries?cursor=alert_history-1").status == 422)
    }
}
