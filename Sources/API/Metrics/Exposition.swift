import Inventory
import Listing
import Series
import Traffic

/// The text forms in which scrapers take metrics: Prometheus 0.0.4 and OpenMetrics 1.0.
enum Exposition {
    enum Form: Sendable, Hashable {
        case prometheus
        case openMetrics

        /// The form that an Accept field asks for.
        init(accept: String?) {
            self = (accept ?? "").lowercased().contains("application/openmetrics-text") ? .openMetrics : .prometheus
        }

        var contentType: String {
            switch self {
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            }
        }
    }

    /// `{device_id="…",…}` with what the text forms escape in values: backslash, quote, line feed.
    static func labels(_ labels: SeriesLabels) -> [UInt8] {
        var bytes: [UInt8] = [123]
        for (place, pair) in labels.pairs.enumerated() {
            if place > 0 { bytes.append(44) }
            bytes += pair.name.utf8
            bytes += [61, 34]
            for octet in pair.value.utf8 {
                switch octet {
                case 34, 92: bytes += [92, octet]
                case 10: bytes += [92, 110]
                default: bytes.append(octet)
                }
            }
            bytes.append(34)
        }
        bytes.append(125)
        return bytes
    }

    /// HELP and TYPE of a counter.
    ///
    /// OpenMetrics wants `_total` at the end of a counter's samples. The names are the same wherever these series are, so
    /// there they are of unknown type: queries made for one store work in all.
    static func header(_ kind: CounterKind, _ form: Form) -> [UInt8] {
        let name = kind.metricName
        let type = form == .prometheus ? "counter" : "unknown"
        return Array("# HELP \(name) \(help(kind))\n# TYPE \(name) \(type)\n".utf8)
    }

    /// One sample; nothing where the device did not answer the counter.
    static func write(
        _ kind: CounterKind, _ labels: [UInt8], _ reading: CounterReading, _ form: Form, to bytes: inout [UInt8]
    ) {
        guard let value = reading[kind] else { return }
        bytes += kind.metricName.utf8
        bytes += labels
        bytes.append(32)
        bytes += String(value).utf8
        bytes.append(32)
        let milliseconds = reading.at.milliseconds
        switch form {
        case .prometheus: bytes += String(milliseconds).utf8
        case .openMetrics:
            bytes += String(milliseconds / 1_000).utf8
            let fraction = String(1_000 + abs(milliseconds % 1_000))
            bytes.append(46)
            bytes += fraction.utf8.dropFirst()
        }
        bytes.append(10)
    }

    private static func help(_ kind: CounterKind) -> String {
        switch kind {
        case .inOctets: "Octets received (ifHCInOctets, else ifInOctets)."
        case .outOctets: "Octets sent (ifHCOutOctets, else ifOutOctets)."
        case .inErrors: "Received packets with errors (ifInErrors)."
        case .outErrors: "Packets that could not be sent because of errors (ifOutErrors)."
        case .inDiscards: "Received packets that were discarded (ifInDiscards)."
        case .outDiscards: "Packets to be sent that were discarded (ifOutDiscards)."
        case .inUnicastPackets: "Unicast packets received (ifHCInUcastPkts, else ifInUcastPkts)."
        case .outUnicastPackets: "Unicast packets sent (ifHCOutUcastPkts, else ifOutUcastPkts)."
        }
    }
}

/// The last readings of many interfaces as one exposition, made piece by piece.
actor ExpositionText {
    private let form: Exposition.Form
    private let samples: [(labels: [UInt8], reading: CounterReading)]
    private var kind = 0
    private var place = 0
    private var isEnded = false
    /// Samples of a piece.
    private static let pieceSize = 4_096

    init(_ form: Exposition.Form, _ samples: [(labels: [UInt8], reading: CounterReading)]) {
        self.form = form
        self.samples = samples
    }

    /// The next piece; nil after the last.
    func next() -> [UInt8]? {
        guard kind < CounterKind.allCases.count else {
            defer { isEnded = true }
            return form == .openMetrics && !isEnded ? Array("# EOF\n".utf8) : nil
        }
        let counter = CounterKind.allCases[kind]
        var bytes = place == 0 ? Exposition.header(counter, form) : []
        let end = min(place + Self.pieceSize, samples.count)
        bytes.reserveCapacity((end - place) * 400 + bytes.count)
        for (labels, reading) in samples[place..<end] {
            Exposition.write(counter, labels, reading, form, to: &bytes)
        }
        place = end < samples.count ? end : 0
        if place == 0 { kind += 1 }
        return bytes
    }
}
