package import Inventory

/// Reads the columns of a stored row, one after the other.
///
/// How a kind of value is written is the store's own: a time is text in SQLite and a number in PostgreSQL.
package protocol ColumnReading {
    /// A text; nil for NULL.
    mutating func text() -> String?
    /// A whole number; nil for NULL.
    mutating func integer() -> Int64?
    /// A number; nil for NULL.
    mutating func optionalReal() -> Double?
    /// Yes or no; nil for NULL.
    mutating func optionalFlag() -> Bool?
    /// Octets; empty for NULL.
    mutating func bytes() -> [UInt8]
    /// A time; nil for NULL. Throws `UnreadableValue` where it is none.
    mutating func time() throws -> Timestamp?
    /// An id; nil for NULL. Throws `UnreadableValue` where it is none.
    mutating func id<Entity>(_ entity: Entity.Type) throws -> Identifier<Entity>?
    /// The octets of a text as long as `body` runs; nil for NULL.
    mutating func octets<Outcome>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Outcome) rethrows -> Outcome?
    /// Says that the column read last does not hold what it should.
    func unreadable(expected: String) -> UnreadableValue
}

extension ColumnReading {
    /// A text; empty for NULL.
    package mutating func requiredText() -> String {
        text() ?? ""
    }

    /// A whole number; 0 for NULL.
    package mutating func requiredInteger() -> Int64 {
        integer() ?? 0
    }

    /// A number; 0 for NULL.
    package mutating func real() -> Double {
        optionalReal() ?? 0
    }

    /// Yes or no; no for NULL.
    package mutating func flag() -> Bool {
        optionalFlag() ?? false
    }

    /// A time that must be there.
    package mutating func requiredTime() throws -> Timestamp {
        guard let time = try time() else { throw unreadable(expected: "a time") }
        return time
    }

    /// An id; nil for NULL.
    package mutating func id<Entity>() throws -> Identifier<Entity>? {
        try id(Entity.self)
    }

    /// An id that must be there.
    package mutating func requiredID<Entity>(_ entity: Entity.Type = Entity.self) throws -> Identifier<Entity> {
        guard let id = try id(entity) else { throw unreadable(expected: "a UUID") }
        return id
    }

    /// A column that holds one of the words of an enumeration.
    package mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ type: Word.Type = Word.self
    ) throws -> Word {
        guard let word = try optionalWord(type) else { throw unreadable(expected: expectation(type)) }
        return word
    }

    /// A column that holds one of the words of an enumeration, or nothing.
    package mutating func optionalWord<Word: RawRepresentable<String> & CaseIterable>(
        _ type: Word.Type = Word.self
    ) throws -> Word? {
        guard let text = text() else { return nil }
        guard let word = Word(rawValue: text) else { throw unreadable(expected: expectation(type)) }
        return word
    }

    private func expectation<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> String {
        "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    /// A column of JSON that `body` reads from its first value to its last.
    package mutating func json<Value>(
        _ expected: String, _ body: (inout JSONCursor) throws -> Value
    ) throws -> Value {
        do {
            let value = try octets { octets in
                var cursor = JSONCursor(octets)
                let value = try body(&cursor)
                try cursor.end()
                return value
            }
            if let value { return value }
        } catch is JSONCursor.Malformed {}
        throw unreadable(expected: expected)
    }

    /// A column that holds a JSON list of texts.
    package mutating func textList() throws -> [String] {
        try json("a JSON list of texts") { try $0.strings() }
    }
}

/// A stored value that cannot be read back, as an operator's own UPDATE may leave.
package struct UnreadableValue: Error {
    /// The table's column, such as `device_interfaces.created_at`.
    package var column: String
    /// What is stored there.
    package var text: String
    /// What should be.
    package var expected: String

    /// A value of a column that is not what was expected.
    package init(column: String, text: String, expected: String) {
        self.column = column
        self.text = text
        self.expected = expected
    }

    /// The same, of a table.
    package func of(_ table: String) -> UnreadableValue {
        UnreadableValue(column: "\(table).\(column)", text: text, expected: expected)
    }

    /// What is wrong and what to do about it.
    package var message: String {
        "\(column) holds '\(text)', which is not \(expected); correct it with an UPDATE"
    }
}
