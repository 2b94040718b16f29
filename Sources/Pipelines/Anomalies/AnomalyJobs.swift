public import Jobs

/// The jobs of baselines and anomalies by their names, schedules and work.
public struct AnomalyJobs: Sendable {
    /// What they work on.
    public let watch: AnomalyWatch

    /// The jobs of a watch.
    public init(watch: AnomalyWatch) {
        self.watch = watch
    }

    /// The definitions, for a job runner.
    public var definitions: [JobDefinition] {
        let settings = watch.settings
        return [
            JobDefinition(
                name: PipelineJobs.learnBaselines, schedule: settings.learnSchedule, subjectKinds: [.everything, .text]
            ) {
                try await watch.learn($0)
            },
            JobDefinition(name: PipelineJobs.checkAnomalies, schedule: settings.checkSchedule) {
                try await watch.check($0)
            },
            JobDefinition(name: PipelineJobs.relearnBaselines, subjectKinds: [.text]) { try await watch.relearn($0) },
        ]
    }
}
