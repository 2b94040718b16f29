import API
import Catalog
import Inventory
import Pipelines
import Series

/// What is told of how alerts are found and delivered.
enum AlertReport {
    /// Seconds without a check after which it is told.
    private static let checkSecondsMax = 600
    /// Seconds for which a message may wait before it is told.
    private static let waitingSecondsMax = 300.0
    private static let daySeconds = 86_400.0

    // MARK: - The desk

    /// How the search for alerts stands, for `/health`.
    static func probe(_ alerts: AlertParts, _ common: CommonParts) -> HealthProbe {
        let (file, desk, now) = (alerts.file, alerts.desk, common.now)
        let startedAt = now()
        let isScheduled = common.configuration.alerts.checkSchedule != nil
        return HealthProbe(name: "alerts") {
            guard common.purpose == .serving else {
                return file.fault.map { (.degraded, $0) } ?? (.healthy, "only a server looks for alerts")
            }
            guard common.evaluates else { return (.healthy, "another process has this duty") }
            guard isScheduled else { return (.healthy, "off: jobs.\(PipelineJobs.checkThresholds).enabled is false") }
            return state(of: await desk.statistics(), fault: file.fault, since: startedAt, at: now())
        }
    }

    /// How it stands by its numbers.
    ///
    /// - Parameters:
    ///   - fault: what is wrong with the alert file; nil for nothing.
    ///   - startedAt: when the process began.
    static func state(
        of counts: AlertDeskStatistics, fault: String?, since startedAt: Timestamp, at now: Timestamp
    ) -> (state: HealthState, detail: String?) {
        if let trouble = counts.storeFault {
            return (.unhealthy, "alerts cannot be written, and nobody is told of them: \(trouble)")
        }
        let seconds = Int(now.secondsSince(counts.lastAt ?? startedAt))
        guard seconds < checkSecondsMax else {
            let job = PipelineJobs.checkThresholds
            return (.degraded, "nothing was looked at for \(seconds) s; see the runs of \(job)")
        }
        if let fault { return (.degraded, fault) }
        guard counts.lastAt != nil else { return (.healthy, "nothing was looked at yet") }
        let alerts = "\(counts.firing) alerts fire, \(counts.explained) of them explained by others"
        return (.healthy, "\(counts.interfaces) interfaces, \(alerts)")
    }

    /// The numbers for the API.
    static func statistics(_ counts: AlertDeskStatistics) -> AlertCheckStatistics {
        let numbers: [(String, Int)] = [
            ("evaluations", counts.evaluations), ("open_alerts", counts.open), ("firing_alerts", counts.firing),
            ("explained_alerts", counts.explained),
        ]
        return AlertCheckStatistics(
            checkedAt: counts.lastAt, checkMilliseconds: counts.lastAt == nil ? nil : counts.lastSeconds * 1000,
            interfaces: counts.interfaces, storeFault: counts.storeFault,
            numbers: numbers.map { SeriesStatistics.Number($0.0, Int64($0.1)) })
    }

    // MARK: - The courier

    /// How deliveries stand, for `/health`.
    static func deliveriesProbe(_ alerts: AlertParts, _ common: CommonParts) -> HealthProbe {
        let (file, catalog, now) = (alerts.file, common.catalog, common.now)
        return HealthProbe(name: "deliveries") {
            do throws(CatalogError) {
                let counts = try await catalog.deliveryCounts(since: now().advanced(bySeconds: -daySeconds))
                return state(of: counts, receivers: file.receivers.map(\.name), at: now())
            } catch {
                return (.unhealthy, error.message)
            }
        }
    }

    /// How they stand by what waits and what was given up, each receiver's by name.
    static func state(
        of counts: [String: AlertDeliveryCounts], receivers: [String], at now: Timestamp
    ) -> (state: HealthState, detail: String?) {
        // Whoever is not told any more is in no trouble.
        let known = counts.filter { receivers.contains($0.key) }.sorted { $0.key < $1.key }
        let troubles = known.compactMap { trouble(of: $0.key, $0.value, at: now) }
        guard troubles.isEmpty else { return (.degraded, troubles.joined(separator: "; ")) }
        let delivered = counts.values.reduce(0) { $0 + $1.delivered }
        guard !receivers.isEmpty else { return (.healthy, "nobody is told: the alert file names no receivers") }
        return (.healthy, "\(receivers.count) receivers, \(delivered) messages delivered within a day")
    }

    private static func trouble(of name: String, _ counts: AlertDeliveryCounts, at now: Timestamp) -> String? {
        let reason = counts.lastError.map { ": \($0)" } ?? ""
        if let oldest = counts.oldestWaiting, now.secondsSince(oldest) > waitingSecondsMax {
            return "\(name): \(counts.waiting) messages wait, the first since \(oldest)\(reason)"
        }
        return counts.failed > 0 ? "\(name): \(counts.failed) messages were given up within a day\(reason)" : nil
    }
}
