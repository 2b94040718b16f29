import Cluster
import API
import Inventory
import Jobs

/// The job runner as the API asks it.
struct RunnerControl: JobControl {
    let runner: JobRunner
    /// The other processes, one of which may have a run that is to end; nil where there are none.
    var cluster: ClusterParts?

    func schedules() async -> [JobScheduleView] {
        runner.schedule().map { definition, next in
            JobScheduleView(
                job: definition.name, schedule: definition.schedule?.description,
                enabled: definition.schedule != nil, nextRunAt: next)
        }
    }

    func start(job: String, subject: String?, parameters: [String: String]) async throws(JobError) -> JobStart {
        for _ in 0..<Self.attemptsMax {
            do throws(JobError) {
                return try await runner.start(job: job, subject: subject, parameters: parameters)
            } catch  where error.code == .notRunning {
                // Routes may be asked in the moment before the runner has read the past runs.
                guard (try? await Task.sleep(for: .milliseconds(Self.pauseMilliseconds))) != nil else { throw error }
            }
        }
        return try await runner.start(job: job, subject: subject, parameters: parameters)
    }

    private static let attemptsMax = 100
    private static let pauseMilliseconds = 20

    func cancel(_ id: JobRunID) async throws(JobError) -> JobRun {
        do throws(JobError) {
            return try await runner.cancel(id)
        } catch  where error.code == .runsElsewhere {
            guard let cluster, let run = try? await runner.recorded(id) else { throw error }
            cluster.wire.say(.orders, WorkOrder(run: id, kind: .cancelRun))
            return run
        }
    }

    func activeRun(_ id: JobRunID) async -> JobRun? {
        runner.activeRuns().first { $0.id == id }
    }

    func updates() async -> AsyncStream<JobRun> {
        runner.events.updates()
    }
}
