import Catalog
import Inventory
import Listing
import Series
import Topology
import Traffic

/// The answer of `/overview`.
struct Overview: Sendable {
    let state: APIState

    /// Alerts, anomalies and busy interfaces that are shown.
    private static let alertsShown = 20
    private static let anomaliesShown = 10
    private static let busiestShown = 10
    private static let daySeconds = 86_400.0

    /// The document.
    func bytes() async throws -> [UInt8] {
        let now = state.services.now()
        let interfaces = try await state.interfaces.value()
        let devices = try await state.devices.value().rows
        let uplinks = try await OverviewUplinks(state: state).rows(interfaces, at: now)
        var writer = JSONWriter(reserving: 16_384 + 900 * uplinks.count)
        writer.beginObject()
        writer.member("at", now)
        writer.member("interfaces", counts: InterfaceCounts(interfaces.listing.rows).members)
        writer.member("devices", counts: Self.counts(of: devices))
        try await writeTopology(to: &writer)
        try await writeLastDiscovery(to: &writer)
        writePolling(at: now, to: &writer)
        try await writeAlertCounts(to: &writer)
        try await writeAnomalyCounts(at: now, to: &writer)
        writer.array("uplinks", uplinks) { $1.write(to: &$0) }
        writer.array("top", busiest(interfaces, at: now)) { TopInterface.schema.write($1, to: &$0) }
        let alerts = try await criticalAlerts()
        writer.array("critical_alerts", alerts) { $1.write(to: &$0) }
        let anomalies = try await recentAnomalies(at: now)
        writer.array("recent_anomalies", anomalies) { $1.write(to: &$0) }
        writer.endObject()
        return writer.bytes
    }

    // MARK: - Sums

    private static func counts(of devices: [Device]) -> [(String, Int)] {
        [
            ("total", devices.count), ("up", devices.count { $0.enabled && $0.status == .up }),
            ("down", devices.count { $0.enabled && $0.status == .down }),
            ("unknown", devices.count { $0.enabled && $0.status == .unknown }),
            ("disabled", devices.count { !$0.enabled }),
        ]
    }

    private func writeTopology(to writer: inout JSONWriter) async throws {
        let graph = try await state.topology.value().graph
        let sums = graph.statistics
        writer.key("topology")
        writer.beginObject()
        writer.member("devices", Int64(sums.totalDevices))
        writer.member("connected", Int64(sums.connectedDevices))
        writer.member("connected_percent", sums.connectedPercent)
        writer.member("orphans", Int64(sums.orphans))
        writer.member("connections", Int64(sums.totalConnections))
        writer.member("recorded_at", graph.at)
        writer.endObject()
    }

    private func writeLastDiscovery(to writer: inout JSONWriter) async throws {
        let query = JobRunQuery(job: JobNames.discoverAll, states: [.succeeded, .partial, .failed], limit: 1)
        let runs = try await state.services.catalog.jobRuns(query)
        writer.key("last_discovery")
        if let run = runs.first { JobRunColumns.schema.write(run, to: &writer) } else { writer.null() }
    }

    private func writePolling(at now: Timestamp, to writer: inout JSONWriter) {
        let metrics = state.services.metrics
        let rates = metrics.allRates()
        writer.key("polling")
        writer.beginObject()
        writer.member("interfaces", Int64(rates.count))
        writer.member("late", Int64(rates.count { MetricsSource.isStale($0.reading, at: now) }))
        writer.member("last_at", rates.map(\.reading.at).max())
        writer.member("interval_seconds", Int64(metrics.intervalSeconds))
        for number in metrics.statistics() where Self.pollNumbers.contains(number.name) {
            writer.member(number.name, number.value)
        }
        writer.endObject()
    }

    private static let pollNumbers: Set<String> = ["devices", "failed_polls", "missed_polls", "lag_seconds"]

    private func writeAlertCounts(to writer: inout JSONWriter) async throws {
        let catalog = state.services.catalog
        func count(_ narrow: (inout AlertQuery) -> Void) async throws -> Int {
            var query = AlertQuery(limit: 1)
            query.states = [.firing, .acknowledged]
            query.isHeld = false
            narrow(&query)
            return try await catalog.alertCount(query)
        }
        var counts: [(String, Int)] = []
        for severity in AlertSeverity.allCases {
            counts.append((severity.rawValue, try await count { $0.severities = [severity] }))
        }
        counts.append(("acknowledged", try await count { $0.states = [.acknowledged] }))
        counts.append(("held", try await count { $0.isHeld = true }))
        writer.member("alerts", counts: counts)
    }

    private func writeAnomalyCounts(at now: Timestamp, to writer: inout JSONWriter) async throws {
        let catalog = state.services.catalog
        var active = AnomalyQuery(limit: 1)
        active.isOver = false
        var day = AnomalyQuery(limit: 1)
        day.from = now.advanced(bySeconds: -Self.daySeconds)
        let counts = [
            ("active", try await catalog.anomalyCount(active)), ("last_24h", try await catalog.anomalyCount(day)),
        ]
        writer.member("anomalies", counts: counts)
    }

    // MARK: - Lists

    private func busiest(_ interfaces: InterfaceSnapshot, at now: Timestamp) -> [TopInterface] {
        let fresh = state.services.metrics.allRates().filter { !MetricsSource.isStale($0.reading, at: now) }
        let places = fresh.indices.compactMap { place in fresh[place].value(by: .traffic).map { (place, $0) } }
        return places.sorted { $0.1 > $1.1 }.prefix(Self.busiestShown).compactMap { place, _ in
            interfaces.listing.row(RowID(fresh[place].interfaceID)).map { TopInterface($0, fresh[place]) }
        }
    }

    private func criticalAlerts() async throws -> [AlertRow] {
        var query = AlertQuery(limit: Self.alertsShown)
        query.states = [.firing, .acknowledged]
        query.severities = [.critical]
        query.isHeld = false
        return try await AlertList(state: state).rows(query, after: nil, limit: Self.alertsShown)
    }

    /// Those that people are told of, the worst first, then the latest.
    private func recentAnomalies(at now: Timestamp) async throws -> [AnomalyRow] {
        var found: [AnomalyRow] = []
        for severity in AnomalySeverity.allCases.reversed() where found.count < Self.anomaliesShown {
            var query = AnomalyQuery(limit: Self.anomaliesShown - found.count)
            query.from = now.advanced(bySeconds: -Self.daySeconds)
            query.severities = [severity]
            query.states = [.raised]
            found += try await AnomalyList(state: state).rows(query, after: nil, limit: query.limit)
        }
        return found
    }
}

/// How many interfaces there are, and how they stand.
struct InterfaceCounts {
    private(set) var members: [(String, Int)] = []

    /// Counts those that discovery still finds; missing ones apart.
    init(_ rows: [InterfaceRow]) {
        var (up, down, adminDown, missing, summary) = (0, 0, 0, 0, InterfaceSummary(rows))
        summary.lastDiscovery = nil
        for row in rows {
            let (interface, facts) = (row.interface, row.interface.facts)
            if interface.missingSince != nil {
                missing += 1
            } else if facts.adminStatus == InterfaceStatus.down.rawValue {
                adminDown += 1
            } else if facts.operStatus == InterfaceStatus.up.rawValue {
                up += 1
            } else {
                down += 1
            }
        }
        members = [
            ("total", summary.total), ("up", up), ("down", down), ("admin_down", adminDown), ("missing", missing),
            ("isp", summary.isp), ("trunk", summary.trunk), ("critical", summary.critical),
            ("monitored", summary.monitored),
        ]
    }
}

extension JSONWriter {
    /// A member that is an object of counts.
    mutating func member(_ name: String, counts: [(String, Int)]) {
        key(name)
        beginObject()
        for (name, count) in counts { member(name, Int64(count)) }
        endObject()
    }
}
