import ArgumentParser
import Catalog
import Inventory
import Jobs
import Server
import Vault

/// `wardflux tokens`.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Access tokens of the API; they are made on the data directory, never over the network.",
        subcommands: [Create.self, List.self, Revoke.self],
        defaultSubcommand: List.self)

    /// `wardflux tokens create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. It is shown this once; only its hash is stored.")

        @Argument(help: "What it is for, such as the program that will use it.")
        var name: String

        @OptionGroup var data: DataOptions

        mutating func validate() throws {
            if name.isEmpty || name.utf8.count > 200 { throw ValidationError("A name has 1 to 200 bytes.") }
        }

        func run() async throws {
            let configuration = try data.configuration()
            let secret = AccessTokenSecret.make()
            let token = AccessToken(name: name, hash: secret.hash, createdAt: SystemWallClock().now)
            try await TokenStore.with(configuration) { try await $0.saveAccessToken(token) }
            let console = Console.current
            console.errorLine("Keep it now; it cannot be shown again. Send it as `Authorization: Bearer TOKEN`.")
            console.line(secret.text.reveal())
        }
    }

    /// `wardflux tokens list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The tokens, revoked ones too; never their text.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var data: DataOptions

        func run() async throws {
            let configuration = try data.configuration(mustExist: true)
            let tokens = try await TokenStore.with(configuration) { try await $0.accessTokens() }
            let rows: [JSONValue] = tokens.map { token in
                [
                    "id": .string("\(token.id)"), "name": .string(token.name),
                    "created_at": .string("\(token.createdAt)"),
                    "revoked_at": JSONValue(token.revokedAt.map { "\($0)" }),
                ]
            }
            output.print(rows: rows, columns: Columns.tokens, empty: "No tokens.")
        }
    }

    /// `wardflux tokens revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a token from now on.")

        @Argument(help: "Id of the token, as `tokens list` shows it.")
        var id: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let configuration = try data.configuration(mustExist: true)
            let id = id.lowercased()
            try await TokenStore.with(configuration) { catalog in
                guard var token = try await catalog.accessTokens().first(where: { "\($0.id)" == id }) else {
                    throw CommandFailure(
                        "no token has the id '\(id)'", remedy: "`wardflux tokens list` shows the tokens.")
                }
                if token.revokedAt == nil { token.revokedAt = SystemWallClock().now }
                try await catalog.saveAccessToken(token)
            }
            Console.current.line("revoked \(id)")
        }
    }
}

/// The tokens of a data directory.
enum TokenStore {
    /// Opens the data directory, beside a server too, and closes it after the body.
    static func with<Outcome: Sendable>(
        _ configuration: ServerConfiguration, _ body: (any AccessTokenCatalog) async throws -> Outcome
    ) async throws -> Outcome {
        let services = try await Services.open(
            configuration, for: .once, environment: Console.current.environment, version: ProductVersion.current,
            logger: LocalAPI.logger(configuration))
        do {
            let outcome = try await body(services.catalog)
            await services.close()
            return outcome
        } catch {
            await services.close()
            throw error
        }
    }
}
