import Catalog
public import Inventory
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
    /// Closes the books, or polls at once: of this process, or of all that collect.
    private let books: CycleSource

    /// Says what was collected: of all devices or one, since the books were closed last, or polled at once.
    public typealias CycleSource =
        @Sendable (
            _ device: DeviceID?, _ pollsNow: Bool
        ) async throws -> CollectionCycle

    /// The jobs of a collection.
    ///
    /// - Parameter books: Asks all processes that collect; nil for this collection alone.
    public init(collection: MetricsCollection, summaries: InterfaceSummaries, books: CycleSource? = nil) {
        self.collection = collection
        self.summaries = summaries
        self.books = books ?? { try await collection.cycle(of: $0, pollsNow: $1) }
    }

    /// The definitions, for a job runner.
    public var definitions: [JobDefinition] {
        [
            JobDefinition(
                name: PipelineJobs.collect, schedule: collection.settings.closingSchedule, firstStartRank: Rank.collect
            ) { try await collection.collect($0, books) },
            JobDefinition(name: PipelineJobs.collectDevice, subjectKinds: [.device]) {
                try await collection.collect($0, books)
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
    ///
    /// - Parameter books: Says what was collected; nil for this collection's own.
    public func collect(_ context: JobContext, _ books: MetricsJobs.CycleSource? = nil) async throws -> JobOutcome {
        let device = try context.subject.map { try Self.device($0) }
        let pollsNow = device != nil || context.trigger != .schedule
        let ask = books ?? { try await self.cycle(of: $0, pollsNow: $1) }
        let cycle = try await ask(device, pollsNow)
        try context.checkCancellation()
        return try outcome(of: cycle, device, context)
    }

    /// What this process collected since its books were closed last; where it does not run, or `pollsNow`, what it reads at once.
    public func cycle(of device: DeviceID?, pollsNow: Bool) async throws -> CollectionCycle {
        // One that is meant to run may still be beginning.
        if state.withLock(\.isMeantToRun) { await turning.run {} }
        guard state.withLock(\.isRunning) else { return try await collectOnce(device) }
        guard pollsNow else { return closeBooks() }
        return await cancellable {
            await self.plan()
            return await self.collectNow(device)
        }
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
