import Synchronization

/// What one listener has still to take: at most `room` events, and a gap where it did not keep up.
///
/// Bounded on purpose: one who does not take what comes costs a fixed amount of memory and is told that it missed something.
package final class BusMailbox: Sendable {
    private struct State {
        var events: [BusEvent] = []
        /// The listener, while it waits.
        var waiter: CheckedContinuation<BusEvent?, Never>?
        var isOver = false
        var whenOver: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let room: Int

    /// A mailbox for `room` events.
    package init(room: Int = 1_000) {
        self.room = room
    }

    /// Adds an event; where there is no room, a gap stands for it and for all that was not taken.
    package func put(_ event: BusEvent) {
        let waiter: CheckedContinuation<BusEvent?, Never>? = state.withLock { state in
            if state.isOver { return nil }
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            if state.events.count >= room { state.events = [.gap] } else { state.events.append(event) }
            return nil
        }
        waiter?.resume(returning: event)
    }

    /// Ends it; what is there can still be taken.
    package func finish() {
        let (waiter, body) = state.withLock { state in
            defer { (state.waiter, state.whenOver) = (nil, nil) }
            state.isOver = true
            return (state.waiter, state.whenOver)
        }
        waiter?.resume(returning: nil)
        body?()
    }

    /// Runs `body` once it is over, for whatever reason; at once where it is.
    package func whenOver(_ body: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if !state.isOver { state.whenOver = body }
            return state.isOver
        }
        if isOver { body() }
    }

    /// Whether nothing is taken in any more.
    package var isOver: Bool { state.withLock { $0.isOver } }

    /// What is put, for one listener; ends with `finish`, when the listener's task is cancelled, or when it is let go.
    package func stream() -> AsyncStream<BusEvent> {
        let reader = Reader(mailbox: self)
        return AsyncStream { await reader.mailbox.next() }
    }

    /// The next event; nil at the end.
    ///
    /// One task at a time may ask.
    private func next() async -> BusEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let ready: BusEvent?? = state.withLock { state in
                    if Task.isCancelled { return .some(nil) }
                    if !state.events.isEmpty { return state.events.removeFirst() }
                    if state.isOver { return .some(nil) }
                    state.waiter = waiter
                    return nil
                }
                if let ready { waiter.resume(returning: ready) }
            }
        } onCancel: {
            finish()
        }
    }

    /// Ends the mailbox when nobody holds its stream any more.
    private final class Reader: Sendable {
        let mailbox: BusMailbox

        init(mailbox: BusMailbox) {
            self.mailbox = mailbox
        }

        deinit { mailbox.finish() }
    }
}
