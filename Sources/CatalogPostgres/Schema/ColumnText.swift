#if PostgreSQL
    /// Columns of the schema as text; every check carries the name of its column, so that a refusal can name it.
    ///
    /// Texts are ordered by their octets, as SQLite orders them, whatever the database's own order is.
    enum ColumnText {
        /// The type of texts.
        static let text = "TEXT COLLATE \"C\""
        /// Far above every figure: no number that is finite and means anything lies beyond; it keeps out NaN, which the
        /// server takes for more than every number.
        static let most = "1e300"

        /// A column with a check of its own name.
        static func checked(
            _ table: String, _ column: String, _ type: String, required: Bool = true, _ check: String
        ) -> String {
            "\(column) \(type)\(required ? " NOT NULL" : "") CONSTRAINT \"\(table).\(column)\" CHECK (\(check))"
        }

        /// A time in the years 0 to 9999.
        static func time(_ table: String, _ column: String, required: Bool = true) -> String {
            let years = "'0001-01-01T00:00:00Z BC' AND '9999-12-31T23:59:59.999Z'"
            return checked(table, column, "TIMESTAMPTZ", required: required, "\(column) BETWEEN \(years)")
        }

        /// A column that holds one of some words.
        static func word(_ table: String, _ column: String, of words: [String], required: Bool = true) -> String {
            let list = words.map { "'\($0)'" }.joined(separator: ", ")
            return checked(table, column, text, required: required, "\(column) IN (\(list))")
        }

        /// A text that must not be empty.
        static func name(_ table: String, _ column: String) -> String {
            checked(table, column, text, "\(column) <> ''")
        }

        /// A whole number within bounds; a nil bound is open.
        static func count(
            _ table: String, _ column: String, from low: Int = 0, to high: Int? = nil, required: Bool = true
        ) -> String {
            let upper = high.map { " AND \(column) <= \($0)" } ?? ""
            return checked(table, column, "BIGINT", required: required, "\(column) >= \(low)\(upper)")
        }

        /// A finite number within bounds.
        static func real(
            _ table: String, _ column: String, from low: String = "0", to high: String = most, required: Bool = true
        ) -> String {
            checked(
                table, column, "DOUBLE PRECISION", required: required, "\(column) >= \(low) AND \(column) <= \(high)")
        }

        /// A JSON list or object, kept as it was written.
        static func json(_ table: String, _ column: String, _ type: String = "array") -> String {
            checked(table, column, text, "json_typeof(\(column)::json) = '\(type)'")
        }

        /// Columns of texts that may be missing.
        static func texts(_ columns: String...) -> String {
            columns.map { "\($0) \(text)" }.joined(separator: ",\n  ")
        }

        /// A reference to a row; a required one is never empty.
        static func reference(
            _ column: String, to table: String, required: Bool = true, onDelete action: String = "CASCADE"
        ) -> String {
            "\(column) UUID\(required ? " NOT NULL" : "") REFERENCES \(table) (id) ON DELETE \(action)"
        }
    }
#endif
