@testable import API
import FoundationEssentials
import Inventory
import Series
import Testing

/// What WARD FLUX tells of itself, read as a scraper reads it.
@Suite struct SelfMetricsTests {
    /// Families by name, with their type and samples; fails where the text form is broken.
    private func families(_ text: String) throws -> [String: (type: String, samples: [String: Double])] {
        var (found, name): ([String: (type: String, samples: [String: Double])], String) = ([:], "")
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                name = String(words[2])
                #expect(found[name] == nil, "\(name) comes twice")
            } else if line.hasPrefix("# TYPE ") {
                #expect(words[2] == name)
                found[name] = (String(words[3]), [:])
            } else {
                let value = try #require(line.lastIndex(of: " "))
                #expect(line.hasPrefix(name), "\(line) is not of \(name)")
                found[name]?.samples[String(line[..<value])] = Double(line[line.index(after: value)...])
            }
        }
        return found
    }

    private func scrape(_ api: Fixture) async throws -> [String: (type: String, samples: [String: Double])] {
        let response = await api.application.respond(to: APIRequest("GET", "/metrics", origin: .process))
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        return try families(try await response.wholeText)
    }

    @Test func theProcessTheEngineAndTheCollectionAreToldByTheirNames() async throws {
        let api = try Fixture(metrics: MetricsSource(statistics: { [SeriesStatistics.Number("missed_polls", 7)] }))
        let found = try await scrape(api)
        #expect(found["wardflux_build_info"]?.samples.values.first == 1)
        #expect(found["wardflux_collection_missed_polls"]?.samples == ["wardflux_collection_missed_polls": 7])
        #expect(found["wardflux_collection_missed_polls"]?.type == "untyped")
    }

    @Test func eachPartHasOneStatus() async throws {
        let found = try await scrape(try Fixture())
        let parts = found["wardflux_component_status"]?.samples ?? [:]
        let byPart = Dictionary(grouping: parts) { $0.key.split(separator: ",")[0] }
        #expect(byPart.values.allSatisfy { $0.count == 3 && $0.map(\.value).reduce(0, +) == 1 })
    }

    @Test func theTextFormIsKeptWhateverLabelsHold() {
        var out = SelfExposition()
        out.add("a", .gauge, "A.", [([("l", "x\"y\\z\nw")], 1.5)])
        #expect(out.text == "# HELP a A.\n# TYPE a gauge\na{l=\"x\\\"y\\\\z\\nw\"} 1.5\n")
    }

    @Test func aHistogramIsCumulativeAndEndsWithAll() {
        var out = SelfExposition()
        out.add("t", "T.", [.init(microsecondsMax: 1_000, count: 2), .init(microsecondsMax: nil, count: 3)])
        #expect(
            out.text
                == "# HELP t T.\n# TYPE t histogram\nt_bucket{le=\"0.001\"} 2\nt_bucket{le=\"+Inf\"} 5\nt_count 5\n")
    }
}
