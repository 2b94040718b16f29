#if PostgreSQL
    import Catalog
    import CatalogRows

    /// One step of the schema: named, numbered by its place, never edited once released.
    struct SchemaMigration: Sendable {
        /// What it brings, as recorded in `wardflux_schema`.
        var name: String
        /// Its statements, run in order.
        var statements: [String]
    }

    /// Brings a database to the schema of this program, forward only.
    ///
    /// The table `wardflux_schema` (version, name, applied_at) tells operators and other programs where it stands. Of
    /// several programs that start at once one applies what is missing, the others wait for it.
    struct SchemaMigrator: Sendable {
        /// All steps, the oldest first; a step's version is its place, from 1.
        var migrations: [SchemaMigration]

        /// The schema of this program.
        static let current = SchemaMigrator(migrations: [
            SchemaMigration(
                name: "catalog",
                statements: InventoryTables.statements + OperationsTables.statements + TrafficTables.statements
                    + TopologyTables.statements + AlertTables.statements + Triggers.statements),
            SchemaMigration(name: "cluster", statements: ClusterTables.statements),
        ])

        /// Applies what is missing, each step in a transaction of its own.
        func migrate(_ connection: PostgresConnection) async throws {
            guard try await pending(connection) else { return }
            _ = try await connection.one(AdvisoryLock.take(AdvisoryLock.migration).statement)
            do {
                if let schema = connection.settings.schema {
                    try await connection.once("CREATE SCHEMA IF NOT EXISTS \"\(schema)\"")
                }
                try await apply(connection)
            } catch {
                await connection.tidy()
                throw error
            }
            await connection.tidy()
        }

        /// Throws where the schema is not exactly this program's.
        func verify(_ connection: PostgresConnection) async throws {
            if try await pending(connection) {
                throw CatalogError(
                    .unavailable, operation: "checking the schema",
                    message: "the schema is older than this program; close the catalog and open it again")
            }
        }

        private func pending(_ connection: PostgresConnection) async throws -> Bool {
            let applied = try await appliedNames(connection)
            for (position, name) in applied.enumerated() {
                guard position < migrations.count, migrations[position].name == name else {
                    throw CatalogError(
                        .schemaTooNew, operation: "checking the schema",
                        message:
                            "step \(position + 1) of its schema ('\(name)') is unknown here: a newer wardflux wrote it;"
                            + " use that version, or restore the backup made before the update")
                }
            }
            return applied.count < migrations.count
        }

        private func apply(_ connection: PostgresConnection) async throws {
            // Read again: another program may have applied them between the first look and the lock.
            guard try await pending(connection) else { return }
            let done = try await appliedNames(connection).count
            for (position, migration) in migrations.enumerated().dropFirst(done) {
                var statements = ["BEGIN", Self.pathSQL, Self.tableSQL] + migration.statements
                statements += [
                    """
                    INSERT INTO wardflux_schema (version, name, applied_at)
                    VALUES (\(position + 1), '\(migration.name)', \(Triggers.now))
                    """, "COMMIT",
                ]
                _ = try await connection.run(statements.map { .statement(.once($0)) } + [.sync])
            }
        }

        /// Triggers keep the path they were made with: it must be the schema's own, not whoever's it is, and nobody's
        /// temporary tables may stand in for its tables.
        private static let pathSQL = """
            SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)
            """
        private static let tableSQL = """
            CREATE TABLE IF NOT EXISTS wardflux_schema (
              version BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL UNIQUE, applied_at TIMESTAMPTZ NOT NULL
            )
            """

        private func appliedNames(_ connection: PostgresConnection) async throws -> [String] {
            let isMade = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('wardflux_schema')"
            guard try await connection.one(Statement(isMade)).number > 0 else { return [] }
            let found = try await connection.one(Statement("SELECT name FROM wardflux_schema ORDER BY version"))
            var names: [String] = []
            try found.forEach { names.append($0.requiredText()) }
            return names
        }
    }
#endif
