import Cluster
import Inventory
import Logging
import Synchronization

/// The bus as the parts of one process use it: values in, values out, nothing of its own.
///
/// What is said while the bus is away waits, bounded, and is said when it is back; the oldest is given up first, and counted.
final class ClusterWire: Sendable {
    private struct State {
        var waiting: [BusMessage] = []
        var octets = 0
        var dropped = 0
        var fault: String?
    }

    private static let octetsMax = 64 << 20
    private static let messagesAtOnce = 64
    private static let pauseSeconds = 1.0

    let node: NodeID
    private let bus: any EventBus
    private let logger: Logger
    private let state = Mutex(State())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init(_ bus: any EventBus, node: NodeID, logger: Logger) {
        self.bus = bus
        self.node = node
        self.logger = logger
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Says something, soon.
    func say(_ topic: ClusterTopic, _ value: some Encodable) {
        do {
            say([try BusMessage(topic, value, from: node)])
        } catch {
            logger.error("the other processes are not told of \(topic.rawValue): \(error)")
        }
    }

    /// Says something that is octets already, soon.
    func say(_ topic: ClusterTopic, octets: [[UInt8]]) {
        say(octets.map { BusMessage(topic: topic.rawValue, sender: node, body: $0) })
    }

    private func say(_ messages: [BusMessage]) {
        state.withLock { state in
            state.waiting.append(contentsOf: messages)
            state.octets += messages.reduce(0) { $0 + $1.body.count }
            while state.octets > Self.octetsMax {
                state.octets -= state.waiting.removeFirst().body.count
                state.dropped += 1
            }
        }
        signal.yield()
    }

    /// Says what waits, until the task is cancelled; then once more.
    func run() async {
        for await _ in signals {
            while await sayNext() {}
        }
        _ = await sayNext()
    }

    /// Says a piece of what waits; false where nothing more is to be said now.
    private func sayNext() async -> Bool {
        let batch = state.withLock { Array($0.waiting.prefix(Self.messagesAtOnce)) }
        guard !batch.isEmpty else { return false }
        do {
            try await bus.publish(batch)
            said(batch)
        } catch  where error.code == .refused {
            logger.error("\(batch.count) messages were refused by the bus: \(error)")
            said(batch)
        } catch {
            note(error.message)
            guard (try? await Task.sleep(for: .seconds(Self.pauseSeconds))) != nil else { return false }
        }
        return true
    }

    private func said(_ batch: [BusMessage]) {
        let dropped = state.withLock { state -> Int in
            // What was given up meanwhile is not there any more.
            let count = max(0, batch.count - state.dropped)
            state.octets -= state.waiting.prefix(count).reduce(0) { $0 + $1.body.count }
            state.waiting.removeFirst(min(count, state.waiting.count))
            defer { state.dropped = 0 }
            return state.dropped
        }
        if dropped > 0 {
            logger.error("\(dropped) messages for the other processes were given up while the bus was away")
        }
        note(nil)
    }

    private func note(_ fault: String?) {
        let isNews = state.withLock { state in
            defer { state.fault = fault }
            return state.fault != fault
        }
        guard isNews else { return }
        if let fault {
            logger.warning("the other processes are told nothing for now: \(fault)")
        } else {
            logger.info("the other processes are told of everything again")
        }
    }

    /// Why nothing can be said; nil where it can.
    var fault: String? { state.withLock { $0.fault } }

    /// What is said of some topics from now on.
    func hear(_ topics: Set<ClusterTopic>) -> AsyncStream<BusEvent> { bus.listen(to: Set(topics.map(\.rawValue))) }

    /// What was said of which topic; nil where it is not for this process.
    func word(_ event: BusEvent) -> (topic: ClusterTopic, message: BusMessage)? {
        guard case .message(let message) = event, let topic = ClusterTopic(rawValue: message.topic),
            message.sender != node || ClusterTopic.ownToo.contains(topic)
        else { return nil }
        return (topic, message)
    }
}
