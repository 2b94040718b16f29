#if PostgreSQL
    import Dispatch
    import Synchronization

    /// Wakes those who wait for work, when some may be there.
    final class QueueWakes: Sendable {
        private struct Waiter {
            var number: UInt64
            var queue: String
            var turn: CheckedContinuation<Void, Never>
        }

        private struct State {
            var waiters: [Waiter] = []
            var number: UInt64 = 0
            /// How often a queue was woken; those nobody asked for yet are left out.
            var counts: [String: UInt64] = [:]
            var isClosed = false
        }

        private let state = Mutex(State())
        private let clock = DispatchQueue(label: "wardflux.cluster.queue")

        /// How often a queue was woken; asked before one looks, so that no wake is missed between look and wait.
        func count(of queue: String) -> UInt64 {
            state.withLock { state in
                let count = state.counts[queue] ?? 0
                state.counts[queue] = count
                return count
            }
        }

        /// Waits until the queue is woken for the first time after a count, the time is over, or the task is cancelled.
        func wait(for queue: String, after count: UInt64, seconds: Double) async {
            let number = state.withLock { state in
                state.number += 1
                return state.number
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { turn in
                    let isOver = state.withLock { state in
                        // Asked here, so that who cancels it later finds it among those who wait.
                        if state.isClosed || Task.isCancelled || state.counts[queue] != count { return true }
                        state.waiters.append(Waiter(number: number, queue: queue, turn: turn))
                        return false
                    }
                    if isOver { return turn.resume() }
                    clock.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.end { $0 == number } }
                }
            } onCancel: {
                end { $0 == number }
            }
        }

        /// Wakes those who wait for a queue; nil for all.
        func wake(_ queue: String?) {
            let woken = state.withLock { state in
                for known in state.counts.keys where queue == nil || known == queue { state.counts[known]? += 1 }
                let woken = state.waiters.filter { queue == nil || $0.queue == queue }
                state.waiters.removeAll { queue == nil || $0.queue == queue }
                return woken
            }
            for waiter in woken { waiter.turn.resume() }
        }

        /// Wakes all for good.
        func close() {
            state.withLock { $0.isClosed = true }
            wake(nil)
        }

        private func end(_ isOver: (UInt64) -> Bool) {
            let ended = state.withLock { state in
                let ended = state.waiters.filter { isOver($0.number) }
                state.waiters.removeAll { isOver($0.number) }
                return ended
            }
            for waiter in ended { waiter.turn.resume() }
        }
    }
#endif
