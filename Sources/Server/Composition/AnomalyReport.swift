import API
import Inventory
import Pipelines
import Series

/// What is told of the watch over anomalies.
enum AnomalyReport {
    /// How it stands, for `/health`.
    static func probe(_ watch: AnomalyWatch, _ common: CommonParts) -> HealthProbe {
        let (purpose, now) = (common.purpose, common.now)
        let startedAt = now()
        return HealthProbe(name: "anomalies") {
            guard purpose == .serving else { return (.healthy, "only a server watches") }
            guard common.evaluates else { return (.healthy, "another process has this duty") }
            return state(of: watch.statistics(), since: startedAt, at: now())
        }
    }

    /// How it stands by its numbers: degraded where no check succeeded for an hour, that of the start included.
    static func state(
        of counts: AnomalyWatchStatistics, since startedAt: Timestamp, at now: Timestamp
    ) -> (state: HealthState, detail: String?) {
        let seconds = Int(now.secondsSince(counts.lastCheckAt ?? startedAt))
        guard counts.lastCheckAt != nil else {
            guard seconds >= 3600 else { return (.healthy, "nothing was checked yet") }
            return (.degraded, "no check has ended since the start \(seconds) s ago; see the runs of check-anomalies")
        }
        guard seconds < 3600 else {
            return (.degraded, "the last check was \(seconds) s ago; see the runs of check-anomalies")
        }
        return (.healthy, "\(counts.interfaces) interfaces, \(counts.openAnomalies) anomalies go on")
    }

    /// The numbers for the API.
    static func statistics(_ counts: AnomalyWatchStatistics) -> AnomalyCheckStatistics {
        AnomalyCheckStatistics(
            checkedAt: counts.lastCheckAt,
            checkMilliseconds: counts.lastCheckAt == nil ? nil : counts.lastCheckSeconds * 1000,
            interfaces: counts.interfaces, budgets: counts.budgets, numbers: numbers(counts))
    }

    /// The numbers in a fixed order.
    static func numbers(_ counts: AnomalyWatchStatistics) -> [SeriesStatistics.Number] {
        let numbers: [(String, Int)] = [
            ("checks", counts.checks), ("samples_of_last_check", counts.lastCheckSamples),
            ("interfaces_behind", counts.interfacesBehind), ("classic_interfaces", counts.classicInterfaces),
            ("state_octets", counts.stateOctets), ("open_anomalies", counts.openAnomalies),
            ("open_incidents", counts.openIncidents), ("raised_incidents_this_week", counts.raisedThisWeek),
            ("held_back_incidents_this_week", counts.heldBackThisWeek),
            ("begun_by_method_in_force", counts.begunByMethodInForce),
            ("begun_by_other_method", counts.begunByOtherMethod),
        ]
        return numbers.map { SeriesStatistics.Number($0.0, Int64($0.1)) }
    }
}
