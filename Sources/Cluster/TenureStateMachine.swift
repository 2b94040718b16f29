import Inventory

/// A duty that one process of the cluster has at a time.
public enum ClusterDuty: String, Sendable, Hashable, CaseIterable {
    /// Starts jobs when they are due.
    case scheduler
    /// Finds alerts and anomalies, and tells of them.
    case evaluator

    /// The role that lets a process have it.
    public var role: ClusterRole { self == .scheduler ? .scheduler : .evaluator }
    /// The lease that stands for it.
    public var leaseName: String { "duty/\(rawValue)" }
}

/// What a process holds of the cluster.
public struct ClusterTenure: Sendable, Hashable {
    /// The shards whose devices it polls.
    public var shards: Set<Int>
    /// Its duties, with their epochs.
    public var duties: [ClusterDuty: Int64]

    /// What it holds; nothing at first.
    public init(shards: Set<Int> = [], duties: [ClusterDuty: Int64] = [:]) {
        self.shards = shards
        self.duties = duties
    }

    /// Reads leases; names that are none of these are ignored.
    init(_ leases: [ClusterLease]) {
        self.init()
        for lease in leases {
            if let shard = Self.shard(lease.name) {
                shards.insert(shard)
            } else if let duty = ClusterDuty.allCases.first(where: { $0.leaseName == lease.name }) {
                duties[duty] = lease.epoch
            }
        }
    }

    /// The lease that stands for a shard.
    static func leaseName(_ shard: Int) -> String { "shard/\(shard)" }

    private static func shard(_ name: String) -> Int? {
        name.hasPrefix("shard/") ? Int(name.dropFirst("shard/".count)) : nil
    }
}

/// Decides what a process takes, from what it is told at each beat; knows no clock and no store.
///
/// A shard belongs to the process that `ShardMap.preferred` names among the workers that are there, and that one takes it from
/// whoever has it: nothing is negotiated, and who had it before goes on polling until it is told. A worker that appears counts at
/// once; one that vanishes is gone once two beats in a row say so, so that a clock that is set, or one late beat, moves
/// nothing; one that says that it leaves is gone at once. A duty stays with who has it, and passes on only when that one is
/// gone.
struct TenureStateMachine: Sendable {
    /// Leases to take.
    struct Demand: Sendable, Hashable {
        var names: [String]
        /// Leave alone what a living process holds.
        var onlyFree: Bool
    }

    private static let firstBeats = 2

    private let node: ClusterNode
    private let map: ShardMap
    private var beats = 0
    /// The workers that count as there.
    private(set) var workers: Set<NodeID> = []
    private var workersSeen: Set<NodeID> = []
    private var freeSeen: Set<String> = []
    /// What it holds.
    private(set) var tenure = ClusterTenure()

    init(_ node: ClusterNode, map: ShardMap) {
        self.node = node
        self.map = map
    }

    /// The ledger told how the cluster stands; returns what is to be taken now.
    mutating func told(_ standing: ClusterStanding) -> [Demand] {
        beats += 1
        countWorkers(standing)
        tenure = ClusterTenure(standing.held)
        let free = Set(standing.free)
        defer { freeSeen = free }
        return [shardsWanted(), dutiesWanted(free: free)].compactMap(\.self)
    }

    /// The ledger gave what was asked for, of these names.
    mutating func took(_ leases: [ClusterLease]) {
        let taken = ClusterTenure(leases)
        tenure.shards.formUnion(taken.shards)
        tenure.duties.merge(taken.duties) { _, new in new }
    }

    private mutating func countWorkers(_ standing: ClusterStanding) {
        let live = Set(standing.nodes.lazy.filter { $0.roles.contains(.worker) }.map(\.id))
        let stayed = workers.filter { workersSeen.contains($0) && !standing.left.contains($0) }
        // One that appears takes its shards at once: who had them must not take them back.
        workers = live.union(stayed)
        if node.roles.contains(.worker) { workers.insert(node.id) }
        workersSeen = live
    }

    private func shardsWanted() -> Demand? {
        guard node.roles.contains(.worker) else { return nil }
        let missing = map.preferred(of: node.id, among: workers).filter { !tenure.shards.contains($0) }
        return missing.isEmpty ? nil : Demand(names: missing.map(ClusterTenure.leaseName), onlyFree: false)
    }

    private func dutiesWanted(free: Set<String>) -> Demand? {
        let names = ClusterDuty.allCases.filter { duty in
            // One that nobody ever had is not among the free ones: it is asked for at the start.
            let isFree =
                beats <= Self.firstBeats || (free.contains(duty.leaseName) && freeSeen.contains(duty.leaseName))
            return node.roles.contains(duty.role) && tenure.duties[duty] == nil && isFree
        }
        return names.isEmpty ? nil : Demand(names: names.map(\.leaseName), onlyFree: true)
    }
}
