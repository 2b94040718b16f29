/// What a column can be used for in a query.
public struct ColumnUses: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int
    /// A set of bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Rows can be chosen by it.
    public static let filter = ColumnUses(rawValue: 1)
    /// Rows can be sorted by it.
    public static let sort = ColumnUses(rawValue: 2)
    /// The free-text search looks into it.
    public static let search = ColumnUses(rawValue: 4)
    /// Filter and sort.
    public static let common: ColumnUses = [.filter, .sort]
    /// All of them.
    public static let all: ColumnUses = [.filter, .sort, .search]
}

/// One column of a table: the one place that JSON, CSV, filters, sorting, search and the API's schema read.
public struct Column<Record: Sendable>: Sendable {
    /// Its name, in snake_case, the same in JSON, CSV and SQL.
    public let name: String
    /// What kind of values it holds.
    public let kind: CellKind
    /// What it means, in a sentence, with unit and source.
    public let doc: String
    /// Whether a value may be missing.
    public let isNullable: Bool
    /// What queries may do with it.
    public let uses: ColumnUses
    /// The only values it takes; empty where any will do.
    public let values: [String]
    /// Reads the value of a row.
    public let value: @Sendable (Record) -> Cell
    /// `"name":`, ready to be written.
    let jsonKey: [UInt8]

    /// A column.
    public init(
        _ name: String, _ kind: CellKind, _ doc: String, nullable: Bool = false, uses: ColumnUses = .common,
        values: [String] = [], value: @escaping @Sendable (Record) -> Cell
    ) {
        self.name = name
        self.kind = kind
        self.doc = doc
        isNullable = nullable
        self.uses = uses
        self.values = values
        self.value = value
        jsonKey = Array("\"\(name)\":".utf8)
    }
}
