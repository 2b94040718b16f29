import Inventory

/// One line of `/api/v1/export`: the samples of one series.
struct ExportLine {
    /// Which metric, by `SeriesColumn.names`.
    var column = -1
    /// Whose.
    var interface: InterfaceID?
    /// The values; nil where it is no number of a counter.
    var values: [UInt64?] = []
    /// Their times, milliseconds, ascending.
    var times: [Int64] = []

    private static let columns = Dictionary(
        uniqueKeysWithValues: SeriesColumn.names.enumerated().map { ($0.element, $0.offset) })

    /// Reads a line; nil where it is none of ours or not whole.
    init?(_ line: ArraySlice<UInt8>) {
        var reader = ExportReader(line)
        guard reader.skip("{") else { return nil }
        repeat {
            guard let key = reader.string(), reader.skip(":") else { return nil }
            switch key {
            case "metric": guard readLabels(&reader) else { return nil }
            case "values":
                guard let list = reader.numbers() else { return nil }
                values = list
            case "timestamps":
                guard let list = reader.numbers() else { return nil }
                times = list.map { Int64(clamping: $0 ?? 0) }
            default: return nil
            }
        } while reader.skip(",")
        guard reader.skip("}"), column >= 0, interface != nil, values.count == times.count else { return nil }
    }

    private mutating func readLabels(_ reader: inout ExportReader) -> Bool {
        guard reader.skip("{") else { return false }
        if reader.skip("}") { return true }
        repeat {
            guard let name = reader.string(), reader.skip(":"), let value = reader.string() else { return false }
            if name == "__name__" { column = Self.columns[value] ?? -1 }
            if name == "interface_id" { interface = InterfaceID(value) }
        } while reader.skip(",")
        return reader.skip("}")
    }
}
