import Inventory

/// What WARD FLUX tells of itself, as Prometheus text 0.0.4: one family a name, its samples together.
struct SelfExposition {
    /// What a number is.
    enum Kind: String, Sendable {
        /// It only grows, until the process starts anew.
        case counter
        /// It goes up and down.
        case gauge
        /// It may do either: the names of others.
        case untyped
        /// Counts up to bounds.
        case histogram
    }

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    private(set) var text = ""

    /// Adds a family of one sample.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
        add(name, kind, help, [([], value)])
    }

    /// Adds a family; one without samples is left out.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]
    ) {
        guard !samples.isEmpty else { return }
        header(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    /// Adds numbers by their names behind a prefix; those that only grow end in `_total`.
    mutating func add(_ prefix: String, _ kind: Kind, _ numbers: [(name: String, value: Int64)], _ help: String) {
        for number in numbers {
            let name = prefix + number.name + (kind == .counter ? "_total" : "")
            let words = number.name.split(separator: "_").joined(separator: " ")
            add(name, kind, "\(help): \(words).", Double(number.value))
        }
    }

    /// Adds the histogram of round trips, in seconds, its buckets cumulative as Prometheus wants them.
    mutating func add(_ name: String, _ help: String, _ ranges: [SNMPStatistics.RoundTrips]) {
        guard !ranges.isEmpty else { return }
        header(name, .histogram, help)
        var count: Int64 = 0
        for range in ranges {
            count += range.count
            guard let bound = range.microsecondsMax else { continue }
            line(name + "_bucket", [("le", "\(Double(bound) / 1_000_000)")], Double(count))
        }
        line(name + "_bucket", [("le", "+Inf")], Double(count))
        line(name + "_count", [], Double(count))
    }

    private mutating func header(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 9e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// A number of the process that the API runs in, by Prometheus' own names.
public struct ProcessNumber: Sendable, Hashable {
    /// Name with its unit, such as `process_resident_memory_bytes`.
    public var name: String
    /// What it is, in a sentence.
    public var help: String
    /// The number.
    public var value: Double
    /// Whether it only grows.
    public var isCounter: Bool

    /// A number.
    public init(_ name: String, _ help: String, _ value: Double, isCounter: Bool = false) {
        self.name = name
        self.help = help
        self.value = value
        self.isCounter = isCounter
    }
}
