/// Writes one JSON object of numbers, texts and objects in the order they are added.
struct JSONLine {
    private var members: [String] = []

    mutating func add(_ name: String, _ value: Double) {
        members.append("\(Self.quoted(name)):\(value.isFinite ? "\(value)" : "null")")
    }

    mutating func add(_ name: String, _ value: Int) { members.append("\(Self.quoted(name)):\(value)") }

    mutating func add(_ name: String, _ value: JSONLine) { members.append("\(Self.quoted(name)):\(value.text)") }

    mutating func add(_ name: String, _ values: [Double]) {
        members.append("\(Self.quoted(name)):[\(values.map { "\($0)" }.joined(separator: ","))]")
    }

    var text: String { "{\(members.joined(separator: ","))}" }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            scalar.value < 0x20 ? " " : scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
        }
        return "\"\(escaped.joined())\""
    }
}

extension EventScore {
    /// The score as the tables print it.
    var line: JSONLine {
        var line = JSONLine()
        line.add("precision", precision)
        line.add("recall", recall)
        line.add("f1", harmonic)
        line.add("false_per_week", falsePerWeek)
        line.add("raw_per_week", rawPerWeek)
        line.add("found", found)
        line.add("events", found + missed)
        line.add("false", falseAlarms)
        line.add("weeks", weeks)
        line.add("delay_median_minutes", delay(0.5))
        line.add("delay_p90_minutes", delay(0.9))
        line.add("nuisances", nuisances)
        line.add("nuisance_alarms", nuisanceAlarms)
        var kinds = JSONLine()
        for kind in byKind.keys.sorted() { kinds.add(kind, recall(of: kind) ?? .nan) }
        line.add("recall_by_kind", kinds)
        return line
    }
}
