package import Catalog
package import FoundationEssentials
package import Inventory

/// A value of a row, whatever table it is of.
package enum StoredValue: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int64)
    case real(Double)
    case flag(Bool)
    case bytes([UInt8])
    case time(Timestamp)
    case id(UUID)
}

/// A row of any table.
package struct StoredRow: Sendable, Hashable {
    /// Its values, in the order of the table's columns.
    package var values: [StoredValue]

    /// Reads the values of a row.
    package init(reading row: inout some ColumnReading, of table: StoredTable) throws {
        do {
            values = try table.columns.map { try StoredValue(reading: &row, $0.kind) }
        } catch let error as UnreadableValue {
            throw error.of(table.name)
        }
    }

    /// Hands over the values.
    package func write(to sink: inout some ColumnSink, of table: StoredTable) {
        for (value, column) in zip(values, table.columns) { value.write(to: &sink, column.kind) }
    }
}

extension StoredValue {
    fileprivate init(reading row: inout some ColumnReading, _ kind: ValueKind) throws {
        self =
            switch kind {
            case .text: row.text().map { .text($0) } ?? .null
            case .integer: row.integer().map { .integer($0) } ?? .null
            case .real: row.optionalReal().map { .real($0) } ?? .null
            case .flag: row.optionalFlag().map { .flag($0) } ?? .null
            case .bytes: .bytes(row.bytes())
            case .time: try row.time().map { .time($0) } ?? .null
            case .id: try row.id(StoredRow.self).map { .id($0.uuid) } ?? .null
            }
    }

    /// Hands over a value of a column of some kind.
    package func write(to sink: inout some ColumnSink, _ kind: ValueKind) {
        switch (self, kind) {
        case (.text(let value), _): sink.text(value)
        case (.integer(let value), _): sink.integer(value)
        case (.real(let value), _): sink.real(value)
        case (.flag(let value), _): sink.flag(value)
        case (.bytes(let value), _): sink.bytes(value)
        case (.time(let value), _): sink.time(value)
        case (.id(let value), _): sink.id(Identifier<StoredRow>(value))
        case (.null, .text): sink.text(nil)
        case (.null, .integer): sink.integer(nil)
        case (.null, .real): sink.real(nil)
        case (.null, .flag): sink.flag(nil)
        case (.null, .bytes): sink.bytes([])
        case (.null, .time): sink.time(nil)
        case (.null, .id): sink.id(Identifier<StoredRow>?.none)
        }
    }
}

/// A catalog whose tables can be read as they are.
package protocol StoredRows: Catalog {
    /// At most `limit` rows behind one, in the order of the table's key; from the first where there is none before.
    func storedRows(
        of table: StoredTable, after row: StoredRow?, limit: Int
    ) async throws(CatalogError) -> [StoredRow]

    /// The last number that each numbered table gave, whether its row is still there or not.
    func lastNumbers() async throws(CatalogError) -> [String: Int64]
}
