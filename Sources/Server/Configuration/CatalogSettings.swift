public import Inventory

/// Where the catalog is: a file of the data directory, or a PostgreSQL database.
public struct CatalogSettings: Sendable, Hashable {
    /// The database's address; nil for the file.
    ///
    /// `postgresql://user@host:5432/database`. It may hold a password, so it is shown nowhere.
    public var url: Secret?
    /// A file with the password; nil where the URL, the environment or no one has it.
    public var passwordFile: String?
    /// Connections to the database at the same time.
    public var connections = 8

    /// The file.
    public init() {}
}

extension ServerConfiguration {
    /// Reads where the catalog is.
    mutating func readCatalog(_ fields: inout SettingReader) {
        fields.value(
            "catalog.url", "an address such as postgresql://ward_admin@db1:5432/ward_ops?sslmode=verify-full",
            isSecret: true
        ) {
            $0.hasPrefix("postgresql://") || $0.hasPrefix("postgres://") ? Secret($0) : nil
        } set: {
            catalog.url = $0
        }
        fields.text("catalog.password_file") { catalog.passwordFile = $0 }
        fields.integer("catalog.connections", 1...200) { catalog.connections = $0 }
    }
}

extension ConfigurationKey {
    static let catalog = [
        ConfigurationKey(
            "catalog.url", "postgresql:// address", "none",
            "The PostgreSQL database with the catalog; without it the catalog is a file of the data directory."),
        ConfigurationKey(
            "catalog.password_file", "path", "none",
            "A file with the password of that database's user; `WARDFLUX_CATALOG_PASSWORD` goes before it."),
        ConfigurationKey("catalog.connections", "1 to 200", "`8`", "Connections to that database at the same time."),
    ]
}
