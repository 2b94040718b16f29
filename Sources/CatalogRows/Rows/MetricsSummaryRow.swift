package import Inventory

extension MetricsSummary: TableRow {
    package static let table = "interface_metrics_summary"
    package static let columns = [
        "interface_id", "avg_in_mbps", "avg_out_mbps", "max_in_mbps", "max_out_mbps", "total_in_gb", "total_out_gb",
        "avg_error_rate", "max_error_rate", "utilization_percent", "sample_count", "window_start", "window_end",
        "updated_at",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(interfaceID)
        for rate in [avgInMbps, avgOutMbps, maxInMbps, maxOutMbps, totalInGB, totalOutGB, avgErrorRate, maxErrorRate] {
            sink.real(rate)
        }
        sink.real(utilizationPercent)
        sink.integer(Int64(sampleCount))
        sink.time(windowStart)
        sink.time(windowEnd)
        sink.time(updatedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        let id = try row.requiredID(Interface.self)
        let rates = (0..<8).map { _ in row.real() }
        let (utilization, count) = (row.optionalReal(), row.requiredInteger())
        self.init(
            interfaceID: id, windowStart: try row.requiredTime(), windowEnd: try row.requiredTime(),
            updatedAt: try row.requiredTime())
        (avgInMbps, avgOutMbps, maxInMbps, maxOutMbps) = (rates[0], rates[1], rates[2], rates[3])
        (totalInGB, totalOutGB, avgErrorRate, maxErrorRate) = (rates[4], rates[5], rates[6], rates[7])
        utilizationPercent = utilization
        sampleCount = Int(count)
    }
}
