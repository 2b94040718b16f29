import AsyncHTTPClient
import Inventory
import NIOCore
import NIOHTTP1
import NIOSSL

/// A request that tells a receiver something.
struct HTTPPost: Sendable {
    var address: WebAddress
    var method = "POST"
    /// Names and values, checked for form.
    var headers: [(name: String, value: Secret)] = []
    var contentType = "application/json"
    var body: [UInt8]
}

/// Connections that end with the last notifier that uses them, even one that was never closed.
private final class HTTPConnections: Sendable, CustomReflectable {
    let client: HTTPClient

    /// Without children: what was sent may lie in their buffers.
    var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }

    init(_ client: HTTPClient) {
        self.client = client
    }

    deinit {
        client.shutdown { _ in }
    }
}

/// Makes requests over HTTP/1.1: bounded in time and size, no redirects, certificates verified.
struct HTTPPoster: Sendable {
    private static let answerOctetsMax = 16_384
    private let connections: HTTPConnections
    private let timeoutSeconds: Double
    private let filter: SecretFilter
    private let now: @Sendable () -> Timestamp

    /// Throws where the file of certificate authorities cannot be read or the timeout is none.
    init(
        caFile: String?, timeoutSeconds: Double, secrets: [Secret], now: @escaping @Sendable () -> Timestamp
    ) throws(NotifierError) {
        self.timeoutSeconds = try TimeLimit.checked(timeoutSeconds)
        filter = SecretFilter(secrets)
        self.now = now
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try Trust.configuration(caFile), redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.timeout.connect = .milliseconds(Int64(min(timeoutSeconds, 10) * 1000))
        connections = HTTPConnections(
            HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
    }

    /// Sends a request and waits for the answer; returns where the receiver took it.
    func send(_ post: HTTPPost) async throws(NotifierError) {
        let origin = post.address.origin
        let late = NotifierError("\(origin) did not answer within \(TimeLimit.text(timeoutSeconds))")
        do {
            let failure = try await TimeLimit.run(seconds: timeoutSeconds, late) { try await exchange(post) }
            if let failure { throw failure }
        } catch let error as NotifierError {
            throw error
        } catch {
            throw NotifierError("\(origin): \(Self.reason(error))")
        }
    }

    func close() async {
        try? await connections.client.shutdown()
    }

    /// The head of the answer decides; of its body only as much is read as an error shows.
    private func exchange(_ post: HTTPPost) async throws -> NotifierError? {
        let answer = try await connections.client.execute(
            message(post), timeout: .milliseconds(Int64(timeoutSeconds * 1000)))
        var octets: [UInt8] = []
        do {
            for try await piece in answer.body {
                octets += piece.readableBytesView.prefix(Self.answerOctetsMax)
                if octets.count >= Self.answerOctetsMax { break }
            }
        } catch is CancellationError {
            // Out of time within a long answer: its head was there, and tells whether the notice was taken.
        } catch let error as HTTPClientError where error == .cancelled {
            // The same.
        } catch {
            // It closed within its answer: the head was there.
        }
        return HTTPVerdict.error(
            status: Int(answer.status.code), retryAfter: answer.headers.first(name: "retry-after"),
            excerpt: filter.excerpt(octets), origin: post.address.origin, now: now())
    }

    private func message(_ post: HTTPPost) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: post.address.url.reveal())
        message.method = HTTPMethod(rawValue: post.method)
        message.headers.add(name: "user-agent", value: "wardflux")
        message.headers.add(name: "content-type", value: post.contentType)
        for header in post.headers { message.headers.replaceOrAdd(name: header.name, value: header.value.reveal()) }
        message.body = .bytes(ByteBuffer(bytes: post.body))
        return message
    }

    /// In words a person uses, without the text of an error that may show the address.
    private static func reason(_ error: any Error) -> String {
        if error is CancellationError { return "sending was cancelled" }
        guard let error = error as? HTTPClientError else { return WireFailure.reason(error) }
        switch error {
        case .connectTimeout: return "the connection was not accepted in time"
        case .deadlineExceeded, .readTimeout, .writeTimeout: return "no answer in time"
        case .remoteConnectionClosed: return "it closed the connection without an answer"
        case .cancelled: return "sending was cancelled"
        case .alreadyShutdown: return "the notifier is closed"
        default: return error.shortDescription
        }
    }
}
