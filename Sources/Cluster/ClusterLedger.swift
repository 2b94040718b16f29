/// Who lives and who holds what: the one thing on which all processes of a cluster agree.
///
/// Each call is one transaction, and every time in it is the ledger's own clock, so hosts need not agree on theirs. Every
/// implementation passes the same contract suite.
public protocol ClusterLedger: Sendable {
    /// Says that a process lives for another `leaseSeconds`, and tells how the cluster stands.
    ///
    /// What it holds stays its own, also where it was silent for longer than that, as long as nobody else took it. Processes
    /// that have been silent for a day are forgotten.
    func beat(_ node: ClusterNode, leaseSeconds: Double) async throws(ClusterError) -> ClusterStanding

    /// Takes leases for a process and returns those it holds now, of the ones named.
    ///
    /// Each that changes hands gets an epoch one higher; one that it held before keeps its epoch. The process must have said that
    /// it lives; returns nothing where its lease of life has run out.
    ///
    /// - Parameter onlyFree: Leave alone what a living process holds.
    func take(_ names: [String], for node: NodeID, onlyFree: Bool) async throws(ClusterError) -> [ClusterLease]

    /// Gives back all that a process holds and says that it has left; the others know at their next beat.
    func leave(_ node: NodeID) async throws(ClusterError)
}

/// Something that one process at a time holds: a shard, a duty.
public struct ClusterLease: Sendable, Hashable {
    /// What is held: `shard/17`, `duty/evaluator`; 1 to 100 characters.
    public var name: String
    /// Rises by one each time it changes hands, from 1; a write under an older one is refused.
    public var epoch: Int64

    /// A lease.
    public init(name: String, epoch: Int64) {
        self.name = name
        self.epoch = epoch
    }
}

/// A lease as its holder writes under it.
public struct ClusterFence: Sendable, Hashable {
    /// What is held.
    public var lease: ClusterLease
    /// Who holds it.
    public var node: NodeID

    /// A lease in the hands of a process.
    public init(lease: ClusterLease, node: NodeID) {
        self.lease = lease
        self.node = node
    }
}

/// How the cluster stands, as one process was told.
public struct ClusterStanding: Sendable, Hashable {
    /// The processes that live, ordered by id; the one that asked is among them.
    public var nodes: [ClusterNode]
    /// The processes that said that they leave, and have not come back.
    public var left: Set<NodeID>
    /// What the one that asked holds, ordered by name.
    public var held: [ClusterLease]
    /// The leases that no living process holds, of those that were ever taken, ordered by name.
    public var free: [String]

    /// A standing.
    public init(nodes: [ClusterNode] = [], left: Set<NodeID> = [], held: [ClusterLease] = [], free: [String] = []) {
        self.nodes = nodes
        self.left = left
        self.held = held
        self.free = free
    }
}
