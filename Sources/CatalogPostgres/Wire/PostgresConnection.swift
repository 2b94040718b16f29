#if PostgreSQL
    import CPQ
    import Dispatch
    import Sockets

    /// One connection to a server, which never blocks a thread while it waits.
    ///
    /// An actor on a dispatch queue of its own: the handlers of its socket run within it. One task at a time may use
    /// it; the pool sees to that. What is sent together goes out without waiting for answers in between.
    public actor PostgresConnection {
        nonisolated let executor: QueueExecutor
        /// Its own queue.
        nonisolated public var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        nonisolated let settings: ConnectionSettings
        nonisolated let timeouts: PostgresTimeouts

        /// libpq's connection; nil once it is closed.
        ///
        /// Proof: it is only used within the actor, and by `deinit` when nobody else is.
        nonisolated(unsafe) var handle: OpaquePointer?
        var watch: SocketWatch?
        var canceller: Canceller?
        /// Fires every second while an answer is awaited.
        private var alarm: (any DispatchSourceTimer)?
        /// When the answer is overdue.
        private var alarmAt = DispatchTime.distantFuture
        private(set) var isOverdue = false
        /// Whoever waits for the socket, the alarm or a cancel request.
        private var waiter: CheckedContinuation<Void, Never>?
        /// Why it cannot be used any more.
        private var failure: PostgresFailure?
        /// The names of statements that the server keeps, by their text.
        var kept: [String: String] = [:]
        private var named = 0
        private var listeners: [AsyncStream<PostgresNotification>.Continuation] = []

        private init(settings: ConnectionSettings, timeouts: PostgresTimeouts) {
            self.settings = settings
            self.timeouts = timeouts
            executor = QueueExecutor(label: "wardflux.postgres")
        }

        deinit {
            for listener in listeners { listener.finish() }
            if let handle { PQfinish(handle) }
        }

        /// Connects and sets what every session has; throws `PostgresFailure`.
        static func connect(
            _ settings: ConnectionSettings, timeouts: PostgresTimeouts
        ) async throws -> PostgresConnection {
            let connection = PostgresConnection(settings: settings, timeouts: timeouts)
            do {
                try await connection.start()
                try await connection.prepareSession()
            } catch {
                await connection.close()
                throw error
            }
            return connection
        }

        /// Whether it can go on being used.
        var isUsable: Bool { failure == nil && handle != nil }

        /// Whether no transaction is open.
        var isIdle: Bool { handle.map { PQtransactionStatus($0) == PQTRANS_IDLE } ?? false }

        /// Whether the next task may have it as it is.
        var isClean: Bool { isUsable && isIdle }

        /// The number of the server's process that answers.
        var serverProcess: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

        /// Ends it at once; what is under way fails.
        package func close() {
            watch = nil
            alarm?.cancel()
            alarm = nil
            if failure == nil { failure = .closed }
            if let handle { PQfinish(handle) }
            handle = nil
            for listener in listeners { listener.finish() }
            listeners = []
            wake()
        }

        /// What other sessions say on the channels this one listens to, until it ends.
        package func notifications() -> AsyncStream<PostgresNotification> {
            let (stream, continuation) = AsyncStream.makeStream(
                of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(1_000))
            if isUsable { listeners.append(continuation) } else { continuation.finish() }
            return stream
        }

        /// A name that no statement had yet.
        func nameStatement() -> String {
            named += 1
            return "w\(named)"
        }

        // MARK: waiting

        /// Waits until something happened: input, room for output, the alarm, the end of a cancel request.
        func waitForEvent() async {
            await withCheckedContinuation { waiter = $0 }
        }

        func wake() {
            waiter?.resume()
            waiter = nil
        }

        /// Throws what ended the connection, or that the server is silent.
        func requireAlive() throws -> OpaquePointer {
            if isOverdue { fail(.silent(seconds: timeouts.answerSeconds)) }
            if let failure { throw failure }
            guard let handle else { throw PostgresFailure.closed }
            return handle
        }

        /// Marks it as lost.
        func fail(_ reason: PostgresFailure) {
            guard failure == nil else { return }
            failure = reason
            watch = nil
            for listener in listeners { listener.finish() }
            listeners = []
        }

        /// libpq's last message, without secrets.
        func said(by handle: OpaquePointer) -> String {
            let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
            return settings.redactor.clean(text.isEmpty ? "the connection was lost" : text)
        }

        // MARK: time

        /// Gives the server some seconds to answer.
        func setAlarm(seconds: Double) {
            isOverdue = false
            if alarm == nil {
                let timer = DispatchSource.makeTimerSource(queue: executor.queue)
                timer.setEventHandler { [weak self] in
                    self?.assumeIsolated { connection in connection.ring() }
                }
                timer.activate()
                alarm = timer
            }
            alarmAt = .now() + seconds
            alarm?.schedule(deadline: .now() + min(seconds, 1), repeating: 1)
        }

        /// The server answered.
        func stopAlarm() {
            alarm?.schedule(deadline: .distantFuture)
        }

        private func ring() {
            guard DispatchTime.now() < alarmAt else {
                isOverdue = true
                return wake()
            }
            // A source that found its socket's end at the wrong moment never tells of it.
            guard let handle, SocketWatch.hasHungUp(PQsocket(handle)) else { return }
            if watch == nil { wake() } else { readable() }
        }

        // MARK: socket

        func readable() {
            guard let handle else { return }
            // A source tells once that the other end is gone, and never again: what came before the end must not hide it.
            repeat {
                if PQconsumeInput(handle) == 0 { fail(.broken(said(by: handle))) }
            } while failure == nil && SocketWatch.hasHungUp(PQsocket(handle))
            drainNotifications()
            wake()
        }

        /// Hands on what libpq has read of other sessions' words.
        func drainNotifications() {
            while let handle, let found = PQnotifies(handle) {
                let notification = PostgresNotification(
                    channel: String(cString: found.pointee.relname), payload: String(cString: found.pointee.extra))
                PQfreemem(found)
                for listener in listeners { listener.yield(notification) }
            }
        }

        /// Sends what libpq has to send.
        func flush() async throws {
            while true {
                let handle = try requireAlive()
                switch PQflush(handle) {
                case 0:
                    watch?.stopWriting()
                    return
                case 1:
                    watch?.startWriting { [weak self] in self?.assumeIsolated { connection in connection.wake() } }
                    await waitForEvent()
                default: fail(.broken(said(by: handle)))
                }
            }
        }

        // MARK: cancelling

        /// Runs `body`, and asks the server to stop when the task is cancelled meanwhile.
        func cancellable<Outcome>(_ body: () async throws -> Outcome) async throws -> Outcome {
            guard let canceller else { throw PostgresFailure.closed }
            canceller.begin()
            do {
                let outcome = try await withTaskCancellationHandler(operation: body, onCancel: { canceller.cancel() })
                try await settle(canceller)
                return outcome
            } catch {
                try? await settle(canceller)
                throw error
            }
        }

        /// Waits for a cancel request that is under way, and lets one that came too late hit nothing that matters.
        private func settle(_ canceller: Canceller) async throws {
            while true {
                switch canceller.end() {
                case .notAsked: return
                case .asked:
                    if isUsable { _ = try? await exchange([.statement(.once("SELECT 1")), .sync]) }
                    return
                case .asking:
                    _ = try requireAlive()
                    setAlarm(seconds: timeouts.answerSeconds)
                    await waitForEvent()
                    stopAlarm()
                }
            }
        }
    }
#endif
