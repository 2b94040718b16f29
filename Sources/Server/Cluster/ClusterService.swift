import Logging
import Jobs
import Cluster
import Pipelines
import ServiceLifecycle

/// Membership of the cluster as a service: the last to begin and the first to end, as its beats say what this process may do.
struct ClusterService: Service {
    let services: Services
    let desk: ClusterDesk

    func run() async throws {
        let keeper = desk.cluster.keeper
        if services.collection.isOnlyShown(desk.cluster) { await services.collection.prime() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            group.addTask { await desk.run() }
            group.addTask { await followShare() }
            group.addTask { try await followDuties() }
            group.addTask { try? await gracefulShutdown() }
            // The first that ends, ends all: a shutdown, or a duty that was lost.
            try await group.next()
            group.cancelAll()
        }
    }

    /// Polls what becomes this process's own, and leaves alone what does not stay so.
    private func followShare() async {
        var shards: Set<Int>?
        for await tenure in desk.cluster.keeper.tenures() where tenure.shards != shards {
            shards = tenure.shards
            await services.collection.shareChanged()
            if desk.cluster.roles.contains(.worker) {
                services.logger.info(
                    "this process polls \(tenure.shards.count) of \(desk.cluster.keeper.map.count) shards")
            }
        }
    }

    /// Begins with a duty when it is given; throws `DutyLost` when another process has it.
    private func followDuties() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var watch = DutyWatch()
            for await tenure in desk.cluster.keeper.tenures() {
                for duty in try watch.begun(tenure) {
                    services.logger.info("this process is the cluster's \(duty.rawValue)")
                    group.addTask { await begin(duty) }
                }
            }
            group.cancelAll()
        }
    }

    private func begin(_ duty: ClusterDuty) async {
        switch duty {
        case .evaluator: await desk.runEvaluation()
        case .scheduler: await startSchedules()
        }
    }

    private func startSchedules() async {
        while !Task.isCancelled {
            do {
                return try await services.runner.startSchedules()
            } catch {
                services.logger.warning("nothing is started when it is due yet: \(error)")
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}

/// Notes which duties a process has; pure.
private struct DutyWatch {
    private var epochs: [ClusterDuty: Int64] = [:]

    /// The duties that are new; throws `DutyLost` for one that another process had meanwhile.
    mutating func begun(_ tenure: ClusterTenure) throws -> [ClusterDuty] {
        for (duty, epoch) in epochs where tenure.duties[duty] != epoch { throw DutyLost(duty: duty) }
        let new = tenure.duties.keys.filter { epochs[$0] == nil }.sorted { $0.rawValue < $1.rawValue }
        epochs = tenure.duties
        return new
    }
}

extension MetricsCollection {
    /// Whether rates of other processes are shown here while this one polls nothing.
    fileprivate func isOnlyShown(_ cluster: ClusterParts) -> Bool {
        !cluster.roles.contains(.worker) && cluster.share.showsRates
    }
}
