import Catalog
import CatalogPostgres
import CatalogSQLite
import Inventory

/// Opens the catalog that the configuration names.
enum CatalogOpening {
    private static let passwordOctetsMax = 4_096
    static let passwordVariable = "WARDFLUX_CATALOG_PASSWORD"

    /// The catalog, its schema up to date.
    ///
    /// - Throws: `ConfigurationError` where the password cannot be read, or this program has no PostgreSQL;
    ///   `CatalogError` where the catalog cannot be opened.
    static func open(
        _ configuration: ServerConfiguration, environment: [String: String]
    ) async throws -> any Catalog {
        guard let url = configuration.catalog.url else {
            return try SQLiteCatalog.open(path: DataDirectory(path: configuration.dataDirectory).catalogPath)
        }
        return try await database(url, configuration.catalog, environment: environment)
    }

    #if PostgreSQL
        /// The catalog in a database.
        static func database(
            _ url: Secret, _ settings: CatalogSettings, environment: [String: String]
        ) async throws -> PostgresCatalog {
            var configuration = PostgresConfiguration(url: url, password: try password(settings, environment))
            configuration.maximumConnections = settings.connections
            return try await PostgresCatalog.open(configuration)
        }

        private static func password(_ settings: CatalogSettings, _ environment: [String: String]) throws -> Secret? {
            if let given = environment[passwordVariable], !given.isEmpty { return Secret(given) }
            guard let path = settings.passwordFile else { return nil }
            do {
                let text = try SmallFile.text(of: path, octetsMax: passwordOctetsMax)
                return Secret(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            } catch {
                throw ConfigurationError([
                    .init(key: "catalog.password_file", value: path, detail: error.description)
                ])
            }
        }
    #else
        private static func database(
            _ url: Secret, _ settings: CatalogSettings, environment: [String: String]
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
        guard let url = configuration.catalog.url else {
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
            let target = try await CatalogOpening.database(url, configuration.catalog, environment: environment)
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
