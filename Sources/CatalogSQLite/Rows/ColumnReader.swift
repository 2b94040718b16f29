import GRDB
import GRDBSQLite
import Inventory

/// Reads the columns of a statement's current row, one after the other.
struct ColumnReader {
    private let statement: SQLiteStatement
    private var position: Int32 = 0

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    mutating func text() -> String? {
        octets { String(decoding: $0, as: UTF8.self) }
    }

    mutating func requiredText() -> String {
        text() ?? ""
    }

    mutating func integer() -> Int64? {
        defer { position += 1 }
        guard sqlite3_column_type(statement, position) != SQLITE_NULL else { return nil }
        return sqlite3_column_int64(statement, position)
    }

    mutating func requiredInteger() -> Int64 {
        defer { position += 1 }
        return sqlite3_column_int64(statement, position)
    }

    mutating func real() -> Double {
        defer { position += 1 }
        return sqlite3_column_double(statement, position)
    }

    mutating func optionalReal() -> Double? {
        defer { position += 1 }
        guard sqlite3_column_type(statement, position) != SQLITE_NULL else { return nil }
        return sqlite3_column_double(statement, position)
    }

    mutating func flag() -> Bool {
        requiredInteger() != 0
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
        let column = position
        let read = octets { TextForms.time($0) ?? Timestamp(String(decoding: $0, as: UTF8.self)) }
        guard let read else { return nil }
        guard let time = read else { throw unreadable(column, expected: "a time such as 2026-03-01T04:00:00.000Z") }
        return time
    }

    mutating func requiredTime() throws -> Timestamp {
        let column = position
        guard let time = try time() else { throw unreadable(column, expected: "a time") }
        return time
    }

    mutating func id<Entity>(_ entity: Entity.Type = Entity.self) throws -> Identifier<Entity>? {
        let column = position
        let read = octets { TextForms.uuid($0) }
        guard let read else { return nil }
        guard let uuid = read else { throw unreadable(column, expected: "a UUID") }
        return Identifier(uuid)
    }

    mutating func requiredID<Entity>(_ entity: Entity.Type = Entity.self) throws -> Identifier<Entity> {
        let column = position
        guard let id = try id(entity) else { throw unreadable(column, expected: "a UUID") }
        return id
    }

    /// A column that holds one of the words of an enumeration.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type = Word.self) throws -> Word {
        let column = position
        guard let word = try optionalWord(type) else { throw unreadable(column, expected: expectation(type)) }
        return word
    }

    /// A column that holds one of the words of an enumeration, or nothing.
    mutating func optionalWord<Word: RawRepresentable<String> & CaseIterable>(
        _ type: Word.Type = Word.self
    ) throws -> Word? {
        let column = position
        guard let text = text() else { return nil }
        guard let word = Word(rawValue: text) else { throw unreadable(column, expected: expectation(type)) }
        return word
    }

    private func expectation<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
        "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    /// A column of JSON that `body` reads from its first value to its last.
    mutating func json<Value>(_ expected: String, _ body: (inout JSONCursor) throws -> Value) throws -> Value {
        let column = position
        do {
            let value = try octets { octets in
                var cursor = JSONCursor(octets)
                let value = try body(&cursor)
                try cursor.end()
                return value
            }
            if let value { return value }
        } catch is JSONCursor.Malformed {}
        throw unreadable(column, expected: expected)
    }

    /// A column that holds a JSON list of texts.
    mutating func textList() throws -> [String] {
        try json("a JSON list of texts") { try $0.strings() }
    }

    /// The octets of a text column as long as `body` runs; nil for NULL.
    private mutating func octets<Outcome>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Outcome
    ) rethrows -> Outcome? {
        defer { position += 1 }
        guard let start = sqlite3_column_text(statement, position) else { return nil }
        return try body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, position))))
    }

    private func unreadable(_ column: Int32, expected: String) -> UnreadableValue {
        let name = sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "?"
        let text = sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
        let shown = text.count > 200 ? "\(text.prefix(200))…" : text
        return UnreadableValue(column: name, text: shown, expected: expected)
    }
}
