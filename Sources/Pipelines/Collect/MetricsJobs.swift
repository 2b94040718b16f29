import Catalog
import Inventory
public import Jobs
import Logging
import SNMP
import Synchronization

/// The jobs of metrics by their names, schedules and work.
public struct MetricsJobs: Sendable {
    /// Places in the order of the first start: after the discovery of the interfaces.
    private enum Rank {
        static let collect = 10
        static let summarise = 20
    }

    /// The collection whose books are closed.
    public let collection: MetricsCollection
    /// The pipeline of the summaries.
    public let summaries: InterfaceSummaries

    /// The jobs of a collection.
    public init(collection: MetricsCollection, summaries: InterfaceSummaries) {
        self.collection = collection
        self.summaries = summaries
    }

    /// The definitions, for a job runner.
    public var definitions: [JobDefinition] {
        [
            JobDefinition(
                name: PipelineJobs.collect, schedule: collection.settings.closingSchedule, firstStartRank: Rank.collect
            ) { try await collection.collect($0) },
            JobDefinition(name: PipelineJobs.collectDevice, subjectKinds: [.device]) {
                try await collection.collect($0)
            },
            JobDefinition(
                name: PipelineJobs.summarise, schedule: collection.settings.summariesSchedule,
                firstStartRank: Rank.summarise
            ) { try await summaries.run($0) },
        ]
    }
}

extension MetricsCollection {
    /// Closes the books on the cycle, or, at start, by hand and for one device, polls at once and tells what came of it.
    ///
    /// In a process in which collection does not run it is begun for the run, and ended. The seconds that are told are
    /// those from the first request to the last answer; of a cycle those in which polls were under way. The outcome is
    /// partial where a device failed or waits for its discovery. Throws `noSuchDevice` for a device that is not polled,
    /// `deviceFailed` where none answered.
    public func collect(_ context: JobContext) async throws -> JobOutcome {
        // One that is meant to run may still be beginning.
        if state.withLock(\.isMeantToRun) { await turning.run {} }
        let device = try context.subject.map { try Self.device($0) }
        let cycle: CollectionCycle
        if !state.withLock(\.isRunning) {
            cycle = try await collectOnce(device)
        } else if device != nil || context.trigger != .schedule {
            cycle = await cancellable {
                await self.plan()
                return await self.collectNow(device)
            }
        } else {
            cycle = closeBooks()
        }
        try context.checkCancellation()
        return try outcome(of: cycle, device, context)
    }

    private func collectOnce(_ device: DeviceID?) async throws -> CollectionCycle {
        try await cancellable {
            await self.turning.run { () -> Result<CollectionCycle, SNMPError> in
                if case .failure(let error) = await self.begin() { return .failure(error) }
                let cycle = await self.collectNow(device)
                await self.end()
                return .success(cycle)
            }
        }.get()
    }

    /// Waits no longer for devices once the task is cancelled.
    private func cancellable<Outcome: Sendable>(_ work: @Sendable () async -> Outcome) async -> Outcome {
        let desk = desk
        return await withTaskCancellationHandler {
            await work()
        } onCancel: {
            desk.cancelRounds()
        }
    }

    private static func device(_ subject: String) throws(PipelineError) -> DeviceID {
        guard let id = DeviceID(subject) else {
            throw PipelineError(.invalidRequest, message: "'\(subject)' is not the id of a device")
        }
        return id
    }

    private func outcome(of cycle: CollectionCycle, _ device: DeviceID?, _ context: JobContext) throws -> JobOutcome {
        if let device, cycle.devices == 0 {
            throw PipelineError(
                .noSuchDevice,
                message: "no interface of the device \(device) is monitored; enable it and discover its interfaces")
        }
        report(cycle, context)
        let failures = cycle.failureLines
        for line in failures { context.logger.warning("\(line)") }
        if cycle.devices > 0, cycle.readings == 0, cycle.failedDevices.count >= cycle.devices {
            let none = "none of \(Wording.count(cycle.devices, "device")) answered"
            throw PipelineError(.deviceFailed, message: ([none] + failures).joined(separator: "; "))
        }
        let line = cycle.line
        context.logger.info("\(line)")
        return JobOutcome(
            failures.isEmpty ? .succeeded : .partial, message: ([line] + failures).joined(separator: "; "))
    }

    private func report(_ cycle: CollectionCycle, _ context: JobContext) {
        for (name, amount) in [
            ("interfaces_collected", cycle.interfaces), ("readings", cycle.readings),
            ("data_points", cycle.dataPoints), ("devices_polled", cycle.devices),
            ("devices_failed", cycle.failedDevices.count), ("devices_held", cycle.heldDevices.count),
            ("polls_failed", cycle.failedPolls), ("polls_missed", cycle.missedPolls),
            ("duration_milliseconds", Int((cycle.seconds * 1000).rounded())),
        ] { context.count(name, by: Int64(amount)) }
    }
}

extension CollectionCycle {
    /// `Collected metrics for 3,120 interfaces (24,960 data points) in 0.4 seconds`.
    var line: String {
        "Collected metrics for \(Wording.count(interfaces, "interface")) "
            + "(\(Wording.count(dataPoints, "data point"))) in \(Wording.seconds(seconds))"
    }

    /// Which devices are missing, in two lines at most.
    var failureLines: [String] {
        [(failedDevices, "could not be polled"), (heldDevices, "not recorded until discovered")].compactMap {
            names, what in
            names.isEmpty ? nil : "\(Wording.count(names.count, "device")) \(what): \(Wording.names(names))"
        }
    }
}
