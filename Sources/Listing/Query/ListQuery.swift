/// What a reader wants of a table.
public struct ListQuery: Sendable, Hashable {
    /// The largest page a query may ask for.
    public static let limitMax = 1000
    /// Rows in a page, 1 to `limitMax`.
    public var limit: Int
    /// Where the page before ended; nil for the first page.
    public var cursor: String?
    /// The order; ties are broken by the row's identity.
    public var sort: [SortTerm]
    /// Words that must all occur in searchable columns, case ignored; nil for all rows.
    public var search: String?
    /// Conditions, all of which must hold.
    public var filters: [Filter]

    /// The first hundred rows.
    public init(
        limit: Int = 100, cursor: String? = nil, sort: [SortTerm] = [], search: String? = nil, filters: [Filter] = []
    ) {
        self.limit = limit
        self.cursor = cursor
        self.sort = sort
        self.search = search
        self.filters = filters
    }
}

/// A condition on one column.
public struct Filter: Sendable, Hashable {
    /// Name of the column.
    public var column: String
    /// How its value is compared.
    public var operation: FilterOperation
    /// With what: any of these; exactly one for orderings and `isNull`.
    public var values: [Cell]

    /// A condition.
    public init(_ column: String, _ operation: FilterOperation = .equals, _ values: [Cell]) {
        self.column = column
        self.operation = operation
        self.values = values
    }
}

/// How a filter compares; the raw value is what stands behind the column's name in a query.
public enum FilterOperation: String, Sendable, Hashable, CaseIterable {
    /// The value is one of those given; a list holds one of them.
    case equals = ""
    /// The value is none of those given; rows without a value pass.
    case notEquals = "__ne"
    /// The value is greater; rows without a value do not pass.
    case greater = "__gt"
    /// The value is greater or equal; rows without a value do not pass.
    case atLeast = "__gte"
    /// The value is less; rows without a value do not pass.
    case less = "__lt"
    /// The value is less or equal; rows without a value do not pass.
    case atMost = "__lte"
    /// The text holds one of those given, case ignored.
    case contains = "__contains"
    /// Whether there is no value.
    case isNull = "__isnull"

    /// The operations that make sense for a column.
    static func all(kind: CellKind, isNullable: Bool, isEnumeration: Bool) -> [FilterOperation] {
        let common: [FilterOperation]
        switch kind {
        case .text where !isEnumeration, .list: common = [.equals, .notEquals, .contains]
        case .text, .identifier, .boolean: common = [.equals, .notEquals]
        case .integer, .real, .time: common = [.equals, .notEquals, .greater, .atLeast, .less, .atMost]
        case .counts: common = []
        }
        return common + (isNullable && kind != .counts ? [.isNull] : [])
    }

    /// What it does, as a clause about "the value".
    public var doc: String {
        switch self {
        case .equals: "is one of these"
        case .notEquals: "is none of these"
        case .greater: "is greater than this"
        case .atLeast: "is this or greater"
        case .less: "is less than this"
        case .atMost: "is this or less"
        case .contains: "holds one of these texts, case ignored"
        case .isNull: "is missing (true) or present (false)"
        }
    }
}
