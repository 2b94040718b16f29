#if PostgreSQL
    import Catalog
    import Glibc
    import Inventory
    import Testing

    @testable import CatalogPostgres

    /// Why tests with a server are left out; under CI they must run.
    let serverIsMissing: Comment = "no PostgreSQL server: install the package postgresql"
    let hasServer = RealPostgres.programs != nil || getenv("CI") != nil

    /// A schema of its own on the shared server, for one test.
    struct PostgresTrial {
        let server: RealPostgres
        let schema: String

        init(on server: RealPostgres? = nil) throws {
            self.server = try server ?? RealPostgres.sharedServer()
            schema = "t" + DeviceID.random().description.filter { $0 != "-" }
        }

        /// Runs a test with a schema of its own, some at a time.
        static func run(_ body: (PostgresTrial) async throws -> Void) async throws {
            await Gate.shared.enter()
            do {
                try await body(try PostgresTrial())
                await Gate.shared.leave()
            } catch {
                await Gate.shared.leave()
                throw error
            }
        }

        /// How the schema is reached; patient, as a test may have to wait for its turn on a busy machine.
        func configuration(_ change: (inout PostgresConfiguration) -> Void = { _ in }) -> PostgresConfiguration {
            var configuration = PostgresConfiguration(
                url: server.url(schema: schema), password: Secret(RealPostgres.password))
            configuration.connectSeconds = 300
            configuration.statementSeconds = 300
            configuration.waitSeconds = 300
            configuration.lockSeconds = 120
            change(&configuration)
            return configuration
        }

        /// Opens the catalog of the schema.
        func open(_ change: (inout PostgresConfiguration) -> Void = { _ in }) async throws -> PostgresCatalog {
            try await PostgresCatalog.open(configuration(change))
        }

        /// Does it again while the server seems not to answer, which it may be too busy for.
        func patiently<Outcome: Sendable>(_ body: () async throws -> Outcome) async throws -> Outcome {
            for _ in 0..<100 {
                do {
                    return try await body()
                } catch let error as CatalogError where error.code == .unavailable {
                    continue
                }
            }
            return try await body()
        }

        /// A connection beside the catalog, as an operator has one.
        func connect() async throws -> PostgresConnection {
            let configuration = configuration()
            let settings = try ConnectionSettings(url: configuration.url, password: configuration.password)
            return try await PostgresConnection.connect(settings, timeouts: configuration.timeouts)
        }
    }

    extension PostgresConnection {
        /// Runs plain SQL; gives its rows as text.
        @discardableResult
        func query(_ sql: String) async throws -> [[String?]] {
            var statement = Statement.once(sql)
            statement.asText = true
            return try await one(statement).texts
        }
    }
#endif
