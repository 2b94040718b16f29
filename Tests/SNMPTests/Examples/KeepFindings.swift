import SNMP

/// Sorts a poll's columns by what may be done with them.
struct KeepFindings {
    /// Whether rows that are missing in a column are known to be missing on the device.
    static func knowsAllRows(_ column: Column) -> Bool {
        switch column.status {
        case .complete: !column.tolerated.contains(.exceptionRow)
        case .absent: true
        case .partial, .failed: false
        }
    }

    /// What to write down of a table for whoever looks after the device.
    static func remarks(_ table: Table) -> [String] {
        table.columns.flatMap { column -> [String] in
            switch column.status {
            case .complete, .absent: column.tolerated.isEmpty ? [] : ["\(column.oid): tolerated \(column.tolerated)"]
            case .partial(let fault): ["\(column.oid): \(column.count) rows, then \(fault)"]
            case .failed(let fault): ["\(column.oid): \(fault)"]
            }
        }
    }
}
