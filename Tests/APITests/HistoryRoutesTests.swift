import API
import Baselines
import Catalog
import Inventory
import Listing
import Series
import SeriesTestKit
import Testing
import Traffic

/// What was expected, and what the engine says of stored history.
@Suite struct HistoryRoutesTests {
    private let clock: SetClock
    private let store: MemorySeriesStore
    private static let days = 8

    init() {
        let clock = SetClock()
        self.clock = clock
        store = MemorySeriesStore(now: { clock.now })
    }

    /// The rate of one moment: busy by day, with a little noise, and ten times that in the last hour.
    private static func rate(secondsAgo: Int, isStruck: Bool = true) -> Double {
        let second = Int(Fixture.now.seconds) - secondsAgo
        let hour = Double(second % 86_400) / 3_600
        let daily = 40e6 + 30e6 * (1 - abs(hour - 12) / 12)
        let noise = Double((second / 300 &* 2_654_435_761) % 1_000) / 1_000 - 0.5
        return daily * (1 + 0.06 * noise) * (isStruck && secondsAgo < 3_600 ? 10 : 1)
    }

    /// Traffic of some weeks, every 300 s, the same both ways but for the last hour.
    private func keepWeeks(_ id: InterfaceID) async throws {
        var octets: (inbound: UInt64, outbound: UInt64) = (0, 0)
        var readings: [SeriesReading] = []
        for place in 0...(Self.days * 288) {
            let secondsAgo = (Self.days * 288 - place) * 300
            octets.inbound += UInt64(Self.rate(secondsAgo: secondsAgo) * 300 / 8)
            octets.outbound += UInt64(Self.rate(secondsAgo: secondsAgo, isStruck: false) * 300 / 8)
            var reading = CounterReading.sample(
                secondsAgo: secondsAgo, inOctets: octets.inbound, outOctets: octets.outbound)
            reading.ifSpeed = 10_000_000_000
            reading[.inUnicastPackets] = octets.inbound / 800
            readings.append(SeriesReading(id, reading))
        }
        _ = try await store.append(readings)
    }

    private func fixture(
        _ anomalies: AnomalySource = AnomalySource(), isKept: Bool = true
    ) async throws -> (api: Fixture, id: InterfaceID) {
        let api = try Fixture(metrics: MetricsSource(series: store), anomalies: anomalies)
        let (_, rows) = try await api.add("SW", [.isp])
        if isKept { try await keepWeeks(rows[0].id) }
        return (api, rows[0].id)
    }

    @Test func aReplayTellsWhenItBeganAndHowFarItWent() async throws {
        let (api, id) = try await fixture()
        let answer = try await api.send("GET", "/interfaces/\(id)/replay?from=-3h&measure=traffic").document
        let lines = answer.list("items")
        #expect(answer["is_complete"] == true && answer["total"] == .integer(Int64(lines.count)))
        let first = try #require(lines.first)
        #expect(first["event"] == "start" && first["kind"] == "traffic_spike" && first["direction"] == "in")
        #expect(first["series"] == "SW Gi0/1" && first["mode"] == "adaptive" && first["severity"] != .null)
        let start = try #require(Timestamp(first.text("timestamp")))
        #expect((3_000...3_600).contains(Fixture.now.secondsSince(start)), "\(start)")
        #expect(lines.allSatisfy { $0["direction"] == "in" && $0["event"] != .null })
    }

    @Test func aReplayIsWhatTheEngineSaysOfTheSameReadings() async throws {
        let (api, id) = try await fixture()
        for mode in DetectionMode.allCases {
            var settings = ReplaySettings(zone: .utc)
            settings.mode = mode
            settings.everySample = true
            var run = ReplayRun(series: "x", settings: settings)
            var wanted: [Double?] = []
            for reading in try await store.readings(id) {
                let lines = run.take(reading)
                let day = Fixture.now.advanced(bySeconds: -86_400)..<Fixture.now
                wanted += lines.filter { day.contains($0.at) }.map { $0.verdict?.score }
            }
            let answer = try await api.send("GET", "/interfaces/\(id)/replay?all=true&mode=\(mode.rawValue)").document
            let scores = answer.list("items").map { line -> Double? in
                switch line["score"] {
                case .real(let score): score
                case .integer(let score): Double(score)
                default: nil
                }
            }
            #expect(scores == wanted && scores.contains { $0 != nil }, "\(mode)")
            #expect(answer.list("items").allSatisfy { $0.text("mode") == mode.rawValue })
        }
    }

    @Test func aLimitEndsAReplayAndSaysSo() async throws {
        let (api, id) = try await fixture()
        let answer = try await api.send("GET", "/interfaces/\(id)/replay?from=-2d&all=true&limit=7").document
        #expect(answer.list("items").count == 7 && answer["is_complete"] == false)
        let text = await api.send("GET", "/interfaces/\(id)/replay?from=-2d&all=true&limit=7&format=ndjson")
        #expect(text.header("Content-Type") == "application/x-ndjson")
        let lines = text.text.split(separator: "\n").map { try? JSONParser.parse(Array($0.utf8)) }
        #expect(lines == answer.list("items"))
    }

    @Test func anExcludedTimeRaisesNothing() async throws {
        let (api, id) = try await fixture()
        let exclusion = BaselineExclusion(
            scope: .interface(id), from: Fixture.now.advanced(bySeconds: -7_200),
            to: Fixture.now.advanced(bySeconds: 60), at: Fixture.now)
        try await api.catalog.saveBaselineExclusion(exclusion)
        let answer = try await api.send("GET", "/interfaces/\(id)/replay?from=-3h").document
        #expect(answer["items"] == [])
    }

    @Test func theBandHoldsOrdinaryTrafficAndGoesAhead() async throws {
        let (api, id) = try await fixture()
        let ahead = Fixture.now.advanced(bySeconds: 86_400)
        let answer = try await api.send("GET", "/interfaces/\(id)/expected?from=-2d&to=\(ahead)&step=300").document
        #expect(answer["mode"] == "adaptive" && answer["measure"] == "traffic" && answer["step_seconds"] == 300)
        var (held, known) = (0, 0)
        for point in answer.list("points") {
            let at = try #require(Timestamp(point.text("at")))
            guard case .object = point["in"] else { continue }
            known += 1
            guard case .real(let low) = point["in"]?["low"], case .real(let high) = point["in"]?["high"] else {
                continue
            }
            let secondsAgo = Int(Fixture.now.secondsSince(at))
            if (low...max(low, high)).contains(Self.rate(secondsAgo: secondsAgo, isStruck: false)) { held += 1 }
        }
        #expect(known >= 3 * 288 - 4, "\(known) of \(answer.list("points").count)")
        #expect(Double(held) >= 0.9 * Double(known), "\(held) of \(known)")
    }

    @Test func theClassicBandIsThatOfTheRowsInTheZone() async throws {
        let zone = ZoneRules.fixed(name: "Asia/Tbilisi", offsetSeconds: 14_400)
        let (api, id) = try await fixture(AnomalySource(zone: zone), isKept: false)
        let moment = Timestamp(seconds: Fixture.now.seconds - 7_200)
        let civil = zone.civilTime(at: moment)
        let row = Baseline(
            interfaceID: id, hourOfDay: Int(civil.hour), dayOfWeek: civil.dayOfWeek,
            inbound: BaselineFigures(average: 100, standardDeviation: 10, sampleCount: 24),
            outbound: BaselineFigures(average: 5, standardDeviation: 10, sampleCount: 24), lastUpdated: Fixture.now)
        _ = try await api.catalog.replaceBaselines(of: [id], with: [row])
        let answer = try await api.send("GET", "/interfaces/\(id)/expected?from=-6h&step=5m&mode=classic").document
        let known = answer.list("points").filter { $0["in"] != .null }
        #expect(known.count == 12)
        for point in known {
            let at = try #require(Timestamp(point.text("at")))
            #expect(zone.civilTime(at: at).hour == civil.hour)
            #expect(point["in"] == ["expected": .real(1e8), "low": .real(6.5e7), "high": .real(1.35e8)])
            #expect(point["out"]?["low"] == 0 || point["out"]?["low"] == .real(0))
        }
    }

    @Test(arguments: [
        ("expected?step=7", 422, "step"), ("expected?step=x", 400, "step"), ("expected?points=1", 400, "points"),
        ("expected?mode=both", 400, "mode"), ("expected?mode=classic&measure=packets", 422, "measure"),
        ("expected?from=x", 400, "from"), ("replay?from=now&to=-1d", 422, "from"), ("replay?limit=50001", 400, "limit"),
        ("replay?limit=-1", 400, "limit"), ("replay?all=1", 400, "all"), ("replay?format=xml", 400, "format"),
        ("replay?mode=%00", 400, "mode"), ("replay?measure=octets", 400, "measure"), ("forecast?x=1", 400, "x"),
    ])
    func whatIsWrongIsToldWithItsParameter(_ question: String, _ status: Int, _ field: String) async throws {
        let (api, id) = try await fixture(isKept: false)
        let from = question.contains("step=7") ? "&from=-30d" : ""
        let answer = await api.send("GET", "/interfaces/\(id)/\(question)\(from)")
        #expect(answer.status == status, "\(answer.text)")
        #expect(try answer.document.list("errors").map { $0.text("field") } == [field], "\(answer.text)")
    }

    @Test func whereNothingIsStoredNothingIsSaid() async throws {
        let (api, id) = try await fixture(isKept: false)
        #expect(try await api.send("GET", "/interfaces/\(id)/replay?all=true").document["items"] == [])
        let band = try await api.send("GET", "/interfaces/\(id)/expected").document
        #expect(band.list("points").allSatisfy { $0["in"] == .null && $0["out"] == .null })
        let forecast = try await api.send("GET", "/interfaces/\(id)/forecast").document
        #expect(forecast["outcome"] == "too_little_history" && forecast["p95_bps"] == .null)
        let bare = try Fixture()
        let (_, rows) = try await bare.add("SW", [.isp])
        for path in ["replay", "expected", "forecast"] {
            #expect(await bare.send("GET", "/interfaces/\(rows[0].id)/\(path)").status == 503)
        }
        #expect(await bare.send("GET", "/forecasts").status == 503)
    }

    @Test func aForecastTellsWhenAnUplinkIsFull() async throws {
        let api = try Fixture(metrics: MetricsSource(series: store))
        let (_, rows) = try await api.add("SW", [.isp, .isp, .trunk])
        // 400 Mbit/s thirty days ago, 5 Mbit/s more each day, and a second one that stays.
        for (row, growth) in [(rows[0], 5e6), (rows[1], 0)] {
            var octets: UInt64 = 0
            var readings: [SeriesReading] = []
            for place in 0...(30 * 96) {
                let secondsAgo = (30 * 96 - place) * 900
                let second = Int(Fixture.now.seconds) - secondsAgo
                let day = 30 - Double(secondsAgo) / 86_400
                let noise = Double((second / 3_600 &* 2_654_435_761) % 100) * 1e4
                let rate = (second % 86_400 / 3_600 == 20 ? 400e6 + growth * day : 50e6) + noise
                octets += UInt64(rate * 900 / 8)
                var reading = CounterReading.sample(secondsAgo: secondsAgo, inOctets: octets)
                reading.intervalSeconds = 900
                readings.append(SeriesReading(row.id, reading))
            }
            _ = try await store.append(readings)
        }
        let answer = try await api.send("GET", "/interfaces/\(rows[0].id)/forecast").document
        #expect(answer["outcome"] == "reaches" && answer["direction"] == "in" && answer["urgency"] == 1, "\(answer)")
        // (1,000 - 550) / 5 = 90 days from now, at 2026-09-21.
        let date = try #require(Timestamp(answer.text("date") + "T00:00:00Z"))
        #expect(abs(date.secondsSince(Fixture.now) / 86_400 - 90) < 6, "\(answer.text("date"))")
        #expect(answer["out"]?["outcome"] == "not_growing" && answer.list("months").count == 2)
        let month = try #require(answer.list("months").first)
        #expect(month["from"] == "2026-09-01T00:00:00.000Z" && month["p95_bps"] == answer["p95_bps"])
        // The busy hour is 4.2 % of a day: the 95th percentile is what is left of the others.
        guard case .real(let p95) = answer["p95_in_bps"] else {
            Issue.record("no percentile")
            return
        }
        #expect((50e6...52e6).contains(p95), "\(p95)")
        let list = try await api.send("GET", "/forecasts").document
        #expect(list["total"] == 2 && list.list("items").map { $0.text("outcome") } == ["reaches", "not_growing"])
        #expect(try await api.send("GET", "/forecasts?outcome=reaches&q=gi0/1").document["total"] == 1)
        #expect(await api.send("GET", "/forecasts?outcome=never").status == 400)
        let file = await api.send("GET", "/forecasts?format=csv").text
        #expect(file.hasPrefix("interface_id,device_id,device_name,if_name,"))
    }

    @Test(.timeLimit(.minutes(10)))
    func aForecastThatIsBeingReadHoldsNothingElseUp() async throws {
        let held = HeldSeriesStore(store)
        let api = try Fixture(metrics: MetricsSource(series: held))
        let (_, rows) = try await api.add("SW", [.isp])
        async let forecasts = api.send("GET", "/forecasts")
        await held.isAsked()
        #expect(await api.send("GET", "/interfaces/\(rows[0].id)/expected").status == 200)
        #expect(await api.send("GET", "/interfaces/\(rows[0].id)/replay").status == 200)
        held.release()
        #expect(await forecasts.status == 200)
    }

    @Test func whatACheckFindsIsTold() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: AnomalyNews.self)
        let (api, _) = try await fixture(AnomalySource(news: { stream }), isKept: false)
        let (_, rows) = try await api.add("EDGE", [.isp])
        let anomalies = (0..<103).map { OddTraffic.anomaly(on: rows[0], minutesAgo: $0) }
        guard case .stream(let events) = await api.send("GET", "/events").body else {
            Issue.record("no stream")
            return
        }
        let running = Task { try await api.application.run() }
        defer { running.cancel() }
        var incident = Incident(scope: .interface, at: anomalies[0].startedAt)
        incident.title = "<b>\n\nevent: job"
        continuation.yield(AnomalyNews(anomalies: anomalies, incidents: [incident]))
        var told: [String] = []
        for await bytes in events {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let name = text.split(separator: "event: ").dropFirst().first?.split(separator: "\n").first else {
                continue
            }
            told.append(String(name))
            if name == "incident" { #expect(text.contains(#""title":"<b>\n\nevent: job""#)) }
            if name == "anomaly" { #expect(text.contains(#""device_name":"EDGE""#)) }
            if name == "anomalies" {
                #expect(text.contains(#"{"omitted":3}"#))
                break
            }
        }
        #expect(told.count { $0 == "anomaly" } == 100 && told.count { $0 == "incident" } == 1)
    }
}
