#if PostgreSQL
    package import Catalog
    package import CatalogRows
    import Inventory

    extension PostgresCatalog: StoredRows {
        /// At most `limit` rows behind one, in the order of the table's key.
        package func storedRows(
            of table: StoredTable, after row: StoredRow?, limit: Int
        ) async throws(CatalogError) -> [StoredRow] {
            try await with("reading the table \(table.name)") { session in
                try await session.storedRows(of: table, after: row, limit: limit)
            }
        }

        /// The last number that each numbered table gave.
        package func lastNumbers() async throws(CatalogError) -> [String: Int64] {
            try await with("reading the numbers of tables") { session in
                var numbers: [String: Int64] = [:]
                for table in StoredTable.all where table.isNumbered {
                    let sql = "SELECT last_value FROM \(table.name)_number_seq WHERE is_called"
                    numbers[table.name] = try await session.one(Statement(sql)).number
                }
                return numbers
            }
        }

        /// Takes over all rows of another catalog, which nobody must write meanwhile; gives how many of each table.
        ///
        /// All of it happens in one transaction: the copy is there as a whole, after every row was read back and compared
        /// with its original, or not at all. Throws `conflict` where this catalog is not empty, or a row of the copy is
        /// not its original.
        ///
        /// - Parameter onTable: is told each table when its rows are written.
        package func copyRows(
            from source: any StoredRows, onTable: @Sendable (_ table: String, _ rows: Int) -> Void = { _, _ in }
        ) async throws(CatalogError) -> [(table: String, rows: Int)] {
            try await change("copying a catalog to \(target)") { session in
                var counts: [(table: String, rows: Int)] = []
                try await session.run("SET CONSTRAINTS ALL DEFERRED")
                for table in StoredTable.all {
                    let count = try await session.copy(table, from: source)
                    counts.append((table.name, count))
                    onTable(table.name, count)
                }
                try await session.run("SET CONSTRAINTS ALL IMMEDIATE")
                try await session.setNumbers(try await source.lastNumbers())
                for table in StoredTable.all { try await session.verify(table, against: source) }
                return counts
            }
        }
    }

    /// Rows of a table that are read and written at a time.
    private let pageSize = 2_000

    extension Session {
        fileprivate func storedRows(
            of table: StoredTable, after row: StoredRow?, limit: Int
        ) async throws -> [StoredRow] {
            let key = table.key.joined(separator: ", ")
            let numbers = table.key.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
            let behind = row == nil ? "" : "WHERE (\(key)) > (\(numbers))"
            let sql = "SELECT \(table.columnList) FROM \(table.name) \(behind) ORDER BY \(key) LIMIT \(max(0, limit))"
            var sink = ParameterSink()
            if let row {
                for place in table.keyPlaces { row.values[place].write(to: &sink, table.columns[place].kind) }
            }
            var rows: [StoredRow] = []
            try await one(Statement(sql, sink.parameters)).forEach { reader in
                rows.append(try StoredRow(reading: &reader, of: table))
            }
            return rows
        }

        fileprivate func copy(_ table: StoredTable, from source: any StoredRows) async throws -> Int {
            // Its one row is made with the schema.
            if table.name == "alert_progress" { try await run("DELETE FROM alert_progress") }
            guard try await one(Statement("SELECT 1 FROM \(table.name) LIMIT 1")).count == 0 else {
                throw CatalogError(
                    .conflict, operation: "copying",
                    message: "the table \(table.name) has rows already; copy to an empty database or schema")
            }
            var (count, last): (Int, StoredRow?) = (0, nil)
            while true {
                let page = try await source.storedRows(of: table, after: last, limit: pageSize)
                guard !page.isEmpty else { return count }
                try await insert(page, into: table)
                (count, last) = (count + page.count, page.last)
            }
        }

        private func insert(_ page: [StoredRow], into table: StoredTable) async throws {
            var lists = RowLists()
            for row in page { lists.addRow { row.write(to: &$0, of: table) } }
            let source = RowStatement.source(table.columns.map(\.name), lists)
            let sql = "INSERT INTO \(table.name) (\(table.columnList)) SELECT \(table.columnList) FROM \(source)"
            _ = try await one(RowStatement.bulk(sql, lists, page.count))
        }

        /// New rows get numbers behind all that were ever given.
        fileprivate func setNumbers(_ numbers: [String: Int64]) async throws {
            for table in StoredTable.all where table.isNumbered {
                let sql = """
                    SELECT setval('\(table.name)_number_seq', greatest($1, max(number))) FROM \(table.name)
                    HAVING greatest($1, max(number)) > 0
                    """
                try await run(sql, .integer(numbers[table.name]))
            }
        }

        /// Reads both tables side by side and compares each row.
        fileprivate func verify(_ table: StoredTable, against source: any StoredRows) async throws {
            var last: StoredRow?
            while true {
                let original = try await source.storedRows(of: table, after: last, limit: pageSize)
                let copied = try await storedRows(of: table, after: last, limit: pageSize)
                guard original == copied else {
                    let place = zip(original, copied).first { $0 != $1 }
                    let key = place.map { row, _ in table.keyPlaces.map { "\(row.values[$0])" }.joined(separator: ", ")
                    }
                    throw CatalogError(
                        .conflict, operation: "copying",
                        message:
                            "the copy of \(table.name) is not its original (\(key ?? "their counts differ")); stop what"
                            + " writes the original, and copy again")
                }
                guard !original.isEmpty else { return }
                last = original.last
            }
        }
    }
#endif
