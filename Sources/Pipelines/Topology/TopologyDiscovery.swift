public import Catalog
import Discovery
public import Inventory
public import Jobs
import Topology

/// From neighbour tables to links, connections and types: the pipeline behind both jobs of topology.
///
/// Many devices are read at once; what all of them say is compared with what is stored and written in one transaction
/// at the end, as one device's rows can change whom the rows of all others mean. A device that fails keeps its rows.
/// Interfaces whose neighbour changed are then classified anew. Cancelling before the end changes nothing.
public struct TopologyDiscovery: Sendable {
    /// What of a catalog this pipeline uses.
    public typealias Store = DeviceCatalog & InterfaceCatalog & CredentialCatalog & TopologyCatalog

    let catalog: any Store
    let openProfile: @Sendable (SealedProfile) throws -> CredentialProfile
    let source: DeviceSource
    let classifier: @Sendable () -> Classifier
    let settings: PipelineSettings

    /// A pipeline.
    ///
    /// - Parameters:
    ///   - openProfile: Opens a sealed profile: the vault.
    ///   - classifier: The rules in force, asked for once a run.
    public init(
        catalog: any Store, openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile,
        source: DeviceSource, classifier: @escaping @Sendable () -> Classifier, settings: PipelineSettings
    ) {
        self.catalog = catalog
        self.openProfile = openProfile
        self.source = source
        self.classifier = classifier
        self.settings = settings
    }

    /// Reads all enabled devices.
    ///
    /// The outcome is partial where a device failed or was read in part. Throws `deviceFailed` where none could be read,
    /// and where the catalog fails or the run is cancelled.
    public func discoverAll(_ context: JobContext) async throws -> JobOutcome {
        let devices = try await catalog.devices(.all).filter(\.enabled)
        let summary = try await discover(devices, context)
        if summary.isFailure { throw PipelineError(.deviceFailed, message: summary.message) }
        return summary.outcome
    }

    /// Reads the device whose id is the run's subject.
    ///
    /// Throws `noSuchDevice` where it is unknown or switched off, `deviceFailed` where it could not be read.
    public func discoverOne(_ context: JobContext) async throws -> JobOutcome {
        let device = try await catalog.enabledDevice(context.subject)
        let summary = try await discover([device], context)
        if let failed = summary.failed.first {
            throw PipelineError(.deviceFailed, message: "\(failed.name): \(failed.failure.message)")
        }
        return summary.outcome
    }

    private func discover(_ devices: [Device], _ context: JobContext) async throws -> TopologySummary {
        var summary = TopologySummary(
            deviceCount: devices.count, isWhole: context.subject == nil, startedAt: context.clock.now, context: context)
        summary.logStart()
        do {
            let arrivals = try await read(devices, context, &summary)
            if summary.isFailure {
                summary.logFailure(at: context.clock.now)
                return summary
            }
            try context.checkCancellation()
            let commit = try await commit(arrivals, at: context.clock.now)
            summary.committed(commit)
            summary.reclassified(try await reclassify(commit.changed, context))
        } catch {
            if Task.isCancelled { summary.logCancelled() }
            throw error
        }
        summary.logEnd(at: context.clock.now)
        return summary
    }

    // MARK: - Reading

    private func read(
        _ devices: [Device], _ context: JobContext, _ summary: inout TopologySummary
    ) async throws -> [TopologyArrival] {
        let credentials = try await CredentialBook.read(from: catalog, open: openProfile)
        let flow = BatchedFlow(
            inFlightMax: settings.devicesInFlightMax, batchMax: settings.batchDevicesMax,
            batchSecondsMax: settings.batchSecondsMax, clock: context.clock)
        var arrivals: [TopologyArrival] = []
        arrivals.reserveCapacity(devices.count)
        try await flow.run(devices) { device in
            await read(device, credentials, context.clock)
        } write: { batch in
            batch
        } written: { batch in
            arrivals += batch
            summary.add(batch)
        }
        return arrivals
    }

    /// Reads one device; nil where the run was cancelled meanwhile.
    private func read(
        _ device: Device, _ credentials: CredentialBook, _ clock: any WallClock
    ) async -> TopologyArrival? {
        let begunAt = clock.now
        do {
            let profile = try credentials.profile(for: device)
            let neighbours = try await source.readNeighbours(device, profile, settings.neighbourOptions)
            return TopologyArrival(device: device, begunAt: begunAt, result: .success(neighbours))
        } catch {
            guard !Task.isCancelled, let failure = DeviceFailure(reading: error) else { return nil }
            return TopologyArrival(
                device: device, begunAt: begunAt, result: .failure(DeviceArrivalFailure(failure: failure)))
        }
    }

    // MARK: - Writing

    private func commit(_ arrivals: [TopologyArrival], at now: Timestamp) async throws(CatalogError) -> TopologyCommit {
        let settings = settings.topology
        return try await catalog.reviseTopology { book in
            let (read, failed) = TopologyArrival.sorted(arrivals, book, at: now)
            let (change, counts) = TopologyReconciler.reconcile(
                book: book, arrivals: read, failed: failed, at: now, settings: settings)
            return (change, TopologyCommit(change, counts, book, readDevices: arrivals.map(\.device.id)))
        }
    }

    /// Classifies interfaces whose neighbour changed, a batch of devices in one transaction each.
    ///
    /// What a run that ends here leaves undone the next discovery of interfaces does: it asks the same neighbours.
    private func reclassify(
        _ changed: [DeviceID: Set<InterfaceID>], _ context: JobContext
    ) async throws -> Int {
        let (classify, now) = (classifier(), context.clock.now)
        let devices = changed.keys.sorted()
        var count = 0
        for start in stride(from: 0, to: devices.count, by: settings.batchDevicesMax) {
            try context.checkCancellation()
            let batch = Array(devices[start..<min(start + settings.batchDevicesMax, devices.count)])
            count += try await catalog.reviseInterfaces(of: batch) { books in
                InterfaceReclassification.revisions(books, classify, at: now) { row in
                    changed[row.deviceID]?.contains(row.id) ?? false
                }
            }
        }
        return count
    }
}

extension PipelineSettings {
    /// What is read of neighbours.
    var neighbourOptions: NeighbourOptions {
        NeighbourOptions(readsForwarding: topology.infersFromForwarding)
    }
}
