#if Redis
    public import Cluster
    public import Inventory

    /// How a Redis server is reached; every setting but the URL has a default.
    ///
    /// Redis 5 or later, one server (or a primary behind one address), not Redis Cluster. For the queue it should keep what it
    /// is given (`appendonly yes`) and never throw keys away (`maxmemory-policy noeviction`).
    public struct RedisConfiguration: Sendable {
        /// `redis://user:password@host:6379/0` or `unix:///run/redis/redis.sock?db=0`; secret, as it may hold a password.
        ///
        /// User, password, port and database may be left out; `%40` and the like stand for characters that mean something in
        /// a URL. TLS (`rediss://`) is not supported.
        public var url: Secret
        /// The password; nil where the URL has it, or none is needed.
        public var password: Secret?
        /// What all keys begin with, so that several clusters can share a server.
        public var prefix = "wardflux"
        /// Seconds to make a connection; 0.1 to 60.
        public var connectSeconds: Double = 2
        /// Seconds until an answer has to come; 0.1 to 60.
        public var answerSeconds: Double = 3
        /// Messages that a topic of the bus keeps for listeners that were away for a moment, about; 100 to 1,000,000.
        public var topicLength = 20_000

        /// The defaults.
        public init(url: Secret, password: Secret? = nil) {
            self.url = url
            self.password = password
        }

        /// Throws `refused` where the URL cannot be used, saying what to write; never with its secrets.
        public func check() throws(ClusterError) {
            _ = try settings
        }

        var settings: RedisSettings {
            get throws(ClusterError) {
                do throws(RedisSettings.Wrong) {
                    return try RedisSettings(url: url, password: password)
                } catch {
                    throw ClusterError(.refused, "Redis cannot be used: \(error.message)")
                }
            }
        }

        var timeouts: RedisTimeouts {
            RedisTimeouts(
                connectSeconds: max(0.1, min(60, connectSeconds)), answerSeconds: max(0.1, min(60, answerSeconds)))
        }

        /// A connection of its own; `hurry` where whoever asks can do without an answer.
        func link(hurry: Bool = false) throws(ClusterError) -> RedisLink {
            var timeouts = timeouts
            if hurry {
                timeouts.connectSeconds = min(timeouts.connectSeconds, 0.5)
                timeouts.answerSeconds = min(timeouts.answerSeconds, 0.5)
                timeouts.circuitSeconds = 10
            }
            return RedisLink(try settings, timeouts)
        }
    }

    /// How long a connection waits for what, and for how many.
    struct RedisTimeouts: Sendable {
        /// Seconds to make a connection.
        var connectSeconds = 2.0
        /// Seconds until an answer has to come.
        var answerSeconds = 3.0
        /// Seconds for which calls fail at once after a connection could not be made.
        var circuitSeconds = 1.0
        /// Calls at the same time.
        var callsMax = 10_000
    }
#endif
