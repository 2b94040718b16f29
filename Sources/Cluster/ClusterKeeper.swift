public import Inventory
import Synchronization

/// How often a process says that it lives.
public struct ClusterKeeperSettings: Sendable, Hashable {
    /// Seconds without a word after which a process counts as dead; 5 to 300.
    public var leaseSeconds = 20.0

    /// The defaults.
    public init() {}

    /// Seconds between two beats.
    var beatSeconds: Double { leaseSeconds / 4 }
}

/// Keeps a process a member of its cluster: says that it lives, takes what is its own, and knows what it holds.
///
/// While the ledger cannot be asked everything stays as it is, without end: polls that two processes do are harmless, polls that
/// nobody does are not. A process that was frozen for longer than its lease does not know what it holds until it has asked;
/// `isCertain` tells.
public final class ClusterKeeper: Sendable {
    /// Where the seconds come from; tests bring their own.
    public struct Time: Sendable {
        /// Seconds that pass steadily, from anywhere; they go on while the process is frozen.
        public var seconds: @Sendable () -> Double
        /// Returns after some seconds; throws where the task is cancelled.
        public var sleep: @Sendable (Double) async throws -> Void

        /// A source of seconds.
        public init(
            seconds: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void
        ) {
            self.seconds = seconds
            self.sleep = sleep
        }

        /// The host's steady clock.
        public static let host: Time = {
            let start = ContinuousClock.now
            return Time(
                seconds: { (ContinuousClock.now - start) / .seconds(1) },
                sleep: { try await Task.sleep(for: .seconds($0)) })
        }()
    }

    /// What an operator is to be told.
    public enum Report: Sendable, Hashable {
        /// The ledger cannot be asked; everything stays as it is.
        case ledgerSilent(reason: String)
        /// It answers again.
        case ledgerAnswers
        /// The others were not told that this process leaves.
        case leftUntold(reason: String)
    }

    private struct State {
        var machine: TenureStateMachine
        var nodes: [ClusterNode] = []
        /// When a beat was answered, or failed.
        var concludedAt: Double
        var answeredAt: Double?
        var fault: String?
        var watchers: [AsyncStream<ClusterTenure>.Continuation] = []
    }

    /// The process itself.
    public let node: ClusterNode
    /// Which device is in which shard.
    public let map: ShardMap
    private let ledger: any ClusterLedger
    private let settings: ClusterKeeperSettings
    private let time: Time
    private let report: @Sendable (Report) -> Void
    private let state: Mutex<State>

    /// A keeper at rest.
    public init(
        _ node: ClusterNode, ledger: any ClusterLedger, map: ShardMap = ShardMap(),
        settings: ClusterKeeperSettings = ClusterKeeperSettings(), time: Time = .host,
        report: @escaping @Sendable (Report) -> Void = { _ in }
    ) {
        self.node = node
        self.map = map
        self.ledger = ledger
        self.settings = settings
        self.time = time
        self.report = report
        state = Mutex(State(machine: TenureStateMachine(node, map: map), concludedAt: time.seconds()))
    }

    /// Beats until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await beat()
            guard (try? await time.sleep(settings.beatSeconds)) != nil else { return }
        }
    }

    /// Beats once; returns whether the ledger answered.
    @discardableResult
    public func beat() async -> Bool {
        do {
            let standing = try await ledger.beat(node, leaseSeconds: settings.leaseSeconds)
            let demands = state.withLock { state in
                state.nodes = standing.nodes
                return state.machine.told(standing)
            }
            for demand in demands {
                let leases = try await ledger.take(demand.names, for: node.id, onlyFree: demand.onlyFree)
                state.withLock { $0.machine.took(leases) }
            }
            conclude(fault: nil)
            return true
        } catch {
            conclude(fault: error.message)
            return false
        }
    }

    /// Gives back all that the process holds; those who watch are told that it is nothing.
    public func leave() async {
        do {
            try await ledger.leave(node.id)
        } catch {
            report(.leftUntold(reason: error.message))
        }
        let watchers = state.withLock { state in
            let watchers = state.watchers
            state.watchers = []
            return watchers
        }
        for watcher in watchers { watcher.finish() }
    }

    private func conclude(fault: String?) {
        let now = time.seconds()
        let (watchers, tenure, news) = state.withLock { state in
            state.concludedAt = now
            if fault == nil { state.answeredAt = now }
            let isNews = (state.fault == nil) != (fault == nil)
            state.fault = fault
            let news = fault.map { Report.ledgerSilent(reason: $0) } ?? .ledgerAnswers
            return (state.watchers, state.machine.tenure, isNews ? news : nil)
        }
        for watcher in watchers { watcher.yield(tenure) }
        if let news { report(news) }
    }

    // MARK: - What it holds

    /// What the process holds, as it knows.
    public var tenure: ClusterTenure { state.withLock { $0.machine.tenure } }

    /// Whether a device is in a shard of this process.
    public func owns(_ device: DeviceID) -> Bool {
        let shard = map.shard(of: device)
        return state.withLock { $0.machine.tenure.shards.contains(shard) }
    }

    /// Whether what it knows is recent enough to act on: false after a freeze that was longer than its lease, until it has asked.
    public var isCertain: Bool {
        let now = time.seconds()
        return state.withLock { now - $0.concludedAt <= settings.leaseSeconds }
    }

    /// A duty as this process writes under it; nil where it does not have it.
    public func fence(_ duty: ClusterDuty) -> ClusterFence? {
        tenure.duties[duty].map {
            ClusterFence(lease: ClusterLease(name: duty.leaseName, epoch: $0), node: node.id)
        }
    }

    /// The processes that live, as the ledger told last, ordered by id.
    public var nodes: [ClusterNode] { state.withLock { $0.nodes } }

    /// Seconds since the ledger last answered, and why it does not; nil where it does.
    public var fault: (seconds: Double, reason: String)? {
        let now = time.seconds()
        return state.withLock { state in
            state.fault.map { (now - (state.answeredAt ?? state.concludedAt), $0) }
        }
    }

    /// Returns once the process has a duty; false where the task is cancelled before.
    public func hasDuty(_ duty: ClusterDuty) async -> Bool {
        for await tenure in tenures() where tenure.duties[duty] != nil { return true }
        return false
    }

    /// What the process holds, now and after each beat; whoever does not keep up gets the latest.
    public func tenures() -> AsyncStream<ClusterTenure> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ClusterTenure.self, bufferingPolicy: .bufferingNewest(1))
        let tenure = state.withLock { state in
            state.watchers.append(continuation)
            return state.machine.tenure
        }
        continuation.yield(tenure)
        return stream
    }
}
