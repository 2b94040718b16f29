#if PostgreSQL
    /// Why a statement or a connection failed.
    enum PostgresFailure: Error, Sendable {
        /// The server refused a statement; the connection goes on.
        case refused(Refusal)
        /// The connection cannot be used any more, or could not be made; what is known of it.
        case broken(String)
        /// The connection broke while a transaction was being committed: nobody knows whether it was.
        case unknownOutcome(String)
        /// The server did not answer for this many seconds.
        case silent(seconds: Double)
        /// All connections were in use for this many seconds.
        case exhausted(seconds: Double, connections: Int)
        /// The pool is closed.
        case closed

        /// What the server said of a statement it refused.
        struct Refusal: Sendable, Equatable {
            /// Five characters, such as `23505`.
            var state: String
            /// In the server's language.
            var message: String
            /// More of it; holds the values of a row.
            var detail: String?
            /// The table, column and constraint it is about.
            var table: String?
            var column: String?
            var constraint: String?
        }

        /// The state of a refusal; nil for other failures.
        var state: String? {
            if case .refused(let refusal) = self { return refusal.state }
            return nil
        }

        /// Whether the same transaction may succeed when it is run again.
        ///
        /// A key that another transaction took at the same time is none the second time, where it is looked for first.
        var isTransient: Bool {
            state == "40001" || state == "40P01"
        }

        /// Whether the connection is lost.
        var isFatal: Bool {
            switch self {
            case .refused(let refusal): refusal.state.hasPrefix("57P") || refusal.state.hasPrefix("08")
            case .broken, .unknownOutcome, .silent, .closed: true
            case .exhausted: false
            }
        }
    }
#endif
