#if PostgreSQL
    import CPQ
    import Glibc
    import Inventory

    /// What libpq is told to connect: names and values, the password among them.
    struct ConnectionSettings: Sendable {
        /// By libpq's names, such as `host` and `sslmode`.
        private(set) var values: [String: String]
        /// The schema that holds the tables; nil leaves it to the server's search path.
        private(set) var schema: String?
        /// Takes secrets out of messages.
        let redactor: Redactor
        /// Where it connects to, without secrets: `wardflux@db1:5432/wardflux`.
        let target: String

        /// Reads a URL such as `postgresql://wardflux@db1/wardflux?sslmode=verify-full&schema=wardflux`.
        ///
        /// Throws a text that says what is wrong, without secrets.
        ///
        /// - Parameter defaults: what libpq is told where the URL says nothing, before what it is told by default.
        init(url: Secret, password: Secret?, defaults: [String: String] = [:]) throws(Wrong) {
            let (plain, schema) = Self.takeSchema(url.reveal())
            var found = try Self.parse(plain)
            if let password, !password.isEmpty { found["password"] = password.reveal() }
            let fromOutside = getenv("PGPASSWORD").map { String(cString: $0) }
            redactor = Redactor(
                secrets: [found["password"], found["sslpassword"], fromOutside].compactMap(\.self), url: plain)
            let defaults = Self.defaults.merging(defaults) { _, given in given }
            for (name, value) in defaults where found[name] == nil { found[name] = value }
            for (name, value) in Self.fixed { found[name] = value }
            self.schema = schema
            values = found
            let host = found["host"] ?? found["hostaddr"] ?? "localhost"
            let port = found["port"].map { ":\($0)" } ?? ""
            target = "\(found["user"].map { "\($0)@" } ?? "")\(host)\(port)/\(found["dbname"] ?? "")"
            if let schema, !Self.isName(schema) {
                throw Wrong("the schema '\(schema)' in its URL is no name of small letters, digits and _; give another")
            }
        }

        /// What is wrong with a URL.
        struct Wrong: Error {
            let message: String

            init(_ message: String) { self.message = message }
        }

        /// What libpq is told where the URL says nothing.
        private static let defaults = [
            "sslmode": "prefer", "application_name": "wardflux", "connect_timeout": "10", "tcp_user_timeout": "10000",
            "keepalives": "1", "keepalives_idle": "30", "keepalives_interval": "5", "keepalives_count": "3",
        ]
        private static let fixed = ["client_encoding": "UTF8"]

        private static func isName(_ text: String) -> Bool {
            let letters = Set("abcdefghijklmnopqrstuvwxyz_")
            guard let first = text.first, letters.contains(first), text.utf8.count <= 63 else { return false }
            return text.allSatisfy { letters.contains($0) || "0123456789".contains($0) }
        }

        /// libpq knows no `schema` in a URL.
        private static func takeSchema(_ url: String) -> (url: String, schema: String?) {
            guard let mark = url.lastIndex(of: "?") else { return (url, nil) }
            var schema: String?
            let rest = url[url.index(after: mark)...].split(separator: "&").filter { part in
                guard part.hasPrefix("schema=") else { return true }
                schema = String(part.dropFirst("schema=".count))
                return false
            }
            let query = rest.isEmpty ? "" : "?" + rest.joined(separator: "&")
            return (url[..<mark] + query, schema)
        }

        /// libpq's own message may quote the password: it is not passed on.
        private static func parse(_ url: String) throws(Wrong) -> [String: String] {
            guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://") else {
                throw Wrong("its URL does not begin with postgresql://")
            }
            var complaint: UnsafeMutablePointer<CChar>?
            guard let options = PQconninfoParse(url, &complaint) else {
                if let complaint { PQfreemem(complaint) }
                throw Wrong(
                    "its URL cannot be read; it looks like postgresql://user@host:5432/database?sslmode=verify-full")
            }
            defer { PQconninfoFree(options) }
            var found: [String: String] = [:]
            var option = options
            while let name = option.pointee.keyword {
                if let value = option.pointee.val { found[String(cString: name)] = String(cString: value) }
                option += 1
            }
            return found
        }
    }

    /// Takes secrets out of texts.
    struct Redactor: Sendable {
        private let secrets: [String]

        /// - Parameter url: the URL, whose part between user and host is secret as it is written there, too.
        init(secrets: [String], url: String) {
            var all = secrets
            if let start = url.firstRange(of: "://")?.upperBound, let end = url[start...].lastIndex(of: "@"),
                let colon = url[start..<end].firstIndex(of: ":")
            {
                all.append(String(url[url.index(after: colon)..<end]))
            }
            self.secrets = all.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        }

        /// The text with `***` for each secret, on one line.
        func clean(_ text: String) -> String {
            var text = text
            for secret in secrets { text.replace(secret, with: "***") }
            return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
        }
    }
#endif
