#if PostgreSQL
    /// How long the parts of a cluster wait for what.
    ///
    /// All of it is short compared to a lease of 20 s that is prolonged every 5 s: a process that cannot reach the server
    /// must know it before others take what it holds.
    struct ClusterLimits: Sendable {
        /// Connections for calls; one more hears what others publish.
        var connections = 4
        /// Seconds a call waits for one of them.
        var waitSeconds = 3.0
        /// Seconds to make a connection.
        var connectSeconds = 4.0
        /// Seconds a statement may run.
        var statementSeconds = 4.0
        /// Seconds that an answer may come later than a statement may run.
        var graceSeconds = 1.0
        /// Seconds between two looks at what no notification told of.
        var lookSeconds = 1.0
        /// Seconds within which a message may be seen after others that have larger numbers.
        var lateSeconds = 10.0
        /// Seconds that messages are kept.
        var keptSeconds = 120.0
        /// Seconds between two removals of old messages by one process.
        var cleaningSeconds = 30.0
        /// Seconds before a lost connection is made again, at first and at most.
        var pauseSeconds = 0.1...5.0

        /// What libpq is told where the URL says nothing.
        static let settings = ["application_name": "wardflux cluster", "tcp_user_timeout": "5000"]

        var timeouts: PostgresTimeouts {
            var timeouts = PostgresTimeouts()
            timeouts.connectSeconds = connectSeconds
            timeouts.statementSeconds = statementSeconds
            timeouts.lockSeconds = statementSeconds
            timeouts.idleSeconds = statementSeconds
            timeouts.graceSeconds = graceSeconds
            return timeouts
        }
    }
#endif
