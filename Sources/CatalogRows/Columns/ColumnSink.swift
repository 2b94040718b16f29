package import Inventory

/// Takes the values of a row, one after the other, in the order of its table's columns.
package protocol ColumnSink {
    /// Takes a text.
    mutating func text(_ value: String?)
    /// Takes a whole number.
    mutating func integer(_ value: Int64?)
    /// Takes a number.
    mutating func real(_ value: Double?)
    /// Takes yes or no.
    mutating func flag(_ value: Bool?)
    /// Takes octets.
    mutating func bytes(_ value: [UInt8])
    /// Takes a time.
    mutating func time(_ value: Timestamp?)
    /// Takes an id.
    mutating func id<Entity>(_ value: Identifier<Entity>?)
}

/// Collects values as text by column, for the message about a row that was refused.
package struct NamedValues: ColumnSink {
    private let columns: [String]
    /// What was taken, by column; texts in quotes, NULL left out.
    package private(set) var values: [String: String] = [:]
    private var position = 0

    /// Collects the values of some columns, in their order.
    package init(columns: [String]) {
        self.columns = columns
    }

    /// The values of a row.
    package static func of<Row: BoundRow>(_ row: Row) -> [String: String] {
        var named = NamedValues(columns: Row.columns)
        row.write(to: &named)
        return named.values
    }

    package mutating func text(_ value: String?) { add(value.map { "'\($0)'" }) }
    package mutating func integer(_ value: Int64?) { add(value.map { "\($0)" }) }
    package mutating func real(_ value: Double?) { add(value.map { "\($0)" }) }
    package mutating func flag(_ value: Bool?) { add(value.map { $0 ? "1" : "0" }) }
    package mutating func bytes(_ value: [UInt8]) { add("\(value.count) bytes") }
    package mutating func time(_ value: Timestamp?) { add(value?.description) }
    package mutating func id<Entity>(_ value: Identifier<Entity>?) { add(value?.description) }

    private mutating func add(_ value: String?) {
        if position < columns.count { values[columns[position]] = value }
        position += 1
    }
}
