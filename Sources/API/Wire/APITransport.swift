/// A way to the API: the routes in this process, or a server elsewhere.
///
/// What is written against it works the same on a data directory and on a server.
public protocol APITransport: Sendable {
    /// Sends one request and returns the answer, whatever its status; throws only where no answer came.
    func send(_ request: APIRequest) async throws -> APIResponse

    /// Sends one request and hands over the body of a good answer piece by piece, so that it may be of any length.
    ///
    /// The answer comes back without that body; one that is not good comes back complete. Throws where the answer breaks
    /// off, and what `take` throws.
    func receive(
        _ request: APIRequest, _ take: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> APIResponse
}

extension APITransport {
    /// Hands over the pieces of an answer of this process as they are made.
    public func receive(
        _ request: APIRequest, _ take: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> APIResponse {
        var response = try await send(request)
        guard (200..<300).contains(response.status) else { return response }
        switch response.body {
        case .bytes(let bytes): try take(bytes)
        case .stream(let stream): for await bytes in stream { try take(bytes) }
        case .pull(let next): while let bytes = try await next() { try take(bytes) }
        }
        response.body = .bytes([])
        return response
    }
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
