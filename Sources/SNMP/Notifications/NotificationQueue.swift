import Synchronization

/// Notifications on their way from the listener's thread to one reader; bounded in number and in memory.
final class NotificationQueue: Sendable {
    private struct State {
        var waiting: [SNMPNotification] = []
        var octets = 0
        var isFinished = false
    }

    private let capacity: Int
    private let octetsMax: Int
    private let state = Mutex(State())
    private let signal: AsyncStream<Void>.Continuation
    private let signals: AsyncStream<Void>

    init(capacity: Int, octetsMax: Int) {
        self.capacity = capacity
        self.octetsMax = octetsMax
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes one over; false where there is no room.
    func offer(_ notification: SNMPNotification) -> Bool {
        let octets = notification.octetsOfMemory
        return state.withLock { state in
            guard state.waiting.count < capacity, state.octets + octets <= octetsMax, !state.isFinished else {
                return false
            }
            state.waiting.append(notification)
            state.octets += octets
            return true
        }
    }

    /// Wakes the reader, once for all that were taken over since.
    func announce() {
        if state.withLock({ !$0.waiting.isEmpty }) { signal.yield() }
    }

    /// Nothing more comes; what waits can still be read.
    func finish() {
        state.withLock { $0.isFinished = true }
        signal.finish()
    }

    fileprivate func take() -> [SNMPNotification] {
        state.withLock { state in
            let taken = state.waiting
            state.waiting = []
            state.octets = 0
            return taken
        }
    }

    fileprivate func makeSignals() -> AsyncStream<Void>.Iterator { signals.makeAsyncIterator() }
}

/// The notifications of a listener as they come, in batches that are never empty; for one reader.
///
/// Ends when the listener is shut down, or the reader's task is cancelled.
public struct NotificationBatches: AsyncSequence, Sendable {
    let queue: NotificationQueue

    /// Waits for batches.
    public struct Iterator: AsyncIteratorProtocol {
        private let queue: NotificationQueue
        private var signals: AsyncStream<Void>.Iterator

        init(_ queue: NotificationQueue) {
            self.queue = queue
            signals = queue.makeSignals()
        }

        /// All that came since the last call, in order; nil at the end.
        public mutating func next() async -> [SNMPNotification]? {
            while true {
                let batch = queue.take()
                if !batch.isEmpty { return batch }
                guard await signals.next() != nil else {
                    let rest = queue.take()
                    return rest.isEmpty ? nil : rest
                }
            }
        }
    }

    /// A reader.
    public func makeAsyncIterator() -> Iterator { Iterator(queue) }
}
