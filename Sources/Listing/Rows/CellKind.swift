import Inventory

/// What kind of values a column holds.
public enum CellKind: String, Sendable, Hashable, CaseIterable {
    /// Text.
    case text
    /// UUIDs.
    case identifier
    /// Whole numbers of 64 bits.
    case integer
    /// Numbers.
    case real
    /// Yes or no.
    case boolean
    /// Moments, RFC 3339.
    case time
    /// Several texts.
    case list
    /// Counts by name.
    case counts

    /// Reads a value of this kind as a user writes it in a query; nil where it is not one.
    public func parse(_ text: String) -> Cell? {
        switch self {
        case .text, .list: return .text(text)
        case .identifier: return RowID(text).map(Cell.identifier)
        case .integer: return Int64(text).map(Cell.integer)
        case .real: return Double(text).flatMap { $0.isFinite ? .real($0) : nil }
        case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
        case .time: return Timestamp(text).map(Cell.time)
        case .counts: return nil
        }
    }

    /// What a value of this kind looks like, for messages.
    public var example: String {
        switch self {
        case .text, .list, .counts: "text"
        case .identifier: "a UUID such as 6fa459ea-ee8a-4ca4-894e-db77e160355e"
        case .integer: "a whole number of 64 bits such as 100"
        case .real: "a number such as 0.5"
        case .boolean: "true or false"
        case .time: "an RFC 3339 time such as 2026-03-01T04:00:00Z"
        }
    }
}
