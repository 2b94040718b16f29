#if PostgreSQL
    public import Inventory

    /// How a PostgreSQL catalog is reached and used; every setting but the URL has a default.
    public struct PostgresConfiguration: Sendable {
        /// `postgresql://user@host:5432/database`, with libpq's options behind `?`; secret, as it may hold a password.
        ///
        /// `schema` among the options names the schema of the tables (else the first of the server's search path);
        /// `sslmode=verify-full` is recommended beyond one's own machine. A password is better kept apart: in
        /// `password`, in the file that the option `passfile` names, or in PGPASSFILE.
        public var url: Secret
        /// The password; nil where the URL, a file or the environment has it, or none is needed.
        public var password: Secret?
        /// Connections at the same time; 1 to 200.
        public var maximumConnections: Int = 8
        /// Seconds a call waits for a connection before it throws `busy`; 0.01 to 600.
        public var waitSeconds: Double = 10
        /// Seconds to make a connection; 0.1 to 600.
        public var connectSeconds: Double = 10
        /// Seconds a statement may run; 0.1 to 3600.
        public var statementSeconds: Double = 60
        /// Seconds a call waits for another writer of the same rows before it throws `busy`; 0.01 to 600.
        public var lockSeconds: Double = 10

        /// Seconds that an answer may come later than a statement may run, before the connection is given up.
        var graceSeconds: Double = 5

        /// The defaults.
        public init(url: Secret, password: Secret? = nil) {
            self.url = url
            self.password = password
        }

        var timeouts: PostgresTimeouts {
            var timeouts = PostgresTimeouts()
            timeouts.connectSeconds = max(0.1, min(600, connectSeconds))
            timeouts.statementSeconds = max(0.1, min(3600, statementSeconds))
            timeouts.lockSeconds = max(0.01, min(600, lockSeconds))
            timeouts.graceSeconds = graceSeconds
            return timeouts
        }
    }
#endif
