import Inventory
import Listing
import Series

/// Makes a reading of the fields of one line, and collects what is wrong with them.
struct ReadingFields {
    /// Texts by name; a field that is empty or absent has none.
    private let texts: [String: String]
    private let line: Int
    private(set) var errors: [ProblemError] = []

    init(_ texts: [String: String], line: Int) {
        self.texts = texts
        self.line = line
    }

    /// The reading; nil where a field is wrong.
    mutating func reading() -> CounterReading? {
        guard let at = moment() else { return nil }
        var reading = CounterReading(at: at, intervalSeconds: UInt16(required("interval_seconds", 1...65_535) ?? 300))
        reading.ifSpeed = number("if_speed", 0...UInt64(Int64.max)).map { Int64($0) }
        reading.sysUpTime = number("sys_uptime", 0...UInt64(UInt32.max)).map { UInt32($0) }
        reading.discontinuityTime = number("discontinuity_time", 0...UInt64(UInt32.max)).map { UInt32($0) }
        reading.adminStatus = UInt8(number("if_admin_status", 1...255) ?? 0)
        reading.operStatus = UInt8(number("if_oper_status", 1...255) ?? 0)
        reading.clockWasSet = flag("clock_was_set")
        reading.narrow = counters("counters_32bit")
        for kind in CounterKind.allCases {
            let max = reading.narrow.contains(kind) ? UInt64(UInt32.max) : UInt64.max
            reading[kind] = number(kind.metricName, 0...max)
        }
        return errors.isEmpty ? reading : nil
    }

    /// A text without the mark that keeps spreadsheets from running it.
    func label(_ name: String) -> String? {
        guard let text = texts[name] else { return nil }
        let isMarked = text.first == "'" && text.dropFirst().first.map { "=+-@".contains($0) } ?? false
        return isMarked ? String(text.dropFirst()) : text
    }

    mutating func refuse(_ field: String, _ value: String?, _ detail: String) {
        errors.append(ProblemError(field: field, value: value, detail: detail, line: line))
    }

    private mutating func moment() -> Timestamp? {
        guard let text = texts["at"] else {
            refuse("at", nil, "give the time of the reading, such as 2026-03-01T04:00:00.000Z")
            return nil
        }
        guard let at = Timestamp(text) else {
            refuse("at", text, "give an RFC 3339 time such as 2026-03-01T04:00:00.000Z")
            return nil
        }
        return at
    }

    private mutating func required(_ name: String, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard texts[name] != nil else {
            refuse(name, nil, "give a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number(name, range)
    }

    private mutating func number(_ name: String, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = texts[name] else { return nil }
        guard let value = UInt64(text), range.contains(value) else {
            refuse(name, text, "give a whole number from \(range.lowerBound) to \(range.upperBound), or nothing")
            return nil
        }
        return value
    }

    private mutating func flag(_ name: String) -> Bool {
        guard let text = texts[name] else { return false }
        if text != "true", text != "false" { refuse(name, text, "give true or false") }
        return text == "true"
    }

    private mutating func counters(_ name: String) -> CounterSet {
        var found: CounterSet = []
        for word in (texts[name] ?? "").split(separator: ";") {
            guard let kind = CounterKind.allCases.first(where: { $0.metricName == word }) else {
                let known = CounterKind.allCases.map(\.metricName).joined(separator: ", ")
                refuse(name, String(word), "there is no such counter; give some of \(known)")
                return found
            }
            found.insert(CounterSet(kind))
        }
        return found
    }
}
