import API
import Catalog
import Classification
import Inventory
import Jobs
import Pipelines
import SNMP

/// How the parts stand that the catalog itself does not tell.
enum HealthProbes {
    static func all(rules: RuleFile, catalog: any Catalog, engine: Engine, file: CatalogFile?) -> [HealthProbe] {
        let storage = file.map { file in
            HealthProbe(name: "storage") { file.fault.map { (.unhealthy, $0) } ?? (.healthy, nil) }
        }
        return [storage].compactMap(\.self) + [
            HealthProbe(name: "rules") { ruleState(rules) },
            HealthProbe(name: "discovery") { await state(.discovery, catalog) },
            HealthProbe(name: "topology") { await state(.topology, catalog) },
            HealthProbe(name: "snmp") { engineState(engine) },
        ]
    }

    static func ruleState(_ rules: RuleFile) -> (state: HealthState, detail: String?) {
        if let fault = rules.fault { return (.degraded, fault) }
        return (.healthy, "\(rules.rules.current.rules.count) rules in force")
    }

    /// A job whose last run says how a part stands.
    struct WatchedJob: Sendable {
        var name: String
        /// Its result that counts devices that were read.
        var readResult: String

        static let discovery = WatchedJob(name: PipelineJobs.discoverAll, readResult: "devices_discovered")
        static let topology = WatchedJob(name: PipelineJobs.discoverTopology, readResult: "devices_read")
    }

    private static func state(
        _ job: WatchedJob, _ catalog: any Catalog
    ) async -> (state: HealthState, detail: String?) {
        let ended: Set<JobState> = [.succeeded, .partial, .failed]
        let query = JobRunQuery(job: job.name, states: ended, limit: 1)
        do {
            let runs = try await catalog.jobRuns(query)
            guard let last = runs.first else { return (.healthy, "not run yet") }
            return state(of: last, job)
        } catch {
            return (.unhealthy, error.message)
        }
    }

    /// How a part stands after a run: degraded where it failed, or read few of the devices it asked.
    static func state(of last: JobRun, _ job: WatchedJob) -> (state: HealthState, detail: String?) {
        let when = (last.endedAt ?? last.scheduledAt).description
        let text = "\(last.state.rawValue) at \(when)" + (last.message.map { ": \($0)" } ?? "")
        let read = last.results[job.readResult] ?? 0
        let failed = last.results["devices_failed"] ?? 0
        let isPoor = last.state == .failed || failed > read
        return (isPoor ? .degraded : .healthy, text)
    }

    private static func engineState(_ engine: Engine) -> (state: HealthState, detail: String?) {
        engineState(of: engine.statistics)
    }

    /// Milliseconds a poll may be late before it is told.
    static let overdueMillisecondsMax: UInt64 = 60_000

    /// How the engine stands: degraded where the kernel drops answers, or polls are late.
    static func engineState(
        of counts: EngineStatistics, overdueMilliseconds: UInt64? = nil
    ) -> (state: HealthState, detail: String?) {
        let overdue = overdueMilliseconds ?? counts.overdueMilliseconds
        guard counts.kernelDrops == 0 else {
            return (
                .degraded,
                "the kernel dropped \(counts.kernelDrops) answers; raise net.core.rmem_max and snmp.receive_buffer"
            )
        }
        guard overdue <= overdueMillisecondsMax else {
            return (
                .degraded,
                "a poll is \(overdue / 1000) s late; raise snmp.threads or snmp.window, or poll less often"
            )
        }
        return (.healthy, "\(counts.requests) requests, \(counts.timeouts) without an answer")
    }
}
