/// Why a table of traffic cannot be read on.
public struct TrafficTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence without a period at its end; names the line where there is one.
    public var message: String
    /// What to do about it.
    public var remedy: String

    /// A reason with its remedy.
    init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }

    /// Message and remedy.
    public var description: String { "\(message). \(remedy)" }
}

/// What a table has that is no sample, counted, each with the first line that has it.
public struct TableFaults: Sendable, Hashable {
    /// A kind of fault and how often it occurs.
    public struct Count: Sendable, Hashable {
        /// How often.
        public var count = 0
        /// The first line that has it, from 1.
        public var firstLine = 0
        /// What stands there, where that says more than the line.
        public var firstText = ""
    }

    /// Lines whose first field is no time.
    public var unreadableTimes = Count()
    /// Fields that are neither a number nor an unknown value.
    public var unreadableValues = Count()
    /// Lines that have more or fewer fields than there are columns.
    public var unevenLines = Count()
    /// Lines of the same time as the one before.
    public var repeatedTimes = Count()
    /// Lines of a time before that of a line above.
    public var earlierTimes = Count()
    /// Values below 0.
    public var negativeValues = Count()
    /// Values above what a line carries.
    public var absurdValues = Count()

    /// Nothing was wrong.
    public init() {}

    /// Counts one more.
    mutating func note(_ kind: WritableKeyPath<TableFaults, Count>, line: Int, text: @autoclosure () -> String = "") {
        if self[keyPath: kind].count == 0 {
            self[keyPath: kind].firstLine = line
            self[keyPath: kind].firstText = String(text().prefix(40))
        }
        self[keyPath: kind].count += 1
    }

    /// Whether something could not be read, and so may be missing.
    public var isIncomplete: Bool { unreadableTimes.count + unreadableValues.count + unevenLines.count > 0 }

    /// What people are told, a sentence each; none where nothing was wrong.
    public var sentences: [String] {
        [
            Self.text(unreadableTimes, "line begins", "lines begin", "with no time; left out"),
            Self.text(unreadableValues, "value is", "values are", "no number; taken as unknown"),
            Self.text(
                unevenLines, "line has", "lines have",
                "more or fewer fields than there are columns; missing ones are unknown, surplus ones left out"),
            Self.text(repeatedTimes, "line repeats", "lines repeat", "the time of the line before; left out"),
            Self.text(earlierTimes, "line is", "lines are", "earlier than a line above; left out"),
            Self.text(negativeValues, "value is", "values are", "negative; taken as unknown"),
            Self.text(
                absurdValues, "value is", "values are",
                "more than a line carries (1.05 times its capacity, else 10 Tbit/s); taken as unknown"),
        ].compactMap(\.self)
    }

    private static func text(_ count: Count, _ one: String, _ many: String, _ rest: String) -> String? {
        guard count.count > 0 else { return nil }
        let first = count.count == 1 ? "line \(count.firstLine)" : "the first in line \(count.firstLine)"
        let text = count.firstText.isEmpty ? "" : ": '\(count.firstText)'"
        return "\(count.count) \(count.count == 1 ? one : many) \(rest) (\(first)\(text))"
    }
}
