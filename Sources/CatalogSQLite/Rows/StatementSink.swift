import CatalogRows
import GRDB
import GRDBSQLite
import Inventory

/// Binds values to the parameters of a prepared statement, from the first on.
struct StatementSink: ColumnSink {
    private let statement: SQLiteStatement
    private var position: Int32 = 0
    /// The first result that was not good.
    private(set) var failure: Int32?

    init(_ statement: Statement) {
        self.statement = statement.sqliteStatement
    }

    mutating func text(_ value: String?) {
        guard var value else { return null() }
        let code = value.withUTF8 { octets in
            octets.withMemoryRebound(to: CChar.self) { bind($0) }
        }
        note(code)
    }

    mutating func integer(_ value: Int64?) {
        guard let value else { return null() }
        position += 1
        note(sqlite3_bind_int64(statement, position, value))
    }

    mutating func real(_ value: Double?) {
        guard let value else { return null() }
        position += 1
        note(sqlite3_bind_double(statement, position, value))
    }

    /// Yes or no as 1 and 0.
    mutating func flag(_ value: Bool?) {
        integer(value.map { $0 ? 1 : 0 })
    }

    mutating func bytes(_ value: [UInt8]) {
        position += 1
        let code = value.withUnsafeBytes { octets in
            octets.isEmpty
                ? sqlite3_bind_zeroblob(statement, position, 0)
                : sqlite3_bind_blob(statement, position, octets.baseAddress, Int32(octets.count), copied)
        }
        note(code)
    }

    mutating func time(_ value: Timestamp?) {
        guard let value else { return null() }
        let code: Int32? = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TextForms.timeLength) { buffer in
            guard TextForms.write(value, to: buffer) else { return nil }
            return UnsafeBufferPointer(buffer).withMemoryRebound(to: CChar.self) { bind($0) }
        }
        if let code { note(code) } else { text(value.description) }
    }

    mutating func id<Entity>(_ value: Identifier<Entity>?) {
        guard let value else { return null() }
        let code = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TextForms.uuidLength) { buffer in
            TextForms.write(value.uuid, to: buffer)
            return UnsafeBufferPointer(buffer).withMemoryRebound(to: CChar.self) { bind($0) }
        }
        note(code)
    }

    private mutating func null() {
        position += 1
        note(sqlite3_bind_null(statement, position))
    }

    private mutating func bind(_ text: UnsafeBufferPointer<CChar>) -> Int32 {
        position += 1
        guard let start = text.baseAddress, !text.isEmpty else {
            return sqlite3_bind_text(statement, position, "", 0, copied)
        }
        guard let count = Int32(exactly: text.count) else { return SQLITE_TOOBIG }
        return sqlite3_bind_text(statement, position, start, count, copied)
    }

    private mutating func note(_ code: Int32) {
        if code != SQLITE_OK, failure == nil { failure = code }
    }
}

/// SQLITE_TRANSIENT: SQLite copies what it is given before the call returns.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
