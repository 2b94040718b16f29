public import Jobs

extension PipelineJobs {
    /// Looks at all interfaces and at WARD FLUX itself for what is wrong; every 60 s.
    public static let checkThresholds = "check-interface-thresholds"
}

/// The job of alerts by its name, schedule and work.
public struct AlertJobs: Sendable {
    /// What it works on.
    public let desk: AlertDesk

    /// The job of a desk.
    public init(desk: AlertDesk) {
        self.desk = desk
    }

    /// The definitions, for a job runner.
    public var definitions: [JobDefinition] {
        [
            JobDefinition(name: PipelineJobs.checkThresholds, schedule: desk.settings.checkSchedule) {
                try await desk.check($0)
            }
        ]
    }
}
