import CatalogRows
import GRDB
import GRDBSQLite
import Inventory

/// Reads the columns of a statement's current row, one after the other.
struct ColumnReader: ColumnReading {
    private let statement: SQLiteStatement
    private var position: Int32 = 0

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    mutating func text() -> String? {
        octets { String(decoding: $0, as: UTF8.self) }
    }

    mutating func integer() -> Int64? {
        defer { position += 1 }
        guard sqlite3_column_type(statement, position) != SQLITE_NULL else { return nil }
        return sqlite3_column_int64(statement, position)
    }

    mutating func optionalReal() -> Double? {
        defer { position += 1 }
        guard sqlite3_column_type(statement, position) != SQLITE_NULL else { return nil }
        return sqlite3_column_double(statement, position)
    }

    mutating func optionalFlag() -> Bool? {
        integer().map { $0 != 0 }
    }

    mutating func bytes() -> [UInt8] {
        defer { position += 1 }
        guard let start = sqlite3_column_blob(statement, position) else { return [] }
        let count = Int(sqlite3_column_bytes(statement, position))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    mutating func time() throws -> Timestamp? {
        let read = octets { TextForms.time($0) ?? Timestamp(String(decoding: $0, as: UTF8.self)) }
        guard let read else { return nil }
        guard let time = read else { throw unreadable(expected: "a time such as 2026-03-01T04:00:00.000Z") }
        return time
    }

    mutating func id<Entity>(_ entity: Entity.Type) throws -> Identifier<Entity>? {
        let read = octets { TextForms.uuid($0) }
        guard let read else { return nil }
        guard let uuid = read else { throw unreadable(expected: "a UUID") }
        return Identifier(uuid)
    }

    mutating func octets<Outcome>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Outcome
    ) rethrows -> Outcome? {
        defer { position += 1 }
        guard let start = sqlite3_column_text(statement, position) else { return nil }
        return try body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, position))))
    }

    func unreadable(expected: String) -> UnreadableValue {
        let column = position - 1
        let name = sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "?"
        let text = sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
        let shown = text.count > 200 ? "\(text.prefix(200))…" : text
        return UnreadableValue(column: name, text: shown, expected: expected)
    }
}
