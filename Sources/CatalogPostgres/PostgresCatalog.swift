#if PostgreSQL
    public import Catalog
    import CatalogRows
    import Cluster
    import Inventory
    import Synchronization

    /// The catalog in a PostgreSQL database, shared by any number of programs on any number of machines.
    ///
    /// What is returned is durable. A change that depends on what is stored sees one state of it (REPEATABLE READ); it is
    /// run again where another writer was faster, at most ten times. Writers of one device take turns, those of several
    /// do not wait for each other.
    public final class PostgresCatalog: Catalog {
        /// Where it is, without secrets: `wardflux@db1:5432/wardflux`.
        public let target: String
        private let pool: ConnectionPool
        private let isClosed = Atomic<Bool>(false)
        /// Under which duty the evaluator's rows are written; nil where there is no cluster.
        let alertFence = Mutex<(@Sendable () -> ClusterFence?)?>(nil)

        private init(target: String, pool: ConnectionPool) {
            self.target = target
            self.pool = pool
        }

        /// Connects to the database and brings its schema up to date where needed.
        ///
        /// The database must exist. Throws `unavailable` where it cannot be reached or refuses the user, `schemaTooNew`
        /// where a newer program wrote its schema, `busy` where another one is at it for too long.
        public static func open(_ configuration: PostgresConfiguration) async throws(CatalogError) -> PostgresCatalog {
            var operation = "opening the PostgreSQL catalog"
            do {
                let settings = try ConnectionSettings(url: configuration.url, password: configuration.password)
                operation += " \(settings.target)"
                let pool = ConnectionPool(
                    settings, timeouts: configuration.timeouts,
                    most: max(1, min(200, configuration.maximumConnections)),
                    waitSeconds: max(0.01, min(600, configuration.waitSeconds)))
                let catalog = PostgresCatalog(target: settings.target, pool: pool)
                do {
                    try await pool.withConnection { try await SchemaMigrator.current.migrate($0) }
                } catch {
                    await pool.close()
                    throw error
                }
                return catalog
            } catch {
                throw catalogError(error, operation: operation)
            }
        }

        /// Reads the schema's version; throws what is wrong.
        public func check() async throws(CatalogError) {
            try await on("checking the catalog \(target)") { connection in
                try await SchemaMigrator.current.verify(connection)
            }
        }

        /// Ends all connections; what is under way fails.
        public func close() async throws(CatalogError) {
            guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
            await pool.close()
        }

        /// Runs `body` with a connection of its own, for what is no call of a catalog: LISTEN, locks of a session.
        ///
        /// It counts as one of the connections, and goes back when `body` ends; a transaction that is left open, or a
        /// lock, ends with it.
        public func withConnection<Outcome: Sendable>(
            _ operation: String, _ body: (PostgresConnection) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            try await on(operation) { connection in
                do {
                    let outcome = try await body(connection)
                    await connection.close()
                    return outcome
                } catch {
                    await connection.close()
                    throw error
                }
            }
        }

        /// How many connections there are.
        var connections: Int { pool.count }

        // MARK: transactions

        /// Runs single statements, each for itself.
        func with<Outcome: Sendable>(
            _ operation: String, _ body: (Session) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            try await on(operation) { connection in try await body(Session(connection)) }
        }

        /// Runs reads that see one state of the store.
        func read<Outcome: Sendable>(
            _ operation: String, _ body: (Session) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            try await on(operation) { connection in
                let begin = Statement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                return try await Self.transaction(connection, [.statement(begin)], body)
            }
        }

        /// Runs a change that sees one state of the store; nothing of it stays where it throws or its task is cancelled.
        ///
        /// - Parameter locks: what is taken first, for each attempt from 1.
        func change<Outcome: Sendable>(
            _ operation: String, locks: (_ attempt: Int) -> [AdvisoryLock] = { _ in [] },
            _ body: (Session) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            do {
                var attempt = 1
                while true {
                    do {
                        return try await attemptChange(locks(attempt), body)
                    } catch let failure as PostgresFailure where failure.isTransient && attempt < Self.attempts {
                        try await Task.sleep(for: .milliseconds(Int.random(in: 0...(attempt * 5))))
                        attempt += 1
                    }
                }
            } catch {
                throw catalogError(error, operation: operation)
            }
        }

        private static let attempts = 10

        private func attemptChange<Outcome: Sendable>(
            _ locks: [AdvisoryLock], _ body: (Session) async throws -> Outcome
        ) async throws -> Outcome {
            var opening: [Step] = locks.map { .statement($0.statement) }
            if !locks.isEmpty { opening.append(.sync) }
            opening.append(.statement(Statement("BEGIN ISOLATION LEVEL REPEATABLE READ")))
            return try await pool.withConnection { connection in
                try await Self.transaction(connection, opening, body)
            }
        }

        private static func transaction<Outcome: Sendable>(
            _ connection: PostgresConnection, _ opening: [Step], _ body: (Session) async throws -> Outcome
        ) async throws -> Outcome {
            do {
                let session = Session(connection, opening: opening)
                let outcome = try await body(session)
                try Task.checkCancellation()
                try await session.commit()
                return outcome
            } catch {
                await connection.tidy()
                throw error
            }
        }

        /// Runs `body` with a connection; every failure becomes the catalog's own.
        private func on<Outcome: Sendable>(
            _ operation: String, _ body: (PostgresConnection) async throws -> Outcome
        ) async throws(CatalogError) -> Outcome {
            do {
                return try await pool.withConnection { connection in
                    do {
                        return try await body(connection)
                    } catch {
                        if await !connection.isClean { await connection.tidy() }
                        throw error
                    }
                }
            } catch {
                throw catalogError(error, operation: operation)
            }
        }
    }
#endif
