public import Catalog
import Discovery
public import Inventory
public import Jobs

/// From devices to classified, stored interfaces: the pipeline behind both jobs of discovery.
///
/// Many devices are read at once; one writer compares each with what is stored, classifies, and commits in batches.
/// A device that fails is recorded as failing, and nothing of its interfaces changes. Cancelling leaves whole batches.
public struct InterfaceDiscovery: Sendable {
    /// What of a catalog this pipeline uses.
    public typealias Store = DeviceCatalog & InterfaceCatalog & CredentialCatalog

    let catalog: any Store
    let openProfile: @Sendable (SealedProfile) throws -> CredentialProfile
    let source: DeviceSource
    let classifier: @Sendable () -> Classifier
    let settings: PipelineSettings
    let firstRead: @Sendable ([DeviceID]) -> Void

    /// A pipeline.
    ///
    /// - Parameters:
    ///   - openProfile: Opens a sealed profile: the vault.
    ///   - classifier: The rules in force, asked for anew for each batch.
    ///   - firstRead: Told, at the end of a run, the devices of which no interface was known before.
    public init(
        catalog: any Store, openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile,
        source: DeviceSource, classifier: @escaping @Sendable () -> Classifier, settings: PipelineSettings,
        firstRead: @escaping @Sendable ([DeviceID]) -> Void = { _ in }
    ) {
        self.catalog = catalog
        self.openProfile = openProfile
        self.source = source
        self.classifier = classifier
        self.settings = settings
        self.firstRead = firstRead
    }

    /// Discovers all enabled devices.
    ///
    /// The outcome is partial where a device failed. Throws `deviceFailed` where none could be read, and where the
    /// catalog fails or the run is cancelled.
    public func discoverAll(_ context: JobContext) async throws -> JobOutcome {
        let devices = try await catalog.devices(.all).filter(\.enabled)
        let summary = try await discover(devices, context)
        if summary.isFailure { throw PipelineError(.deviceFailed, message: summary.message) }
        return summary.outcome
    }

    /// Discovers the device whose id is the run's subject.
    ///
    /// Throws `noSuchDevice` where it is unknown or switched off, `deviceFailed` where it could not be read.
    public func discoverOne(_ context: JobContext) async throws -> JobOutcome {
        let device = try await catalog.enabledDevice(context.subject)
        let summary = try await discover([device], context)
        if let failed = summary.total.failed.first {
            throw PipelineError(.deviceFailed, message: "\(failed.name): \(failed.failure.message)")
        }
        return summary.outcome
    }

    private func discover(_ devices: [Device], _ context: JobContext) async throws -> DiscoverySummary {
        var summary = DiscoverySummary(
            deviceCount: devices.count, warningsMax: settings.deviceWarningsMax, startedAt: context.clock.now,
            context: context)
        summary.logStart()
        context.progress(done: 0, total: devices.count)
        let credentials = try await CredentialBook.read(from: catalog, open: openProfile)
        let flow = BatchedFlow(
            inFlightMax: settings.devicesInFlightMax, batchMax: settings.batchDevicesMax,
            batchSecondsMax: settings.batchSecondsMax, clock: context.clock)
        defer { firstRead(summary.total.firstRead) }
        do {
            try await flow.run(devices) { device in
                await read(device, credentials, context.clock)
            } write: { batch in
                try await write(batch)
            } written: { outcome in
                summary.add(outcome)
            }
        } catch {
            if Task.isCancelled { summary.logCancelled() }
            throw error
        }
        summary.logEnd(at: context.clock.now)
        return summary
    }

    /// Reads one device; nil where the run was cancelled meanwhile.
    private func read(
        _ device: Device, _ credentials: CredentialBook, _ clock: any WallClock
    ) async -> DeviceArrival? {
        do {
            let reading = try await source.read(device, try credentials.profile(for: device))
            return DeviceArrival(deviceID: device.id, result: .success(reading), at: clock.now)
        } catch {
            guard !Task.isCancelled, let failure = DeviceFailure(reading: error) else { return nil }
            let arrivalFailure = DeviceArrivalFailure(failure: failure, isGarbage: DeviceFailure.isGarbage(error))
            return DeviceArrival(deviceID: device.id, result: .failure(arrivalFailure), at: clock.now)
        }
    }

    /// Commits a batch; where the catalog refuses a value of it, device by device, so that one spoils no other.
    private func write(_ batch: [DeviceArrival]) async throws(CatalogError) -> BatchOutcome {
        do {
            return try await commit(batch)
        } catch {
            guard Self.isAboutValues(error) else { throw error }
            var outcome = BatchOutcome()
            for arrival in batch { outcome.add(try await writeAlone(arrival)) }
            return outcome
        }
    }

    private func writeAlone(_ arrival: DeviceArrival) async throws(CatalogError) -> BatchOutcome {
        do {
            return try await commit([arrival])
        } catch {
            guard Self.isAboutValues(error) else { throw error }
            var failed = arrival
            let message = "what it answered could not be stored: \(error.message)"
            failed.result = .failure(DeviceArrivalFailure(failure: DeviceFailure(.unusable, message: message)))
            return try await commit([failed])
        }
    }

    private static func isAboutValues(_ error: CatalogError) -> Bool {
        error.code == .invalidValue || error.code == .conflict
    }

    private func commit(_ batch: [DeviceArrival]) async throws(CatalogError) -> BatchOutcome {
        let decision = BatchDecision(batch, policy: settings.policy, classify: classifier())
        return try await catalog.reviseInterfaces(of: batch.map(\.deviceID)) { books in decision.decide(books) }
    }
}

extension DeviceCatalog {
    /// The device whose id is the subject of a run.
    ///
    /// Throws `invalidRequest` where it is no id, `noSuchDevice` where the device is unknown or switched off.
    func enabledDevice(_ subject: String?) async throws -> Device {
        guard let subject, let id = DeviceID(subject) else {
            throw PipelineError(.invalidRequest, message: "'\(subject ?? "")' is not the id of a device")
        }
        // Split from `first`: an awaited call in an optional binding fells the compiler.
        let found = try await devices(.ids([id]))
        guard let device = found.first else {
            throw PipelineError(.noSuchDevice, message: "no device has the id \(id)")
        }
        guard device.enabled else {
            throw PipelineError(.noSuchDevice, message: "\(device.name) is switched off; enable it first")
        }
        return device
    }
}
