#if Redis
    public import Cluster

    /// A cache in Redis; where that is away, or slow, it keeps nothing.
    public final class RedisCache: SharedCache {
        /// Octets of a value that is kept: 8 MiB.
        public static let octetsMax = 8 << 20

        private let link: RedisLink
        private let prefix: String

        /// A cache that connects when it is used; throws `refused` for a URL that cannot be used.
        public init(_ configuration: RedisConfiguration) throws(ClusterError) {
            link = try configuration.link(hurry: true)
            prefix = configuration.prefix
        }

        /// What is kept; nil where nothing is, or Redis is away.
        public func value(of key: String) async -> [UInt8]? {
            try? await link.call(RedisCommand("GET", name(key))).octets
        }

        /// Keeps a value of at most `octetsMax` octets; for at least a millisecond.
        public func keep(_ value: [UInt8], as key: String, seconds: Double) async {
            guard value.count <= Self.octetsMax, seconds > 0 else { return }
            _ = try? await link.call(RedisCommand("SET", name(key), value, "PX", seconds.inMilliseconds))
        }

        /// Ends the connection; nothing is kept after it.
        public func close() async { await link.close() }

        private func name(_ key: String) -> String { "\(prefix):{cache}:\(key)" }
    }

    extension Double {
        /// Seconds that can be counted: from 0 to a year; 0 for what is no number.
        var asSeconds: Double { isNaN ? 0 : Swift.max(0, Swift.min(self, 31_536_000)) }

        /// The same as whole milliseconds, rounded up.
        var inMilliseconds: Int { Int((asSeconds * 1000).rounded(.up)) }
    }
#endif
