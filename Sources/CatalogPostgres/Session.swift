#if PostgreSQL
    import CatalogRows

    /// What keeps writers of the same rows from running into each other.
    ///
    /// Taken before a transaction sees anything, so that what it reads is what the writer before it left.
    enum AdvisoryLock {
        case share(Int32)
        case take(Int32)
        /// Of some keys each, in order, so that no two writers wait for each other.
        case takeEach(Int32, keys: [Int64])

        /// All writers of devices share it; whoever may write any device takes it.
        static let devices: Int32 = 5746_01
        /// One device each.
        static let device: Int32 = 5746_02
        static let topology: Int32 = 5746_03
        static let alerts: Int32 = 5746_04
        static let alertActions: Int32 = 5746_05
        static let anomalies: Int32 = 5746_06
        static let migration: Int32 = 5746_07
        static let baselines: Int32 = 5746_08
        /// One database may hold several schemas, which have nothing to do with each other.
        private static let schema = "hashtext(coalesce(current_schema(), current_setting('search_path')))"

        var statement: Statement {
            switch self {
            case .share(let kind):
                Statement("SELECT pg_advisory_lock_shared($1::int, \(Self.schema))", [.integer(Int64(kind))])
            case .take(let kind):
                Statement("SELECT pg_advisory_lock($1::int, \(Self.schema))", [.integer(Int64(kind))])
            case .takeEach(let kind, let keys):
                Statement(
                    "SELECT pg_advisory_lock($1::int, key::int) FROM unnest($2::bigint[]) AS key",
                    [.integer(Int64(kind)), .integers(Set(keys).sorted())])
            }
        }
    }

    extension PostgresConnection {
        /// Runs one statement.
        func one(_ statement: Statement) async throws -> PostgresResult {
            guard let result = try await run([.statement(statement), .sync]).last else {
                throw PostgresFailure.broken("the server gave no answer")
            }
            return result
        }

        /// Runs a statement that is not kept, without values.
        func once(_ sql: String) async throws {
            _ = try await one(.once(sql))
        }

        /// Ends what an error left: the transaction and the locks; what cannot be tidied is not used again.
        func tidy() async {
            guard isUsable else { return }
            var ends: [Step] = isIdle ? [] : [.statement(.once("ROLLBACK")), .sync]
            ends += [.statement(.once("SELECT pg_advisory_unlock_all()")), .sync]
            do {
                _ = try await exchange(ends)
            } catch {
                fail(.broken("its state is not known after an error"))
            }
        }
    }

    /// The statements of one task on one connection.
    final class Session {
        private let connection: PostgresConnection
        /// What goes out before the first statement.
        private var opening: [Step]

        init(_ connection: PostgresConnection, opening: [Step] = []) {
            self.connection = connection
            self.opening = opening
        }

        /// Runs statements together; gives the answer of each.
        func all(_ statements: [Statement]) async throws -> [PostgresResult] {
            let steps = opening + statements.map { .statement($0) } + [.sync]
            opening = []
            return try await connection.run(steps).suffix(statements.count)
        }

        /// Runs one statement.
        func one(_ statement: Statement) async throws -> PostgresResult {
            guard let result = try await all([statement]).last else {
                throw PostgresFailure.broken("the server gave no answer")
            }
            return result
        }

        /// The rows of a query.
        func rows<Row: TableRow>(_ sql: String, _ parameters: Parameter...) async throws -> [Row] {
            try await one(Statement(sql, parameters)).rows()
        }

        /// The first row of a query; nil where there is none.
        func first<Row: TableRow>(_ sql: String, _ parameters: Parameter...) async throws -> Row? {
            let rows: [Row] = try await one(Statement(sql, parameters)).rows()
            return rows.first
        }

        /// Runs a statement; gives how many rows it wrote.
        @discardableResult
        func run(_ sql: String, _ parameters: Parameter...) async throws -> Int {
            try await one(Statement(sql, parameters)).affected
        }

        /// Commits what was written, and gives the locks back.
        func commit() async throws {
            let steps: [Step] = [
                .statement(Statement("COMMIT")), .sync, .statement(Statement("SELECT pg_advisory_unlock_all()")), .sync,
            ]
            do {
                let tag = try await connection.exchange(steps).first?.tag
                guard tag == "COMMIT" else { throw PostgresFailure.broken("the server rolled the transaction back") }
            } catch let failure as PostgresFailure where failure.isFatal {
                throw PostgresFailure.unknownOutcome("\(failure)")
            }
        }
    }
#endif
