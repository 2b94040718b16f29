/// The description of a table: its name, its columns, and what identifies a row.
public struct ListSchema<Record: Sendable>: Sendable {
    /// Name of the table, in messages and cursors.
    public let name: String
    /// Its columns, in the order they are written.
    public let columns: [Column<Record>]
    /// The identity of a row, by which ties are broken.
    public let id: @Sendable (Record) -> RowID
    /// How rows are sorted where a query does not say.
    public let defaultSort: [SortTerm]
    /// All filters, in the order of the columns.
    public let filterParameters: [ListParameter]
    let filtersByName: [String: ListParameter]
    private let positions: [String: Int]

    /// A table's description; of columns with the same name the first counts.
    public init(
        _ name: String, columns: [Column<Record>], defaultSort: [SortTerm] = [],
        id: @escaping @Sendable (Record) -> RowID
    ) {
        self.name = name
        self.columns = columns
        self.defaultSort = defaultSort
        self.id = id
        filterParameters = columns.flatMap(\.filterParameters)
        filtersByName = Dictionary(
            filterParameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        positions = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Where a column stands; nil where there is none of this name.
    public func position(of name: String) -> Int? {
        positions[name]
    }

    /// The column of this name.
    public func column(_ name: String) -> Column<Record>? {
        positions[name].map { columns[$0] }
    }

    /// Appends one row as a JSON object with all columns in order.
    public func write(_ record: Record, to writer: inout JSONWriter) {
        writer.beginObject()
        for column in columns {
            writer.rawKey(column.jsonKey)
            writer.cell(column.value(record))
        }
        writer.endObject()
    }
}

/// One step of a sort.
public struct SortTerm: Hashable, Sendable, CustomStringConvertible {
    /// Name of the column.
    public var column: String
    /// Whether the largest come first; rows without a value come last either way.
    public var descending: Bool

    /// Sorts by a column.
    public init(_ column: String, descending: Bool = false) {
        self.column = column
        self.descending = descending
    }

    /// As written in a query: `if_name` or `-if_speed`.
    public var description: String { descending ? "-\(column)" : column }
}
