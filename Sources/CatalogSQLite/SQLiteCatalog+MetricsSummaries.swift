public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// Adds or replaces summaries in one transaction.
    public func saveMetricsSummaries(_ summaries: [MetricsSummary]) async throws(CatalogError) {
        guard !summaries.isEmpty else { return }
        try await write("saving the summaries of interfaces") { db in
            // Nearly all rows are there already, and an UPDATE costs half of an INSERT that runs into one.
            let update = try db.cachedStatement(sql: MetricsSummary.updateSQL())
            let insert = try db.cachedStatement(sql: MetricsSummary.insertKnownSQL)
            // In the order of the table's key, page after page; of equal ids the later stays the later.
            for summary in summaries.sorted(by: { $0.interfaceID < $1.interfaceID }) {
                try db.run(update, summary)
                if db.changesCount == 0 { try db.run(insert, summary) }
            }
        }
    }

    /// The summary of one interface.
    public func metricsSummary(of interface: InterfaceID) async throws(CatalogError) -> MetricsSummary? {
        try await read("reading the summary of an interface") { db in
            let found: [MetricsSummary] = try db.rows("\(MetricsSummary.selectSQL) WHERE interface_id = ?1") { sink in
                sink.id(interface)
            }
            return found.first
        }
    }

    /// The next summaries by interface id.
    public func metricsSummaries(
        after: InterfaceID?, limit: Int
    ) async throws(CatalogError) -> [MetricsSummary] {
        try await read("reading the summaries of interfaces") { db in
            let page = "WHERE interface_id > ?1 ORDER BY interface_id LIMIT ?2"
            return try db.rows("\(MetricsSummary.selectSQL) \(page)") { sink in
                if let after { sink.id(after) } else { sink.text("") }
                sink.integer(Int64(max(0, limit)))
            }
        }
    }

    /// The highest summaries of an order.
    public func topMetricsSummaries(
        by order: MetricsOrder, limit: Int
    ) async throws(CatalogError) -> [MetricsSummary] {
        try await read("reading the top interfaces by \(order.rawValue)") { db in
            try db.rows("\(MetricsSummary.selectSQL) \(order.sql), interface_id LIMIT ?1") { sink in
                sink.integer(Int64(max(0, limit)))
            }
        }
    }
}

extension MetricsOrder {
    /// Of rows there is one for each interface, so that a pass over all of them finds the highest in milliseconds.
    fileprivate var sql: String {
        switch self {
        case .traffic: "ORDER BY avg_in_mbps + avg_out_mbps DESC"
        case .utilization: "WHERE utilization_percent IS NOT NULL ORDER BY utilization_percent DESC"
        case .errors: "ORDER BY avg_error_rate DESC, max_error_rate DESC"
        }
    }
}

extension MetricsSummary {
    /// Adds a row if there is its interface, which may have gone while its summary was made.
    fileprivate static let insertKnownSQL: String = {
        let values = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(table) (\(columnList)) SELECT \(values)
            WHERE EXISTS (SELECT 1 FROM device_interfaces WHERE id = ?1)
            """
    }()
}
