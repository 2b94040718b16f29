import API

/// Names and values of a query, not yet encoded, in order.
typealias QueryItems = [(name: String, value: String)]

/// The API as commands use it: paths below `/api/v1`, JSON in and out, problems turned into failures.
struct APIClient: Sendable {
    /// The way to it.
    let transport: any APITransport
    /// Where that leads, for messages, such as `http://127.0.0.1:5001` or a data directory.
    var peer = "the server"

    /// Reads a resource.
    func get(_ path: String, _ query: QueryItems = []) async throws -> JSONValue {
        try await json(request("GET", path, query))
    }

    /// Sends a JSON body, or none, and reads the answer.
    func send(
        _ method: String, _ path: String, _ body: JSONValue? = nil, query: QueryItems = []
    ) async throws -> JSONValue {
        var request = request(method, path, query)
        if let body {
            request.body = Array(JSONWriter.compact(body).utf8)
            request.headers.append(APIHeader("Content-Type", "application/json"))
        }
        return try await json(request)
    }

    /// Sends a body of another type and reads the answer.
    func send(
        _ method: String, _ path: String, bytes: [UInt8], contentType: String, query: QueryItems = []
    ) async throws -> JSONValue {
        var request = request(method, path, query)
        request.body = bytes
        request.headers.append(APIHeader("Content-Type", contentType))
        return try await json(request)
    }

    /// Reads a list, page by page, until its end or `limit` items.
    func list(
        _ path: String, _ query: QueryItems = [], limit: Int? = nil
    ) async throws -> Listed {
        var items: [JSONValue] = []
        var total: Int64?
        var cursor: String?
        repeat {
            let wanted = min(Self.pageSize, (limit ?? .max) - items.count)
            var page = query + [(name: "limit", value: String(wanted))]
            if let cursor { page.append((name: "cursor", value: cursor)) }
            let answer = try await get(path, page)
            let next = answer["items"]?.items ?? []
            items += next
            total = answer["total"]?.integer ?? total
            cursor = next.isEmpty ? nil : answer["next_cursor"]?.string
        } while cursor != nil && items.count < limit ?? .max
        return Listed(items: items, total: total ?? Int64(items.count))
    }

    /// Reads an answer of another type than JSON, of any length, piece by piece.
    func download(
        _ path: String, _ query: QueryItems = [], accept: String = "*/*",
        _ take: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws {
        var request = request("GET", path, query)
        request.headers = [APIHeader("Accept", accept)]
        let response = try await transport.receive(request, take)
        guard (200..<300).contains(response.status) else {
            throw Problem.failure(of: response, request: request, peer: peer)
        }
    }

    private static let prefix = "/api/v1"
    private static let pageSize = 1000

    private func request(_ method: String, _ path: String, _ query: QueryItems) -> APIRequest {
        APIRequest(
            method, Self.prefix + path, query: APIRequest.query(query),
            headers: [APIHeader("Accept", "application/json")])
    }

    private func json(_ request: APIRequest) async throws -> JSONValue {
        let response = try await transport.send(request)
        guard (200..<300).contains(response.status) else {
            throw Problem.failure(of: response, request: request, peer: peer)
        }
        if response.bytes.isEmpty { return .null }
        do {
            return try JSONReader.read(response.bytes)
        } catch {
            throw CommandFailure(
                "\(peer) answered \(request.method) \(request.path) with something else than JSON",
                details: ["\(error)"], remedy: "Is that the address of a WARD FLUX server?")
        }
    }
}

/// Items of a list that was read.
struct Listed: Sendable {
    /// The items, at most as many as asked for.
    var items: [JSONValue]
    /// How many there are in all.
    var total: Int64

    /// The envelope as the API writes it, with these items.
    var envelope: JSONValue {
        ["items": .array(items), "total": JSONValue(total), "next_cursor": nil]
    }
}
