import API
import Catalog
import Inventory
import Listing
import Series
import SeriesTestKit
import Testing
import Traffic

@Suite struct MetricsRoutesTests {
    private let clock: SetClock
    private let store: MemorySeriesStore

    init() {
        let clock = SetClock()
        self.clock = clock
        store = MemorySeriesStore(now: { clock.now })
    }

    private func fixture(
        rates: @escaping @Sendable (InterfaceID) -> InterfaceRates? = { _ in nil }
    ) async throws -> (api: Fixture, id: InterfaceID) {
        let api = try Fixture(metrics: MetricsSource(rates: rates, series: store))
        let (_, rows) = try await api.add("SW", [.isp])
        return (api, rows[0].id)
    }

    /// 100 Mbit/s for an hour, every 300 s, but for these.
    private func keepAnHour(_ id: InterfaceID, without missing: Set<Int> = []) async throws {
        let readings = (0...12).filter { !missing.contains($0) }.map { place in
            SeriesReading(
                id, .sample(secondsAgo: 3_600 - place * 300, inOctets: UInt64(place) * 3_750_000_000, outOctets: 5))
        }
        _ = try await store.append(readings)
    }

    private func points(_ document: JSONValue) -> [JSONValue] {
        guard case .array(let points) = document["points"] else { return [] }
        return points
    }

    @Test func ratesAreThoseOfTheCounters() async throws {
        let (api, id) = try await fixture()
        try await keepAnHour(id)
        let answer = try await api.send("GET", "/interfaces/\(id)/metrics?from=-1h&step=300").document
        #expect(answer["step_seconds"] == 300 && answer["source"] == "readings" && answer["if_speed"] == 1_000_000_000)
        let rated = points(answer).filter { $0["in_bps"] != .null }
        #expect(rated.count >= 11)
        for point in rated {
            #expect(point["in_bps"] == ["min": .real(1e8), "avg": .real(1e8), "max": .real(1e8)])
            #expect(point["utilization_percent"] == .real(10) && point["origin"] == ["64"])
            #expect(point["out_bps"]?["avg"] == .real(0) && point["in_octets"] == 3_750_000_000)
        }
    }

    @Test func aGapStaysAGapAndSaysSo() async throws {
        let (api, id) = try await fixture()
        try await keepAnHour(id, without: [5, 6, 7])
        let answer = try await api.send("GET", "/interfaces/\(id)/metrics?from=-1h&step=300").document
        let holes = points(answer).filter { $0["in_bps"] == .null && $0["origin"] == ["gap"] }
        #expect(!holes.isEmpty)
        #expect(answer["origins"]?["gap"] == .integer(Int64(holes.count)))
        #expect(points(answer).contains { $0["in_octets"] == .integer(4 * 3_750_000_000) }, "octets go on across it")
    }

    @Test(arguments: ["-1h", "now-1h", "2026-09-21T13:13:20Z", "2026-09-21T17:13:20+04:00", "3600s", "2026-09-21"])
    func theRangeIsWrittenAsPeopleWriteIt(_ text: String) async throws {
        let (api, id) = try await fixture()
        let answer = await api.send("GET", "/interfaces/\(id)/metrics?from=\(text)")
        if text == "3600s" {
            #expect(answer.status == 400)
        } else {
            #expect(answer.status == 200, "\(answer.text)")
            let from = try answer.document["from"]
            #expect(from == (text.count == 10 ? "2026-09-21T00:00:00.000Z" : "2026-09-21T13:13:20.000Z"))
        }
    }

    @Test(arguments: [
        ("from=yesterday", "from", "-24h"), ("to=2026-13-01T00:00:00Z", "to", "RFC 3339"),
        ("from=now&to=-1h", "from", "before to"), ("step=0", "step", "from 1"), ("step=fast", "step", "auto"),
        ("step=10&from=-7d", "step", "2000"), ("points=1", "points", "2 to 2000"), ("points=2001", "points", "2000"),
        ("source=both", "source", "rollups"), ("source=rollups&step=300", "step", "1h"),
        ("format=xml", "format", "csv"),
        ("form=csv", "form", "did you mean"), ("from=-999999999w", "from", "-24h"),
    ])
    func aWrongParameterIsNamedWithWhatWouldBeRight(_ query: String, _ field: String, _ hint: String) async throws {
        let (api, id) = try await fixture()
        let answer = await api.send("GET", "/interfaces/\(id)/metrics?\(query)")
        let isWellFormed = ["to=2026-13", "from=now&", "from=-9", "step=0", "step=10", "source=rollups"].contains {
            query.hasPrefix($0)
        }
        #expect(answer.status == (isWellFormed ? 422 : 400), "a schema can tell the one and not the other")
        guard case .array(let errors) = try answer.document["errors"], let error = errors.first else {
            Issue.record("\(answer.text)")
            return
        }
        #expect(error["field"] == .string(field))
        #expect(answer.text.contains(hint), "\(answer.text)")
    }

    @Test(arguments: ["-1h", "-24h", "-7d", "-35d", "-400d"])
    func anAnswerNeverHasMoreThanTwoThousandPoints(_ from: String) async throws {
        let (api, id) = try await fixture()
        let answer = try await api.send("GET", "/interfaces/\(id)/metrics?from=\(from)&points=2000").document
        #expect((1...2_000).contains(points(answer).count))
        #expect(answer["source"] == (from == "-400d" ? "rollups" : "readings"))
    }

    @Test func hoursAreAskedForWhatIsOlderThanReadings() async throws {
        let (api, id) = try await fixture()
        let ago = Int(Fixture.now.seconds % 86_400) + 60 * 86_400
        clock.now = Timestamp(seconds: Fixture.now.seconds - Int64(ago) + 3_600)
        let old = (0..<12).map { place in
            SeriesReading(id, .sample(secondsAgo: ago - place * 300, inOctets: UInt64(place) * 187_500_000))
        }
        #expect(try await store.append(old).accepted == 12)
        clock.now = Fixture.now
        _ = try await store.maintain(now: Fixture.now)
        #expect(try await store.readings(id).isEmpty)
        let answer = try await api.send("GET", "/interfaces/\(id)/metrics?from=-61d&to=-58d&step=1h").document
        let rated = points(answer).filter { $0["in_bps"] != .null }
        #expect(rated.map { $0["in_bps"] } == [["min": .real(5e6), "avg": .real(5e6), "max": .real(5e6)]])
        #expect(rated.first?["origin"] == ["64"] && rated.first?["readings"] == 12)
    }

    @Test func pointsAreATableWhereThatIsAskedFor() async throws {
        let (api, id) = try await fixture()
        try await keepAnHour(id)
        let path = "/interfaces/\(id)/metrics?from=-1h&step=300"
        let answer = await api.send("GET", path, headers: [APIHeader("Accept", "text/csv")])
        let lines = answer.text.split(separator: "\r\n")
        #expect(lines.first?.hasPrefix("at,in_bps_min,in_bps_avg,in_bps_max,") == true)
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [20])
        #expect(await api.send("GET", path + "&format=csv").text == answer.text)
    }

    @Test func readingsAreShownAsTheyWereStored() async throws {
        let (api, id) = try await fixture()
        try await keepAnHour(id)
        let first = try await api.send("GET", "/interfaces/\(id)/readings?from=-1h&limit=2").document
        guard case .array(let items) = first["items"], case .string(let next) = first["next_from"] else {
            Issue.record("\(first)")
            return
        }
        #expect(items.map { $0["interface_if_hc_in_octets"] } == [0, 3_750_000_000])
        #expect(items.first?["interface_if_out_errors"] == .null)
        let rest = try await api.send("GET", "/interfaces/\(id)/readings?from=\(next)").document
        guard case .array(let others) = rest["items"] else { return }
        #expect(others.count == 10 && rest["next_from"] == .null)
    }

    @Test func theSummaryComesFromTheCatalogAndSaysWhenThereIsNone() async throws {
        let (api, id) = try await fixture()
        let none = try await api.send("GET", "/interfaces/\(id)/summary").document
        #expect(none["avg_in_mbps"] == .null && none["current"] == .null && none["utilization_note"] == .null)
        guard case .string(let note) = none["note"] else {
            Issue.record("\(none)")
            return
        }
        #expect(note.contains("15 minutes"))
        var summary = MetricsSummary(
            interfaceID: id, windowStart: Fixture.now.advanced(bySeconds: -86_400), windowEnd: Fixture.now,
            updatedAt: Fixture.now)
        summary.avgInMbps = 12.5
        summary.utilizationPercent = 1.25
        try await api.catalog.saveMetricsSummaries([summary])
        let some = try await api.send("GET", "/interfaces/\(id)/summary").document
        #expect(some["avg_in_mbps"] == .real(12.5) && some["utilization_percent"] == .real(1.25))
        #expect(some["note"] == .null && some["sample_count"] == 0)
        #expect(some["updated_at"] == .string(Fixture.now.description))
    }

    @Test(arguments: [(10, false), (601, true)])
    func whatGoesOnNowIsToldUntilItIsStale(_ secondsAgo: Int, _ isStale: Bool) async throws {
        let earlier = CounterReading.sample(secondsAgo: secondsAgo + 300, inOctets: 0)
        let later = CounterReading.sample(secondsAgo: secondsAgo, inOctets: 3_750_000_000)
        let (api, id) = try await fixture { id in
            InterfaceRates(id, later, step: RateLaw().step(from: earlier, to: later))
        }
        let current = try await api.send("GET", "/interfaces/\(id)/summary").document["current"]
        #expect(current?["stale"] == .boolean(isStale) && current?["if_oper_status_name"] == "up")
        #expect(current?["in_bps"] == (isStale ? .null : .real(1e8)))
        #expect(current?["since"] == .string(earlier.at.description))
    }

    @Test func anInterfaceWithoutSpeedSaysSo() async throws {
        var reading = CounterReading.sample(secondsAgo: 5, inOctets: 0)
        reading.ifSpeed = 0
        let (api, id) = try await fixture { [reading] in InterfaceRates($0, reading) }
        let answer = try await api.send("GET", "/interfaces/\(id)/summary").document
        guard case .string(let note) = answer["utilization_note"] else {
            Issue.record("\(answer)")
            return
        }
        #expect(note.contains("no speed"))
    }

    @Test(arguments: ["metrics", "readings", "summary"])
    func anUnknownInterfaceIsNotFound(_ what: String) async throws {
        let (api, _) = try await fixture()
        #expect(await api.send("GET", "/interfaces/\(InterfaceID.random())/\(what)").status == 404)
        #expect(await api.send("GET", "/interfaces/x/\(what)").status == 404)
    }

    @Test func whereNothingIsRecordedTheAnswerSaysWhatToDo() async throws {
        let api = try Fixture()
        let (_, rows) = try await api.add("SW", [.isp])
        let answer = await api.send("GET", "/interfaces/\(rows[0].id)/metrics")
        #expect(answer.status == 503 && answer.text.contains("time-series store"))
        #expect(await api.send("GET", "/interfaces/\(rows[0].id)/summary").status == 200)
    }
}
