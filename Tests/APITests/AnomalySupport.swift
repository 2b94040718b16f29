import API
import Catalog
import Inventory
import Listing
import Testing

/// A catalog with anomalies on two devices, and incidents of them.
struct OddTraffic: Sendable {
    let api: Fixture
    let core: (device: Device, interfaces: [Interface])
    let edge: (device: Device, interfaces: [Interface])

    init(
        settings: APISettings = Fixture.exact, anomalies: AnomalySource = AnomalySource(),
        catalog: (any Catalog)? = nil
    ) async throws {
        api = try Fixture(settings: settings, anomalies: anomalies, catalog: catalog)
        let (one, ones) = try await api.add("CORE", [.isp, .trunk])
        let (two, twos) = try await api.add("EDGE", [.isp])
        core = (one, ones)
        edge = (two, twos)
    }

    /// An anomaly that began some minutes ago, filled in.
    static func anomaly(
        on interface: Interface, minutesAgo: Int64, severity: AnomalySeverity = .high, isOver: Bool = true,
        _ change: (inout Anomaly) -> Void = { _ in }
    ) -> Anomaly {
        let start = Timestamp(seconds: Fixture.now.seconds - 60 * minutesAgo)
        var anomaly = Anomaly(
            interfaceID: interface.id, side: TrafficSide(.inbound, .traffic), mode: .adaptive, at: start)
        anomaly.kind = .trafficSpike
        anomaly.pattern = .spike
        anomaly.severity = severity
        anomaly.lastAt = start.advanced(bySeconds: 300)
        anomaly.endedAt = isOver ? start.advanced(bySeconds: 600) : nil
        (anomaly.score, anomaly.actual, anomaly.expected) = (5.5, 850e6, 320e6)
        (anomaly.low, anomaly.high, anomaly.confidence) = (240e6, 400e6, 0.8)
        anomaly.message = "Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)"
        anomaly.explanation.timeContext = "Monday 14:00"
        anomaly.explanation.confidenceWord = "firm"
        anomaly.explanation.sentences = ["It is more than twice what was expected."]
        anomaly.explanation.sameHourLastWeeks = [310e6, nil, 300e6, nil]
        anomaly.explanation.other = OtherVerdict(mode: .classic, score: 6.6, isAnomaly: true)
        change(&anomaly)
        return anomaly
    }

    /// Stores as many anomalies, a minute apart, the latest first, on CORE's first interface.
    @discardableResult
    func store(_ count: Int, from minutesAgo: Int64 = 0) async throws -> [Anomaly] {
        let anomalies = (0..<Int64(count)).map {
            Self.anomaly(on: core.interfaces[0], minutesAgo: minutesAgo + $0)
        }
        try await api.catalog.saveAnomalies(anomalies, incidents: [])
        return anomalies
    }

    /// A document of the API.
    func get(_ path: String) async throws -> JSONValue {
        try await api.send("GET", path).document
    }

    /// The ids of all pages of a list.
    func pages(_ path: String, between: () async throws -> Void = {}) async throws -> [String] {
        var ids: [String] = []
        var next: String? = ""
        while let cursor = next {
            let page = try await get(path + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
            ids += page.list("items").map { $0.text("id") }
            next = page["next_cursor"] == .null ? nil : page.text("next_cursor")
            #expect(page["next_cursor"] != nil && ids.count < 1_000)
            if ids.count >= 1_000 { break }
            try await between()
        }
        return ids
    }
}
