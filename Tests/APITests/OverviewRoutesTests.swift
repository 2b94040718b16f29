import API
import Catalog
import Inventory
import Listing
import Series
import SeriesTestKit
import Synchronization
import Testing
import Traffic

/// `/overview` and `/uplinks`: what an operator sees first, and what a month of transit comes to.
@Suite struct OverviewRoutesTests {
    private let store: MemorySeriesStore

    init() {
        let clock = SetClock()
        store = MemorySeriesStore(now: { clock.now })
    }

    /// A device with two uplinks to one provider and one to another, and an access port; the second uplink is busiest.
    private func fixture(_ shared: SharedAnswers? = nil) async throws -> (api: Fixture, rows: [Interface]) {
        let box = RatesBox()
        let metrics = MetricsSource(
            rates: { id in box.rates.first { $0.interfaceID == id } }, allRates: { box.rates }, series: store)
        let api = try Fixture(metrics: metrics, shared: shared)
        let (device, rows) = try await api.add("EDGE", [.isp, .isp, .isp, .access])
        let providers = ["magti", "magti", "silknet", nil]
        let known = rows.enumerated().map { place, row in
            var row = row
            row.ispProvider = providers[place]
            if place == 3 { row.facts.operStatus = 2 }
            return row
        }
        try await api.catalog.reviseInterfaces(of: [device.id]) { _ in
            var revision = InterfaceRevision(deviceID: device.id)
            revision.updated = known
            return ([revision], ())
        }
        box.rates = known.prefix(3).enumerated().map { place, row in
            let earlier = CounterReading.sample(secondsAgo: 310, inOctets: 0)
            let later = CounterReading.sample(
                secondsAgo: place == 2 ? 10_000 : 10, inOctets: UInt64(place + 1) * 375_000_000)
            return InterfaceRates(row.id, later, step: RateLaw().step(from: earlier, to: later))
        }
        return (api, known)
    }

    @Test func theSumsAreThoseOfTheInventory() async throws {
        let overview = try await fixture().api.send("GET", "/overview").document
        let sums = try #require(overview["interfaces"])
        #expect(sums["total"] == 4 && sums["up"] == 3 && sums["down"] == 1 && sums["isp"] == 3 && sums["critical"] == 3)
        #expect(overview["devices"]?["total"] == 1 && overview["topology"]?["devices"] == 1)
        #expect(overview["last_discovery"] == .null && overview["polling"]?["late"] == 1)
    }

    @Test func uplinksComeByProviderTheBusiestFirst() async throws {
        let overview = try await fixture().api.send("GET", "/overview").document
        let uplinks = overview.list("uplinks")
        #expect(uplinks.map { $0.text("if_name") } == ["Gi0/2", "Gi0/1", "Gi0/3"])
        #expect(uplinks.map { $0.text("provider") } == ["magti", "magti", "silknet"])
        #expect(
            uplinks[0]["in_bps"] == .real(2e7) && uplinks[0]["in_percent"] == .real(2) && uplinks[0]["status"] == "up")
    }

    @Test func whatWasNotReadOfLateHasNoRateAndSaysWhenItHad() async throws {
        let overview = try await fixture().api.send("GET", "/overview").document
        let stale = try #require(overview.list("uplinks").last)
        #expect(stale["in_bps"] == .null && stale["in_percent"] == .null && stale["read_at"] != .null)
    }

    @Test func theTrendIsOfFullHoursTheOldestFirst() async throws {
        let (api, rows) = try await fixture()
        // 80 Mbit/s for two hours, read every 300 s, until now.
        let readings = (0...24).map { place in
            SeriesReading(
                rows[0].id,
                .sample(secondsAgo: 7_200 - place * 300, inOctets: UInt64(place) * 3_000_000_000, outOctets: 0))
        }
        _ = try await store.append(readings)
        let overview = try await api.send("GET", "/overview").document
        let uplink = try #require(overview.list("uplinks").first { $0.text("if_name") == "Gi0/1" })
        let trend = uplink.list("trend_in")
        #expect(trend.count == 24 && trend.first == .null && trend.last == .real(8e7))
    }

    @Test func whatIsCriticalAndWhatIsOddAreListed() async throws {
        let world = try await AlertWorld()
        let held = world.alert(on: 1, minutesAgo: 3) { $0.hold = .explained }
        try await world.store([
            world.alert(on: 0, minutesAgo: 5), held, world.alert(on: 0, .highErrorRate, minutesAgo: 1, severity: .low),
        ])
        let overview = try await world.get("/overview")
        #expect(overview.list("critical_alerts").map { $0.text("condition") } == ["interface_down"])
        #expect(
            overview["alerts"]?["critical"] == 1 && overview["alerts"]?["low"] == 1 && overview["alerts"]?["held"] == 1)
    }

    // MARK: - The month

    /// 300 Mbit/s in and none out for an hour; down for the second half of it.
    private func month(_ fixture: (api: Fixture, rows: [Interface])) async throws -> JSONValue {
        let (api, rows) = fixture
        let readings = (0...12).map { place in
            var reading = CounterReading.sample(
                secondsAgo: 3_600 - place * 300, inOctets: UInt64(place) * 11_250_000_000, outOctets: 0)
            reading.intervalSeconds = 300
            if place > 6 { reading.operStatus = 2 }
            return SeriesReading(rows[0].id, reading)
        }
        _ = try await store.append(readings)
        return try await api.send("GET", "/uplinks").document
    }

    @Test func aMonthHasItsPercentileMeanAndOutages() async throws {
        let report = try await month(fixture())
        #expect(report.list("providers").map { $0.text("provider") } == ["magti", "silknet"])
        let uplink = try #require(report.list("providers").first?.list("interfaces").first)
        #expect(
            uplink["avg_in_bps"] == .real(3e8) && uplink["max_in_bps"] == .real(3e8)
                && uplink["avg_out_bps"] == .real(0))
        #expect(uplink["p95_in_bps"] == .real(3e8))
        #expect(uplink["p95_samples"] == 12)
        #expect(uplink["outage_minutes"] == .real(30))
    }

    @Test func anUplinkThatWasNeverReadSaysSo() async throws {
        let report = try await month(fixture())
        let uplink = try #require(report.list("providers").last?.list("interfaces").first)
        #expect(
            uplink["avg_in_bps"] == .null && uplink["outage_minutes"] == .null && uplink["measured_percent"] == .real(0)
        )
    }

    @Test(arguments: [("month=2026-13", 400), ("month=26-01", 400), ("month=2020-01", 422), ("month=2999-01", 422)])
    func aMonthThatIsNoneOrNotKeptIsRefused(query: String, status: Int) async throws {
        let answer = await (try await fixture()).api.send("GET", "/uplinks?\(query)")
        #expect(answer.status == status && answer.text.contains("month"))
    }

    /// The second server has nothing stored: what it tells is the first one's.
    @Test func aServerTellsWhatAnotherOneComputed() async throws {
        let kept = KeptAnswers()
        let first = try await fixture(kept.shared)
        let report = try await month(first)
        let second = try Fixture(
            metrics: MetricsSource(series: MemorySeriesStore(now: { Fixture.now })), catalog: first.api.catalog,
            shared: kept.shared)
        #expect(kept.count == 2)
        #expect(try await second.send("GET", "/uplinks").document == report)
    }

    @Test(arguments: ["", "[]", "{\"ids\":[],\"at\":0,\"figures\":[]}"])
    func whatCannotBeUsedIsComputed(_ text: String) async throws {
        let kept = KeptAnswers(always: Array(text.utf8))
        let report = try await month(fixture(kept.shared))
        let uplink = try #require(report.list("providers").first?.list("interfaces").first)
        #expect(uplink["p95_in_bps"] == .real(3e8))
    }
}

/// What servers keep for each other, in memory.
private final class KeptAnswers: Sendable {
    private let kept = Mutex<[String: [UInt8]]>([:])
    private let always: [UInt8]?

    init(always: [UInt8]? = nil) { self.always = always }

    var count: Int { kept.withLock(\.count) }

    var shared: SharedAnswers {
        SharedAnswers(
            value: { key in self.always ?? self.kept.withLock { $0[key] } },
            keep: { octets, key, _ in self.kept.withLock { $0[key] = octets } })
    }
}
