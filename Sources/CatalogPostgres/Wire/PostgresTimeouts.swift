#if PostgreSQL
    /// How long a connection waits for what.
    struct PostgresTimeouts: Sendable {
        /// Seconds to make a connection.
        var connectSeconds = 10.0
        /// Seconds a statement may run; the server stops it then.
        var statementSeconds = 60.0
        /// Seconds a statement waits for a lock of another session.
        var lockSeconds = 5.0
        /// Seconds a transaction may stand idle before the server ends its session.
        var idleSeconds = 60.0
        /// Statements the server keeps prepared for a connection.
        var keptStatements = 300
        /// Seconds that an answer may come later than a statement may run.
        var graceSeconds = 5.0

        /// Seconds without any answer after which the connection is given up: longer than a statement may run.
        var answerSeconds: Double { statementSeconds + graceSeconds }
    }

    extension PostgresConnection {
        /// Sets what every session has, in one round trip.
        func prepareSession() async throws {
            var words = [
                "SET TIME ZONE 'UTC'", "SET DateStyle = ISO", "SET jit = off", "SET extra_float_digits = 1",
                "SET statement_timeout = \(Int(timeouts.statementSeconds * 1000))",
                "SET lock_timeout = \(Int(timeouts.lockSeconds * 1000))",
                "SET idle_in_transaction_session_timeout = \(Int(timeouts.idleSeconds * 1000))",
                // A server may be told to answer before a commit is on its disk; a return here promises that it is.
                """
                SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
                """,
            ]
            if let schema = settings.schema { words.append("SET search_path = \"\(schema)\"") }
            _ = try await exchange(words.map { .statement(.once($0)) } + [.sync])
        }
    }
#endif
