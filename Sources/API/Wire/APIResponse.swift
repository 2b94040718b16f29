/// An answer of the API, as a value.
public struct APIResponse: Sendable {
    /// HTTP status, such as 200.
    public var status: Int
    /// Header fields in order.
    public var headers: [APIHeader]
    /// The body.
    public var body: APIBody

    /// An answer.
    public init(status: Int, headers: [APIHeader] = [], body: APIBody = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header field of this name, in either case; nil where there is none.
    public func header(_ name: String) -> String? {
        headers.first(named: name)
    }

    /// The bytes of a complete body; empty for a stream.
    public var bytes: [UInt8] {
        guard case .bytes(let bytes) = body else { return [] }
        return bytes
    }
}

/// The body of an answer.
public enum APIBody: Sendable {
    /// All of it.
    case bytes([UInt8])
    /// Pieces as they come, until the stream ends or its reader goes away.
    case stream(AsyncStream<[UInt8]>)
    /// Pieces that are made as they are asked for; nil after the last, an error breaks the answer off.
    case pull(@Sendable () async throws -> [UInt8]?)
}
