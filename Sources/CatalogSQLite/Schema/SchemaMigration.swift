import Catalog
import GRDB

/// One step of the schema: named, numbered by its place, never edited once released.
struct SchemaMigration: Sendable {
    /// What it brings, as recorded in `wardflux_schema`.
    var name: String
    /// Its statements, run in order.
    var statements: [String]
}

/// Brings a store to the schema of this program, forward only.
///
/// The table `wardflux_schema` (version, name, applied_at) tells operators and other programs where a store stands.
struct SchemaMigrator: Sendable {
    /// All steps, the oldest first; a step's version is its place, from 1.
    var migrations: [SchemaMigration]

    /// The schema of this program.
    static let current = SchemaMigrator(migrations: [
        SchemaMigration(name: "inventory", statements: InventorySchema.statements),
        SchemaMigration(name: "operations", statements: OperationsSchema.statements),
        SchemaMigration(name: "observations", statements: ObservationsSchema.statements),
        SchemaMigration(name: "agents", statements: AgentsSchema.statements),
        SchemaMigration(name: "removals", statements: RemovalsSchema.statements),
        SchemaMigration(name: "topology", statements: TopologySchema.statements),
        SchemaMigration(name: "anomalies", statements: AnomaliesSchema.statements),
        SchemaMigration(name: "alerts", statements: AlertsSchema.statements),
        SchemaMigration(name: "duplex", statements: DuplexSchema.statements),
    ])

    /// Applies what is missing, all of it in one transaction, so that two programs may start at once.
    func migrate(_ store: any DatabaseWriter) throws {
        try store.writeWithoutTransaction { db in
            guard try pending(db) else { return }
            // Steps may rebuild a table that others refer to; references are checked as a whole before the commit.
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
            try db.inTransaction(.immediate) {
                try apply(db)
                try db.checkForeignKeys()
                return .commit
            }
        }
    }

    /// Throws where the store's schema is not exactly this program's.
    func verify(_ db: Database) throws {
        if try pending(db) {
            throw CatalogError(
                .unavailable, operation: "checking the schema",
                message: "the schema is older than this program; close the catalog and open it again")
        }
    }

    private func pending(_ db: Database) throws -> Bool {
        let applied = try appliedNames(db)
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

    private func apply(_ db: Database) throws {
        // Read again: another process may have applied them between the first look and the transaction.
        guard try pending(db) else { return }
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS wardflux_schema (
                  version INTEGER PRIMARY KEY NOT NULL,
                  name TEXT NOT NULL UNIQUE,
                  applied_at TEXT NOT NULL
                ) STRICT
                """)
        for (position, migration) in migrations.enumerated().dropFirst(try appliedNames(db).count) {
            for statement in migration.statements { try db.execute(sql: statement) }
            try db.execute(
                sql: "INSERT INTO wardflux_schema (version, name, applied_at) VALUES (?, ?, \(SQLText.now))",
                arguments: [position + 1, migration.name])
        }
    }

    private func appliedNames(_ db: Database) throws -> [String] {
        let isMade = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'wardflux_schema')"
        guard try Bool.fetchOne(db, sql: isMade) ?? false else { return [] }
        return try String.fetchAll(db, sql: "SELECT name FROM wardflux_schema ORDER BY version")
    }
}
