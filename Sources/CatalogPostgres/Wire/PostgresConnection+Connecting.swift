#if PostgreSQL
    import CPQ
    import Dispatch
    import Glibc
    import Sockets

    extension PostgresConnection {
        /// Makes the connection, step by step as its socket allows.
        func start() async throws {
            let handle = try begin()
            setAlarm(seconds: timeouts.connectSeconds)
            defer { stopAlarm() }
            var wanted = PGRES_POLLING_WRITING
            while wanted != PGRES_POLLING_OK {
                if isOverdue {
                    throw PostgresFailure.broken("no answer from \(settings.target) for \(timeouts.connectSeconds) s")
                }
                guard PQsocket(handle) >= 0 else { throw PostgresFailure.broken(said(by: handle)) }
                await waitOnce(socket: PQsocket(handle), toWrite: wanted == PGRES_POLLING_WRITING)
                guard self.handle != nil else { throw PostgresFailure.closed }
                if isOverdue { continue }
                wanted = PQconnectPoll(handle)
                if wanted == PGRES_POLLING_FAILED { throw PostgresFailure.broken(said(by: handle)) }
            }
            try adopt(handle)
        }

        private func begin() throws -> OpaquePointer {
            let pairs = settings.values.sorted { $0.key < $1.key }
            let names = pairs.map { strdup($0.key) }
            let texts = pairs.map { strdup($0.value) }
            defer { for text in names + texts { free(text) } }
            let handle = PQconnectStartParams(
                names.map { UnsafePointer($0) } + [nil], texts.map { UnsafePointer($0) } + [nil], 0)
            guard let handle else { throw PostgresFailure.broken("no memory for a connection") }
            self.handle = handle
            if PQstatus(handle) == CONNECTION_BAD { throw PostgresFailure.broken(said(by: handle)) }
            // What the server remarks goes nowhere: by default it would be printed.
            _ = PQsetNoticeReceiver(handle, { _, _ in }, nil)
            return handle
        }

        /// Waits until a socket of a connection that is being made can be used; it may be another one each time.
        private func waitOnce(socket: Int32, toWrite: Bool) async {
            let queue = executor.queue
            let handler: @Sendable () -> Void = { [weak self] in
                self?.assumeIsolated { connection in connection.wake() }
            }
            let step = SocketWatch(socket: socket, queue: queue, onReadable: handler)
            if toWrite { step?.startWriting(handler) }
            await waitForEvent()
            step?.stopWriting()
        }

        private func adopt(_ handle: OpaquePointer) throws {
            guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1, let cancel = PQgetCancel(handle)
            else { throw PostgresFailure.broken(said(by: handle)) }
            canceller = Canceller(request: cancel) { [weak self, executor] in
                executor.queue.async { [weak self] in self?.assumeIsolated { connection in connection.wake() } }
            }
            watch = SocketWatch(socket: PQsocket(handle), queue: executor.queue) { [weak self] in
                self?.assumeIsolated { connection in connection.readable() }
            }
            if watch == nil { throw PostgresFailure.broken("no descriptor is left for a connection") }
        }
    }
#endif
