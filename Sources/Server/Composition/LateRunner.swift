import Jobs
import Synchronization

/// The job runner for parts that are made before it is.
final class LateRunner: Sendable {
    private let runner = Mutex<JobRunner?>(nil)

    func set(_ runner: JobRunner) { self.runner.withLock { $0 = runner } }

    func start(_ job: String, _ subject: String?) async throws {
        guard let runner = runner.withLock({ $0 }) else { return }
        _ = try await runner.start(job: job, subject: subject)
    }

    /// The jobs with their schedules; none before there is a runner.
    var definitions: [JobDefinition] {
        runner.withLock { $0 }?.schedule().map(\.definition) ?? []
    }
}
