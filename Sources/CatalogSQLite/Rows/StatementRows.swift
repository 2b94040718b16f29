import CatalogRows
import GRDB
import GRDBSQLite

extension TableRow {
    private static var parameterList: String {
        (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    }

    /// Adds a row.
    static var insertSQL: String {
        "INSERT INTO \(table) (\(columnList)) VALUES (\(parameterList))"
    }

    /// Changes the row of the same key, all columns but the first `fixed`, which find it.
    static func updateSQL(fixed: Int = 1) -> String {
        let changes = (fixed..<columns.count).map { "\(columns[$0]) = ?\($0 + 1)" }.joined(separator: ", ")
        let found = (0..<fixed).map { "\(columns[$0]) = ?\($0 + 1)" }.joined(separator: " AND ")
        return "UPDATE \(table) SET \(changes) WHERE \(found)"
    }

    /// Adds a row or changes the one of the same key.
    static var saveSQL: String {
        let changes = columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return "\(insertSQL) ON CONFLICT (\(columns[0])) DO UPDATE SET \(changes)"
    }
}

extension Database {
    /// Runs a statement made by `insertSQL`, `updateSQL` or `saveSQL` for a row.
    func run<Row: BoundRow>(_ statement: Statement, _ row: Row) throws {
        var sink = StatementSink(statement)
        row.write(to: &sink)
        do {
            if let failure = sink.failure { throw DatabaseError(resultCode: ResultCode(rawValue: failure)) }
            try finish(statement)
        } catch let error as DatabaseError {
            throw RefusedRow(cause: error, values: NamedValues.of(row))
        }
    }

    /// Runs a statement once whose parameters are filled by `fill`.
    func run(_ sql: String, _ fill: (inout StatementSink) -> Void = { _ in }) throws {
        let statement = try cachedStatement(sql: sql)
        var sink = StatementSink(statement)
        fill(&sink)
        if let failure = sink.failure { throw DatabaseError(resultCode: ResultCode(rawValue: failure)) }
        try finish(statement)
    }

    /// The rows of a query whose parameters are filled by `fill`, in its order.
    func rows<Row: TableRow>(_ sql: String, _ fill: (inout StatementSink) -> Void = { _ in }) throws -> [Row] {
        var found: [Row] = []
        do {
            try each(sql, fill) { reader in found.append(try Row(reading: &reader)) }
        } catch let error as UnreadableValue {
            throw error.of(Row.table)
        }
        return found
    }

    /// Calls `body` for each row of a query.
    func each(
        _ sql: String, _ fill: (inout StatementSink) -> Void, _ body: (inout ColumnReader) throws -> Void
    ) throws {
        let statement = try cachedStatement(sql: sql)
        var sink = StatementSink(statement)
        fill(&sink)
        defer { sqlite3_reset(statement.sqliteStatement) }
        while true {
            switch sqlite3_step(statement.sqliteStatement) {
            case SQLITE_ROW:
                var reader = ColumnReader(statement.sqliteStatement)
                try body(&reader)
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    private func finish(_ statement: Statement) throws {
        defer { sqlite3_reset(statement.sqliteStatement) }
        while true {
            switch sqlite3_step(statement.sqliteStatement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqliteConnection)))
    }
}
