import ArgumentParser
import Catalog
import Server

/// `wardflux catalog`.
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Move the catalog from a file into a PostgreSQL database.",
        subcommands: [Migrate.self])

    /// `wardflux catalog migrate`.
    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the whole catalog into an empty database, and compare each row with its original.",
            discussion: """
                The database is the one of catalog.url; with that key the server works on it from its next start. No server \
                may work on the data directory meanwhile. All of it is one transaction: the copy is there as a whole or not \
                at all. The file stays as it is.
                """)

        /// What catalogs are kept in.
        enum Store: String, ExpressibleByArgument, CaseIterable, Sendable {
            case sqlite
            case postgres
        }

        @Option(name: .long, help: "What it is copied from: sqlite.")
        var from = Store.sqlite

        @Option(name: .long, help: "What it is copied to: postgres.")
        var to = Store.postgres

        @OptionGroup var data: DataOptions

        mutating func validate() throws {
            guard from == .sqlite, to == .postgres else {
                throw ValidationError("only --from sqlite --to postgres is there; the other ways are not.")
            }
        }

        func run() async throws {
            let console = Console.current
            let configuration = try data.configuration(mustExist: true)
            let counts = try await CatalogMigration.run(configuration, environment: console.environment) {
                table, rows in
                if rows > 0 { console.line("\(table): \(Units.count(Int64(rows), "row"))") }
            }
            let rows = counts.reduce(0) { $0 + $1.rows }
            console.line("\(Units.count(Int64(rows), "row")) copied and compared.")
        }
    }
}
