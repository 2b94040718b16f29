import Inventory
import Synchronization

/// A bus that goes on through a second one where the first cannot be reached.
///
/// Publishes on the first, and on the second while the first is away; listens on both. So all processes of a cluster hear each
/// other as long as each reaches one of the two, even where they do not agree which is away. While the first is being lost or
/// comes back, messages may arrive twice, or in another order than they were published over the two.
public final class FallbackBus: EventBus {
    private let first: any EventBus
    private let second: any EventBus
    private let watch = FallbackWatch()
    /// Those that listen; nil once it is closed.
    private let listeners = Mutex<[BusMailbox]?>([])

    /// A bus made of two; both belong to it, and are closed with it.
    public init(first: any EventBus, second: any EventBus) {
        self.first = first
        self.second = second
    }

    /// Publishes on the first; on the second where the first throws `unavailable`, or did within the last two seconds.
    public func publish(_ messages: [BusMessage]) async throws(ClusterError) {
        guard watch.mayAskFirst() else { return try await second.publish(messages) }
        do {
            try await first.publish(messages)
            watch.noteFirst(isThere: true)
        } catch  where error.code == .unavailable {
            watch.noteFirst(isThere: false)
            try await second.publish(messages)
        }
    }

    /// What is published on either; begins with `.gap` once both listen, or one does and the other did not within a second.
    ///
    /// Each later `.gap` of either is passed on. Ends when both have ended; bounded, with a gap for who does not keep up.
    public func listen(to topics: Set<String>) -> AsyncStream<BusEvent> {
        let merger = Merger(awaited: 2)
        let isClosed = listeners.withLock { listeners in
            listeners?.removeAll { $0.isOver }
            listeners?.append(merger.mailbox)
            return listeners == nil
        }
        if isClosed { merger.mailbox.finish() }
        let streams = [first.listen(to: topics), second.listen(to: topics)]
        // Ends with the stream that it fills.
        let work = Task { await merger.run(streams) }
        merger.mailbox.whenOver { work.cancel() }
        return merger.mailbox.stream()
    }

    /// Ends all streams and closes both.
    public func close() async {
        let ended = listeners.withLock { listeners in
            defer { listeners = nil }
            return listeners ?? []
        }
        for mailbox in ended { mailbox.finish() }
        await first.close()
        await second.close()
    }
}

/// Several streams as one.
private final class Merger: Sendable {
    let mailbox = BusMailbox()
    /// Those that listen; nil once the first gap was passed on.
    private let listening = Mutex<Set<Int>?>([])
    private let awaited: Int

    init(awaited: Int) {
        self.awaited = awaited
    }

    /// Passes on what streams say, until all have ended or the task is cancelled.
    func run(_ streams: [AsyncStream<BusEvent>]) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // One that is away must not keep the listener from hearing the other.
                try? await Task.sleep(for: .seconds(1))
                if !Task.isCancelled { self.begin() }
            }
            await withTaskGroup(of: Void.self) { pumps in
                for (index, stream) in streams.enumerated() { pumps.addTask { await self.pass(stream, index) } }
            }
            group.cancelAll()
        }
        mailbox.finish()
    }

    private func pass(_ stream: AsyncStream<BusEvent>, _ index: Int) async {
        for await event in stream {
            switch event {
            case .gap: noteGap(index)
            case .message: if listening.withLock({ $0 == nil }) { mailbox.put(event) }
            }
        }
    }

    /// The first gap is that of the last that began to listen; each after it is passed on.
    private func noteGap(_ index: Int) {
        let isLast = listening.withLock { listening in
            listening?.insert(index)
            return listening.map { $0.count == awaited } ?? true
        }
        guard isLast else { return }
        if !begin() { mailbox.put(.gap) }
    }

    /// Says that it listens; false where that was said before.
    @discardableResult
    private func begin() -> Bool {
        listening.withLock { listening in
            guard listening != nil else { return false }
            listening = nil
            mailbox.put(.gap)
            return true
        }
    }
}

/// Whether the first of two is worth asking: after a failure one caller tries it every two seconds, the others do not wait.
final class FallbackWatch: Sendable {
    private struct State {
        var isAway = false
        var nextTrial = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let pause = Duration.seconds(2)

    /// Whether the first did not answer when it was asked last.
    var isAway: Bool { state.withLock { $0.isAway } }

    /// Whether to ask the first now; who is told so while it is away is the only one for two seconds.
    func mayAskFirst() -> Bool {
        state.withLock { state in
            guard state.isAway else { return true }
            guard ContinuousClock.now >= state.nextTrial else { return false }
            state.nextTrial = .now + pause
            return true
        }
    }

    /// The first was asked.
    func noteFirst(isThere: Bool) {
        state.withLock { state in
            state.isAway = !isThere
            if !isThere { state.nextTrial = .now + pause }
        }
    }
}
