#if PostgreSQL
    import Synchronization

    /// The one connection of a process that hears what others publish and put; made again whenever it is lost.
    ///
    /// NOTIFY only wakes: what there is, is looked for, every second besides.
    final class ClusterEar: Sendable {
        static let busChannel = "wardflux_bus"
        static let workChannel = "wardflux_work"

        private struct State {
            var task: Task<Void, Never>?
            var connection: PostgresConnection?
            var isClosed = false
        }

        private let state = Mutex(State())
        private let settings: ConnectionSettings
        private let limits: ClusterLimits
        private let audience: BusAudience
        private let wakes: QueueWakes
        private let kicks: AsyncStream<Void>
        private let kicking: AsyncStream<Void>.Continuation

        init(_ settings: ConnectionSettings, _ limits: ClusterLimits, audience: BusAudience, wakes: QueueWakes) {
            self.settings = settings
            self.limits = limits
            self.audience = audience
            self.wakes = wakes
            (kicks, kicking) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        }

        /// Begins to hear, unless it does or was closed.
        func start() {
            state.withLock { state in
                guard state.task == nil, !state.isClosed else { return }
                state.task = Task { await self.run() }
            }
        }

        /// Looks for messages at once.
        func kick() { kicking.yield() }

        /// Ends the connection; a connection that is being made ends within its time.
        func close() async {
            let (task, connection) = state.withLock { state in
                state.isClosed = true
                return (state.task, state.connection)
            }
            task?.cancel()
            await connection?.close()
            await task?.value
        }

        private func run() async {
            var reader = BusReader(audience, lateSeconds: limits.lateSeconds)
            var turns = kicks.makeAsyncIterator()
            var pause = limits.pauseSeconds.lowerBound
            while !Task.isCancelled {
                if await hear(&reader, &turns) { pause = limits.pauseSeconds.lowerBound }
                // Not all processes of a cluster come back in the same moment.
                try? await Task.sleep(for: .seconds(pause * Double.random(in: 0.5...1)))
                pause = min(pause * 2, limits.pauseSeconds.upperBound)
            }
        }

        /// Hears until the connection is lost or cannot be made; true where it heard anything.
        private func hear(_ reader: inout BusReader, _ turns: inout AsyncStream<Void>.Iterator) async -> Bool {
            guard let connection = try? await PostgresConnection.connect(settings, timeouts: limits.timeouts) else {
                return false
            }
            let isWanted = state.withLock { state in
                state.connection = connection
                return !state.isClosed
            }
            let hasHeard = isWanted ? await hear(on: connection, &reader, &turns) : false
            state.withLock { $0.connection = nil }
            await connection.close()
            return hasHeard
        }

        private func hear(
            on connection: PostgresConnection, _ reader: inout BusReader, _ turns: inout AsyncStream<Void>.Iterator
        ) async -> Bool {
            let notifications = await connection.notifications()
            let channels = [Self.busChannel, Self.workChannel].map { Step.statement(.once("LISTEN \($0)")) }
            guard (try? await connection.run(channels + [.sync])) != nil else { return false }
            // What was put before this was heard by nobody.
            wakes.wake(nil)
            reader.reconnected()
            return await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.forward(notifications) }
                group.addTask { await self.tick() }
                defer { group.cancelAll() }
                var hasHeard = false
                while await turns.next() != nil {
                    guard (try? await reader.look(connection)) != nil else { break }
                    hasHeard = true
                }
                return hasHeard
            }
        }

        private func forward(_ notifications: AsyncStream<PostgresNotification>) async {
            kick()
            for await one in notifications {
                if one.channel == Self.workChannel {
                    wakes.wake(one.payload)
                } else if !audience.isEmpty {
                    kick()
                }
            }
            // The connection is lost: the next look finds out.
            kick()
        }

        private func tick() async {
            while (try? await Task.sleep(for: .seconds(limits.lookSeconds))) != nil { kick() }
        }
    }
#endif
