#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// Adds or replaces summaries in one transaction.
        public func saveMetricsSummaries(_ summaries: [MetricsSummary]) async throws(CatalogError) {
            guard !summaries.isEmpty else { return }
            // In the order of the table's key, so that two that save at once wait for each other, not both.
            let rows = lastOfEach(summaries, by: \.interfaceID).sorted { $0.interfaceID < $1.interfaceID }
            // Rows of interfaces that went meanwhile are left out.
            let isKnown = "EXISTS (SELECT 1 FROM device_interfaces WHERE id = given.interface_id)"
            try await change("saving the summaries of interfaces") { session in
                _ = try await session.save(rows, where: isKnown)
            }
        }

        /// The summary of one interface.
        public func metricsSummary(of interface: InterfaceID) async throws(CatalogError) -> MetricsSummary? {
            try await with("reading the summary of an interface") { session in
                try await session.first("\(MetricsSummary.selectSQL) WHERE interface_id = $1", .id(interface))
            }
        }

        /// The next summaries by interface id.
        public func metricsSummaries(
            after: InterfaceID?, limit: Int
        ) async throws(CatalogError) -> [MetricsSummary] {
            let page = "WHERE interface_id > $1 OR $1 IS NULL ORDER BY interface_id LIMIT $2"
            return try await with("reading the summaries of interfaces") { session in
                try await session.rows("\(MetricsSummary.selectSQL) \(page)", .id(after), .count(limit))
            }
        }

        /// The highest summaries of an order.
        public func topMetricsSummaries(
            by order: MetricsOrder, limit: Int
        ) async throws(CatalogError) -> [MetricsSummary] {
            try await with("reading the top interfaces by \(order.rawValue)") { session in
                try await session.rows(
                    "\(MetricsSummary.selectSQL) \(order.sql), interface_id LIMIT $1", .count(limit))
            }
        }
    }

    extension MetricsOrder {
        fileprivate var sql: String {
            switch self {
            case .traffic: "ORDER BY avg_in_mbps + avg_out_mbps DESC"
            case .utilization: "WHERE utilization_percent IS NOT NULL ORDER BY utilization_percent DESC"
            case .errors: "ORDER BY avg_error_rate DESC, max_error_rate DESC"
            }
        }
    }
#endif
