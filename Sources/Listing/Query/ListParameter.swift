/// One query parameter that a table understands, for documents and for parsing.
public struct ListParameter: Sendable, Hashable {
    /// Its name, such as `if_speed__gte`.
    public let name: String
    /// Name of the column.
    public let column: String
    /// How the column is compared.
    public let operation: FilterOperation
    /// What kind of values it takes.
    public let kind: CellKind
    /// The only values it takes; empty where any will do.
    public let values: [String]
    /// What it does.
    public let doc: String

    /// Whether several values, separated by commas, may be given.
    public var takesSeveral: Bool {
        switch operation {
        case .equals, .notEquals, .contains: true
        case .greater, .atLeast, .less, .atMost, .isNull: false
        }
    }
}

extension Column {
    /// The filters on this column; none where it takes none.
    var filterParameters: [ListParameter] {
        guard uses.contains(.filter) else { return [] }
        let operations = FilterOperation.all(kind: kind, isNullable: isNullable, isEnumeration: !values.isEmpty)
        return operations.map { operation in
            ListParameter(
                name: name + operation.rawValue, column: name, operation: operation,
                kind: operation == .isNull ? .boolean : kind, values: operation == .isNull ? [] : values,
                doc: "Rows whose `\(name)` \(operation.doc).")
        }
    }
}

extension ListSchema {
    /// Names of the columns that `sort` takes.
    public var sortableColumns: [String] {
        columns.filter { $0.uses.contains(.sort) }.map(\.name)
    }
}
