#if Redis
    import CHiredis
    import Dispatch
    import Glibc
    import Inventory
    import Sockets

    extension RedisLink {
        /// Begins to make a connection.
        func connect() {
            attempt += 1
            phase = .connecting
            connectDeadline = .now + .seconds(timeouts.connectSeconds)
            setAlarm()
            switch settings.place {
            case .socket(let path): open(redisConnectUnixNonBlock(path))
            case .host(let host, _):
                let attempt = attempt
                NameLookup.addresses(of: host) { [weak self] found in
                    self?.executor.queue.async { [weak self] in
                        self?.assumeIsolated { link in link.lookedUp(found, attempt) }
                    }
                }
            }
        }

        private func lookedUp(_ found: Result<[String], RedisFailure>, _ attempt: Int) {
            guard attempt == self.attempt, phase == .connecting else { return }
            switch found {
            case .success(let addresses):
                self.addresses = addresses
                openNext("its name has no address")
            case .failure(let failure): fail(failure)
            }
        }

        /// Tries the next address; gives up with a reason where none is left.
        private func openNext(_ reason: String) {
            guard !addresses.isEmpty, case .host(_, let port) = settings.place else { return fail(.broken(reason)) }
            open(redisConnectNonBlock(addresses.removeFirst(), Int32(port)))
        }

        private func open(_ context: UnsafeMutablePointer<redisContext>?) {
            watch = nil
            if let old = self.context { redisFree(old) }
            self.context = context
            guard let context else { return fail(.broken("no memory for a connection")) }
            guard context.pointee.err == 0 else { return openNext(said(by: context)) }
            watch = SocketWatch(socket: context.pointee.fd, queue: executor.queue) { [weak self] in
                self?.assumeIsolated { link in link.readable() }
            }
            if watch == nil { return fail(.broken("no descriptor is left for a connection")) }
            watch?.startWriting { [weak self] in self?.assumeIsolated { link in link.writable() } }
        }

        /// The socket that is being connected can be used, or cannot.
        func socketConnected() {
            guard let context else { return }
            var (error, length) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
            if getsockopt(context.pointee.fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0 { error = errno }
            guard error == 0 else { return openNext("it cannot be reached: \(String(cString: strerror(error)))") }
            watch?.stopWriting()
            if context.pointee.connection_type == REDIS_CONN_TCP { _ = redisEnableKeepAlive(context) }
            greet()
        }

        // MARK: greeting

        /// Logs in; calls are sent when the server has said yes, so none runs in the wrong database.
        private func greet() {
            phase = .greeting
            var commands: [RedisCommand] = []
            if let password = settings.password {
                commands.append(RedisCommand(["AUTH"] + [settings.user, password.reveal()].compactMap(\.self)))
            }
            if settings.database != 0 { commands.append(RedisCommand("SELECT", settings.database)) }
            commands.append(RedisCommand("PING"))
            commands.append(RedisCommand("INFO", "server"))
            send(
                Pending(
                    number: 0, octets: commands.flatMap(\.octets), missing: commands.count,
                    seconds: timeouts.connectSeconds))
        }

        /// The server answered the greeting.
        func greeted(_ replies: [RedisReply]) {
            for reply in replies.dropLast() {
                if case .refusal(let message) = reply { return fail(refusal(settings.clean(message))) }
            }
            serverProcess = Self.process(in: replies.last?.text ?? "") ?? "connection \(attempt)"
            phase = .ready
            circuit = nil
            setAlarm()
            let calls = waiting
            waiting = []
            for call in calls { enterAgain(call) }
        }

        private func enterAgain(_ call: Pending) {
            guard phase == .ready else {
                call.caller?.resume(returning: .failure(.broken("the connection was lost")))
                return
            }
            send(call)
        }

        /// Why it does not let this process in, with what to do.
        private func refusal(_ message: String) -> RedisFailure {
            switch RedisFailure.kind(of: message) {
            case "NOAUTH": .broken("it wants a password; write redis://user:password@host:6379/0 as its URL")
            case "WRONGPASS": wrongPassword(message)
            // One that has no password, or is older than Redis 6.
            case "ERR" where message.contains("password"): wrongPassword(message)
            case "NOPERM": .broken("its user may not do what is needed (\(message)); allow it by ACL SETUSER")
            default: .broken("it did not let this process in: \(message)")
            }
        }

        private func wrongPassword(_ message: String) -> RedisFailure {
            .broken("it does not accept the user and password of its URL (\(message)); correct them")
        }

        /// What the server calls its process: `run_id:...`.
        private static func process(in info: String) -> String? {
            info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("run_id:") }.map { String($0.dropFirst(7)) }
        }
    }
#endif
