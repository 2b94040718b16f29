#if PostgreSQL
    import Catalog
    public import Cluster

    /// What the processes of a cluster share, in the database of their catalog: who holds what, work, news.
    ///
    /// Holds at most four connections for calls beside those of the catalog, and one more that hears what others publish
    /// or put, once something listens or waits. Each call ends within about 12 s, also where the server is frozen.
    public final class PostgresCluster: Sendable {
        /// Who lives and who holds what.
        public let ledger: PostgresLedger
        /// Work that some process is to do.
        public let queue: PostgresQueue
        /// News from process to process.
        public let bus: PostgresBus
        private let store: ClusterStore
        private let ear: ClusterEar

        private init(_ settings: ConnectionSettings, _ limits: ClusterLimits) {
            let audience = BusAudience()
            let wakes = QueueWakes()
            store = ClusterStore(settings, limits)
            ear = ClusterEar(settings, limits, audience: audience, wakes: wakes)
            ledger = PostgresLedger(store)
            queue = PostgresQueue(store, ear: ear, wakes: wakes, lookSeconds: limits.lookSeconds)
            bus = PostgresBus(store, ear: ear, audience: audience, limits: limits)
        }

        /// Connects to the database of a catalog, whose `open` made the tables.
        ///
        /// Of the configuration the URL and the password count; the limits are the cluster's own. Throws `unavailable`
        /// where the server cannot be reached, `refused` where the tables are not this program's.
        public static func open(_ configuration: PostgresConfiguration) async throws(ClusterError) -> PostgresCluster {
            try await open(configuration, limits: ClusterLimits())
        }

        static func open(
            _ configuration: PostgresConfiguration, limits: ClusterLimits
        ) async throws(ClusterError) -> PostgresCluster {
            do {
                let settings = try ConnectionSettings(
                    url: configuration.url, password: configuration.password, defaults: ClusterLimits.settings)
                let cluster = PostgresCluster(settings, limits)
                do {
                    try await cluster.store.pool.withConnection { try await SchemaMigrator.current.verify($0) }
                } catch {
                    await cluster.close()
                    throw error
                }
                return cluster
            } catch {
                throw clusterError(error, "joining the cluster")
            }
        }

        /// Ends all streams, waits and connections; calls after it throw `closed`.
        public func close() async {
            await bus.close()
            await queue.close()
            await ear.close()
            await store.pool.close()
        }
    }
#endif
