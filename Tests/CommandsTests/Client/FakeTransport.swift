import API
import Synchronization

@testable import Commands

/// A transport that answers from a list and keeps what it was asked.
final class FakeTransport: APITransport {
    private let state: Mutex<(answers: [String: [APIResponse]], asked: [APIRequest])>

    /// Answers by method and path, such as `GET /api/v1/devices`; the last answer of a list is given again and again.
    init(_ answers: [String: [APIResponse]]) {
        state = Mutex((answers, []))
    }

    /// The requests so far.
    var asked: [APIRequest] { state.withLock { $0.asked } }

    func send(_ request: APIRequest) async throws -> APIResponse {
        state.withLock { state in
            state.asked.append(request)
            let key = "\(request.method) \(request.path)"
            guard var answers = state.answers[key], let first = answers.first else {
                return .json(404, #"{"title":"Not found","status":404,"detail":"nothing answers \#(key)"}"#)
            }
            if answers.count > 1 { answers.removeFirst() }
            state.answers[key] = answers
            return first
        }
    }
}

extension APIResponse {
    /// An answer with a JSON body.
    static func json(_ status: Int, _ text: String) -> APIResponse {
        APIResponse(
            status: status, headers: [APIHeader("Content-Type", "application/json")], body: .bytes(Array(text.utf8)))
    }
}

/// Runs a command line against answers; returns its exit status and what it wrote.
func run(
    _ arguments: [String], _ answers: [String: [APIResponse]] = [:], environment: [String: String] = [:],
    input: String = "", errorWidth: Int? = nil
) async -> (status: Int32, output: String, error: String, asked: [APIRequest]) {
    let console = FakeConsole(environment: environment, input: input, errorWidth: errorWidth)
    let transport = FakeTransport(answers)
    let status = await Console.$current.withValue(console.console) {
        await TransportOverride.$current.withValue(transport) {
            await CommandLineEntry.execute(arguments)
        }
    }
    return (status, console.output, console.error, transport.asked)
}
