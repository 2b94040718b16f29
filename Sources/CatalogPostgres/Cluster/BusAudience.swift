#if PostgreSQL
    import Cluster
    import Synchronization

    /// All who listen in this process; one whose stream is gone is forgotten.
    final class BusAudience: Sendable {
        /// One who listens.
        struct Listener: Sendable {
            let topics: Set<String>
            let mailbox: BusMailbox
            /// The place in the order in which they came, from 1.
            var number: UInt64 = 0
        }

        private struct State {
            /// Those who wait to be told that they listen.
            var newcomers: [Listener] = []
            var admitted: [Listener] = []
            var count: UInt64 = 0
            var isClosed = false

            mutating func add(_ listener: Listener) {
                count += 1
                newcomers.append(listener)
                newcomers[newcomers.endIndex - 1].number = count
            }

            mutating func forgetGone() {
                newcomers.removeAll { $0.mailbox.isOver }
                admitted.removeAll { $0.mailbox.isOver }
            }
        }

        private let state = Mutex(State())

        /// Adds one, who hears nothing before it is admitted; ends it where the bus was closed.
        func add(_ listener: Listener) {
            let isClosed = state.withLock { state in
                if !state.isClosed { state.add(listener) }
                return state.isClosed
            }
            if isClosed { listener.mailbox.finish() }
        }

        /// Whether nobody listens.
        var isEmpty: Bool {
            state.withLock { state in
                state.forgetGone()
                return state.newcomers.isEmpty && state.admitted.isEmpty
            }
        }

        /// How many came so far.
        var count: UInt64 { state.withLock { $0.count } }

        /// Tells those newcomers that were among the first `count` that they listen from now on.
        func admit(_ count: UInt64) {
            let next = state.withLock { state in
                let next = state.newcomers.filter { $0.number <= count }
                state.newcomers.removeAll { $0.number <= count }
                state.admitted += next
                return next
            }
            for listener in next { listener.mailbox.put(.gap) }
        }

        /// What anybody admitted listens to.
        var topics: Set<String> {
            state.withLock { state in state.admitted.reduce(into: []) { $0.formUnion($1.topics) } }
        }

        /// Hands a message to those who listen to its topic.
        func tell(_ message: BusMessage) {
            for listener in admitted where listener.topics.contains(message.topic) {
                listener.mailbox.put(.message(message))
            }
        }

        /// Tells all that messages may have been missed.
        func tellGap() {
            for listener in admitted { listener.mailbox.put(.gap) }
        }

        /// Ends all, and those who come later.
        func close() {
            let listeners = state.withLock { state in
                state.isClosed = true
                defer { (state.newcomers, state.admitted) = ([], []) }
                return state.newcomers + state.admitted
            }
            for listener in listeners { listener.mailbox.finish() }
        }

        private var admitted: [Listener] { state.withLock { $0.admitted } }
    }
#endif
