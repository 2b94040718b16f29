import Classification
import Jobs
import Logging
import Pipelines

extension Services {
    /// Reads the rule file again; new rules are applied to all interfaces where the configuration says so.
    static func reloading(
        _ rules: RuleFile, _ runner: JobRunner, _ configuration: ServerConfiguration, _ logger: Logger
    ) -> @Sendable () async throws -> LiveRules.Reload {
        {
            let outcome = rules.reload()
            guard case .replaced(warnings: _) = outcome else { return outcome }
            if configuration.reclassifiesOnChange {
                _ = try await runner.start(job: PipelineJobs.reclassify)
            } else {
                logger.info("Known interfaces keep their types until the job \(PipelineJobs.reclassify) runs")
            }
            return outcome
        }
    }
}
