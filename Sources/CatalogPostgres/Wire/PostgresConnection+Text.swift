#if PostgreSQL
    extension PostgresConnection {
        /// Runs one statement; its rows come back as text, NULL as nil.
        ///
        /// - Parameter values: the values of `$1`, `$2`, … as text; the server takes them as what they are compared with.
        ///
        /// Throws `PostgresFailure`, which `PostgresCatalog.withConnection` turns into the catalog's error.
        @discardableResult
        public func execute(_ sql: String, _ values: [String?] = []) async throws -> [[String?]] {
            var statement = Statement(sql, values.map { Parameter(type: 0, octets: $0.map { Array($0.utf8) }) })
            statement.isKept = false
            statement.asText = true
            return try await one(statement).texts
        }
    }
#endif
