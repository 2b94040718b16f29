#if PostgreSQL
    /// One statement with its values.
    struct Statement: Sendable {
        /// The statement, with `$1`, `$2`, … for its values.
        var sql: String
        /// The values.
        var parameters: [Parameter]
        /// Whether the connection keeps the statement prepared for the next time.
        var isKept = true
        /// Whether the answer comes as text, whatever it is, instead of in binary form.
        var asText = false

        init(_ sql: String, _ parameters: [Parameter] = []) {
            self.sql = sql
            self.parameters = parameters
        }

        /// A statement that is run once, such as a step of the schema.
        static func once(_ sql: String) -> Statement {
            var statement = Statement(sql)
            statement.isKept = false
            return statement
        }
    }

    /// What is sent to the server without waiting in between.
    enum Step: Sendable {
        case statement(Statement)
        /// Ends what fails together: after an error, statements up to here are not run.
        case sync
    }
#endif
