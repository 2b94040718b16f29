package import Catalog
package import CatalogRows
import GRDB

extension SQLiteCatalog: StoredRows {
    /// At most `limit` rows behind one, in the order of the table's key.
    package func storedRows(
        of table: StoredTable, after row: StoredRow?, limit: Int
    ) async throws(CatalogError) -> [StoredRow] {
        let key = table.key.joined(separator: ", ")
        let numbers = table.key.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let behind = row == nil ? "" : "WHERE (\(key)) > (\(numbers))"
        let sql = "SELECT \(table.columnList) FROM \(table.name) \(behind) ORDER BY \(key) LIMIT \(max(0, limit))"
        return try await read("reading the table \(table.name)") { db in
            var rows: [StoredRow] = []
            let fill: (inout StatementSink) -> Void = { sink in
                guard let row else { return }
                for place in table.keyPlaces { row.values[place].write(to: &sink, table.columns[place].kind) }
            }
            try db.each(sql, fill) { reader in rows.append(try StoredRow(reading: &reader, of: table)) }
            return rows
        }
    }

    /// The last number that each numbered table gave.
    package func lastNumbers() async throws(CatalogError) -> [String: Int64] {
        try await read("reading the numbers of tables") { db in
            var numbers: [String: Int64] = [:]
            try db.each("SELECT name, seq FROM sqlite_sequence", { _ in }) { row in
                let name = row.requiredText()
                numbers[name] = row.requiredInteger()
            }
            return numbers
        }
    }
}
