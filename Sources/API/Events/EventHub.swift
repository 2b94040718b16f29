import Synchronization

/// Hands events to the streams that are open, and keeps the latest for those that come back.
///
/// A stream that does not keep up is ended with a `resync` event; what it missed it reads from the lists.
final class EventHub: Sendable {
    private struct Entry {
        var number: Int64
        var bytes: [UInt8]
    }

    private struct Subscriber {
        var continuation: AsyncStream<[UInt8]>.Continuation
        /// Hash of the access token it was opened with; nil where none was needed.
        var token: String?
    }

    private struct State {
        var number: Int64 = 0
        var recent: [Entry] = []
        var subscribers: [Int64: Subscriber] = [:]
        var nextSubscriber: Int64 = 0
        var isFinished = false
    }

    /// Events kept for streams that come back.
    static let recentMax = 512
    /// Events that may wait for one stream, above those it missed, before it counts as too slow.
    static let waitingMax = 256
    private let epoch: Int64
    private let streamsMax: Int
    private let state = Mutex(State())

    /// A hub; `epoch` tells its events from those of a process before.
    init(epoch: Int64, streamsMax: Int) {
        self.epoch = epoch
        self.streamsMax = streamsMax
    }

    /// Hands an event to all streams.
    func publish(_ name: String, _ data: [UInt8]) {
        state.withLock { state in
            state.number += 1
            let bytes = Self.event(id: "\(epoch)-\(state.number)", name: name, data: data)
            state.recent.append(Entry(number: state.number, bytes: bytes))
            if state.recent.count > Self.recentMax { state.recent.removeFirst() }
            send(bytes, &state)
        }
    }

    /// Shows all streams a sign of life.
    func beat() {
        state.withLock { send(Array(": beat\n\n".utf8), &$0) }
    }

    /// Ends all streams; no new one is opened.
    func finish() {
        let open = state.withLock { state in
            state.isFinished = true
            defer { state.subscribers = [:] }
            return state.subscribers.values.map(\.continuation)
        }
        for continuation in open { continuation.finish() }
    }

    /// Opens a stream: what came after `lastID`, or a `resync` event where that is not known any more, then what comes.
    ///
    /// Nil where as many streams are open as allowed, or the process is about to end.
    func open(lastID: String?, token: String? = nil) -> AsyncStream<[UInt8]>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [UInt8].self, bufferingPolicy: .bufferingNewest(Self.recentMax + Self.waitingMax))
        let id = state.withLock { state -> Int64? in
            guard !state.isFinished, state.subscribers.count < streamsMax else { return nil }
            continuation.yield(Array("retry: 3000\n\n".utf8))
            for bytes in missed(since: lastID, state) { continuation.yield(bytes) }
            state.nextSubscriber += 1
            state.subscribers[state.nextSubscriber] = Subscriber(continuation: continuation, token: token)
            return state.nextSubscriber
        }
        guard let id else { return nil }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.subscribers.removeValue(forKey: id) }
        }
        return stream
    }

    /// Whether any stream was opened with an access token.
    var hasTokens: Bool { state.withLock { $0.subscribers.values.contains { $0.token != nil } } }

    /// Ends the streams that were opened with another token than these.
    func endStreams(exceptOf tokens: Set<String>) {
        let ended = state.withLock { state in
            let ended = state.subscribers.filter { $0.value.token.map { !tokens.contains($0) } ?? false }
            for id in ended.keys { state.subscribers[id] = nil }
            return ended.values.map(\.continuation)
        }
        for continuation in ended { continuation.finish() }
    }

    /// How many streams are open.
    var openCount: Int { state.withLock { $0.subscribers.count } }

    private func send(_ bytes: [UInt8], _ state: inout State) {
        for (id, subscriber) in state.subscribers {
            if case .dropped = subscriber.continuation.yield(bytes) {
                state.subscribers[id] = nil
                // Ending calls `onTermination`, which takes the lock: not from here.
                subscriber.continuation.onTermination = nil
                // The newest are kept: this one reaches the reader, last of all.
                subscriber.continuation.yield(Self.resync)
                subscriber.continuation.finish()
            }
        }
    }

    private func missed(since lastID: String?, _ state: State) -> [[UInt8]] {
        guard let lastID else { return [] }
        let parts = lastID.split(separator: "-")
        guard parts.count == 2, Int64(parts[0]) == epoch, let number = Int64(parts[1]), number <= state.number,
            number >= (state.recent.first?.number ?? state.number + 1) - 1
        else { return [Self.resync] }
        return state.recent.filter { $0.number > number }.map(\.bytes)
    }

    static let resync = event(id: nil, name: "resync", data: Array("{}".utf8))

    /// An event as the stream carries it (HTML Living Standard, 9.2.6); data holds no line break.
    private static func event(id: String?, name: String, data: [UInt8]) -> [UInt8] {
        Array("\(id.map { "id: \($0)\n" } ?? "")event: \(name)\ndata: ".utf8) + data + Array("\n\n".utf8)
    }
}
