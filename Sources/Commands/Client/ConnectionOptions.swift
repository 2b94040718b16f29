import API
import ArgumentParser
import Glibc
import Inventory

/// Where a command works: on a server, or on a data directory in this process.
struct ConnectionOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Work on the server at this address (else WARDFLUX_SERVER).", valueName: "url"))
    var server: String?

    @Option(
        name: .long,
        help: ArgumentHelp("File with the access token of the server (else WARDFLUX_TOKEN).", valueName: "file"),
        completion: .file())
    var tokenFile: String?

    @OptionGroup
    var data: DataOptions

    mutating func validate() throws {
        if server != nil && data.dataDir != nil {
            throw ValidationError("--server and --data-dir exclude each other; give one of them.")
        }
    }

    /// The address of the server to work on; nil means a data directory.
    var serverAddress: String? {
        if let server { return server }
        return data.dataDir == nil ? Console.current.variable("WARDFLUX_SERVER") : nil
    }

    /// The access token: of the file, else of `WARDFLUX_TOKEN`.
    func token() throws -> Secret? {
        if let tokenFile { return try SecretInput.read(file: tokenFile, what: "token") }
        return Console.current.variable("WARDFLUX_TOKEN").map(Secret.init)
    }

    /// Runs a body with the API of the server or of the data directory, and closes what was opened.
    ///
    /// - Parameter creating: whether a data directory that does not exist yet is made.
    func withAPI<Outcome: Sendable>(
        creating: Bool = false, _ body: @Sendable (APIClient) async throws -> Outcome
    ) async throws -> Outcome {
        if let transport = TransportOverride.current { return try await body(APIClient(transport: transport)) }
        if let serverAddress {
            let transport = try HTTPTransport(server: serverAddress, token: token())
            return try await body(APIClient(transport: transport, peer: transport.peer))
        }
        return try await LocalAPI.with(data.configuration(mustExist: !creating), body)
    }
}

/// The transport of tests, in place of any server and data directory.
enum TransportOverride {
    /// Set for the duration of a test.
    @TaskLocal static var current: (any APITransport)?
}
