public import Inventory

/// One value of a table.
public enum Cell: Hashable, Sendable {
    /// Nothing is known.
    case null
    /// Text.
    case text(String)
    /// The identity of a row of this or another table.
    case identifier(RowID)
    /// A whole number.
    case integer(Int64)
    /// A number; not finite ones are written as nothing.
    case real(Double)
    /// Yes or no.
    case boolean(Bool)
    /// A moment.
    case time(Timestamp)
    /// Several texts, in order.
    case list([String])
    /// Counts by name.
    case counts([String: Int64])
}

extension Cell {
    /// The text, or nothing.
    public init(_ text: String?) { self = text.map(Cell.text) ?? .null }
    /// The number, or nothing.
    public init(_ number: Int64?) { self = number.map(Cell.integer) ?? .null }
    /// The number, or nothing.
    public init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
    /// The moment, or nothing.
    public init(_ time: Timestamp?) { self = time.map(Cell.time) ?? .null }
    /// The identity, or nothing.
    public init<Entity>(_ identifier: Identifier<Entity>?) {
        self = identifier.map { .identifier(RowID($0)) } ?? .null
    }
}

extension Cell: Comparable {
    /// Orders values of one column: texts naturally, lists by their first texts; `null` comes last.
    public static func < (left: Cell, right: Cell) -> Bool {
        switch (left, right) {
        case (.text(let a), .text(let b)): return NaturalOrder.precedes(a, b)
        case (.identifier(let a), .identifier(let b)): return a < b
        case (.integer(let a), .integer(let b)): return a < b
        case (.real(let a), .real(let b)): return a < b
        case (.boolean(let a), .boolean(let b)): return !a && b
        case (.time(let a), .time(let b)): return a < b
        case (.list(let a), .list(let b)): return a.lexicographicallyPrecedes(b, by: NaturalOrder.precedes)
        default: return left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .text: 0
        case .identifier: 1
        case .integer: 2
        case .real: 3
        case .boolean: 4
        case .time: 5
        case .list: 6
        case .counts: 7
        case .null: 8
        }
    }
}
