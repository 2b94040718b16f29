import Glibc
import Inventory
import Series

/// Writes the readings that `collect-insert` appends as texts that VictoriaMetrics imports, and for `format=values` as
/// plain lines of eight counters, which the peer of librrd reads.
///
/// On standard output, for each interval a line with the number of octets, and the text.
enum CollectTextDriver {
    static let options: Set<String> = ["interfaces", "cycles", "start", "format", "counters"]

    static func run(_ options: DriverOptions) throws -> String {
        let count = try options.number("interfaces")
        let cycles = try options.number("cycles")
        let start = Timestamp(seconds: Int64(try options.number("start")))
        let kinds = Array(CounterKind.allCases.prefix(try options.number("counters", default: 8)))
        let format = options.word("format", default: "csv")
        var data = CollectData(interfaces: count, start: start)
        let labels = data.interfaces.indices.map { CollectLabels($0, data.interfaces[$0]) }
        for cycle in 0..<cycles {
            var text: [UInt8] = []
            for (number, reading) in data.next(cycle).enumerated() {
                switch format {
                case "csv": labels[number].csv(reading.reading, kinds, into: &text)
                case "prometheus": labels[number].prometheus(reading.reading, kinds, into: &text)
                case "values": CollectLabels.values(reading.reading, kinds, into: &text)
                default: throw DriverError("format '\(format)' is not known here")
                }
            }
            try write(Array("\(text.count)\n".utf8) + text)
        }
        return ""
    }

    private static func write(_ text: [UInt8]) throws {
        var sent = 0
        while sent < text.count {
            let count = text[sent...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { throw DriverError("cannot write to standard output") }
            sent += count
        }
    }
}

/// The labels of an interface, in both forms.
private struct CollectLabels {
    private let pairs: [(name: String, value: String)]
    private let braces: [UInt8]
    private let fields: [UInt8]

    init(_ number: Int, _ interface: InterfaceID) {
        let device = number / CollectData.interfacesPerDevice
        var random = SeededGenerator(seed: UInt64(device))
        let port = number % CollectData.interfacesPerDevice + 1
        pairs = [
            ("device_id", DeviceID.random(using: &random).description), ("device_name", "BR-\(device)-SW-01"),
            ("interface_id", interface.description), ("if_index", String(10_100 + port)),
            ("if_name", "GigabitEthernet0/0/\(port)"), ("interface_type", port == 1 ? "isp" : "branch_link"),
            ("isp_provider", port == 1 ? "magti" : ""), ("is_critical", port == 1 ? "true" : "false"),
        ]
        braces = Array("{\(pairs.map { #"\#($0.name)="\#($0.value)""# }.joined(separator: ","))} ".utf8)
        fields = Array(pairs.map(\.value).joined(separator: ",").utf8)
    }

    func csv(_ reading: CounterReading, _ kinds: [CounterKind], into text: inout [UInt8]) {
        text += fields
        for kind in kinds { text += ",\(reading.counters[Int(kind.rawValue)])".utf8 }
        text += ",\(reading.at.milliseconds)\n".utf8
    }

    func prometheus(_ reading: CounterReading, _ kinds: [CounterKind], into text: inout [UInt8]) {
        for kind in kinds {
            text += kind.metricName.utf8
            text += braces
            text += "\(reading.counters[Int(kind.rawValue)]) \(reading.at.milliseconds)\n".utf8
        }
    }

    static func values(_ reading: CounterReading, _ kinds: [CounterKind], into text: inout [UInt8]) {
        text += "\(reading.at.milliseconds / 1000)".utf8
        for kind in kinds { text += ":\(reading.counters[Int(kind.rawValue)])".utf8 }
        text += "\n".utf8
    }
}
