/// Which of the five fields of a cron line: its place, range and names.
enum CronPart: Int, CaseIterable, Sendable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    /// What the field is called in messages.
    var name: String {
        switch self {
        case .minute: return "minute"
        case .hour: return "hour"
        case .dayOfMonth: return "day of month"
        case .month: return "month"
        case .dayOfWeek: return "day of week"
        }
    }

    /// The values it may have.
    var range: ClosedRange<Int> {
        switch self {
        case .minute: return 0...59
        case .hour: return 0...23
        case .dayOfMonth: return 1...31
        case .month: return 1...12
        case .dayOfWeek: return 0...6
        }
    }

    /// Words that stand for values, the first for the lowest.
    var words: [String] {
        switch self {
        case .minute, .hour, .dayOfMonth: return []
        case .month: return ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: return ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }
}

/// The values one field of a cron line allows, as a set of bits.
struct CronValues: Sendable, Hashable {
    private var bits: UInt64

    private init(bits: UInt64) {
        self.bits = bits
    }

    /// Nothing.
    static let none = CronValues(bits: 0)

    /// All values of a field.
    static func all(of part: CronPart) -> CronValues {
        var values = CronValues.none
        for value in part.range { values.insert(value) }
        return values
    }

    /// One value, which must be in the field's range.
    static func only(_ value: Int, in part: CronPart) -> CronValues {
        precondition(part.range.contains(value), "\(part.name) is \(part.range), not \(value)")
        return CronValues(bits: 1 << UInt64(value))
    }

    mutating func insert(_ value: Int) {
        bits |= 1 << UInt64(value)
    }

    func contains(_ value: Int) -> Bool {
        bits & (1 << UInt64(value)) != 0
    }

    /// The allowed values, ascending.
    func members(of part: CronPart) -> [Int] {
        part.range.filter(contains)
    }

    /// The only allowed value; nil where there are none or several.
    func single(of part: CronPart) -> Int? {
        let values = members(of: part)
        return values.count == 1 ? values[0] : nil
    }

    /// The field as cron writes it: `*`, else values and ranges with commas.
    func text(of part: CronPart) -> String {
        if self == .all(of: part) { return "*" }
        var pieces: [String] = []
        var rest = members(of: part)[...]
        while let first = rest.first {
            var last = first
            rest = rest.dropFirst()
            while let following = rest.first, following == last + 1 {
                last = following
                rest = rest.dropFirst()
            }
            pieces.append(first == last ? "\(first)" : last == first + 1 ? "\(first),\(last)" : "\(first)-\(last)")
        }
        return pieces.joined(separator: ",")
    }
}
