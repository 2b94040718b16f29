import API
import AsyncHTTPClient
import Inventory
import NIOCore
import NIOHTTP1

/// The API of a server, over HTTP.
struct HTTPTransport: APITransport {
    /// Largest answer that is read: 256 MiB.
    private static let answerBytesMax = 256 << 20

    /// The client of the whole process: connections are tried once, so that a server that is not there is told at once.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Address of the server without a slash at the end.
    let peer: String
    private let token: Secret?
    private let timeoutSeconds: Int64

    /// A server by its address, `http://host:port` or `https://host:port`, also behind a path.
    init(server: String, token: Secret?, timeoutSeconds: Int64 = 60) throws(CommandFailure) {
        var address = server
        while address.hasSuffix("/") { address.removeLast() }
        guard address.hasPrefix("http://") || address.hasPrefix("https://"), !address.hasSuffix("//") else {
            throw CommandFailure(
                "'\(server)' is not the address of a server", remedy: "Write it like http://127.0.0.1:5001.",
                status: .usage)
        }
        peer = address
        self.token = token
        self.timeoutSeconds = timeoutSeconds
    }

    func send(_ request: APIRequest) async throws -> APIResponse {
        do {
            let response = try await Self.client.execute(message(request), timeout: .seconds(timeoutSeconds))
            let body = try await response.body.collect(upTo: Self.answerBytesMax)
            return APIResponse(
                status: Int(response.status.code),
                headers: response.headers.map { APIHeader($0.name, $0.value) },
                body: .bytes(Array(body.readableBytesView)))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw unanswered(error)
        }
    }

    func receive(
        _ request: APIRequest, _ take: @escaping @Sendable ([UInt8]) throws -> Void
    ) async throws -> APIResponse {
        let response: HTTPClientResponse
        do {
            response = try await Self.client.execute(message(request), timeout: .hours(24))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw unanswered(error)
        }
        var answer = APIResponse(
            status: Int(response.status.code), headers: response.headers.map { APIHeader($0.name, $0.value) })
        guard (200..<300).contains(answer.status) else {
            let body = try await response.body.collect(upTo: Self.answerBytesMax)
            answer.body = .bytes(Array(body.readableBytesView))
            return answer
        }
        var pieces = response.body.makeAsyncIterator()
        while let piece = try await next(&pieces) { try take(Array(piece.readableBytesView)) }
        return answer
    }

    /// The next piece of a body; throws a failure where it breaks off.
    private func next(_ pieces: inout HTTPClientResponse.Body.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await pieces.next()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw CommandFailure(
                "the answer of \(peer) broke off: \(Self.reason(error, timeoutSeconds: timeoutSeconds))",
                remedy: "What was read is not complete; try again. The log of the server says what happened.")
        }
    }

    private func unanswered(_ error: any Error) -> CommandFailure {
        CommandFailure(
            "no answer from \(peer): \(Self.reason(error, timeoutSeconds: timeoutSeconds))",
            remedy: "Is `wardflux serve` running there? Give its address with --server, or use --data-dir.")
    }

    private func message(_ request: APIRequest) -> HTTPClientRequest {
        let query = request.query.isEmpty ? "" : "?" + request.query
        var message = HTTPClientRequest(url: peer + request.path + query)
        message.method = HTTPMethod(rawValue: request.method)
        for header in request.headers { message.headers.add(name: header.name, value: header.value) }
        message.headers.add(name: "user-agent", value: "wardflux/\(ProductVersion.current)")
        if let token { message.headers.add(name: "authorization", value: "Bearer \(token.reveal())") }
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        return message
    }

    /// What went wrong in words a person uses.
    private static func reason(_ error: any Error, timeoutSeconds: Int64) -> String {
        if let error = error as? HTTPClientError {
            switch error {
            case .connectTimeout: return "the connection was not accepted in time"
            case .deadlineExceeded, .readTimeout: return "waited \(timeoutSeconds) s"
            case .remoteConnectionClosed: return "it closed the connection"
            default: return error.shortDescription
            }
        }
        let text = String(describing: error)
        if text.contains("ECONNREFUSED") || text.lowercased().contains("connection refused") {
            return "connection refused"
        }
        return text
    }
}
