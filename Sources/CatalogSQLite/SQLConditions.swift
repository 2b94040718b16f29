import CatalogRows
import Inventory

/// Conditions of a query, with the values of their parameters in the order of their numbers.
struct SQLConditions: Sendable {
    private enum Value: Sendable {
        case text(String)
        case time(Timestamp)
        case integer(Int64)
    }

    private var texts: [String] = []
    private var values: [Value] = []

    /// `WHERE` and all conditions; empty where there are none.
    var sql: String {
        texts.isEmpty ? "" : "WHERE " + texts.joined(separator: " AND ")
    }

    /// Adds a condition.
    mutating func add(_ text: String) {
        texts.append(text)
    }

    /// The parameter of a text.
    mutating func parameter(_ text: String) -> String {
        numbered(.text(text))
    }

    /// The parameter of a time; one beyond what can be written becomes the nearest that can.
    mutating func parameter(_ time: Timestamp) -> String {
        numbered(.time(time.clamped))
    }

    /// The parameter of a whole number.
    mutating func parameter(_ number: Int) -> String {
        numbered(.integer(Int64(number)))
    }

    /// Adds that a column holds one of some ids; none of them holds for no row.
    mutating func add<Entity>(_ column: String, in ids: [Identifier<Entity>]) {
        if ids.count == 1 {
            add("\(column) = \(parameter(ids[0].description))")
        } else {
            add("\(column) IN (SELECT value FROM json_each(\(parameter(idList(ids)))))")
        }
    }

    /// Adds that a column holds one of some words; an empty set lets all pass.
    mutating func add<Word: RawRepresentable<String>>(_ column: String, in words: Set<Word>) {
        guard !words.isEmpty else { return }
        let list = JSONText.list(words.map(\.rawValue).sorted())
        add("\(column) IN (SELECT value FROM json_each(\(parameter(list))))")
    }

    /// Adds that what began at `started_at` and was over at `ended_at` lasted into a time; nil ends are open.
    mutating func add(from: Timestamp?, to: Timestamp?, isOver: Bool?) {
        if let isOver { add("ended_at IS \(isOver ? "NOT " : "")NULL") }
        if let from {
            let bound = parameter(from)
            add("(ended_at IS NULL OR ended_at > \(bound) OR started_at >= \(bound))")
        }
        if let to { add("started_at < \(parameter(to))") }
    }

    /// Adds that a row comes after a place in the order `started_at DESC, id`.
    mutating func add<Entity>(after start: Timestamp, _ id: Identifier<Entity>) {
        let (time, id) = (parameter(start), parameter(id.description))
        add("started_at <= \(time) AND (started_at < \(time) OR id > \(id))")
    }

    /// The order of a page, and its limit, of which at least one row is answered.
    mutating func latestFirst(_ limit: Int) -> String {
        "ORDER BY started_at DESC, id LIMIT \(parameter(max(1, limit)))"
    }

    /// Fills the parameters of a statement.
    func bind(to sink: inout StatementSink) {
        for value in values {
            switch value {
            case .text(let text): sink.text(text)
            case .time(let time): sink.time(time)
            case .integer(let number): sink.integer(number)
            }
        }
    }

    private mutating func numbered(_ value: Value) -> String {
        values.append(value)
        return "?\(values.count)"
    }
}
