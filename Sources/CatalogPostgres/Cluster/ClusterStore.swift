#if PostgreSQL
    import Catalog
    import CatalogRows
    import Cluster
    import Inventory

    /// The connections that the calls of a cluster take turns with.
    struct ClusterStore: Sendable {
        let pool: ConnectionPool

        init(_ settings: ConnectionSettings, _ limits: ClusterLimits) {
            pool = ConnectionPool(
                settings, timeouts: limits.timeouts, most: limits.connections, waitSeconds: limits.waitSeconds)
        }

        /// Runs statements in one transaction and one round trip; gives the answer of each.
        ///
        /// Each statement sees what was committed before it (READ COMMITTED). Where two transactions wait for each other,
        /// the one that the server ends is run again.
        func together(_ operation: String, _ statements: [Statement]) async throws(ClusterError) -> [PostgresResult] {
            let begin = Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            let steps = ([begin] + statements + [Statement("COMMIT")]).map { Step.statement($0) } + [.sync]
            do {
                var attempt = 1
                while true {
                    do {
                        return try await run(steps).dropFirst().dropLast()
                    } catch let failure as PostgresFailure where failure.isTransient && attempt < 3 {
                        attempt += 1
                    }
                }
            } catch {
                throw clusterError(error, operation)
            }
        }

        private func run(_ steps: [Step]) async throws -> [PostgresResult] {
            try await pool.withConnection { connection in
                do {
                    return try await connection.run(steps)
                } catch {
                    if await !connection.isClean { await connection.tidy() }
                    throw error
                }
            }
        }

        /// Runs one statement, which is a transaction of its own.
        func one(_ operation: String, _ statement: Statement) async throws(ClusterError) -> PostgresResult {
            do {
                guard let answer = try await run([.statement(statement), .sync]).last else {
                    throw PostgresFailure.broken("the server gave no answer")
                }
                return answer
            } catch {
                throw clusterError(error, operation)
            }
        }
    }

    /// The cluster's own error for anything that was thrown on the way.
    func clusterError(_ error: any Error, _ operation: String) -> ClusterError {
        if let error = error as? ClusterError { return error }
        let found = catalogError(error, operation: operation)
        let code: ClusterError.Code =
            switch found.code {
            case .closed: .closed
            case .cancelled: .cancelled
            case .conflict, .invalidValue, .schemaTooNew: .refused
            default: .unavailable
            }
        let message = code == .closed ? "the connections of the cluster were closed" : found.message
        return ClusterError(code, "\(operation): \(message)")
    }

    extension PostgresResult {
        /// Reads all rows; what cannot be read was written by something else.
        func readAll(
            _ operation: String, _ body: (inout ResultReader) throws -> Void
        ) throws(ClusterError) {
            do {
                try forEach(body)
            } catch {
                throw clusterError(error, operation)
            }
        }
    }

    extension ClusterError {
        /// Throws `refused` unless a name has 1 to 100 characters.
        static func requireName(_ name: String, _ what: String) throws(ClusterError) {
            guard !(1...100).contains(name.count) else { return }
            throw ClusterError(.refused, "the name of a \(what) has 1 to 100 characters, '\(name.prefix(100))' has not")
        }
    }

    /// A span as the statements take it: finite, not negative, at most a year.
    func span(_ seconds: Double) -> Parameter {
        .real(seconds.isNaN ? 0 : max(0, min(366 * 86_400, seconds)))
    }
#endif
