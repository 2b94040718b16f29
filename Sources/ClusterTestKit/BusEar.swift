import Cluster
import Inventory
import Synchronization

/// What one listener heard so far.
final class BusEar: Sendable {
    private struct State {
        var events: [BusEvent] = []
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Listens while `body` runs, which begins when the bus said that it listens.
    static func listening<Outcome>(
        to topics: Set<String>, on bus: any EventBus, _ body: (BusEar) async throws -> Outcome
    ) async throws -> Outcome {
        let ear = BusEar()
        let stream = bus.listen(to: topics)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await ear.collect(stream) }
            defer { group.cancelAll() }
            try await eventually("a listener hears that it listens") { !ear.events.isEmpty }
            return try await body(ear)
        }
    }

    /// Takes in what comes until the stream ends or the task is cancelled.
    func collect(_ stream: AsyncStream<BusEvent>) async {
        for await event in stream { state.withLock { $0.events.append(event) } }
        state.withLock { $0.hasEnded = true }
    }

    /// All that was heard.
    var events: [BusEvent] { state.withLock { $0.events } }

    /// Whether the stream ended.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// The messages among what was heard, each once, in the order in which they came first.
    var messages: [BusMessage] {
        var seen: Set<BusMessage> = []
        return events.compactMap { event in
            guard case .message(let message) = event, seen.insert(message).inserted else { return nil }
            return message
        }
    }

    /// The bodies of the messages, as texts.
    var texts: [String] { messages.map { String(decoding: $0.body, as: UTF8.self) } }

    /// Waits until exactly these messages came, in this order.
    func hears(_ expected: [BusMessage], _ what: String, line: UInt = #line, file: String = #fileID) async throws {
        try await eventually("\(expected.count) messages are heard: \(what)", line: line, file: file) {
            messages.count >= expected.count
        }
        guard messages != expected else { return }
        let (found, wanted) = (messages.map(\.inWords), expected.map(\.inWords))
        throw ContractViolation("\(what) (\(file):\(line))\n  expected \(wanted)\n  found    \(found)")
    }
}

extension BusMessage {
    /// A message that says a text.
    init(_ topic: String, _ sender: NodeID, _ text: String) {
        self.init(topic: topic, sender: sender, body: Array(text.utf8))
    }

    /// Its topic and the beginning of its body.
    fileprivate var inWords: String {
        "\(topic.suffix(8)): \(String(decoding: body.prefix(40), as: UTF8.self)) (\(body.count) octets)"
    }
}
