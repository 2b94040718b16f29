public import Cluster
public import Inventory

/// How this process is part of a cluster; without roles it is a whole system of its own.
public struct ClusterSettings: Sendable, Hashable {
    /// What this process does; nil where there is no cluster.
    public var roles: Set<ClusterRole>?
    /// How operators call it; nil for the host's name.
    public var name: String?
    /// Seconds without a word after which a process counts as dead.
    public var leaseSeconds = 20
    /// Where Redis is; nil where PostgreSQL carries jobs and events as well.
    ///
    /// It may hold a password, so it is shown nowhere.
    public var redisURL: Secret?
    /// A file with the password of Redis; nil where the URL, the environment or no one has it.
    public var redisPasswordFile: String?

    /// No cluster.
    public init() {}
}

extension ServerConfiguration {
    private static let roleNames = ClusterRole.allCases.map(\.rawValue).joined(separator: ", ")

    /// Reads what this process is to the cluster.
    mutating func readCluster(_ fields: inout SettingReader) {
        fields.value("cluster.roles", "`all`, or some of \(Self.roleNames) with commas between them") {
            Self.roles($0)
        } set: {
            cluster.roles = $0
        }
        fields.value("cluster.node", "1 to 100 characters", { (1...100).contains($0.count) ? $0 : nil }) {
            cluster.name = $0
        }
        fields.integer("cluster.lease_seconds", 5...300) { cluster.leaseSeconds = $0 }
        fields.value("redis.url", "an address such as redis://redis1:6379/0 or unix:///run/redis.sock", isSecret: true)
        {
            $0.hasPrefix("redis://") || $0.hasPrefix("unix://") ? Secret($0) : nil
        } set: {
            cluster.redisURL = $0
        }
        fields.text("redis.password_file") { cluster.redisPasswordFile = $0 }
        for fault in clusterFaults { fields.refuse(fault) }
    }

    private static func roles(_ text: String) -> Set<ClusterRole>? {
        if text == "all" { return Set(ClusterRole.allCases) }
        let names = text.split(separator: ",").map { $0.split(separator: " ").joined() }
        let roles = names.compactMap(ClusterRole.init(rawValue:))
        return roles.isEmpty || roles.count < names.count ? nil : Set(roles)
    }

    /// What a cluster needs and is not there.
    private var clusterFaults: [ConfigurationError.Fault] {
        guard cluster.roles != nil else { return [] }
        var faults: [ConfigurationError.Fault] = []
        if catalog.url == nil {
            faults.append(
                .init(
                    key: "cluster.roles",
                    detail:
                        "the processes of a cluster share a catalog in PostgreSQL; set catalog.url, or leave out cluster.roles"
                ))
        }
        if series.kind != .victoria {
            faults.append(
                .init(
                    key: "cluster.roles",
                    detail: "the processes of a cluster share a time-series store; set series.store to victoria, and "
                        + "victoria.url, or leave out cluster.roles"))
        }
        return faults
    }
}

extension ConfigurationKey {
    static let cluster = [
        ConfigurationKey(
            "cluster.roles", "all, or some of api, evaluator, scheduler, worker", "none",
            "What this process does for a cluster ([scaling out](scale.md)); without it, it is a whole system of its own. "
                + "Needs `catalog.url` and a shared time-series store."),
        ConfigurationKey("cluster.node", "1 to 100 characters", "the host's name", "How operators call this process."),
        ConfigurationKey(
            "cluster.lease_seconds", "5 to 300", "`20`",
            "Seconds without a word after which the others take over what a process had; the same in all of them."),
        ConfigurationKey(
            "redis.url", "redis:// or unix:// address", "none",
            "Redis to carry jobs, events and short-lived answers among the processes of a cluster; without it PostgreSQL does."
        ),
        ConfigurationKey(
            "redis.password_file", "path", "none",
            "A file with the password of Redis; `WARDFLUX_REDIS_PASSWORD` goes before it."),
    ]
}
