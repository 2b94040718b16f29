#if PostgreSQL
    import Dispatch
    import Synchronization

    /// A bounded number of connections that tasks take turns with, first come, first served.
    ///
    /// Connections are made when they are needed and kept; one that is lost is replaced by whoever needs one next.
    final class ConnectionPool: Sendable {
        private struct Waiter {
            var number: UInt64
            var turn: CheckedContinuation<Void, any Error>
        }

        private struct State {
            /// Connections nobody uses, the one used last at the end.
            var idle: [PostgresConnection] = []
            /// Connections in use or being made.
            var taken = 0
            /// Those in use, to be ended with the pool.
            var used: [ObjectIdentifier: PostgresConnection] = [:]
            var waiters: [Waiter] = []
            var nextNumber: UInt64 = 0
            var isClosed = false
        }

        private let state = Mutex(State())
        private let settings: ConnectionSettings
        private let timeouts: PostgresTimeouts
        private let most: Int
        private let waitSeconds: Double
        private let clock = DispatchQueue(label: "wardflux.postgres.pool")

        /// - Parameters:
        ///   - most: connections at the same time.
        ///   - waitSeconds: how long a task waits for one before it is refused.
        init(_ settings: ConnectionSettings, timeouts: PostgresTimeouts, most: Int, waitSeconds: Double) {
            self.settings = settings
            self.timeouts = timeouts
            self.most = most
            self.waitSeconds = waitSeconds
        }

        /// Runs `body` with a connection that nobody else uses meanwhile; a connection it leaves unclean is not kept.
        func withConnection<Outcome: Sendable>(
            _ body: (PostgresConnection) async throws -> Outcome
        ) async throws -> Outcome {
            try await takeTurn()
            let connection: PostgresConnection
            do {
                connection = try await ready()
            } catch {
                giveTurn()
                throw error
            }
            do {
                let outcome = try await body(connection)
                await giveBack(connection)
                return outcome
            } catch {
                await giveBack(connection)
                throw error
            }
        }

        /// Ends all connections; whoever waits or comes later is refused.
        func close() async {
            let (connections, waiters) = state.withLock { state in
                defer { (state.idle, state.waiters) = ([], []) }
                state.isClosed = true
                return (state.idle + Array(state.used.values), state.waiters)
            }
            for waiter in waiters { waiter.turn.resume(throwing: PostgresFailure.closed) }
            for connection in connections { await connection.close() }
        }

        /// How many connections there are, in use or not.
        var count: Int { state.withLock { $0.taken + $0.idle.count } }

        // MARK: turns

        private enum Entry {
            case granted, refused, wait(UInt64)
        }

        private func takeTurn() async throws {
            try Task.checkCancellation()
            let number = state.withLock { state in
                state.nextNumber += 1
                return state.nextNumber
            }
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    enter(Waiter(number: number, turn: continuation))
                }
            } onCancel: {
                leave(number, CancellationError())
            }
        }

        private func enter(_ waiter: Waiter) {
            let outcome: Result<Void, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(PostgresFailure.closed) }
                // Asked here, so that who cancels it later finds it in the queue.
                if Task.isCancelled { return .failure(CancellationError()) }
                if state.taken < most {
                    state.taken += 1
                    return .success(())
                }
                state.waiters.append(waiter)
                return nil
            }
            if let outcome { return waiter.turn.resume(with: outcome) }
            let failure = PostgresFailure.exhausted(seconds: waitSeconds, connections: most)
            clock.asyncAfter(deadline: .now() + waitSeconds) { [weak self] in self?.leave(waiter.number, failure) }
        }

        /// Takes one out of the queue, if it still waits.
        private func leave(_ number: UInt64, _ reason: any Error) {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
            }
            waiter?.turn.resume(throwing: reason)
        }

        /// Hands the turn to the first that waits.
        private func giveTurn() {
            let next = state.withLock { state -> Waiter? in
                guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
                state.taken -= 1
                return nil
            }
            next?.turn.resume()
        }

        // MARK: connections

        private func ready() async throws -> PostgresConnection {
            while let idle = state.withLock({ $0.idle.popLast() }) {
                if await idle.isUsable { return try await use(idle) }
                await idle.close()
            }
            return try await use(try await PostgresConnection.connect(settings, timeouts: timeouts))
        }

        private func use(_ connection: PostgresConnection) async throws -> PostgresConnection {
            let isClosed = state.withLock { state in
                if !state.isClosed { state.used[ObjectIdentifier(connection)] = connection }
                return state.isClosed
            }
            guard isClosed else { return connection }
            await connection.close()
            throw PostgresFailure.closed
        }

        private func giveBack(_ connection: PostgresConnection) async {
            let isClean = await connection.isClean
            let isKept = state.withLock { state in
                state.used[ObjectIdentifier(connection)] = nil
                guard isClean, !state.isClosed else { return false }
                state.idle.append(connection)
                return true
            }
            if !isKept { await connection.close() }
            giveTurn()
        }
    }
#endif
