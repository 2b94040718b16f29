#if PostgreSQL
    import CatalogRows
    import Inventory

    /// A row that the schema refused, with what was to be written, so that the message can name the value.
    struct RefusedRow: Error {
        /// What the server said.
        var refusal: PostgresFailure.Refusal
        /// The values of the row by column; empty where it is not known which row it was.
        var values: [String: String]
        /// Whether the row was to be removed.
        var removing = false
    }

    /// Statements that write many rows of a table at once, each column a list.
    ///
    /// Rows that are stored as they are given are not written.
    enum RowStatement {
        /// Adds rows.
        static func insert<Row: TableRow>(_ rows: some Collection<Row>, into table: String = Row.table) -> Statement {
            let lists = RowLists.of(rows)
            let columns = Row.columnList
            return bulk(
                "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM \(source(Row.columns, lists)) ORDER BY ordinal",
                lists, rows.count)
        }

        /// Changes rows, found by their first `fixed` columns.
        static func update<Row: BoundRow>(
            _ rows: some Collection<Row>, in table: String, fixed: Int = 1
        ) -> Statement {
            let lists = RowLists.of(rows)
            let sql = updating(Row.columns, in: table, fixed: fixed, from: source(Row.columns, lists))
            return bulk(sql, lists, rows.count)
        }

        /// Adds rows or changes those of the same key, the first column.
        ///
        /// No key may be given twice.
        ///
        /// - Parameter condition: which new rows are added, about `given`; nil for all.
        static func save<Row: TableRow>(
            _ rows: some Collection<Row>, where condition: String? = nil
        ) -> Statement {
            let lists = RowLists.of(rows)
            let (key, columns) = (Row.columns[0], Row.columnList)
            let changes = Row.columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
            let sql = """
                WITH given AS MATERIALIZED (SELECT \(columns), ordinal FROM \(source(Row.columns, lists))),
                  changed AS (\(updating(Row.columns, in: Row.table, fixed: 1, from: "given")))
                INSERT INTO \(Row.table) (\(columns)) SELECT \(columns) FROM given
                WHERE NOT EXISTS (SELECT 1 FROM \(Row.table) AS stored WHERE stored.\(key) = given.\(key))
                  \(condition.map { "AND \($0)" } ?? "") ORDER BY ordinal
                ON CONFLICT (\(key)) DO UPDATE SET \(changes)
                """
            return bulk(sql, lists, rows.count)
        }

        private static func updating(_ columns: [String], in table: String, fixed: Int, from source: String) -> String {
            let (found, changed) = (columns.prefix(fixed), columns.dropFirst(fixed))
            let sets = changed.map { "\($0) = given.\($0)" }.joined(separator: ", ")
            let matches = found.map { "stored.\($0) = given.\($0)" }.joined(separator: " AND ")
            let stored = changed.map { "stored.\($0)" }.joined(separator: ", ")
            let given = changed.map { "given.\($0)" }.joined(separator: ", ")
            return """
                UPDATE \(table) AS stored SET \(sets) FROM \(source)
                WHERE \(matches) AND (\(stored)) IS DISTINCT FROM (\(given))
                """
        }

        /// The lists as rows, with their place.
        static func source(_ columns: [String], _ lists: RowLists) -> String {
            let parameters = lists.kinds.enumerated().map { "$\($0 + 1)::\($1.name)[]" }.joined(separator: ", ")
            let names = columns.joined(separator: ", ")
            return "unnest(\(parameters)) WITH ORDINALITY AS given (\(names), ordinal)"
        }

        /// A plan for few rows is kept; for many it is made anew, as it depends on how many there are.
        static func bulk(_ sql: String, _ lists: RowLists, _ count: Int) -> Statement {
            var statement = Statement(sql, lists.parameters)
            statement.isKept = count < 100
            return statement
        }
    }

    extension Session {
        /// Adds rows; `table` is another one with the same columns.
        func insert<Row: TableRow>(_ rows: [Row], into table: String = Row.table) async throws {
            guard !rows.isEmpty else { return }
            try await naming(rows) { try await one(RowStatement.insert(rows, into: table)) }
        }

        /// Changes rows, found by their first `fixed` columns; of those found twice the last counts.
        func update<Row: TableRow>(_ rows: [Row], fixed: Int = 1) async throws {
            guard !rows.isEmpty else { return }
            try await update(rows, in: Row.table, fixed: fixed)
        }

        /// The same, of some columns of a table.
        func update<Row: BoundRow>(_ rows: [Row], in table: String, fixed: Int = 1) async throws {
            guard !rows.isEmpty else { return }
            try await naming(rows) { try await one(RowStatement.update(rows, in: table, fixed: fixed)) }
        }

        /// Adds rows or changes those of the same key.
        @discardableResult
        func save<Row: TableRow>(_ rows: [Row], where condition: String? = nil) async throws -> Int {
            guard !rows.isEmpty else { return 0 }
            return try await naming(rows) { try await one(RowStatement.save(rows, where: condition)) }.affected
        }

        /// Runs `body`; where the schema refuses a row, finds out which of those given it was.
        @discardableResult
        func naming<Row: BoundRow, Outcome>(
            _ rows: [Row], _ body: () async throws -> Outcome
        ) async throws -> Outcome {
            do {
                return try await body()
            } catch PostgresFailure.refused(let refusal) where refusal.state.hasPrefix("23") {
                throw RefusedRow(refusal: refusal, values: refusal.values(among: rows))
            }
        }
    }

    extension PostgresFailure.Refusal {
        /// The values of the row it is about; a single row is it, of several it says the key of the one.
        func values<Row: BoundRow>(among rows: [Row]) -> [String: String] {
            if rows.count == 1 { return NamedValues.of(rows[0]) }
            guard let key = failingKey else { return [:] }
            let bare = key.trimmingPrefix("'")
            for row in rows {
                let values = NamedValues.of(row)
                guard let found = Row.columns.first.flatMap({ values[$0] }) else { continue }
                if found == bare || found == "'\(bare)'" { return values }
            }
            return [:]
        }

        /// The first value of `Failing row contains (…, …).`; the words around it may be of any language.
        private var failingKey: Substring? {
            guard state == "23514" || state == "23502", let detail, let open = detail.firstIndex(of: "(") else {
                return nil
            }
            return detail[detail.index(after: open)...].prefix { $0 != "," }
        }

        /// The columns and values of `Key (name)=(a) already exists.`, whatever the language.
        var key: (columns: [String], value: String)? {
            guard let detail, let middle = detail.firstRange(of: ")=("), let open = detail.firstIndex(of: "("),
                open < middle.lowerBound, let close = detail.lastIndex(of: ")"), middle.upperBound <= close
            else { return nil }
            let names = detail[detail.index(after: open)..<middle.lowerBound]
            return (
                names.split(separator: ", ").map(String.init), String(detail[middle.upperBound..<close])
            )
        }
    }

    /// Of rows with equal keys the last alone, in the order of the first.
    func lastOfEach<Row, Key: Hashable>(_ rows: [Row], by key: (Row) -> Key) -> [Row] {
        var places: [Key: Int] = [:]
        var kept: [Row] = []
        kept.reserveCapacity(rows.count)
        for row in rows {
            if let place = places[key(row)] {
                kept[place] = row
            } else {
                places[key(row)] = kept.count
                kept.append(row)
            }
        }
        return kept
    }
#endif
