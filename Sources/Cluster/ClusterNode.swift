public import Inventory

/// The identity of a process of the cluster: that of its data directory, so it is the same after a restart.
public typealias NodeID = Identifier<ClusterNode>

/// What a process does for the cluster.
public enum ClusterRole: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Answers the API and serves the dashboard.
    case api
    /// Starts jobs when they are due: one process at a time.
    case scheduler
    /// Asks devices: polls the shards it owns, discovers, sweeps.
    case worker
    /// Finds alerts and anomalies and tells of them: one process at a time.
    case evaluator

    /// Orders by name.
    public static func < (left: ClusterRole, right: ClusterRole) -> Bool { left.rawValue < right.rawValue }
}

/// One process of the cluster, as it says of itself.
public struct ClusterNode: Sendable, Hashable {
    /// Which it is.
    public var id: NodeID
    /// How operators call it: the host's name, or what the configuration says.
    public var name: String
    /// What it does.
    public var roles: Set<ClusterRole>
    /// The version of its program.
    public var version: String

    /// A process of the cluster.
    public init(id: NodeID, name: String, roles: Set<ClusterRole>, version: String) {
        self.id = id
        self.name = name
        self.roles = roles
        self.version = version
    }
}
