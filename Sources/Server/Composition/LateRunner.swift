import Jobs
import Synchronization

/// Starts jobs for parts that are made before the runner is.
final class LateRunner: Sendable {
    private let runner = Mutex<JobRunner?>(nil)

    func set(_ runner: JobRunner) { self.runner.withLock { $0 = runner } }

    func start(_ job: String, _ subject: String?) async throws {
        guard let runner = runner.withLock({ $0 }) else { return }
        _ = try await runner.start(job: job, subject: subject)
    }
}
