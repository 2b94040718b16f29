import Catalog
import CatalogPostgres
import Cluster
import ClusterRedis
import Inventory
import Logging

/// Joins the cluster that the configuration names.
enum ClusterOpening {
    static let redisPasswordVariable = "WARDFLUX_REDIS_PASSWORD"
    private static let passwordOctetsMax = 4_096

    /// The parts that this process shares with others; nil where it is a whole system of its own.
    ///
    /// - Throws: `ConfigurationError` where a password cannot be read, or this program lacks a part; `ClusterError` where
    ///   the database cannot be asked.
    static func open(
        _ configuration: ServerConfiguration, environment: [String: String], version: String, logger: Logger
    ) async throws -> ClusterParts? {
        guard let roles = configuration.cluster.roles else { return nil }
        let directory = DataDirectory(path: configuration.dataDirectory)
        let name = configuration.cluster.name ?? HostName.current() ?? "unnamed"
        let node = ClusterNode(id: try NodeFile.id(in: directory), name: name, roles: roles, version: version)
        #if PostgreSQL
            let store = try await PostgresCluster.open(
                try CatalogOpening.postgres(configuration.catalog, environment))
            let (bus, queue, cache) = try carriers(store, configuration.cluster, environment)
            var settings = ClusterKeeperSettings()
            settings.leaseSeconds = Double(configuration.cluster.leaseSeconds)
            let keeper = ClusterKeeper(node, ledger: store.ledger, settings: settings, report: { logger.note($0) })
            return ClusterParts(
                keeper: keeper, wire: ClusterWire(bus, node: node.id, logger: logger), queue: queue, cache: cache
            ) {
                await bus.close()
                await queue.close()
                await store.close()
            }
        #else
            throw ConfigurationError([
                .init(
                    key: "cluster.roles", detail: "this program was built without PostgreSQL, on which a cluster agrees"
                )
            ])
        #endif
    }

    #if PostgreSQL
        private static func carriers(
            _ store: PostgresCluster, _ settings: ClusterSettings, _ environment: [String: String]
        ) throws -> (any EventBus, any WorkQueue, (any SharedCache)?) {
            guard let url = settings.redisURL else { return (store.bus, store.queue, nil) }
            #if Redis
                let password = try Passwords.read(
                    environment[redisPasswordVariable], file: settings.redisPasswordFile, key: "redis.password_file")
                let redis = RedisConfiguration(url: url, password: password)
                do throws(ClusterError) {
                    return (
                        FallbackBus(first: try RedisBus(redis), second: store.bus),
                        FallbackQueue(first: try RedisQueue(redis), second: store.queue), try RedisCache(redis)
                    )
                } catch {
                    throw ConfigurationError([.init(key: "redis.url", detail: error.message)])
                }
            #else
                throw ConfigurationError([.init(key: "redis.url", detail: "this program was built without Redis")])
            #endif
        }
    #endif
}

/// The identity of a data directory within a cluster.
enum NodeFile {
    private static let octetsMax = 64

    /// The id in the file `node.id`; makes one where there is none.
    static func id(in directory: DataDirectory) throws -> NodeID {
        let path = directory.path + "/node.id"
        if let text = try? SmallFile.text(of: path, octetsMax: octetsMax) {
            let trimmed = text.split(whereSeparator: \.isWhitespace).joined()
            if let id = NodeID(trimmed) { return id }
            throw DataDirectoryError(
                message: "\(path) holds no id of a process; remove it, and this process is a new one to the cluster")
        }
        let id = NodeID.random()
        do {
            try SmallFile.make(path, "\(id)\n")
        } catch {
            throw DataDirectoryError(message: "\(error); change the owner of the data directory")
        }
        return id
    }
}

extension Logger {
    /// Tells what a keeper reports.
    fileprivate func note(_ report: ClusterKeeper.Report) {
        switch report {
        case .ledgerSilent(let reason):
            warning("PostgreSQL cannot be asked who does what; all goes on as it is: \(reason)")
        case .ledgerAnswers: info("PostgreSQL answers again who does what")
        case .leftUntold(let reason):
            warning("the cluster was not told that this process ends; its shards pass on by themselves: \(reason)")
        }
    }
}
