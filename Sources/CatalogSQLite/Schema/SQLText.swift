/// Pieces of SQL that several tables share.
///
/// Every check carries the name of its column, so that a refusal can name it.
enum SQLText {
    /// The present moment in the form of all timestamps.
    static let now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

    /// A column of a time; RFC 3339 with milliseconds and Z, which sorts as text.
    static func time(_ table: String, _ column: String, required: Bool = true) -> String {
        let shape = "\(column) GLOB '????-??-??T??:??:??.???Z'"
        return "\(column) TEXT\(required ? " NOT NULL" : "") CONSTRAINT \"\(table).\(column)\" CHECK (\(shape))"
    }

    /// A column of yes or no, written 1 and 0.
    static func flag(_ table: String, _ column: String, required: Bool = true) -> String {
        "\(column) INTEGER\(required ? " NOT NULL" : "")"
            + " CONSTRAINT \"\(table).\(column)\" CHECK (\(column) IN (0, 1))"
    }

    /// A column that holds one of some words.
    static func word(_ table: String, _ column: String, of words: [String], required: Bool = true) -> String {
        let list = words.map { "'\($0)'" }.joined(separator: ", ")
        return "\(column) TEXT\(required ? " NOT NULL" : "")"
            + " CONSTRAINT \"\(table).\(column)\" CHECK (\(column) IN (\(list)))"
    }

    /// A column of text that must not be empty.
    static func name(_ table: String, _ column: String) -> String {
        "\(column) TEXT NOT NULL CONSTRAINT \"\(table).\(column)\" CHECK (\(column) <> '')"
    }

    /// A number within bounds; a nil bound is open.
    static func number(
        _ table: String, _ column: String, _ type: String = "INTEGER", from low: String? = "0", to high: String? = nil,
        required: Bool = true
    ) -> String {
        let bounds = [low.map { "\(column) >= \($0)" }, high.map { "\(column) <= \($0)" }].compactMap { $0 }
        return "\(column) \(type)\(required ? " NOT NULL" : "")"
            + " CONSTRAINT \"\(table).\(column)\" CHECK (\(bounds.joined(separator: " AND ")))"
    }

    /// A lower-case hyphenated UUID.
    static func id(_ table: String, _ column: String, _ rest: String) -> String {
        "\(column) TEXT \(rest) CONSTRAINT \"\(table).\(column)\" CHECK (length(\(column)) = 36)"
    }
}
