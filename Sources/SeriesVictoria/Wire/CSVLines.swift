import Inventory
import Series

/// Readings as lines of comma-separated values: the labels, the time, the values.
///
/// The server refuses a line with an empty value, so readings that have the same columns are posted together.
enum CSVLines {
    /// The path they are posted to.
    static let path = "/api/v1/import/csv"

    /// The bodies to post, one for each set of columns that occurs.
    static func request(_ entries: ArraySlice<ReadingBatch.Entry>, _ labels: [UInt32: LabelSet], context: Bool)
        -> [VictoriaRequest]
    {
        var bodies: [UInt32: [UInt8]] = [:]
        for entry in entries {
            guard let set = labels[entry.number] else { continue }
            let values = SeriesColumn.values(entry.reading, context: context)
            let shape = values.reduce(UInt32(0)) { $0 | 1 << UInt32($1.column) }
            guard shape != 0 else { continue }
            append(entry, set, values, to: &bodies[shape, default: []])
        }
        return bodies.sorted { $0.key < $1.key }.map { shape, body in
            VictoriaRequest(path: path + "?format=" + format(shape), body: body, contentType: "text/csv")
        }
    }

    private static func append(
        _ entry: ReadingBatch.Entry, _ set: LabelSet, _ values: [(column: Int, value: UInt64)], to body: inout [UInt8]
    ) {
        for value in set.values {
            append(value, to: &body)
            body.append(UInt8(ascii: ","))
        }
        body += String(entry.reading.at.milliseconds).utf8
        for (_, value) in values {
            body.append(UInt8(ascii: ","))
            body += String(value).utf8
        }
        body.append(UInt8(ascii: "\n"))
    }

    /// Quoted where it has to be; a line break cannot be written and becomes a space.
    private static func append(_ value: String, to body: inout [UInt8]) {
        let special = value.utf8.contains { $0 == 0x22 || $0 == 0x27 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard special else {
            body += value.utf8
            return
        }
        body.append(0x22)
        for octet in value.utf8 {
            switch octet {
            case 0x22: body += [0x22, 0x22]
            case 0x0A, 0x0D: body.append(0x20)
            default: body.append(octet)
            }
        }
        body.append(0x22)
    }

    private static func format(_ shape: UInt32) -> String {
        var columns = LabelSet.names.map { "label:" + $0 } + ["time:unix_ms"]
        columns += SeriesColumn.names.indices.filter { shape & 1 << UInt32($0) != 0 }.map {
            "metric:" + SeriesColumn.names[$0]
        }
        return columns.enumerated().map { "\($0.offset + 1):\($0.element)" }.joined(separator: ",")
    }
}
