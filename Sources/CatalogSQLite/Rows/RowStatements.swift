import Catalog
import CatalogRows
import Inventory

// Statements of single tables, made once.

extension Alert {
    /// Adds a row.
    static let addSQL = insertSQL
    /// Changes a row whose columns up to `started_at` stay, as ever in the life of an alert; indexes of those stay too.
    static let goOnSQL = updateSQL(fixed: 7)
    /// Changes all of a row.
    static let replaceSQL = updateSQL()
}

extension AlertChange {
    /// Adds a row.
    static let addSQL = insertSQL
}

extension AlertDelivery {
    /// Adds a row.
    static let addSQL = insertSQL
    /// Changes all of a row.
    static let replaceSQL = updateSQL()
}

extension DeliveryAlert {
    /// Adds a row.
    static let addSQL = insertSQL
}

extension Incident {
    /// Reads all columns, and after them the members in the order in which they began.
    static let selectSQL = """
        SELECT \(columnList), (
          SELECT json_group_array(id) FROM (
            SELECT id FROM anomalies WHERE incident_id = incidents.id ORDER BY anomalies.started_at, anomalies.id)
        ) AS anomaly_ids FROM incidents
        """
}

extension Baseline {
    /// Adds a row.
    static let learnSQL = insertSQL
    /// The number and the hour of the week of each row of an interface.
    static let numbersSQL = "SELECT rowid, day_of_week * 24 + hour_of_day FROM \(table) WHERE interface_id = ?1"
    /// Changes what was learnt in the row of a number; it keeps its id.
    static let relearnSQL: String = {
        let changes = (4..<columns.count).map { "\(columns[$0]) = ?\($0 - 3)" }.joined(separator: ", ")
        return "UPDATE \(table) SET \(changes) WHERE rowid = ?\(columns.count - 3)"
    }()
}

/// A row that is there, with what was learnt anew.
struct RelearntBaseline: BoundRow {
    static let columns = Array(Baseline.columns.dropFirst(4)) + ["rowid"]
    var number: Int64
    var row: Baseline

    func write(to sink: inout some ColumnSink) {
        row.writeLearnt(to: &sink)
        sink.integer(number)
    }
}

extension PortRecord {
    /// Writes a connection and the time it changed.
    static let connectSQL = """
        UPDATE device_interfaces SET connected_to_device_id = ?1, connected_to_interface_id = ?2,
          lldp_neighbor_name = ?3, lldp_neighbor_port = ?4, neighbor_protocol = ?5, updated_at = ?6
        WHERE id = ?7
        """
}
