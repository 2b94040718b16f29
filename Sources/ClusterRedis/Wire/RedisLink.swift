#if Redis
    import CHiredis
    import Dispatch
    import Glibc
    import Inventory
    import Sockets

    /// One connection to a server, made when it is needed and made again when it was lost; no thread waits for it.
    ///
    /// An actor on a dispatch queue of its own: the handlers of its socket run within it. Any number of tasks may call at
    /// once: commands go out in the order of the calls, without waiting for answers in between. A call takes at most
    /// `connectSeconds + answerSeconds` and what it lets the server wait; after a connection could not be made, calls
    /// fail at once for a second.
    actor RedisLink {
        nonisolated let executor = QueueExecutor(label: "wardflux.redis")
        /// Its own queue.
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        nonisolated let settings: RedisSettings
        nonisolated let timeouts: RedisTimeouts

        /// How far the connection is.
        enum Phase: Equatable {
            /// There is none: the next call makes one.
            case idle
            /// An address is looked up, or a socket is being connected.
            case connecting
            /// The server was sent who this is, and has not answered yet.
            case greeting
            /// Commands go out as they come.
            case ready
            /// For good.
            case closed
        }

        /// Commands of one call.
        struct Pending {
            var number: UInt64
            /// As they go out.
            var octets: [UInt8]
            /// How many answers are still to come.
            var missing: Int
            var replies: [RedisReply] = []
            /// Seconds for the answers once they were sent.
            var seconds: Double
            var deadline = ContinuousClock.now
            /// Whoever waits; nil for the greeting, and where the caller went away.
            var caller: CheckedContinuation<Result<[RedisReply], RedisFailure>, Never>?
        }

        /// hiredis' connection; nil while there is none.
        ///
        /// Proof: it is only used within the actor, and by `deinit` when nobody else is.
        nonisolated(unsafe) var context: UnsafeMutablePointer<redisContext>?
        var phase = Phase.idle
        var watch: SocketWatch?
        /// Addresses that were not tried yet.
        var addresses: [String] = []
        /// Which attempt to connect is under way: callbacks of earlier ones are ignored.
        var attempt = 0
        /// When the connection must be there.
        var connectDeadline = ContinuousClock.now
        /// Until when calls fail at once, and with what.
        var circuit: (until: ContinuousClock.Instant, failure: RedisFailure)?
        /// The server's process as it calls itself, other after each restart; made up where it does not tell.
        var serverProcess = ""

        /// Calls that were not sent yet.
        var waiting: [Pending] = []
        /// Calls that were sent, in the order in which their answers come.
        private var sent: [Pending] = []
        private var nextNumber: UInt64 = 0
        /// Octets on their way out, and how many of them the socket took.
        private var output: [UInt8] = []
        private var outputStart = 0
        /// Fires when something is overdue.
        private var alarm: (any DispatchSourceTimer)?

        init(_ settings: RedisSettings, _ timeouts: RedisTimeouts) {
            self.settings = settings
            self.timeouts = timeouts
        }

        deinit {
            if let context { redisFree(context) }
        }

        // MARK: calls

        /// Sends commands together; gives one answer for each, errors of the server among them.
        ///
        /// - Parameters:
        ///   - serverSeconds: how long the server is asked to wait before it answers.
        ///   - isShielded: wait for the answers though the task is cancelled: they matter to others.
        func call(
            _ commands: [RedisCommand], serverSeconds: Double = 0, isShielded: Bool = false
        ) async throws(RedisFailure) -> [RedisReply] {
            nextNumber += 1
            let number = nextNumber
            let outcome: Result<[RedisReply], RedisFailure> = await withTaskCancellationHandler {
                await withCheckedContinuation { caller in
                    enter(
                        Pending(
                            number: number, octets: commands.flatMap(\.octets), missing: commands.count,
                            seconds: timeouts.answerSeconds + serverSeconds, caller: caller))
                }
            } onCancel: {
                guard !isShielded else { return }
                executor.queue.async { self.assumeIsolated { link in link.abandon(number) } }
            }
            return try outcome.get()
        }

        /// Sends one command; throws what the server refused.
        func call(_ command: RedisCommand, isShielded: Bool = false) async throws(RedisFailure) -> RedisReply {
            guard let reply = try await call([command], isShielded: isShielded).first else { return .nothing }
            if case .refusal(let message) = reply { throw .refused(settings.clean(message)) }
            return reply
        }

        private func enter(_ call: Pending) {
            switch phase {
            case .closed: call.caller?.resume(returning: .failure(.closed))
            case .ready: send(call)
            case .connecting, .greeting: hold(call)
            case .idle:
                if let circuit, .now < circuit.until {
                    call.caller?.resume(returning: .failure(circuit.failure))
                } else {
                    hold(call)
                    connect()
                }
            }
        }

        private func hold(_ call: Pending) {
            guard waiting.count < timeouts.callsMax else { return refuse(call) }
            waiting.append(call)
        }

        private func refuse(_ call: Pending) {
            call.caller?.resume(returning: .failure(.broken("\(timeouts.callsMax) calls wait for it already")))
        }

        /// The caller of a call goes away; where it was sent, its answers are thrown away when they come.
        private func abandon(_ number: UInt64) {
            if let index = waiting.firstIndex(where: { $0.number == number }) {
                waiting.remove(at: index).caller?.resume(returning: .failure(.cancelled))
            } else if let index = sent.firstIndex(where: { $0.number == number }) {
                sent[index].caller?.resume(returning: .failure(.cancelled))
                sent[index].caller = nil
            }
        }

        // MARK: sending

        /// Sends a call's commands; what the socket does not take follows when it can.
        func send(_ call: Pending) {
            guard sent.count < timeouts.callsMax else { return refuse(call) }
            var call = call
            call.deadline = .now + .seconds(call.seconds)
            output += call.octets
            call.octets = []
            sent.append(call)
            if sent.count == 1 { setAlarm() }
            flush()
        }

        private func flush() {
            while outputStart < output.count, let context {
                // Not by hiredis, whose write raises SIGPIPE where the server has gone.
                let count = output.withUnsafeBytes { octets in
                    Glibc.send(
                        context.pointee.fd, octets.baseAddress.map { $0 + outputStart }, octets.count - outputStart,
                        Int32(MSG_NOSIGNAL))
                }
                if count > 0 {
                    outputStart += count
                } else if errno == EAGAIN || errno == EWOULDBLOCK {
                    watch?.startWriting { [weak self] in self?.assumeIsolated { link in link.writable() } }
                    return
                } else if errno != EINTR {
                    return fail(.broken("the connection was lost: \(String(cString: strerror(errno)))"))
                }
            }
            (output, outputStart) = ([], 0)
            watch?.stopWriting()
        }

        /// The socket takes something again.
        func writable() {
            if phase == .connecting { socketConnected() } else { flush() }
        }

        // MARK: receiving

        /// The socket has something to read.
        func readable() {
            if phase == .connecting { return socketConnected() }
            guard let context else { return }
            // The end of a connection is told once: what came before it must not hide it, nor be lost by it.
            var end: RedisFailure?
            repeat {
                if redisBufferRead(context) != REDIS_OK { end = .broken(said(by: context)) }
            } while end == nil && SocketWatch.hasHungUp(context.pointee.fd)
            takeReplies()
            if let end, self.context == context { fail(end) }
        }

        private func takeReplies() {
            guard let context else { return }
            var found: UnsafeMutableRawPointer?
            while self.context == context {
                guard redisGetReplyFromReader(context, &found) == REDIS_OK else {
                    return fail(.broken(said(by: context)))
                }
                guard let reply = found else { return }
                let copy = RedisReply(copying: reply.assumingMemoryBound(to: redisReply.self).pointee)
                freeReplyObject(reply)
                take(copy)
            }
        }

        private func take(_ reply: RedisReply) {
            guard !sent.isEmpty else { return fail(.broken("it said something that nobody asked for")) }
            sent[0].replies.append(reply)
            sent[0].missing -= 1
            guard sent[0].missing == 0 else { return }
            let call = sent.removeFirst()
            setAlarm()
            if phase == .greeting { return greeted(call.replies) }
            call.caller?.resume(returning: .success(call.replies))
            // After a failover this server is the wrong one; the next connection may find the right one.
            if call.replies.contains(where: { $0.isOfReplica }) { fail(.broken("it has become a replica")) }
        }

        /// hiredis' last error, without secrets.
        func said(by context: UnsafeMutablePointer<redisContext>) -> String {
            let text = withUnsafeBytes(of: context.pointee.errstr) { octets in
                String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
            }
            return settings.clean("the connection was lost: \(text.isEmpty ? "error \(context.pointee.err)" : text)")
        }

        // MARK: time

        /// Sets the alarm to what must come next.
        func setAlarm() {
            let deadline: ContinuousClock.Instant? =
                switch phase {
                case .connecting, .greeting: connectDeadline
                case .ready: sent.first?.deadline
                case .idle, .closed: nil
                }
            guard let deadline else { return alarm?.schedule(deadline: .distantFuture) ?? () }
            if alarm == nil {
                let timer = DispatchSource.makeTimerSource(queue: executor.queue)
                timer.setEventHandler { [weak self] in self?.assumeIsolated { link in link.ring() } }
                timer.activate()
                alarm = timer
            }
            alarm?.schedule(deadline: .now() + max(0, (deadline - .now) / .seconds(1)))
        }

        private func ring() {
            switch phase {
            case .connecting, .greeting:
                guard ContinuousClock.now >= connectDeadline else { return setAlarm() }
                fail(.broken("no connection within \(timeouts.connectSeconds) s"))
            case .ready:
                guard let first = sent.first else { return }
                guard ContinuousClock.now >= first.deadline else { return setAlarm() }
                fail(.broken("no answer within \(first.seconds) s"))
            case .idle, .closed: return
            }
        }

        // MARK: ending

        /// Ends the connection: all calls fail; the next one makes another.
        func fail(_ failure: RedisFailure) {
            guard phase != .closed else { return }
            if phase != .ready { circuit = (.now + .seconds(timeouts.circuitSeconds), failure) }
            phase = .idle
            drop(failure)
        }

        /// Ends it for good.
        func close() {
            phase = .closed
            drop(.closed)
        }

        private func drop(_ failure: RedisFailure) {
            attempt += 1
            watch = nil
            if let context { redisFree(context) }
            context = nil
            (output, outputStart) = ([], 0)
            let ended = sent + waiting
            (sent, waiting) = ([], [])
            setAlarm()
            for call in ended { call.caller?.resume(returning: .failure(failure)) }
        }
    }

    extension RedisReply {
        /// Whether the server refused to write because it follows another one.
        fileprivate var isOfReplica: Bool {
            if case .refusal(let message) = self { return RedisFailure.kind(of: message) == "READONLY" }
            return false
        }
    }
#endif
