import API
import Catalog
import Classification
import Inventory
import Pipelines
import SNMP

/// How the parts stand that are not the catalog.
enum HealthProbes {
    static func all(rules: RuleFile, catalog: any Catalog, engine: Engine) -> [HealthProbe] {
        [
            HealthProbe(name: "rules") { ruleState(rules) },
            HealthProbe(name: "discovery") { await discoveryState(catalog) },
            HealthProbe(name: "snmp") { engineState(engine) },
        ]
    }

    private static func ruleState(_ rules: RuleFile) -> (state: HealthState, detail: String?) {
        guard let failure = rules.rules.lastFailure else {
            return (.healthy, "\(rules.rules.current.rules.count) rules in force")
        }
        return (
            .degraded,
            "the rule file has \(failure.problems.count) errors and the rules before stay in force; "
                + "`wardflux rules check` names them"
        )
    }

    private static func discoveryState(_ catalog: any Catalog) async -> (state: HealthState, detail: String?) {
        let ended: Set<JobState> = [.succeeded, .partial, .failed]
        let query = JobRunQuery(job: PipelineJobs.discoverAll, states: ended, limit: 1)
        do {
            guard let last = try await catalog.jobRuns(query).first else { return (.healthy, "not run yet") }
            let when = (last.endedAt ?? last.scheduledAt).description
            let text = "\(last.state.rawValue) at \(when)" + (last.message.map { ": \($0)" } ?? "")
            return (last.state == .failed ? .degraded : .healthy, text)
        } catch {
            return (.unhealthy, error.message)
        }
    }

    private static func engineState(_ engine: Engine) -> (state: HealthState, detail: String?) {
        let counts = engine.statistics
        guard counts.kernelDrops == 0 else {
            return (
                .degraded,
                "the kernel dropped \(counts.kernelDrops) answers; raise net.core.rmem_max and snmp.receive_buffer"
            )
        }
        return (.healthy, "\(counts.requests) requests, \(counts.timeouts) without an answer")
    }
}
