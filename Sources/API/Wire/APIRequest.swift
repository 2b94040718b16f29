/// A request to the API, complete, as a value.
public struct APIRequest: Sendable, Hashable {
    /// Where a request comes from.
    public enum Origin: Sendable, Hashable {
        /// Over a socket: tokens and the Host header are checked.
        case network
        /// From this process: neither is.
        case process
    }

    /// Method in upper case, such as `GET`.
    public var method: String
    /// Path as in the request line, percent-encoded, without the query, such as `/api/v1/interfaces/list`.
    public var path: String
    /// Query as in the request line, percent-encoded, without the question mark; empty where there is none.
    public var query: String
    /// Header fields in order; names compare without case.
    public var headers: [APIHeader]
    /// The body.
    public var body: [UInt8]
    /// Where it comes from.
    public var origin: Origin

    /// A request; the path may carry a query after a question mark.
    public init(
        _ method: String, _ path: String, query: String = "", headers: [APIHeader] = [], body: [UInt8] = [],
        origin: Origin = .network
    ) {
        self.method = method
        if query.isEmpty, let mark = path.firstIndex(of: "?") {
            self.path = String(path[..<mark])
            self.query = String(path[path.index(after: mark)...])
        } else {
            self.path = path
            self.query = query
        }
        self.headers = headers
        self.body = body
        self.origin = origin
    }

    /// The value of the first header field of this name, in either case; nil where there is none.
    public func header(_ name: String) -> String? {
        headers.first(named: name)
    }

    /// A query of these parameters, percent-encoded, in order.
    public static func query(_ parameters: [(name: String, value: String)]) -> String {
        parameters.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}

/// One header field.
public struct APIHeader: Sendable, Hashable {
    /// Its name, in the usual case.
    public var name: String
    /// Its value.
    public var value: String

    /// A header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [APIHeader] {
    /// The value of the first field of this name, in either case; nil where there is none.
    public func first(named name: String) -> String? {
        let wanted = name.lowercased()
        return first { $0.name.lowercased() == wanted }?.value
    }
}
