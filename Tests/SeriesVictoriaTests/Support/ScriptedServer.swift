import Series
import Synchronization

@testable import SeriesVictoria

/// A server that does what a test says, and remembers what it took.
final class ScriptedServer: VictoriaTransport {
    enum Mood: Sendable, Hashable {
        case well
        case answers(Int)
        case away(String)
        /// Answers 400 where this occurs in what is posted.
        case dislikes(String)
    }

    struct State {
        var mood = Mood.well
        var started: Int64 = 1_000
        var lines: [String] = []
        var posts = 0
        var showsMetrics = true
        var ignoredRows = 0
        /// Starts anew after so many posts more.
        var restartsAfterPosts: Int?
    }

    let state = Mutex(State())

    func set(_ mood: Mood) { state.withLock { $0.mood = mood } }

    /// Forgets everything, as one that is killed before it wrote anything.
    func restart() {
        state.withLock { state in
            state.started += 60
            state.lines = []
        }
    }

    var lines: [String] { state.withLock { $0.lines } }

    func exchange(
        _ request: VictoriaRequest, _ take: (_ status: Int, _ piece: ArraySlice<UInt8>) throws -> Void
    ) async throws -> Int {
        let (status, text) = try state.withLock { try Self.answer(request, &$0) }
        try take(status, Array(text.utf8)[...])
        return status
    }

    func close() async {}

    private static func answer(_ request: VictoriaRequest, _ state: inout State) throws -> (Int, String) {
        switch state.mood {
        case .away(let reason): throw VictoriaFailure(reason: reason)
        case .answers(let status): return (status, "")
        case .dislikes(let text):
            if let body = request.body, String(decoding: body, as: UTF8.self).contains(text) { return (400, "") }
        case .well: break
        }
        if request.path == "/metrics" {
            guard state.showsMetrics else { return (404, "") }
            return (
                200,
                "vm_app_start_timestamp \(state.started)\nvm_rows_ignored_total{reason=\"x\"} \(state.ignoredRows)\n"
            )
        }
        if request.path.hasPrefix("/api/v1/export") { return (200, "") }
        guard let body = request.body, !body.isEmpty else { return (204, "") }
        state.posts += 1
        state.lines += String(decoding: body, as: UTF8.self).split(separator: "\n").map(String.init)
        if let left = state.restartsAfterPosts {
            state.restartsAfterPosts = left > 1 ? left - 1 : nil
            if left == 1 { (state.started, state.lines) = (state.started + 60, []) }
        }
        return (204, "")
    }
}
