/// A calendar that cannot be understood: where, what, and what to do.
public struct CalendarError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line it is on, 1 for the first; nil for a date in a list.
    public var line: Int?
    /// The property or entry: `RRULE`, `2026-02-30`.
    public var property: String
    /// What is wrong.
    public var reason: String
    /// What to do.
    public var remedy: String

    /// An error.
    public init(line: Int? = nil, property: String, reason: String, remedy: String) {
        self.line = line
        self.property = property
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: `line 12: RRULE: FREQ=WEEKLY is no yearly holiday; write FREQ=YEARLY or single dates`.
    public var description: String {
        (line.map { "line \($0): " } ?? "") + "\(property): \(reason); \(remedy)"
    }
}

extension CalendarError {
    /// A text of unknown origin as it may stand in a message: 60 characters at most, none that steers a terminal.
    static func clipped(_ text: String) -> String {
        let clean = text.unicodeScalars.prefix(60).map { scalar in
            scalar.value < 32 || (127...159).contains(scalar.value) ? "\u{FFFD}" : Character(scalar)
        }
        return "'\(String(clean))'"
    }
}
