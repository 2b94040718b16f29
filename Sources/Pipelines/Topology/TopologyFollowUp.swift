public import Inventory
public import Jobs
public import Logging
import Synchronization

/// Has the neighbours read of devices whose cabling is news: found for the first time, or said to have changed.
///
/// Devices are collected for half a minute, then read: a few one by one, more by one discovery of all topology. A
/// device is read again for the same reason after five minutes at the earliest (`RestartSchedule`).
public final class TopologyFollowUp: Sendable {
    /// What it asks for.
    enum Request: Sendable, Hashable {
        case device(DeviceID)
        case everything
    }

    private struct State {
        var devices: Set<DeviceID> = []
    }

    /// Seconds devices are collected for.
    static let settleSeconds = 30.0
    /// Devices that are read one by one; with more of them all topology is read.
    static let singleDevicesMax = 16

    private let state = Mutex(State())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// Nothing is to be read yet.
    public init() {
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes note of devices; cheap, and without effect where nothing runs.
    public func note(_ devices: [DeviceID]) {
        guard !devices.isEmpty else { return }
        state.withLock { $0.devices.formUnion(devices) }
        signal.yield()
    }

    /// Asks for what is due until the task is cancelled; can be called once.
    ///
    /// - Parameters:
    ///   - isFirstRunToCome: Whether the first discovery of all topology has still to end: it reads what is noted.
    ///   - start: Asks for a run of a job on a subject; false where one is at work already, to be asked again.
    public func run(
        clock: any WallClock, logger: Logger, isFirstRunToCome: @Sendable () async throws -> Bool,
        start: @Sendable (_ job: String, _ subject: String?) async throws -> Bool
    ) async {
        for await _ in signals {
            guard (try? await clock.sleep(seconds: Self.settleSeconds)) != nil else { return }
            let devices = state.withLock { state in
                defer { state.devices = [] }
                return state.devices
            }
            do {
                if try await isFirstRunToCome() { continue }
                for request in Self.requests(for: devices) {
                    if try await !start(request.job, request.subject) { note(request.devices(of: devices)) }
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("the topology of \(Wording.count(devices.count, "device")) was not read: \(error)")
            }
        }
    }

    /// What is asked for some devices, in a fixed order.
    static func requests(for devices: Set<DeviceID>) -> [Request] {
        devices.count > singleDevicesMax ? [.everything] : devices.sorted().map(Request.device)
    }
}

extension TopologyFollowUp.Request {
    fileprivate var job: String {
        switch self {
        case .device: PipelineJobs.discoverDeviceTopology
        case .everything: PipelineJobs.discoverTopology
        }
    }

    fileprivate var subject: String? {
        switch self {
        case .device(let id): "\(id)"
        case .everything: nil
        }
    }

    fileprivate func devices(of all: Set<DeviceID>) -> [DeviceID] {
        switch self {
        case .device(let id): [id]
        case .everything: all.sorted()
        }
    }
}
