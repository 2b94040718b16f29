import ObjectNames
import SNMP

/// A table as it was read, row by row.
struct TableSheet: Sendable {
    /// The table.
    let table: NamedObject
    /// The columns asked for.
    let columns: [NamedObject]
    /// What came; nil where nothing did.
    private var found: SNMP.Table?
    /// How it ended, all columns together.
    var reading = AgentReading()

    init(table: NamedObject, columns: [NamedObject]) {
        self.table = table
        self.columns = columns
    }

    /// Takes what was read.
    mutating func fill(_ table: SNMP.Table) { found = table }

    /// Works out the whole from the columns: partial where any is, failed where none has a row.
    mutating func conclude() {
        guard let found else { return }
        let faults = found.columns.compactMap { column in Self.fault(column.status).map { (column, $0) } }
        guard let (_, fault) = faults.first else { return }
        let isRead = found.columns.contains { $0.count > 0 || $0.status == .complete }
        reading.status = isRead ? .partial : .failed
        let counted = "\(faults.count) of \(found.columns.count) columns are not complete: \(fault)"
        reading.reason = found.columns.count == 1 || !isRead ? fault : counted
        reading.varBinds = []
    }

    private static func fault(_ status: ColumnStatus) -> String? {
        switch status {
        case .complete, .absent: nil
        case .partial(let fault), .failed(let fault): "\(fault)"
        }
    }

    /// The columns the device has, with what came of them.
    private var present: [(object: NamedObject, column: Column)] {
        zip(columns, found?.columns ?? []).filter { $0.1.status != .absent }.map { (object: $0, column: $1) }
    }

    /// The indexes of all rows, in their order.
    private var indexes: [[UInt32]] {
        var all: Set<[UInt32]> = []
        for (_, column) in present {
            for position in 0..<column.count { all.insert(column.index(at: position)) }
        }
        return all.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The names over the rows: `index`, then the columns'.
    var titles: [String] { ["index"] + present.map(\.object.name) }

    /// An object for each row.
    func rows(forPeople: Bool) -> [JSONValue] {
        let present = present
        return indexes.map { index in
            let name = index.map { String($0) }.joined(separator: ".")
            let cells = present.map { object, column in
                let value = column[index]
                let cell =
                    forPeople
                    ? JSONValue(value.map { ValueText.cell($0, object, names: .standard) })
                    : value.map { ValueText.json($0).value } ?? .null
                return JSONValue.Member(name: object.name, value: cell)
            }
            return .object([JSONValue.Member(name: "index", value: .string(name))] + cells)
        }
    }

    /// The rows aligned under the columns' names; nothing is cut.
    var text: String {
        let rows = rows(forPeople: true)
        guard !rows.isEmpty else { return "\(table.qualifiedName): no rows" }
        let numbers: Set<ObjectSyntax> = [.integer, .gauge32, .counter32, .counter64]
        let columns = present.map { TableColumn($0.object.name, $0.object.name, Self.side($0.object, numbers)) }
        return Table(columns: [TableColumn("index", "index", .right)] + columns, rows: rows).render()
    }

    private static func side(_ object: NamedObject, _ numbers: Set<ObjectSyntax>) -> TableColumn.Alignment {
        numbers.contains(object.syntax) ? .right : .left
    }

    /// A line for each column that is not complete.
    var warnings: [String] {
        zip(columns, found?.columns ?? []).compactMap { object, column in
            Self.fault(column.status).map { "\(object.name): \(Self.word(column.status)): \($0)" }
        }
    }

    /// `{"table": …, "columns": [{name, oid, status, reason}], "rows": […], "status": …}`.
    var json: JSONValue {
        let statuses = zip(columns, found?.columns ?? []).map { object, column -> JSONValue in
            [
                "name": .string(object.name), "oid": .string("\(object.oid)"),
                "status": .string(Self.word(column.status)), "reason": JSONValue(Self.fault(column.status)),
            ]
        }
        return .object(
            [
                JSONValue.Member(name: "table", value: .string(table.qualifiedName)),
                JSONValue.Member(name: "columns", value: .array(statuses)),
                JSONValue.Member(name: "rows", value: .array(rows(forPeople: false))),
            ] + reading.outcome)
    }

    private static func word(_ status: ColumnStatus) -> String {
        switch status {
        case .complete: "complete"
        case .partial: "partial"
        case .failed: "failed"
        case .absent: "absent"
        }
    }
}
