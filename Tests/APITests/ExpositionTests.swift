import API
import FoundationEssentials
import Inventory
import Listing
import Synchronization
import Testing
import Traffic

/// Rates that a test sets after the interfaces are there.
final class RatesBox: Sendable {
    private let kept = Mutex<[InterfaceRates]>([])
    var rates: [InterfaceRates] {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}

@Suite struct ExpositionTests {
    private func fixture(
        _ name: String = "SW", settings: APISettings = Fixture.exact, secondsAgo: [Int] = [10]
    ) async throws -> (api: Fixture, device: Device, rows: [Interface]) {
        let box = RatesBox()
        let api = try Fixture(settings: settings, metrics: MetricsSource(allRates: { box.rates }))
        let (device, rows) = try await api.add(name, secondsAgo.map { _ in .isp }, address: "10.0.0.1")
        box.rates = zip(rows, secondsAgo).map { row, ago in
            InterfaceRates(row.id, .sample(secondsAgo: ago, inOctets: 18_446_744_073_709_551_615))
        }
        return (api, device, rows)
    }

    private func scrape(_ api: Fixture, accept: String? = nil) async throws -> (response: APIResponse, text: String) {
        let headers = accept.map { [APIHeader("Accept", $0)] } ?? []
        let response = await api.application.respond(
            to: APIRequest("GET", "/metrics/interfaces", headers: headers, origin: .process))
        return (response, try await response.wholeText)
    }

    private func labels(_ device: Device, _ row: Interface, name: String = "SW") -> String {
        "{device_id=\"\(device.id)\",device_name=\"\(name)\",interface_id=\"\(row.id)\",if_index=\"1\","
            + "if_name=\"Gi0/1\",interface_type=\"isp\",isp_provider=\"\",is_critical=\"true\"}"
    }

    @Test func prometheusTextHasTheNamesAndLabelsOfTheContract() async throws {
        let (api, device, rows) = try await fixture()
        let (response, text) = try await scrape(api)
        #expect(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "# HELP interface_if_hc_in_octets Octets received (ifHCInOctets, else ifInOctets).")
        #expect(lines[1] == "# TYPE interface_if_hc_in_octets counter")
        #expect(
            lines[2] == "interface_if_hc_in_octets\(labels(device, rows[0])) 18446744073709551615 1789999990000")
        #expect(lines.count { $0.hasPrefix("# TYPE") } == 8)
        #expect(lines.count { !$0.hasPrefix("#") } == 4, "counters that were not answered are not there")
    }

    @Test func openMetricsHasTheSameNames() async throws {
        let (api, device, rows) = try await fixture()
        let (response, text) = try await scrape(
            api, accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
        #expect(response.header("Content-Type")?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
        #expect(text.hasSuffix("\n# EOF\n"))
        #expect(text.contains("# TYPE interface_if_hc_in_octets unknown\n"))
        #expect(
            text.contains("\ninterface_if_hc_in_octets\(labels(device, rows[0])) 18446744073709551615 1789999990.000\n")
        )
    }

    @Test func anInterfaceThatIsNotReadAnyMoreIsLeftOut() async throws {
        let (api, _, rows) = try await fixture(secondsAgo: [600, 601])
        let text = try await scrape(api).text
        #expect(text.contains("\(rows[0].id)") && !text.contains("\(rows[1].id)"))
    }

    @Test func anInterfaceThatIsNotMonitoredIsLeftOut() async throws {
        let (api, _, rows) = try await fixture()
        #expect(await api.send("PATCH", "/interfaces/\(rows[0].id)", #"{"monitoring_enabled":false}"#).status == 200)
        #expect(try await !scrape(api).text.contains("\(rows[0].id)"))
    }

    @Test(arguments: [
        ("a\"} 1\nevil_metric 2", #"a\"} 1\nevil_metric 2"#), (#"back\slash"#, #"back\\slash"#), ("\\", #"\\"#),
        ("თბილისი", "თბილისი"),
    ])
    func noNameMakesAnotherSample(_ name: String, _ escaped: String) async throws {
        let (api, device, rows) = try await fixture(name)
        let text = try await scrape(api).text
        #expect(text.contains("interface_if_hc_in_octets\(labels(device, rows[0], name: escaped)) "))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("interface_if_") })
    }

    @Test func scrapersNeedATokenWhereOthersDo() async throws {
        var settings = Fixture.exact
        settings.requiresToken = true
        let (api, _, _) = try await fixture(settings: settings)
        let host = [APIHeader("Host", "127.0.0.1:5001")]
        let answer = await api.application.respond(to: APIRequest("GET", "/metrics/interfaces", headers: host))
        #expect(answer.status == 401)
    }

    @Test(arguments: ["/metrics/interfaces/", "/api/v1/metrics/interfaces", "/interfaces/list", "/"])
    func otherPathsAreNotFound(_ path: String) async throws {
        let (api, _, _) = try await fixture()
        #expect(await api.application.respond(to: APIRequest("GET", path, origin: .process)).status == 404)
    }

    /// Writes a large exposition where `WARDFLUX_SCRAPE` names a file, for `promtool check metrics`.
    @Test func manyInterfacesAreToldInPieces() async throws {
        let count = 5_000
        let (api, _, rows) = try await fixture(secondsAgo: Array(repeating: 10, count: count))
        let (response, text) = try await scrape(api)
        guard case .pull = response.body else {
            Issue.record("the answer is one piece")
            return
        }
        #expect(text.split(separator: "\n").count { !$0.hasPrefix("#") } == 4 * rows.count)
        if let path = ProcessInfo.processInfo.environment["WARDFLUX_SCRAPE"] {
            try Data(text.utf8).write(to: URL(filePath: path))
        }
    }
}
