#if PostgreSQL
    import CPQ
    import Dispatch
    import Synchronization

    /// Asks the server to stop what a connection has under way.
    ///
    /// The request goes over a connection of its own, which blocks: so on another queue. An exchange ends only once a
    /// request that was begun for it is over, so that none can hit what is sent next.
    ///
    /// Proof: libpq lets any thread use a `PGcancel`, which nothing changes; all else is behind the mutex.
    final class Canceller: @unchecked Sendable {
        private enum State {
            case idle
            case running
            case asking
            case asked
        }

        private let request: OpaquePointer
        private let state = Mutex<State>(.idle)
        private let onAsked: @Sendable () -> Void

        /// - Parameter onAsked: called when a request is over.
        init(request: OpaquePointer, onAsked: @escaping @Sendable () -> Void) {
            self.request = request
            self.onAsked = onAsked
        }

        deinit {
            PQfreeCancel(request)
        }

        /// An exchange begins, which may be cancelled.
        func begin() {
            state.withLock { $0 = .running }
        }

        /// Asks the server to stop the exchange; nothing happens where none runs.
        func cancel() {
            ask(from: .running)
        }

        /// Asks again and again while the exchange lasts: a request that comes before its statement stops nothing.
        private func ask(from expected: State) {
            let isTurn = state.withLock { state in
                guard state == expected else { return false }
                state = .asking
                return true
            }
            guard isTurn else { return }
            DispatchQueue.global().async { [self] in
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
                    _ = PQcancel(request, message.baseAddress, 256)
                }
                state.withLock { $0 = .asked }
                onAsked()
                DispatchQueue.global().asyncAfter(deadline: .now() + 0.25) { [weak self] in self?.ask(from: .asked) }
            }
        }

        /// How an exchange that is over was left.
        enum End {
            /// Nobody cancelled it.
            case notAsked
            /// A request is under way: it must be awaited.
            case asking
            /// The server was asked to stop it, in time or too late.
            case asked
        }

        /// Ends an exchange, unless a request for it is under way.
        func end() -> End {
            state.withLock { state in
                switch state {
                case .idle, .running:
                    state = .idle
                    return .notAsked
                case .asking: return .asking
                case .asked:
                    state = .idle
                    return .asked
                }
            }
        }
    }
#endif
