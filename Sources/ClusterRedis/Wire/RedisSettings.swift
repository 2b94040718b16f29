#if Redis
    import Inventory

    /// Where a server is and how to log in to it, read from a URL.
    struct RedisSettings: Sendable {
        /// The address of a server.
        enum Place: Sendable, Equatable {
            case host(String, port: UInt16)
            case socket(path: String)
        }

        private(set) var place: Place
        private(set) var user: String?
        private(set) var password: Secret?
        private(set) var database = 0

        /// What is wrong with a URL, and what to do; without secrets.
        struct Wrong: Error {
            let message: String
        }

        /// Reads `redis://[user:password@]host[:port][/database]` or `unix:///path[?db=database]`.
        ///
        /// - Parameter password: Goes before the one of the URL; nil for that one.
        init(url: Secret, password: Secret? = nil) throws(Wrong) {
            try self.init(url)
            if let password { self.password = password }
            guard user == nil || self.password != nil else {
                throw Wrong(message: "its URL has a user without a password; it looks like redis://user:password@host")
            }
        }

        private init(_ url: Secret) throws(Wrong) {
            let url = url.reveal()
            guard let mark = url.firstRange(of: "://") else { throw Self.unreadable }
            let rest = url[mark.upperBound...]
            switch url[..<mark.lowerBound].lowercased() {
            case "redis": self = try Self(host: rest)
            case "unix", "redis+unix": self = try Self(socket: rest)
            case "rediss":
                throw Wrong(
                    message: """
                        rediss:// (Redis over TLS) is not supported; use redis:// within a network you trust, or through \
                        a tunnel (stunnel, WireGuard) that ends on this host
                        """)
            default: throw Self.unreadable
            }
        }

        private static let unreadable = Wrong(
            message: "its URL cannot be read; it looks like redis://user:password@host:6379/0 or unix:///run/redis.sock"
        )

        private init(host text: Substring) throws(Wrong) {
            let (login, rest) = Self.split(text, atLast: "@")
            let (address, database) = Self.split(rest, atFirst: "/")
            place = try Self.place(of: address)
            try logIn(login)
            try select(database)
        }

        private init(socket text: Substring) throws(Wrong) {
            let (rest, query) = Self.split(text, atFirst: "?")
            guard let slash = rest.firstIndex(of: "/"), rest[slash...].count > 1 else { throw Self.unreadable }
            let path = String(rest[slash...])
            // An address of a Unix socket has room for 107 octets.
            guard path.utf8.count <= 107 else {
                throw Wrong(message: "the path of its socket is longer than 107 octets")
            }
            place = .socket(path: path)
            try logIn(rest[..<slash].isEmpty ? nil : rest[..<slash].dropLast())
            if let query {
                guard query.hasPrefix("db=") else { throw Self.unreadable }
                try select(query.dropFirst(3))
            }
        }

        private static func place(of address: Substring) throws(Wrong) -> Place {
            var (host, port): (Substring, Substring?) = (address, nil)
            if address.hasPrefix("["), let end = address.firstIndex(of: "]") {
                host = address[address.index(after: address.startIndex)..<end]
                let tail = address[address.index(after: end)...]
                guard tail.isEmpty || tail.hasPrefix(":") else { throw unreadable }
                port = tail.isEmpty ? nil : tail.dropFirst()
            } else {
                (host, port) = split(address, atFirst: ":")
            }
            guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { throw unreadable }
            guard let number = port.map({ UInt16($0) }) ?? 6379, number > 0 else {
                throw Wrong(message: "the port in its URL is no number from 1 to 65535")
            }
            return .host(String(host), port: number)
        }

        private mutating func logIn(_ login: Substring?) throws(Wrong) {
            guard let login else { return }
            let (name, word) = Self.split(login, atFirst: ":")
            guard let name = Self.decoded(name), let word = Self.decoded(word ?? "") else { throw Self.unreadable }
            user = name.isEmpty ? nil : name
            password = word.isEmpty ? nil : Secret(word)
        }

        private mutating func select(_ text: Substring?) throws(Wrong) {
            guard let text, !text.isEmpty else { return }
            guard let number = Int(text), (0...65_535).contains(number) else {
                throw Wrong(message: "the database in its URL is no number, such as 0")
            }
            database = number
        }

        // MARK: texts

        /// Where it connects to, without secrets: `cache1:6379/0`.
        var target: String {
            switch place {
            case .host(let host, let port): "\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
            case .socket(let path): "\(path) (\(database))"
            }
        }

        /// A text of the server or of hiredis, on one line, with `***` for the password.
        func clean(_ text: String) -> String {
            var text = text
            if let password { text.replace(password.reveal(), with: "***") }
            return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        }

        private static func split(_ text: Substring, atFirst mark: Character) -> (Substring, Substring?) {
            guard let index = text.firstIndex(of: mark) else { return (text, nil) }
            return (text[..<index], text[text.index(after: index)...])
        }

        private static func split(_ text: Substring, atLast mark: Character) -> (Substring?, Substring) {
            guard let index = text.lastIndex(of: mark) else { return (nil, text) }
            return (text[..<index], text[text.index(after: index)...])
        }

        /// A text with `%3A` and the like read; nil where one is no number.
        private static func decoded(_ text: Substring) -> String? {
            var octets: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let octet = rest.popFirst() {
                guard octet == UInt8(ascii: "%") else {
                    octets.append(octet)
                    continue
                }
                let digits = rest.prefix(2)
                guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                    return nil
                }
                octets.append(value)
                rest = rest.dropFirst(2)
            }
            return String(decoding: octets, as: UTF8.self)
        }
    }
#endif
