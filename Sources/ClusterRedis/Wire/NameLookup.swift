#if Redis
    import Dispatch
    import Glibc

    /// Finds the addresses of a host without making anybody wait for a slow name server.
    enum NameLookup {
        /// Lookups one after the other, as each may hold a thread for half a minute.
        private static let queue = DispatchQueue(label: "wardflux.redis.names")

        /// Calls back with the addresses in their numeric form, or why there are none.
        static func addresses(of host: String, _ found: @escaping @Sendable (Result<[String], RedisFailure>) -> Void) {
            // An address needs no name server, and must not wait behind a name.
            if case .success(let addresses) = look(host, AI_NUMERICHOST) { return found(.success(addresses)) }
            queue.async { found(look(host, 0)) }
        }

        private static func look(_ host: String, _ flags: Int32) -> Result<[String], RedisFailure> {
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            hints.ai_flags = flags
            var list: UnsafeMutablePointer<addrinfo>?
            let status = getaddrinfo(host, nil, &hints, &list)
            guard status == 0 else {
                let reason = gai_strerror(status).map { String(cString: $0) } ?? "error \(status)"
                return .failure(.broken("its name cannot be looked up: \(reason)"))
            }
            defer { freeaddrinfo(list) }
            var addresses: [String] = []
            var next = list
            while let info = next?.pointee {
                if let address = numeric(info) { addresses.append(address) }
                next = info.ai_next
            }
            return .success(addresses)
        }

        private static func numeric(_ info: addrinfo) -> String? {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let status = getnameinfo(
                info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            guard status == 0 else { return nil }
            return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
        }
    }
#endif
