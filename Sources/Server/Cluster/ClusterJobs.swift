import Cluster
import Jobs
import Pipelines

/// Which jobs a process of a cluster does itself, and which it posts.
enum ClusterJobs {
    /// Where the work of a job is done.
    enum Place: Hashable {
        /// Where devices are asked.
        case worker
        /// Where it is known what is usual, and what is wrong.
        case evaluator
        /// Anywhere.
        case here
    }

    private static let places: [String: Place] = [
        PipelineJobs.discoverAll: .worker, PipelineJobs.discoverDevice: .worker, PipelineJobs.sweep: .worker,
        PipelineJobs.discoverTopology: .worker, PipelineJobs.discoverDeviceTopology: .worker,
        PipelineJobs.learnBaselines: .evaluator, PipelineJobs.checkAnomalies: .evaluator,
        PipelineJobs.relearnBaselines: .evaluator, PipelineJobs.checkThresholds: .evaluator,
    ]

    /// Where a job is done.
    static func place(of job: String) -> Place { places[job] ?? .here }

    /// The jobs of a process as its runner does them: those of another place are posted.
    static func arranged(
        _ jobs: [JobDefinition], for roles: Set<ClusterRole>, by remote: RemoteWork
    ) -> [JobDefinition] {
        jobs.map { job in
            switch place(of: job.name) {
            case .here: job
            case .worker: roles.contains(.worker) ? job : remote.posted(job, to: RemoteWork.devices)
            // Whoever has the duty does it, and that may be another one by the time.
            case .evaluator: remote.posted(job, to: RemoteWork.evaluation)
            }
        }
    }

    /// The jobs of a place.
    static func done(at place: Place, of jobs: [JobDefinition]) -> [JobDefinition] {
        jobs.filter { Self.place(of: $0.name) == place }
    }
}
