import Catalog
import CatalogPostgres
import CatalogSQLite
import Inventory

/// Opens the catalog that the configuration names.
enum CatalogOpening {
    static let passwordVariable = "WARDFLUX_CATALOG_PASSWORD"

    /// The catalog, its schema up to date.
    ///
    /// - Throws: `ConfigurationError` where the password cannot be read, or this program has no PostgreSQL;
    ///   `CatalogError` where the catalog cannot be opened.
    static func open(
        _ configuration: ServerConfiguration, environment: [String: String]
    ) async throws -> any Catalog {
        guard configuration.catalog.url != nil else {
            return try SQLiteCatalog.open(path: DataDirectory(path: configuration.dataDirectory).catalogPath)
        }
        return try await database(configuration.catalog, environment: environment)
    }

    #if PostgreSQL
        /// The catalog in a database.
        static func database(
            _ settings: CatalogSettings, environment: [String: String]
        ) async throws -> PostgresCatalog {
            try await PostgresCatalog.open(try postgres(settings, environment))
        }

        /// How the database is reached; throws where no address is set, or the password cannot be read.
        static func postgres(
            _ settings: CatalogSettings, _ environment: [String: String]
        ) throws(ConfigurationError) -> PostgresConfiguration {
            guard let url = settings.url else {
                throw ConfigurationError([.init(key: "catalog.url", detail: "name the database")])
            }
            let password = try Passwords.read(
                environment[passwordVariable], file: settings.passwordFile, key: "catalog.password_file")
            var configuration = PostgresConfiguration(url: url, password: password)
            configuration.maximumConnections = settings.connections
            return configuration
        }
    #else
        private static func database(
            _ settings: CatalogSettings, environment: [String: String]
        ) async throws -> any Catalog {
            throw ConfigurationError([
                .init(
                    key: "catalog.url", value: nil,
                    detail: "this program was built without PostgreSQL; build it with the package trait PostgreSQL")
            ])
        }
    #endif
}

/// Moves what a data directory's catalog holds into a PostgreSQL database.
public enum CatalogMigration {
    /// Copies all rows into the empty database that `catalog.url` names, in one transaction, each row verified.
    ///
    /// - Parameter onTable: is told each table and its rows when they are written.
    /// - Returns: how many rows of each table were copied, in the order of copying.
    /// - Throws: `ConfigurationError` where no database is named; `CatalogError` where it is not empty or a row differs; then
    ///   nothing is copied. `DataDirectoryError` where a server works on the data directory.
    public static func run(
        _ configuration: ServerConfiguration, environment: [String: String],
        onTable: @escaping @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }
    ) async throws -> [(table: String, rows: Int)] {
        guard configuration.catalog.url != nil else {
            throw ConfigurationError([
                .init(
                    key: "catalog.url", value: nil,
                    detail: "name the database to move to: postgresql://ward_admin@db1:5432/ward_ops")
            ])
        }
        #if PostgreSQL
            let directory = DataDirectory(path: configuration.dataDirectory)
            let lock = try directory.lock()
            defer { withExtendedLifetime(lock) {} }
            let source = try SQLiteCatalog.open(path: directory.catalogPath)
            let target = try await CatalogOpening.database(configuration.catalog, environment: environment)
            let counts = try await target.copyRows(from: source, onTable: onTable)
            try await target.close()
            try await source.close()
            return counts
        #else
            _ = try await CatalogOpening.open(configuration, environment: environment)
            return []
        #endif
    }
}
