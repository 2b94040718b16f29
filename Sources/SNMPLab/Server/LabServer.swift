import CSNMPIO
import Glibc
import Synchronization

/// An SNMP agent for many devices at once, on this machine's loopback only.
///
/// Serves recordings or a simulated network to v1, v2c and v3 managers from threads of its own, so that its processor
/// time can be told apart. Make it, `start()` it, `stop()` it; faults may be applied from any thread while it runs.
public final class LabServer: Sendable {
    private let configuration: LabConfiguration
    private let world: LabWorld
    private let users: [UserKeys]
    private let notifier: LabNotifier?
    private let state: Mutex<State>

    private struct State {
        var threads: [LabThread] = []
        var port: UInt16 = 0
        var faults = LabFaults()
        var isStopped = false
    }

    /// Loads what is to be served; binds nothing yet.
    ///
    /// Takes about a millisecond for each pass phrase.
    ///
    /// - Throws: `LabError` with code `noRecordings` where a directory cannot be read or holds no recording,
    ///   `badNotifications` where notifications cannot go where they should.
    public init(_ configuration: LabConfiguration) throws(LabError) {
        var configuration = configuration
        configuration.responseOctetsMax = min(max(configuration.responseOctetsMax, 484), 65_507)
        configuration.threads = min(max(configuration.threads, 1), 16)
        self.configuration = configuration
        world = try LabWorld(configuration.sources)
        let users = configuration.users.map(UserKeys.init)
        self.users = users
        notifier =
            if let plan = configuration.notifications {
                try LabNotifier(plan, users: users, clock: configuration.clock)
            } else {
                nil
            }
        state = Mutex(State())
    }

    deinit {
        stop()
    }

    /// Binds and begins to answer; returns when requests will be heard.
    ///
    /// - Throws: `LabError` with code `cannotBind`, `notLoopback`, or `wrongState` where it was started before.
    public func start() throws(LabError) {
        // The lock is held throughout: starting is brief, and nobody should see half of it.
        let outcome: Result<Void, LabError> = state.withLock { state in
            guard state.threads.isEmpty, !state.isStopped else {
                return .failure(LabError(.wrongState, "this lab was started before; make another"))
            }
            do throws(LabError) {
                var port: UInt16?
                for _ in 0..<configuration.threads {
                    let socket = try LabSocket(
                        configuration.bind, port: port, sharesPort: configuration.threads > 1)
                    port = socket.port
                    state.threads.append(thread(socket))
                }
                if configuration.servesIPv6 {
                    state.threads.append(thread(try LabSocket(.address("::1", port: 0), port: port, sharesPort: false)))
                }
                state.port = port ?? 0
                try notifier?.start()
                for thread in state.threads { try thread.start() }
                return .success(())
            } catch {
                for thread in state.threads { thread.stop() }
                state.threads = []
                return .failure(error)
            }
        }
        try outcome.get()
    }

    private func thread(_ socket: LabSocket) -> LabThread {
        LabThread(socket, world, configuration, users: users, notifier: notifier)
    }

    /// The UDP port that is served; 0 before `start()`.
    public var port: UInt16 {
        state.withLock { $0.port }
    }

    /// Ends serving and waits for the threads, at most a fraction of a second.
    ///
    /// May be called again.
    public func stop() {
        let threads = state.withLock { state in
            state.isStopped = true
            return state.threads
        }
        for thread in threads { thread.stop() }
        notifier?.stop()
    }

    /// What was done since `start()`; after `stop()` the final figures.
    public var statistics: LabStatistics {
        let threads = state.withLock { $0.threads }
        var sum = threads.reduce(into: LabStatistics()) { $0.add($1.statistics) }
        sum.notifications = notifier?.sent ?? 0
        sum.acknowledged = notifier?.acknowledged ?? 0
        return sum
    }

    /// What was odd about the recordings, by community; empty for a network.
    public var recordingReports: [String: RecordingReport] {
        world.reports
    }

    /// Everything that is wrong now.
    public var faults: LabFaults {
        state.withLock { $0.faults }
    }

    /// Applies a fault to a device of the network, effective for every request sent after this returns.
    ///
    /// - Parameter device: address in dotted decimal, or name.
    /// - Throws: `LabError` with code `badFault` where no such device or interface exists, or recordings are served.
    public func apply(_ fault: LabFault, to device: some StringProtocol) throws(LabError) {
        guard let network = world.network else {
            throw LabError(.badFault, "faults need a simulated network; this lab serves recordings")
        }
        if let share = fault.share { return apply(share) }
        guard let ordinal = network.ordinal(of: device) else {
            throw LabError(.badFault, "\(network.name) has no device '\(device)': use an address or a name of its CSV")
        }
        let now = configuration.clock()
        let outcome: Result<Void, LabError> = state.withLock { state in
            do throws(LabError) {
                let changed = try state.faults.change(by: fault, toDevice: ordinal, of: network, at: now)
                let news = changed.map { LabNews.device($0.device, state.faults.devices[$0.device] ?? DeviceFaults()) }
                for thread in state.threads { thread.tell(news) }
                notifier?.note(fault, changed, state.faults, network)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    private func apply(_ share: (inout NetworkFaults) -> Void) {
        state.withLock { state in
            share(&state.faults.network)
            for thread in state.threads { thread.tell([.network(state.faults.network)]) }
        }
    }

    /// Applies a fault that was read by `LabFault.parse`.
    public func apply(_ order: LabFault.Order) throws(LabError) {
        try apply(order.fault, to: order.device)
    }
}

extension LabStatistics {
    mutating func add(_ other: LabStatistics) {
        requests += other.requests
        responses += other.responses
        varBinds += other.varBinds
        malformed += other.malformed
        unknown += other.unknown
        suppressed += other.suppressed
        foreign += other.foreign
        unsent += other.unsent
        secure += other.secure
        batches += other.batches
        cpuSeconds += other.cpuSeconds
    }
}
