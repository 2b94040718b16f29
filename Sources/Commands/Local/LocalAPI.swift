import Logging
import Server

/// The API on a data directory, inside this process: the same routes as a server's, without a socket.
enum LocalAPI {
    /// Opens the data directory, runs a body with its API, and closes it.
    ///
    /// Jobs that the body starts run in this process; those still at work when the body ends are cancelled.
    static func with<Outcome: Sendable>(
        _ configuration: ServerConfiguration, _ body: @Sendable (APIClient) async throws -> Outcome
    ) async throws -> Outcome {
        let console = Console.current
        return try await Services.withTransport(
            configuration, environment: console.environment, version: ProductVersion.current,
            logger: logger(configuration)
        ) { transport in
            try await body(APIClient(transport: transport, peer: "the data directory \(configuration.dataDirectory)"))
        }
    }

    /// Warnings and worse on standard error, over a progress bar where there is one.
    static func logger(_ configuration: ServerConfiguration) -> Logger {
        let console = Console.current
        var configuration = configuration
        configuration.logLevel = max(configuration.logLevel, .warning)
        return configuration.logger { bytes in
            let wipe = console.errorWidth == nil ? "" : "\r\u{1B}[K"
            console.writeError(wipe + String(decoding: bytes, as: UTF8.self))
        }
    }
}
