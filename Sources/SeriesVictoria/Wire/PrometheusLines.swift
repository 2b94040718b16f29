import Inventory
import Series

/// Readings as Prometheus text with times in milliseconds.
enum PrometheusLines {
    /// The path they are posted to.
    static let path = "/api/v1/import/prometheus"

    /// The bodies to post: one, or none where there is nothing to say.
    static func request(_ entries: ArraySlice<ReadingBatch.Entry>, _ labels: [UInt32: LabelSet], context: Bool)
        -> [VictoriaRequest]
    {
        var text: [UInt8] = []
        text.reserveCapacity(entries.count * 3000)
        let names = SeriesColumn.names.map { Array($0.utf8) }
        for entry in entries {
            guard let set = labels[entry.number] else { continue }
            let labels = rendered(set)
            let time = Array(" \(entry.reading.at.milliseconds)\n".utf8)
            for (column, value) in SeriesColumn.values(entry.reading, context: context) {
                text += names[column]
                text += labels
                text += String(value).utf8
                text += time
            }
        }
        return text.isEmpty ? [] : [VictoriaRequest(path: path, body: text)]
    }

    /// `{device_id="…",…} `.
    private static func rendered(_ set: LabelSet) -> [UInt8] {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for (index, name) in LabelSet.names.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += name.utf8
            text += "=\"".utf8
            for octet in set.values[index].utf8 {
                switch octet {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): text += [UInt8(ascii: "\\"), octet]
                case UInt8(ascii: "\n"): text += "\\n".utf8
                default: text.append(octet)
                }
            }
            text.append(UInt8(ascii: "\""))
        }
        text += "} ".utf8
        return text
    }
}
