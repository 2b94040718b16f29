import API
import Catalog
import Inventory
import Listing
import Testing
import Traffic

@Suite struct TopRoutesTests {
    /// Interfaces with 10, 20, 30 … Mbit/s, the last of them not read for long.
    private func fixture() async throws -> (api: Fixture, rows: [Interface]) {
        let box = RatesBox()
        let api = try Fixture(metrics: MetricsSource(allRates: { box.rates }))
        let (_, rows) = try await api.add("SW", [.isp, .access, .trunk, .access])
        box.rates = rows.enumerated().map { place, row in
            let ago = place == 3 ? 1_000 : 10
            let earlier = CounterReading.sample(secondsAgo: ago + 300, inOctets: 0)
            var later = CounterReading.sample(secondsAgo: ago, inOctets: UInt64(place + 1) * 375_000_000)
            if place == 0 { later[.inErrors] = 10 }
            return InterfaceRates(row.id, later, step: RateLaw().step(from: earlier, to: later))
        }
        return (api, rows)
    }

    private func names(_ document: JSONValue) -> [JSONValue?] {
        guard case .array(let items) = document["items"] else { return [] }
        return items.map { $0["if_name"] }
    }

    @Test(arguments: [
        ("", ["Gi0/3", "Gi0/2", "Gi0/1"]), ("limit=1", ["Gi0/3"]), ("by=utilization&limit=2", ["Gi0/3", "Gi0/2"]),
        ("by=errors&limit=1", ["Gi0/1"]), ("interface_type=access", ["Gi0/2"]), ("is_critical=true", ["Gi0/1"]),
        ("isp_provider=magti", []),
    ])
    func theHighestComeFirstAndStaleOnesNotAtAll(_ query: String, _ wanted: [String]) async throws {
        let (api, _) = try await fixture()
        let answer = try await api.send("GET", "/interfaces/top?\(query)").document
        #expect(names(answer) == wanted.map(JSONValue.string))
    }

    @Test func theLastDayComesFromSummaries() async throws {
        let (api, rows) = try await fixture()
        let summaries = rows.enumerated().map { place, row in
            var summary = MetricsSummary(
                interfaceID: row.id, windowStart: Fixture.now, windowEnd: Fixture.now, updatedAt: Fixture.now)
            summary.avgOutMbps = Double(10 - place)
            summary.maxInMbps = 7
            return summary
        }
        try await api.catalog.saveMetricsSummaries(summaries)
        let answer = try await api.send("GET", "/interfaces/top?window=24h&limit=2").document
        #expect(names(answer) == ["Gi0/1", "Gi0/2"])
        let filtered = try await api.send("GET", "/interfaces/top?window=24h&interface_type=access&limit=1").document
        #expect(names(filtered) == ["Gi0/2"])
        guard case .array(let items) = filtered["items"] else { return }
        #expect(items.first?["out_bps"] == .real(9e6) && items.first?["in_bps_max"] == .real(7e6))
    }

    @Test(arguments: [
        ("by=speed", "traffic, utilization"), ("window=7d", "now, 24h"), ("limit=0", "1 to 1000"),
        ("limit=1001", "1 to 1000"), ("by=discards&window=24h", "window=now"), ("device_id=SW", "UUID"),
        ("interface_type=uplink", "trunk"), ("is_critical=yes", "true or false"), ("q=x", "no such parameter"),
    ])
    func aWrongParameterIsRefusedWithWhatWouldBeRight(_ query: String, _ hint: String) async throws {
        let (api, _) = try await fixture()
        let answer = await api.send("GET", "/interfaces/top?\(query)")
        #expect(
            answer.status == (query.contains("discards") ? 422 : 400) && answer.text.contains(hint), "\(answer.text)")
    }

    @Test func theTopIsATableWhereThatIsAskedFor() async throws {
        let (api, _) = try await fixture()
        let text = await api.send("GET", "/interfaces/top?format=csv&limit=2").text
        #expect(
            text.split(separator: "\r\n").count == 3 && text.hasPrefix("interface_id,device_id,device_name,if_name"))
    }
}
