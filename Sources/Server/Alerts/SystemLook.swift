import Catalog
import Glibc
import Inventory
import Jobs
import Pipelines
import Series

/// Looks how WARD FLUX itself is: its disk, its stores, its jobs.
struct SystemLook: Sendable {
    /// Latest runs of a job among which one on everything is sought.
    private static let runsMax = 20
    private static let states: Set<JobState> = [.running, .succeeded, .partial, .failed]

    let directory: DataDirectory
    let catalog: any Catalog
    let file: CatalogFile?
    let series: any SeriesStore
    let collecting: @Sendable () -> CollectionStatistics
    let runner: LateRunner
    let standing: JobStanding
    let clock: any WallClock
    /// The receivers in force, by name.
    let receivers: @Sendable () -> [String]

    /// How it is now.
    func health() async -> SystemHealth {
        var health = SystemHealth(diskFreePercent: Self.freePercent(directory.path))
        health.stores.updateValue(await catalogTrouble(), forKey: "catalog")
        health.stores.updateValue(
            Self.seriesTrouble(await series.statistics(), collecting()), forKey: "series")
        for definition in runner.definitions where definition.name != PipelineJobs.checkThresholds {
            guard let schedule = definition.schedule else { continue }
            health.jobs.updateValue(await jobTrouble(definition.name, schedule), forKey: definition.name)
        }
        health.receivers = Set(receivers())
        return health
    }

    /// Percent of a file system that this process may still fill; nil where that cannot be asked.
    static func freePercent(_ path: String) -> Double? {
        var room = statvfs()
        guard statvfs(path, &room) == 0, room.f_blocks > 0 else { return nil }
        // As df does: what only root may use counts neither as free nor as a part of the whole.
        let (free, used) = (Double(room.f_bavail), Double(room.f_blocks) - Double(room.f_bfree))
        return free + used > 0 ? 100 * free / (free + used) : nil
    }

    /// What is wrong with the store of readings; nil where nothing is.
    static func seriesTrouble(_ store: SeriesStatistics, _ collection: CollectionStatistics) -> String? {
        switch store.state {
        case .failing(let reason), .degraded(let reason): return reason
        case .working: return collection.storeFault.map { "\(collection.buffered) readings wait for it: \($0)" }
        }
    }

    private func catalogTrouble() async -> String? {
        if let fault = file?.fault { return fault }
        do throws(CatalogError) {
            try await catalog.check()
            return nil
        } catch {
            return error.message
        }
    }

    private func jobTrouble(_ name: String, _ schedule: Schedule) async -> String? {
        let query = JobRunQuery(job: name, states: Self.states, limit: Self.runsMax)
        // Where the catalog cannot be read, that is told as the catalog's trouble.
        guard let runs = try? await catalog.jobRuns(query) else { return nil }
        return standing.trouble(of: schedule, runs.filter { $0.subject == nil }, at: clock.now)
    }
}
