import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// The server over HTTP.
struct HTTPTransport: VictoriaTransport {
    private let address: VictoriaAddress
    private let client: HTTPClient

    /// A server by its address; connections are tried once, so that one that is away is told at once.
    init(_ address: VictoriaAddress) {
        self.address = address
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(5)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func exchange(
        _ request: VictoriaRequest, _ take: (_ status: Int, _ piece: ArraySlice<UInt8>) throws -> Void
    ) async throws -> Int {
        do {
            let answer = try await client.execute(message(request), timeout: .seconds(Int64(request.timeoutSeconds)))
            var octets = 0
            for try await piece in answer.body {
                octets += piece.readableBytes
                guard octets <= request.answerOctetsMax else {
                    throw VictoriaFailure(reason: "its answer is too long", isTooLong: true)
                }
                do {
                    try take(Int(answer.status.code), Array(piece.readableBytesView)[...])
                } catch {
                    throw AnswerNotTaken(error: error)
                }
            }
            return Int(answer.status.code)
        } catch let error as AnswerNotTaken {
            throw error
        } catch let failure as VictoriaFailure {
            throw failure
        } catch {
            throw VictoriaFailure(reason: Self.reason(error, request))
        }
    }

    func close() async {
        try? await client.shutdown()
    }

    private func message(_ request: VictoriaRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: address.base + request.path)
        if let authorization = address.authorization {
            message.headers.add(name: "authorization", value: authorization)
        }
        guard let body = request.body else { return message }
        message.method = .POST
        message.headers.add(name: "content-type", value: request.contentType)
        message.body = .bytes(ByteBuffer(bytes: body))
        return message
    }

    /// What went wrong in words a person uses; without the text of an error that may show the address.
    private static func reason(_ error: any Error, _ request: VictoriaRequest) -> String {
        if error is CancellationError { return "the request was cancelled" }
        if let error = error as? HTTPClientError {
            switch error {
            case .connectTimeout: return "the connection was not accepted in time"
            case .deadlineExceeded, .readTimeout, .writeTimeout:
                return "no answer within \(request.timeoutSeconds) s"
            case .remoteConnectionClosed: return "it closed the connection"
            case .alreadyShutdown, .cancelled: return "the request was cancelled"
            default: return error.shortDescription
            }
        }
        let text = String(describing: error).lowercased()
        if text.contains("econnrefused") || text.contains("connection refused") { return "connection refused" }
        if text.contains("connection reset") || text.contains("econnreset") { return "it closed the connection" }
        return "the connection failed (\(type(of: error)))"
    }
}
