/// A way to the API: the routes in this process, or a server elsewhere.
///
/// What is written against it works the same on a data directory and on a server.
public protocol APITransport: Sendable {
    /// Sends one request and returns the answer, whatever its status; throws only where no answer came.
    func send(_ request: APIRequest) async throws -> APIResponse
}

/// The shortest way to the API: a call.
public struct InProcessTransport: APITransport {
    private let application: APIApplication

    /// A transport to the routes of this process; it needs no token, since whoever holds it is the process.
    public init(_ application: APIApplication) {
        self.application = application
    }

    /// Answers by the routes of this process.
    public func send(_ request: APIRequest) async throws -> APIResponse {
        var request = request
        request.origin = .process
        return await application.respond(to: request)
    }
}
