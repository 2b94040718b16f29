package import Inventory

/// A value that is bound to the parameters of a statement.
package protocol BoundRow {
    /// What the parameters are called, by place.
    static var columns: [String] { get }
    /// Hands over the values in the order of `columns`.
    func write(to sink: inout some ColumnSink)
}

/// A value that is stored as a row: its columns by place, the first of them the key.
package protocol TableRow: BoundRow {
    static var table: String { get }
    /// Reads the values in the order of `columns`.
    init(reading row: inout some ColumnReading) throws
}

extension TableRow {
    /// All columns with commas.
    package static var columnList: String {
        columns.joined(separator: ", ")
    }

    /// Reads all columns; a WHERE or an ORDER BY follows.
    package static var selectSQL: String {
        "SELECT \(columnList) FROM \(table)"
    }
}

extension Timestamp {
    /// The nearest time in the years 0 to 9999, which every store can keep and order.
    package var clamped: Timestamp {
        let years = Int64(-62_167_219_200_000)...253_402_300_799_999
        return Timestamp(milliseconds: min(max(milliseconds, years.lowerBound), years.upperBound))
    }
}
