import HTTPTypes
public import Hummingbird
import NIOCore

/// Puts the application behind Hummingbird's server: requests to values, values to answers, nothing else.
public struct APIResponder: HTTPResponder {
    /// Hummingbird's context of a request.
    public typealias Context = BasicRequestContext
    private let application: APIApplication
    private let pages: @Sendable (APIRequest) -> APIResponse?

    /// A responder that asks `pages` first, which answers nil for what is none of its own, and then this application.
    public init(
        _ application: APIApplication, pages: @escaping @Sendable (APIRequest) -> APIResponse? = { _ in nil }
    ) {
        self.application = application
        self.pages = pages
    }

    /// Answers one request of the network.
    public func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let bodyBytesMax = application.bodyBytesMax(request.method.rawValue, request.head.path ?? "/")
        let head = value(of: request, body: [])
        if let page = pages(head) { return response(page) }
        var intake = BodyIntake(octetsMax: bodyBytesMax) { await application.refusal(of: head) }
        for try await piece in request.body {
            guard await intake.take(piece.readableBytesView) else {
                return response(await tooLong(request, bodyBytesMax))
            }
        }
        if let refusal = intake.refusal { return response(refusal) }
        var whole = head
        whole.body = intake.octets
        return response(await application.respond(to: whole))
    }

    /// The answer to a body that was not read to its end; the connection cannot be used any more.
    private func tooLong(_ request: Request, _ bodyBytesMax: Int) async -> APIResponse {
        var answer = RequestGuard.tooLong(bodyBytesMax).response
        answer.headers.append(APIHeader("Connection", "close"))
        return answer
    }

    private func value(of request: Request, body: [UInt8]) -> APIRequest {
        var headers = request.headers.map { APIHeader($0.name.rawName, $0.value) }
        if let authority = request.head.authority { headers.append(APIHeader("Host", authority)) }
        let target = request.head.path ?? "/"
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        let query = mark < target.endIndex ? target[target.index(after: mark)...] : ""
        var value = APIRequest(
            request.method.rawValue, "", query: String(query), headers: headers, body: body, origin: .network)
        value.path = String(target[..<mark])
        return value
    }

    private func response(_ answer: APIResponse) -> Response {
        var headers = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { headers.append(HTTPField(name: name, value: header.value)) }
        }
        let status = HTTPResponse.Status(code: answer.status)
        switch answer.body {
        case .bytes(let bytes):
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let stream):
            let body = ResponseBody { writer in
                for await bytes in stream { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        case .pull(let next):
            let body = ResponseBody { writer in
                while let bytes = try await next() { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }
}
