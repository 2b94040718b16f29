package import Catalog
package import Inventory

extension Baseline: TableRow {
    package static let table = "interface_baselines"
    package static let columns = [
        "id", "interface_id", "hour_of_day", "day_of_week", "avg_in_mbps", "std_dev_in_mbps", "min_in_mbps",
        "max_in_mbps", "avg_out_mbps", "std_dev_out_mbps", "min_out_mbps", "max_out_mbps", "sample_count_in",
        "sample_count_out", "sample_count", "confidence", "last_updated",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.id(interfaceID)
        sink.integer(Int64(hourOfDay))
        sink.integer(Int64(dayOfWeek))
        writeLearnt(to: &sink)
    }

    /// What learning changes: the columns from the fifth on.
    package func writeLearnt(to sink: inout some ColumnSink) {
        for figures in [inbound, outbound] {
            sink.real(figures.average)
            sink.real(figures.standardDeviation)
            sink.real(figures.minimum)
            sink.real(figures.maximum)
        }
        sink.integer(Int64(inbound.sampleCount))
        sink.integer(Int64(outbound.sampleCount))
        sink.integer(Int64(sampleCount))
        sink.real(confidence)
        sink.time(lastUpdated)
    }

    package init(reading row: inout some ColumnReading) throws {
        let (id, interface) = (try row.requiredID(Baseline.self), try row.requiredID(Interface.self))
        let (hour, day) = (Int(row.requiredInteger()), Int(row.requiredInteger()))
        var (inbound, outbound) = (BaselineFigures(reading: &row), BaselineFigures(reading: &row))
        let (inCount, outCount, count) = (row.integer(), row.integer(), Int(row.requiredInteger()))
        inbound.sampleCount = inCount.map { Int($0) } ?? count
        outbound.sampleCount = outCount.map { Int($0) } ?? count
        let confidence = row.real()
        self.init(
            id: id, interfaceID: interface, hourOfDay: hour, dayOfWeek: day, inbound: inbound, outbound: outbound,
            lastUpdated: try row.requiredTime())
        // An operator's own row may say otherwise than its counts.
        sampleCount = count
        self.confidence = confidence
    }

    /// Throws `invalidValue`, naming the column and its value, where a number is out of its range.
    package func requireSound() throws(CatalogError) {
        try requireRange("hour_of_day", hourOfDay, 0...23)
        try requireRange("day_of_week", dayOfWeek, 0...6)
        for (figures, way) in [(inbound, "in"), (outbound, "out")] {
            try figures.requireSound(way)
            guard figures.sampleCount >= 0 else {
                throw refusal("sample_count_\(way) = \(figures.sampleCount); it is 0 or more")
            }
        }
        try requireRange("sample_count", sampleCount, 0...Int.max)
        guard confidence >= 0, confidence <= 1 else {
            throw refusal("confidence = \(confidence); it lies between 0 and 1")
        }
    }

    private func requireRange(_ column: String, _ value: Int, _ range: ClosedRange<Int>) throws(CatalogError) {
        guard !range.contains(value) else { return }
        let most = range.upperBound == .max ? "0 or more" : "between \(range.lowerBound) and \(range.upperBound)"
        throw refusal("\(column) = \(value); it is \(most)")
    }
}

extension BaselineFigures {
    fileprivate init(reading row: inout some ColumnReading) {
        self.init(average: row.real(), standardDeviation: row.real(), minimum: row.real(), maximum: row.real())
    }

    fileprivate func requireSound(_ way: String) throws(CatalogError) {
        // One comparison each finds NaN, infinity and what is negative.
        guard average >= 0, standardDeviation >= 0, minimum >= 0, minimum <= maximum, maximum < .infinity,
            average < .infinity, standardDeviation < .infinity
        else {
            let found = "\(average) ± \(standardDeviation), \(minimum) to \(maximum)"
            throw refusal("the \(way) figures are \(found) Mbps; they are finite, 0 or more, and min is not above max")
        }
    }
}

private func refusal(_ message: String) -> CatalogError {
    CatalogError(.invalidValue, operation: "saving baselines", message: "interface_baselines: \(message)")
}
